import type { MergedAsset } from '../../../sources/source.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { hostAgents } from '../../host-facts.ts';
import { assume, decision, type Trace } from '../../verdict.ts';
import { outcome, type Outcome } from './context.ts';
import { host } from './settings.ts';

/** Whether the tools of a server are there at all, as the linker of the facts worked it out. */
export type ServerStates = {
  /** Null where its tools are there. */
  stateOf(server: string, trace: Trace | null): Outcome | null;
  connect(server: string): Outcome;
};

export function serverStates(facts: PermissionFacts, setting: Setting): ServerStates {
  const { user, projects } = hostAgents(facts, host, setting.workingDirectory);
  // What is said for the folder counts before what is said for the user.
  const order = [...projects.map(({ asset }) => asset.key), user?.key ?? ''];
  const headless = setting.context === 'headless' || setting.context === 'ci';
  const byName = new Map<string, State[]>();
  for (const server of facts.assets('mcp-server')) {
    for (const state of statesOf(server)) {
      if (!order.includes(state.agent) || !state.context.startsWith(headless ? 'headless' : 'interactive')) continue;
      const name = toolPart(state.name);
      byName.set(name, [...(byName.get(name) ?? []), state]);
    }
  }
  const find = (name: string): State | undefined => {
    const states = byName.get(toolPart(name)) ?? [];
    return order.map((agent) => states.find((one) => one.agent === agent)).find((one) => one !== undefined);
  };
  return {
    stateOf(name, trace) {
      const state = find(name);
      if (state === undefined) {
        assume(trace, `no server called ${name} was found in the files; its tools are taken to be there`);
        return null;
      }
      if (state.state.startsWith('connects')) return null;
      if (state.state === 'needs approval') {
        assume(trace, `the person approves the server ${name} when Claude Code asks`);
        return null;
      }
      return outcome('hidden', decision('server-state', `server ${state.state}: ${state.decidedBy}`));
    },
    connect(name) {
      const state = find(name);
      if (state === undefined)
        return outcome('unknown', decision('server-state', `no server called ${name} was found`));
      const verdict = state.state.startsWith('connects') ? 'allow' : state.state === 'needs approval' ? 'ask' : 'deny';
      return outcome(verdict, decision('server-state', `${state.state}: ${state.decidedBy}`));
    },
  };
}

/** Characters beyond letters, digits, dashes and underscores become underscores in tool names. */
const toolPart = (name: string): string => name.replace(/[^\w-]/g, '_');

type State = {
  readonly agent: string;
  readonly name: string;
  readonly context: string;
  readonly state: string;
  readonly decidedBy: string;
};

function statesOf(server: MergedAsset): readonly State[] {
  const list = server.properties['states'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return [];
    const { agent, name, context, state, decidedBy } = one as Readonly<Record<string, unknown>>;
    return typeof state === 'string' && typeof agent === 'string'
      ? [
          {
            agent,
            name: String(name ?? server.name),
            context: String(context ?? ''),
            state,
            decidedBy: String(decidedBy ?? ''),
          },
        ]
      : [];
  });
}
