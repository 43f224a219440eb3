import { useEffect, useMemo, useRef } from 'react';
import type { AskableAgent } from '../../../shared/contract/permissions.ts';
import type { Action } from '../../actions/action.ts';
import { runActionById, useActions } from '../../actions/action-store.ts';
import { announce } from '../../actions/announce.ts';
import { openScreen } from '../../actions/navigation.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { isSilentAlarm, verdictWord } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import { AllAgents } from './all-agents.tsx';
import { AnswerView, ContextRow } from './answer-view.tsx';
import { type AskAddress, allAgents, contextsOf, formatAsk, questionOf } from './ask-address.ts';
import { AskBar } from './ask-bar.tsx';
import { rememberAsked, useAskSession } from './ask-session.ts';
import { AskSide } from './ask-side.tsx';
import { callForms, readCall } from './call-text.ts';

/** One call of one agent, or of all of them. */
export function OneCall({ ask, agents }: { readonly ask: AskAddress; readonly agents: readonly AskableAgent[] }) {
  const latest = useAskSession((state) => state.asked[0]?.ask.agent ?? '');
  const fallback = agents.some((agent) => agent.id === latest) ? latest : (agents[0]?.id ?? allAgents);
  const shown: AskAddress = ask.agent === '' ? { ...ask, agent: fallback } : ask;
  const field = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLButtonElement>(null);
  useFieldActions(field, picker);
  const go = (next: AskAddress): void => openScreen('ask', formatAsk(next));

  if (agents.length === 0) return <NobodyToAsk />;
  return (
    <>
      <AskBar
        key={`${shown.call} ${shown.version}`}
        ask={shown}
        agents={agents}
        onAsk={go}
        field={field}
        picker={picker}
      />
      <div className="ask__columns">
        <div className="ask__main">
          {ask.call === '' ? (
            <Examples onAsk={(call) => go({ ...shown, call })} />
          ) : shown.agent === allAgents ? (
            <AllAgents ask={shown} agents={agents} onOpen={(agent) => go({ ...shown, agent })} />
          ) : (
            <OneAgent ask={shown} agents={agents} go={go} />
          )}
        </div>
        <AskSide ask={shown} onAsk={go} />
      </div>
    </>
  );
}

type OneAgentProps = {
  readonly ask: AskAddress;
  readonly agents: readonly AskableAgent[];
  readonly go: (next: AskAddress) => void;
};

function OneAgent({ ask, agents, go }: OneAgentProps) {
  const agent = agents.find((one) => one.id === ask.agent);
  const contexts = contextsOf(ask.context);
  const answer = useCall(
    'permissions.ask',
    agent === undefined || readCall(ask.call).state !== 'ok'
      ? null
      : { scan: null, questions: contexts.map((context) => questionOf(ask, context, ask.agent, context)) },
  );
  const asked = valueOf(answer);
  const [first] = asked ?? [];
  const fresh = answer.state === 'ready' && !answer.stale;

  useEffect(() => {
    if (first?.status !== 'answered' || !fresh || agent === undefined) return;
    const { verdict } = first.answer;
    const alarm = isSilentAlarm(verdict, first.impact.impact);
    const many = ask.context === 'all';
    rememberAsked({
      ask,
      agentName: agent.name,
      verdict: many ? null : verdict,
      alarm: alarm && !many,
      summary: many ? 'five contexts' : '',
    });
    announce(many ? 'Five verdicts.' : verdictWord(verdict, alarm));
  }, [first, fresh, ask, agent]);

  if (agent === undefined) return <NotAskable id={ask.agent} onAll={() => go({ ...ask, agent: allAgents })} />;
  const reading = readCall(ask.call);
  if (reading.state !== 'ok')
    return (
      <ErrorBlock
        title="This is not a call that can be asked about."
        action={
          reading.state === 'wrong' && reading.suggestion !== null ? (
            <Button onClick={() => go({ ...ask, call: reading.suggestion ?? '' })}>Ask {reading.suggestion}</Button>
          ) : undefined
        }
      >
        {reading.state === 'empty' ? 'Nothing was typed.' : reading.message}
      </ErrorBlock>
    );
  if (answer.state === 'failed' && asked === undefined)
    return <FailedCall title="The question got no answer." name="permissions.ask" error={answer.error} />;
  if (asked === undefined || first === undefined)
    return (
      <div aria-busy="true">
        <LoadingLine>Asking the rules.</LoadingLine>
      </div>
    );
  if (first.status === 'failed')
    return <ErrorBlock title="The question could not be answered.">{first.message}</ErrorBlock>;
  const row = (
    <ContextRow
      ask={ask}
      contexts={contexts}
      asked={asked}
      onOpen={(context) => go({ ...ask, context })}
      large={ask.context === 'all'}
    />
  );
  if (ask.context === 'all') return row;
  return (
    <AnswerView
      key={JSON.stringify([ask.call, ask.agent, ask.context])}
      ask={ask}
      agent={agent}
      answer={first.answer}
      impact={first.impact}
      others={row}
    />
  );
}

