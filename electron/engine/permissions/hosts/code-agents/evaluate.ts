import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { MergedAsset, MergedRelation } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy } from '../../evaluator.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { assume, decision, newTrace, type RulePlace, type Trace } from '../../verdict.ts';

/**
 * Agents that code builds: what they can call is their list of tools, what asks is a gate in the code. A tool without a
 * gate runs silently, whatever a prompt promises. Facts: `sources/frameworks`; grades of gates as in the reference of
 * frameworks, section 6 (2026-11-20).
 */
export const codeAgentEvaluator: Evaluator = {
  host: 'code',
  title: 'Agent in code',
  aliases: [],
  versions: [{ version: 'as read', from: 'documented' }],
  toolCall: (tool, input) => (tool === '' ? null : { type: 'tool', tool, name: tool, input }),
  compile({ facts, agent }): Policy {
    const tools = toolsOf(facts, agent);
    const unknown = agent === null || agent.dynamic || bringsTools(agent);
    const decide = (call: Call, trace: Trace | null): Outcome => {
      if (agent === null) return outcome('unknown', decision('default', 'no agent was named'));
      const named = nameOf(call);
      if (named !== null) {
        const tool = tools.find((one) => plain(one.asset.name) === plain(named));
        if (tool !== undefined) return ofTool(facts, agent, tool, trace);
        return missing(unknown, `no tool called ${named}`);
      }
      const classes = classesOf(call);
      if (classes === null)
        return outcome('unknown', decision('default', `not known whether a tool does this (${call.type})`));
      const able = tools.filter(({ asset }) => capabilities(asset).some((one) => classes.includes(one)));
      const [first] = able;
      if (first === undefined) return missing(unknown, `no tool of the agent does this (${classes.join(', ')})`);
      assume(
        trace,
        `a tool of the class ${classes.join(' or ')} is taken to be able to do it: ${able.map(({ asset }) => asset.name).join(', ')}`,
      );
      return (
        able.map((tool) => ofTool(facts, agent, tool, trace)).sort((one, other) => loose(one) - loose(other))[0] ??
        ofTool(facts, agent, first, trace)
      );
    };
    return {
      host: 'code',
      version: 'as read',
      inert: [],
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, 'the code that was read is the code that runs');
        return answerOf(decide(call, trace), trace, []);
      },
    };
  },
};

const loose = ({ verdict }: Outcome): number =>
  ['allow', 'classifier', 'conditional', 'ask', 'unknown', 'deny', 'hidden'].indexOf(verdict);

type ToolOf = { readonly asset: MergedAsset; readonly use: MergedRelation };
type Index = {
  readonly uses: ReadonlyMap<string, readonly ToolOf[]>;
  readonly gates: ReadonlyMap<string, readonly { readonly gate: MergedAsset; readonly relation: MergedRelation }[]>;
};

const indexes = new WeakMap<PermissionFacts, Index>();

function indexOf(facts: PermissionFacts): Index {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const tools = new Map(facts.assets('tool').map((tool) => [tool.key, tool]));
  const gateAssets = new Map(facts.assets('approval-gate').map((gate) => [gate.key, gate]));
  const uses = new Map<string, ToolOf[]>();
  for (const use of facts.relations('uses')) {
    const asset = use.from.kind === 'agent' && use.to.kind === 'tool' ? tools.get(use.to.key) : undefined;
    if (asset !== undefined) push(uses, use.from.key, { asset, use });
  }
  const gates = new Map<string, { gate: MergedAsset; relation: MergedRelation }[]>();
  for (const relation of facts.relations('gated-by')) {
    const gate = gateAssets.get(relation.to.key);
    if (gate !== undefined) push(gates, `${relation.from.kind}:${relation.from.key}`, { gate, relation });
  }
  const index = { uses, gates };
  indexes.set(facts, index);
  return index;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const toolsOf = (facts: PermissionFacts, agent: MergedAsset | null): readonly ToolOf[] =>
  agent === null ? [] : [...(indexOf(facts).uses.get(agent.key) ?? []), ...builtInTools(agent)];

/** The program that the agent runs on has tools of its own; its lists approve some and need not name the others. */
const bringsTools = ({ properties }: MergedAsset): boolean =>
  Array.isArray(properties['builtInTools']) || properties['framework'] === 'claude-agent-sdk';

/** Tools of that program which the code names: no assets, so they are put together from the agent's property. */
function builtInTools(agent: MergedAsset): readonly ToolOf[] {
  const list = agent.properties['builtInTools'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item): ToolOf[] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const { name, classes, place, line } = item as { readonly [key: string]: unknown };
    if (typeof name !== 'string') return [];
    const evidence =
      typeof place === 'string' && typeof line === 'number'
        ? [{ place, line, endLine: line, source: agent.evidence[0]?.source ?? '' }]
        : agent.evidence;
    const { origin, confidence, dynamic } = agent;
    const asset: MergedAsset = {
      kind: 'tool',
      key: `${agent.key}/${name}`,
      name,
      properties: { capabilities: (Array.isArray(classes) ? classes : []).map((one) => ({ class: String(one) })) },
      origin,
      confidence,
      dynamic,
      evidence,
    };
    const use: MergedRelation = {
      kind: 'uses',
      from: { kind: agent.kind, key: agent.key },
      to: { kind: asset.kind, key: asset.key },
      discriminator: '',
      properties: {},
      origin,
      confidence,
      dynamic: false,
      evidence,
    };
    return [{ asset, use }];
  });
}

