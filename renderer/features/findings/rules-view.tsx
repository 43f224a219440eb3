import { CircleQuestionMark, Eye, type LucideIcon, Minus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { FindingsResult, RuleOutcome } from '../../../shared/model/findings.ts';
import { changeSearch, openScreen, useSearchParameter } from '../../actions/navigation.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { type Selection, type Sort, selectOne, sortRows } from '../../ui/data-table-model.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { count, counted } from '../../ui/words.ts';
import { Part, References } from './finding-detail.tsx';
import { type RuleState, ruleState, ruleStates, ruleStateWords } from './findings-model.ts';

const ruleParameter = 'rule';

/** Every rule with its three outcomes: found, not found, could not tell. */
export function RulesView({ result }: { readonly result: FindingsResult }) {
  const chosen = useSearchParameter(ruleParameter);
  const [sort, setSort] = useState<Sort | null>({ column: 'state', descending: false });
  const [layout, setLayout] = useTableLayout('finding-rules');
  const rows = useMemo(() => sortRows(result.rules, columns, sort), [result, sort]);
  const active = result.rules.find((rule) => rule.rule === chosen) ?? rows[0];
  const selection: Selection = active === undefined ? selectOne('') : selectOne(active.rule);
  return (
    <div className="findings__columns findings__columns--rules">
      <DataTable
        label="Rules"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.rule}
        sort={sort}
        onSort={setSort}
        selection={selection}
        onSelect={(next) => changeSearch({ [ruleParameter]: next.active }, { replace: true })}
        onOpen={(row) => row.found > 0 && openScreen('findings', { rule: row.rule })}
        layout={layout}
        onLayout={setLayout}
      />
      {active !== undefined && <RuleDetail outcome={active} result={result} />}
    </div>
  );
}

function RuleDetail({ outcome, result }: { readonly outcome: RuleOutcome; readonly result: FindingsResult }) {
  const rule = valueOf(useCall('findings.rules', {}))?.find(({ id }) => id === outcome.rule);
  const undecided = result.undecided.filter((one) => one.rule === outcome.rule);
  return (
    <article className="finding" aria-label={outcome.title}>
      <header className="finding__head">
        <div className="finding__marks">
          <StateMark state={ruleState(outcome)} />
          <code className="muted">{outcome.rule}</code>
        </div>
        <h2 className="finding__title">{outcome.title}</h2>
        {rule !== undefined && <p className="finding__message">{rule.why}</p>}
      </header>
      {outcome.failure !== null && (
        <Part title="The rule failed">
          <ErrorBlock title="What it would have found is not known.">{outcome.failure}</ErrorBlock>
        </Part>
      )}
      <Part title="Outcomes">
        <ul className="finding__outcomes">
          <li>
            <StateMark state="found" /> {count(outcome.found)}
            {outcome.found > 0 && (
              <Button look="link" onClick={() => openScreen('findings', { rule: outcome.rule })}>
                Show the findings
              </Button>
            )}
          </li>
          <li>
            <StateMark state="not-found" /> {count(outcome.notFound)}
          </li>
          <li>
            <StateMark state="could-not-tell" /> {count(outcome.couldNotTell)}
          </li>
        </ul>
        <p className="muted">
          {outcome.failure === null
            ? `${counted(outcome.looked, 'thing')} looked at.`
            : `${counted(outcome.looked, 'thing')} looked at before it failed.`}
        </p>
      </Part>
      {undecided.length > 0 && (
        <Part title="Could not tell" note={String(undecided.length)}>
          <ul className="finding__untold">
            {undecided.slice(0, 50).map((one) => (
              <li key={`${one.subject} ${one.why}`}>
                <strong>{one.subjectName}</strong> {one.why}
              </li>
            ))}
          </ul>
          {undecided.length > 50 && <p className="muted">{undecided.length - 50} more under "Could not tell".</p>}
        </Part>
      )}
      {rule !== undefined && (
        <Part title="Fix">
          <p>{rule.fix}</p>
        </Part>
      )}
      <References references={rule?.references ?? []} />
    </article>
  );
}

const icons: { readonly [S in RuleState]: LucideIcon } = {
  failed: CircleQuestionMark,
  found: Eye,
  'could-not-tell': CircleQuestionMark,
  'not-found': Minus,
  'nothing-to-look-at': CircleQuestionMark,
};

export function StateMark({ state }: { readonly state: RuleState }) {
  const Icon = icons[state];
  return (
    <span className={`rule-state rule-state--${state}`}>
      <Icon aria-hidden />
      {ruleStateWords[state]}
    </span>
  );
}

const number = (title: string, id: 'looked' | 'found' | 'notFound' | 'couldNotTell'): TableColumn<RuleOutcome> => ({
  id,
  title,
  width: 84,
  align: 'end',
  text: (row) => count(row[id]),
  compare: (one, other) => one[id] - other[id],
});

const columns: readonly TableColumn<RuleOutcome>[] = [
  { id: 'title', title: 'Rule', width: 290, look: 'name', hideable: false, text: ({ title }) => title },
  {
    id: 'state',
    title: 'Outcome',
    width: 160,
    text: (row) => ruleStateWords[ruleState(row)],
    compare: (one, other) => ruleStates.indexOf(ruleState(one)) - ruleStates.indexOf(ruleState(other)),
    render: (row) => <StateMark state={ruleState(row)} />,
  },
  number('Found', 'found'),
  number('Not found', 'notFound'),
  number('Untold', 'couldNotTell'),
  number('Looked', 'looked'),
  { id: 'rule', title: 'Id', width: 180, look: 'code', text: ({ rule }) => rule },
];