/** The agent of a link is none that can be asked: it is known and its host is not evaluated, or it is gone. */
function NotAskable({ id, onAll }: { readonly id: string; readonly onAll: () => void }) {
  const columns = valueOf(useCall('assets.columns', { scan: null }));
  if (columns === undefined) return <LoadingLine>Looking for the agent.</LoadingLine>;
  const table = assetTableOf(columns);
  const row = table.rowOf(id);
  const steps = <Button onClick={onAll}>Ask all agents</Button>;
  if (row < 0)
    return (
      <EmptyState title="This agent is not in the latest scan." steps={steps}>
        It may have been removed since the link was made.
      </EmptyState>
    );
  return (
    <EmptyState outcome="untold" title={`What ${table.names[row]} may do is not known.`} steps={steps}>
      The rules of {table.hosts[row] === '' ? 'its host' : table.hosts[row]} are not evaluated.
    </EmptyState>
  );
}

/** No agent at all, or none whose rules anybody reads: the first was looked for, the second is not known. */
function NobodyToAsk() {
  const columns = valueOf(useCall('assets.columns', { scan: null }));
  if (columns === undefined) return <LoadingLine>Looking for agents.</LoadingLine>;
  const table = assetTableOf(columns);
  const names = table.names.filter((_, row) => table.kind(row) === 'agent');
  return (
    <div className="ask__state">
      {names.length === 0 ? (
        <EmptyState
          title="No agents were found in the scan."
          steps={
            <>
              <Button onClick={() => runActionById('workspace.addFolder')}>Add a folder</Button>
              <Button onClick={() => openScreen('coverage')}>Show what was looked at</Button>
            </>
          }
        >
          There is nobody to ask about.
        </EmptyState>
      ) : (
        <EmptyState
          outcome="untold"
          title={`What ${counted(names.length, 'agent')} may do is not known.`}
          steps={
            <Button onClick={() => openScreen('inventory', { kind: 'agent' })}>Show the agents that were found</Button>
          }
        >
          {names.slice(0, 5).join(', ')}: their rules are not evaluated.
        </EmptyState>
      )}
    </div>
  );
}

function Examples({ onAsk }: { readonly onAsk: (call: string) => void }) {
  return (
    <section className="ask__examples" aria-labelledby="ask-examples">
      <h2 id="ask-examples">Name one call, as you would type it</h2>
      <p className="muted">The answer names the rule, the file and the line that decide.</p>
      <ul>
        {callForms.map((form) => (
          <li key={form.prefix}>
            <button type="button" className="ask__example" onClick={() => onAsk(form.example)}>
              <code>{form.example}</code>
              <span>{form.what}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useFieldActions(
  field: React.RefObject<HTMLInputElement | null>,
  picker: React.RefObject<HTMLButtonElement | null>,
): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'ask.field',
        title: 'Type another call',
        group: 'Selection',
        keys: ['/', 'mod+f'],
        run: () => field.current?.select(),
      },
      {
        id: 'ask.agent',
        title: 'Choose another agent to ask',
        group: 'Selection',
        keys: ['a'],
        run: () => picker.current?.click(),
      },
    ],
    [field, picker],
  );
  useActions(actions);
}