/** What stands before one tool: its own gates, and those of the agent that cover it. */
function ofTool(facts: PermissionFacts, agent: MergedAsset, { asset, use }: ToolOf, trace: Trace | null): Outcome {
  const { gates } = indexOf(facts);
  const own = gates.get(`tool:${asset.key}`) ?? [];
  const around = (gates.get(`agent:${agent.key}`) ?? []).filter(({ gate }) => covers(gate, asset.name));
  if (use.dynamic || use.properties['when'] !== undefined)
    assume(trace, `the agent has the tool only under a condition: ${String(use.properties['when'] ?? 'not known')}`);
  for (const { gate, relation } of [...own, ...around]) {
    const by = decision('gate', `approval gate ${gate.name}`, placeOf(gate));
    const grade = String(gate.properties['grade'] ?? '');
    if (gate.properties['false'] === true || grade === 'none' || grade === 'self-declared by model') {
      if (trace !== null)
        trace.steps.push({ ...by, outcome: 'not-applied', effect: 'ask', why: 'looks like a gate and is none' });
      continue;
    }
    const condition = relation.properties['condition'] ?? gate.properties['condition'];
    if (grade === 'classifier') return outcome('classifier', by);
    if (typeof condition === 'string' && condition !== '')
      return outcome('conditional', { ...by, rule: `${by.rule}, where ${condition}` });
    return outcome('ask', by);
  }
  return outcome('allow', decision('tool-list', `tool ${asset.name}, without a gate`, placeOf(asset)));
}

function covers(gate: MergedAsset, tool: string): boolean {
  const list = gate.properties['covers'];
  if (!Array.isArray(list)) return false;
  return list.some((one) => one === '*' || (typeof one === 'string' && plain(one) === plain(tool)));
}

const missing = (unknown: boolean, words: string): Outcome =>
  unknown
    ? outcome('unknown', decision('tool-list', `${words} was found, and part of its tools is only known at run time`))
    : outcome('hidden', decision('tool-list', words));

const placeOf = (asset: MergedAsset): RulePlace | null => {
  const [first] = asset.evidence;
  return first === undefined ? null : { file: first.place, line: first.line, scope: 'project' };
};

function nameOf(call: Call): string | null {
  if (call.type === 'tool' || call.type === 'mcp') return call.name;
  return null;
}

function classesOf(call: Call): readonly CapabilityClass[] | null {
  switch (call.type) {
    case 'shell':
    case 'code':
      return ['executes-code'];
    case 'write':
    case 'edit':
      return ['writes', 'executes-code'];
    case 'delete':
      return ['deletes', 'executes-code'];
    case 'read':
    case 'list':
    case 'search':
      return ['reads-private', 'executes-code'];
    case 'fetch':
    case 'search-web':
      return ['sends-outside', 'reads-untrusted', 'executes-code'];
    case 'agent':
      return ['delegates'];
    default:
      return null;
  }
}

function capabilities(asset: MergedAsset): readonly CapabilityClass[] {
  const list = asset.properties['capabilities'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) && 'class' in one
      ? [String(one['class']) as CapabilityClass]
      : [],
  );
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');
