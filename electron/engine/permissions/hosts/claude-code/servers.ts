import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { hostAgents } from '../../host-facts.ts';
import { type State, statesOf } from '../../server-facts.ts';
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
  const wanted = headless ? 'headless' : 'interactive';
  const byName = new Map<string, State[]>();
  const known = statesByAgent(facts);
  for (const agent of order) {
    for (const state of known.get(agent) ?? []) {
      if (!state.context.startsWith(wanted)) continue;
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

const statesOfFacts = new WeakMap<PermissionFacts, Map<string, State[]>>();

function statesByAgent(facts: PermissionFacts): ReadonlyMap<string, readonly State[]> {
  let known = statesOfFacts.get(facts);
  if (known !== undefined) return known;
  known = new Map();
  for (const server of facts.assets('mcp-server'))
    for (const state of statesOf(server)) {
      const list = known.get(state.agent) ?? [];
      list.push(state);
      known.set(state.agent, list);
    }
  statesOfFacts.set(facts, known);
  return known;
}
