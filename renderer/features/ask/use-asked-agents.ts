import { useEffect, useState } from 'react';
import type { AskableAgent, Asked } from '../../../shared/contract/permissions.ts';
import type { Failure } from '../../../shared/result.ts';
import { useClient } from '../../client/use-client.tsx';
import { type AskAddress, type LaunchContext, questionOf } from './ask-address.ts';

/** Questions that are sent at once: the first answers come while the rest is asked. */
const atOnce = 250;

export type AskedAgents = {
  /** In the order of the agents; shorter while it is asked. */
  readonly answers: readonly Asked[];
  readonly done: boolean;
  readonly error: Failure | null;
};

const nothing: AskedAgents = { answers: [], done: false, error: null };

/** One call, asked of many agents in parts. Asked anew where the agents are read anew. */
export function useAskedAgents(ask: AskAddress, context: LaunchContext, agents: readonly AskableAgent[]): AskedAgents {
  const client = useClient();
  const [state, setState] = useState<AskedAgents>(nothing);
  const { call, trust, version } = ask;
  useEffect(() => {
    let current = true;
    setState(nothing);
    const run = async (): Promise<void> => {
      const answers: Asked[] = [];
      const setting: AskAddress = { view: 'one', agent: '', call, context, mode: '', trust, version };
      for (let start = 0; start < agents.length; start += atOnce) {
        const part = agents.slice(start, start + atOnce);
        const questions = part.map((agent) => questionOf(setting, agent.id, agent.id, context));
        const result = await client.call('permissions.ask', { scan: null, questions });
        if (!current) return;
        if (!result.ok) return setState({ answers, done: true, error: result.error });
        answers.push(...result.value);
        setState({ answers: [...answers], done: start + atOnce >= agents.length, error: null });
      }
      setState({ answers, done: true, error: null });
    };
    void run();
    return () => {
      current = false;
    };
  }, [client, agents, call, context, trust, version]);
  return state;
}
