import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';
import { type FindingContext, evidenceOf } from './context.ts';
import { evidenceAt, isHosted, isInUse, placedOf, textOf, textsOf } from './fact-access.ts';

/** Agents in code, in low-code workflows and in infrastructure: their tools are their own, and no host asks for them. */
export const codeAgents = (context: FindingContext): readonly StoredAsset[] =>
  context.all('agent').filter((agent) => isInUse(agent) && !isHosted(agent));

/** Tools that an agent is given and that are switched on. */
export const toolsOf = (agent: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .outgoing(agent, 'uses')
    .filter(({ properties }) => properties['enabled'] !== false)
    .flatMap((relation) => context.target(relation) ?? [])
    .filter(({ kind, properties }) => kind === 'tool' && properties['enabled'] !== false);

export const codeAgentsWith = (tool: StoredAsset, context: FindingContext): readonly StoredAsset[] =>
  context
    .incoming(tool, 'uses')
    .filter(({ properties }) => properties['enabled'] !== false)
    .flatMap((relation) => context.source(relation) ?? [])
    .filter((agent) => agent.kind === 'agent' && isInUse(agent) && !isHosted(agent));

/** Tools in use by at least one such agent. */
export const toolsInUse = (context: FindingContext): readonly StoredAsset[] =>
  context
    .all('tool')
    .filter(
      (tool) => isInUse(tool) && tool.properties['enabled'] !== false && codeAgentsWith(tool, context).length > 0,
    );

export const classesOf = (tool: StoredAsset): readonly string[] =>
  placedOf(tool, 'capabilities').map((one) => textOf(one['class']));

export const hasClass = (tool: StoredAsset, ...classes: readonly string[]): boolean =>
  classesOf(tool).some((one) => classes.includes(one));

/** The line that shows a class of this tool; the tool itself where there is none. */
export function evidenceOfClass(tool: StoredAsset, name: string): readonly StoredEvidence[] {
  const shown = placedOf(tool, 'capabilities').find((one) => one['class'] === name);
  return shown === undefined ? evidenceOf(tool) : [evidenceAt(tool, shown.place, shown.line)];
}

const isHuman = (gate: StoredAsset): boolean => /^human/.test(textOf(gate.properties['grade']));

/** Gates before this tool with a person behind them, whichever side says so. */
export function gatesBefore(tool: StoredAsset, agent: StoredAsset, context: FindingContext): readonly StoredAsset[] {
  const own = context.outgoing(tool, 'gated-by').flatMap((relation) => context.target(relation) ?? []);
  const ofAgent = context
    .outgoing(agent, 'gated-by')
    .filter(({ properties }) => textsOf(properties['covers']).includes(tool.name))
    .flatMap((relation) => context.target(relation) ?? []);
  return [...own, ...ofAgent].filter(isHuman);
}

export type GateState = 'gated' | 'open' | 'unknown';

/** `unknown`: the agent has a gate, and which tools it covers is decided at run time. */
export function gateBefore(tool: StoredAsset, agent: StoredAsset, context: FindingContext): GateState {
  if (gatesBefore(tool, agent, context).length > 0) return 'gated';
  const unclear = context
    .outgoing(agent, 'gated-by')
    .some(
      (relation) =>
        relation.dynamic ||
        (relation.properties['coversKnown'] !== true && textsOf(relation.properties['covers']).length === 0),
    );
  return unclear ? 'unknown' : 'open';
}

/** Agents of this tool by what stands before it there. */
export function agentsByGate(
  tool: StoredAsset,
  context: FindingContext,
): Readonly<Record<GateState, readonly StoredAsset[]>> {
  const users = codeAgentsWith(tool, context);
  const having = (state: GateState): readonly StoredAsset[] =>
    users.filter((agent) => gateBefore(tool, agent, context) === state);
  return { gated: having('gated'), open: having('open'), unknown: having('unknown') };
}

export const isLowCode = (asset: StoredAsset, product: string): boolean =>
  textOf(asset.properties['framework']) === product;
