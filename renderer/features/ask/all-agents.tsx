import { useEffect, useMemo, useState } from 'react';
import type { AskableAgent, Asked } from '../../../shared/contract/permissions.ts';
import { announce } from '../../actions/announce.ts';
import { openScreen } from '../../actions/navigation.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { noSelection, type Selection, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { ErrorBlock, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { impactLine, isSilentAlarm, verdictWord } from '../../ui/verdict-words.ts';
import { count, counted } from '../../ui/words.ts';
import { agentHint } from './agent-picker.tsx';
import { type AskAddress, formatAsk } from './ask-address.ts';
import { rememberAsked } from './ask-session.ts';
import { impactSentence, placeText } from './ask-words.ts';
import { readCall } from './call-text.ts';
import { useAskedAgents } from './use-asked-agents.ts';

type Row = { readonly agent: AskableAgent; readonly asked: Asked };

type AllAgentsProps = {
  readonly ask: AskAddress;
  readonly agents: readonly AskableAgent[];
  readonly onOpen: (agent: string) => void;
};

/** One call, every agent: who would run it, and what decides for each. */
export function AllAgents({ ask, agents, onOpen }: AllAgentsProps) {
  const reading = readCall(ask.call);
  if (reading.state !== 'ok')
    return (
      <ErrorBlock title="This is not a call that can be asked about.">
        {reading.state === 'empty' ? 'Nothing was typed.' : reading.message}
      </ErrorBlock>
    );
  return <Answers ask={ask} agents={agents} onOpen={onOpen} />;
}

function Answers({ ask, agents, onOpen }: AllAgentsProps) {
  const context = ask.context === 'all' ? 'interactive' : ask.context;
  const { answers, done, error } = useAskedAgents(ask, context, agents);
  const [sort, setSort] = useState<Sort | null>({ column: 'verdict', descending: false });
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [layout, setLayout] = useTableLayout('ask-agents');
  const rows = useMemo(
    () =>
      answers.flatMap((asked, index): readonly Row[] => {
        const agent = agents[index];
        return agent === undefined ? [] : [{ agent, asked }];
      }),
    [answers, agents],
  );
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, sort]);

  const line = summary(rows, agents.length);
  useEffect(() => {
    if (!done || error !== null) return;
    rememberAsked({ ask, agentName: 'All agents', verdict: null, alarm: false, summary: line });
    announce(`${line}.`);
  }, [done, error, ask, line]);

  if (error !== null) return <ErrorBlock title="Not every agent could be asked.">{error.message}</ErrorBlock>;
  return (
    <div className="all-agents" aria-busy={!done}>
      <div className="answer__head">
        <h2>{line}</h2>
        {!done && <span className="muted">{`${count(rows.length)} of ${count(agents.length)} asked`}</span>}
      </div>
      {rows[0]?.asked.status === 'answered' && (
        <p className="all-agents__impact">
          {impactSentence(rows[0].asked.impact)} {impactLine(rows[0].asked.impact)}.
        </p>
      )}
      <NotEvaluated agents={agents} />
      {rows.length === 0 ? (
        <LoadingLine>Asking the agents.</LoadingLine>
      ) : (
        <div className="all-agents__table">
          <DataTable
            label="Agents and their verdict"
            columns={columns}
            rows={sorted}
            rowKey={(row) => row.agent.id}
            sort={sort}
            onSort={setSort}
            selection={selection}
            onSelect={setSelection}
            onOpen={(row) => onOpen(row.agent.id)}
            layout={layout}
            onLayout={setLayout}
            rowMenu={(row) => [
              {
                type: 'item',
                id: 'open',
                label: 'Show the chain of this agent',
                onSelect: () => onOpen(row.agent.id),
              },
              { type: 'separator', id: 'separator' },
            ]}
          />
        </div>
      )}
      <p className="muted">Enter on a row shows what decided for that agent.</p>
    </div>
  );
}

/** Agents that were found and whose rules nobody reads: they are not among the answers, and may do anything. */
function NotEvaluated({ agents }: { readonly agents: readonly AskableAgent[] }) {
  const table = valueOf(useCall('assets.columns', { scan: null }));
  const names = useMemo(() => {
    if (table === undefined) return [];
    const assets = assetTableOf(table);
    const known = new Set(agents.map((agent) => agent.id));
    return assets.ids.flatMap((id, row) =>
      assets.kind(row) === 'agent' && !known.has(id) ? [assets.names[row] ?? ''] : [],
    );
  }, [table, agents]);
  if (names.length === 0) return null;
  return (
    <HatchNote
      step={
        <Button look="link" onClick={() => openScreen('ask', formatAsk({ ...emptyAsk, view: 'matrix' }))}>
          Show in the matrix
        </Button>
      }
    >
      {counted(names.length, 'further agent')} could not be asked: {names.slice(0, 3).join(', ')}
      {names.length > 3 ? ` and ${names.length - 3} more` : ''}. Their rules are not evaluated.
    </HatchNote>
  );
}

const emptyAsk: AskAddress = {
  view: 'one',
  agent: '',
  call: '',
  context: 'interactive',
  mode: '',
  trust: '',
  version: '',
};

const alarmOf = ({ asked }: Row): boolean =>
  asked.status === 'answered' && isSilentAlarm(asked.answer.verdict, asked.impact.impact);

function summary(rows: readonly Row[], agents: number): string {
  const silent = rows.filter(({ asked }) => asked.status === 'answered' && asked.answer.verdict === 'allow').length;
  return silent === 0
    ? `None of ${counted(agents, 'agent')} runs this without asking`
    : `${silent} of ${counted(agents, 'agent')} ${silent === 1 ? 'runs' : 'run'} this without asking`;
}

const verdictOrder = ['allow', 'classifier', 'conditional', 'unknown', 'failed', 'ask', 'deny', 'hidden'];
const verdictOf = ({ asked }: Row): string => (asked.status === 'answered' ? asked.answer.verdict : 'failed');

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'agent',
    title: 'Agent',
    width: 210,
    look: 'name',
    hideable: false,
    text: ({ agent }) => agent.name,
  },
  {
    id: 'verdict',
    title: 'Verdict',
    width: 120,
    text: (row) =>
      row.asked.status === 'answered' ? verdictWord(row.asked.answer.verdict, alarmOf(row)) : 'Not answered',
    compare: (one, other) => verdictOrder.indexOf(verdictOf(one)) - verdictOrder.indexOf(verdictOf(other)),
    render: (row) =>
      row.asked.status === 'answered' ? (
        <VerdictBadge verdict={row.asked.answer.verdict} alarm={alarmOf(row)} />
      ) : undefined,
  },
  { id: 'host', title: 'Host', width: 130, text: ({ agent }) => agentHint(agent) },
  {
    id: 'decided',
    title: 'Decided by',
    width: 210,
    look: 'code',
    text: ({ asked }) => (asked.status === 'answered' ? asked.answer.decidedBy.rule : asked.message),
  },
  {
    id: 'place',
    title: 'Place',
    width: 260,
    look: 'code',
    text: ({ asked }) => (asked.status === 'answered' ? placeText(asked.answer.decidedBy) : ''),
  },
];
