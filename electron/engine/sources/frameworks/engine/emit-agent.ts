import type { Confidence } from '../../../../../shared/kinds.ts';
import type { Properties } from '../../../../../shared/model/facts.ts';
import { placedRef } from '../../keys.ts';
import { identityOf, type Spot } from '../../python/values.ts';
import type { AssetRef } from '../../source.ts';
import { builtInCapabilities, builtInJson, partTools } from './built-in-tools.ts';
import { locationOf } from './collector.ts';
import type { FindContext } from './context.ts';
import { capabilityJson, emitStore, emitTool, emitUses, falseGateJson, notUnderstoodJson } from './emit.ts';
import type { Exposure } from './exposures.ts';
import { gatherAgent } from './gather.ts';
import type { Gathered } from './gathering.ts';
import { emitGates } from './gates.ts';
import type { Keyed, LinkState } from './link.ts';
import { modelFacts, modelTextFacts, type ModelUse } from './models.ts';
import { defaultModels } from './default-models.ts';
import { modelsIn } from './recognise.ts';
import { promptFacts } from './prompts.ts';
import { emitServers } from './servers.ts';

const maxUnknown = 50;

export function emitAgent(state: LinkState, context: FindContext, keyed: Keyed, exposures: readonly Exposure[]): void {
  const { project, facts } = state;
  const { agent, name, ref, deployment } = keyed;
  const framework = agent.frameworkName;
  const gathered = gatherAgent(context, agent);
  // A graph that is known in full and calls no model, no tool and no agent is a program, not an agent.
  if ((agent.form === 'graph' || agent.form === 'functional') && deployment === null && !isAgentic(gathered)) return;

  const { provider: usual = '', readsKey } = agent.framework;
  const models: ModelUse[] = [];
  for (const model of gathered.models) models.push(...modelFacts(project, facts, model));
  for (const text of gathered.modelTexts) models.push(...modelTextFacts(project, facts, text, usual, readsKey));
  if (models.length === 0) {
    for (const value of defaultModels(project, agent.framework)) {
      const made = modelsIn(value);
      for (const model of made) models.push(...modelFacts(project, facts, model));
      if (made.length === 0) models.push(...modelTextFacts(project, facts, value, usual, readsKey));
    }
  }
  const unknown: { reason: string; place: string; line: number }[] = gathered.unknown.map(({ reason, spot }) => ({
    reason,
    place: spot.place,
    line: spot.line,
  }));
  const toolRefs = new Map<string, AssetRef>();

  const { own, builtIn } = partTools(agent.framework, gathered.tools);
  for (const tool of own) {
    const toolRef = emitTool(state, tool, toolFramework(framework));
    toolRefs.set(tool.name, toolRef);
    facts.relation(agent.spot, {
      kind: 'uses',
      from: ref,
      to: toolRef,
      ...(tool.when === undefined ? {} : { properties: { when: tool.when }, dynamic: true }),
      confidence: 'high',
    });
    for (const target of tool.delegatesTo ?? []) delegate(state, ref, identityOf(target), tool.spot, tool.name);
    if (tool.handoffTo !== undefined)
      delegateTo(state, ref, state.named(tool.handoffTo, agent.spot.place), tool.spot, 'handoff');
  }
  for (const { agent: target, spot, how } of gathered.agents) delegate(state, ref, identityOf(target), spot, how);
  for (const one of gathered.namedAgents) {
    const target = state.named(one.name, agent.spot.place);
    if (target === undefined)
      unknown.push({
        reason: `${one.how} to ${one.name}, which is not found`,
        place: one.spot.place,
        line: one.spot.line,
      });
    else delegateTo(state, ref, target, one.spot, one.how);
  }
  for (const sub of gathered.subAgents) emitSubAgent(state, keyed, sub);

  let promptUnknown = false;
  for (const prompt of gathered.prompts) {
    const { refs: found, dynamic } = promptFacts(project, facts, prompt, `${name} prompt`);
    if (found.length === 0 && dynamic) promptUnknown = true;
    for (const one of found) {
      facts.relation(one.spot, {
        kind: 'configured-by',
        from: ref,
        to: one.ref,
        ...(dynamic ? { dynamic: true } : {}),
        confidence: 'high',
      });
    }
  }
  for (const model of models) {
    if (model.embedding) continue;
    facts.relation(model.spot, { kind: 'uses', from: ref, to: model.ref, confidence: 'high' });
  }
  for (const store of gathered.stores) {
    facts.relation(store.spot, {
      kind: store.role === 'knowledge' ? 'reads' : 'writes',
      from: ref,
      to: emitStore(state, store.call, store.symbol),
      discriminator: store.role,
      properties: { role: store.role },
      confidence: 'high',
    });
  }
  emitUses(state, ref, gathered.body);
  emitServers(state, ref, framework, gathered.mcp, unknown);
  const gates = emitGates(state, {
    agent,
    ref,
    name,
    gathered,
    toolRefs,
    toolNames: [...toolRefs.keys(), ...builtIn.map(({ tool }) => tool.name)],
  });
  emitGuardrails(state, keyed, gathered);

  const falseGates = gathered.gates.filter((gate) => gate.grade === 'none' && gate.why !== undefined);
  const capabilities = [...gathered.capabilities, ...gathered.body.capabilities, ...builtInCapabilities(builtIn)];
  const dynamic = unknown.length > 0;
  const confidence: Confidence =
    agent.form === 'inferred' || agent.rule?.confidence === 'medium'
      ? 'medium'
      : agent.form === 'graph' && gathered.tools.length === 0 && gathered.models.length === 0
        ? 'medium'
        : 'high';
  const properties: Properties = {
    framework,
    language: agent.framework.language,
    construct: agent.symbol,
    variable: agent.variable,
    location: locationOf(agent.spot.place),
    ...(agent.form === 'inferred' ? { certainty: 'inferred' } : {}),
    ...(deployment === null ? {} : { deployedAs: deployment.name, declaredIn: deployment.place }),
    ...(agent.nodes.length === 0 ? {} : { nodes: agent.nodes.map((node) => node.name), edges: agent.edges }),
    ...(gathered.middleware.length === 0 ? {} : { middleware: gathered.middleware.map((one) => one.name) }),
    ...(Object.keys(gathered.settings).length === 0 ? {} : { settings: { ...gathered.settings } }),
    ...(exposures.length === 0
      ? {}
      : { exposure: exposures.map(({ kind, how, spot }) => ({ kind, how, place: spot.place, line: spot.line })) }),
    ...(gates.length === 0 ? {} : { gates }),
    ...(falseGates.length === 0 ? {} : { falseGates: falseGates.map(falseGateJson) }),
    ...(capabilities.length === 0 ? {} : { capabilities: capabilities.map(capabilityJson) }),
    ...builtInJson(builtIn),
    ...(promptUnknown ? { instructions: 'decided at run time' } : {}),
    ...notUnderstoodJson(gathered.body.notUnderstood),
    ...(dynamic ? { unknown: unknown.slice(0, maxUnknown) } : {}),
    ...(unknown.length > maxUnknown ? { unknownMore: unknown.length - maxUnknown } : {}),
  };
  facts.asset(agent.spot, { ...ref, name, properties, confidence, ...(dynamic ? { dynamic: true } : {}) });
}

/** Tools of the LangChain family are LangChain tools, whichever of its constructs is given them. */
const toolFramework = (framework: string): string =>
  framework === 'langgraph' || framework === 'deepagents' ? 'langchain' : framework;

function emitGuardrails(state: LinkState, { agent, ref }: Keyed, gathered: Gathered): void {
  const { facts } = state;
  const emit = (name: string, spot: Spot, mechanism: string): void => {
    const guardrail = facts.asset(spot, {
      ...placedRef('guardrail', spot, name),
      name,
      properties: { mechanism, framework: toolFramework(agent.frameworkName) },
      confidence: 'high',
    });
    facts.relation(spot, { kind: 'guarded-by', from: ref, to: guardrail, confidence: 'high' });
  };
  for (const guard of gathered.middleware) if (guard.guards) emit(guard.name, guard.spot, 'middleware');
  for (const guard of gathered.guardrails) emit(guard.name, guard.spot, 'guardrail');
}

function isAgentic(gathered: Gathered): boolean {
  return (
    gathered.models.length > 0 ||
    gathered.modelTexts.length > 0 ||
    gathered.tools.length > 0 ||
    gathered.agents.length > 0 ||
    gathered.mcp.length > 0 ||
    gathered.unknown.length > 0
  );
}

function delegate(state: LinkState, from: AssetRef, id: string, spot: Spot, how: string): void {
  delegateTo(state, from, state.refs.get(id), spot, how);
}

function delegateTo(state: LinkState, from: AssetRef, to: AssetRef | undefined, spot: Spot, how: string): void {
  if (to === undefined || to.key === from.key) return;
  state.facts.relation(spot, {
    kind: 'delegates-to',
    from,
    to,
    discriminator: how,
    properties: { how },
    confidence: 'high',
  });
}

/** Sub-agents that are only described get an asset of their own. */
function emitSubAgent(state: LinkState, parent: Keyed, sub: Gathered['subAgents'][number]): void {
  const { project, facts } = state;
  const ref = placedRef('agent', sub.spot, `${parent.agent.variable}.${sub.name}`);
  const framework = parent.agent.frameworkName;
  const { own, builtIn } = partTools(parent.agent.framework, sub.tools?.tools ?? []);
  const capabilities = builtInCapabilities(builtIn);
  facts.asset(sub.spot, {
    ...ref,
    name: sub.name,
    properties: {
      framework,
      language: parent.agent.framework.language,
      construct: 'subagent',
      location: locationOf(sub.spot.place),
      ...(capabilities.length === 0 ? {} : { capabilities: capabilities.map(capabilityJson) }),
      ...builtInJson(builtIn),
    },
    confidence: 'high',
    ...(sub.tools === null ? {} : sub.tools.unknown.length > 0 ? { dynamic: true } : {}),
  });
  facts.relation(sub.spot, {
    kind: 'delegates-to',
    from: parent.ref,
    to: ref,
    discriminator: sub.name,
    confidence: 'high',
  });
  for (const tool of own)
    facts.relation(sub.spot, {
      kind: 'uses',
      from: ref,
      to: emitTool(state, tool, toolFramework(framework)),
      confidence: 'high',
    });
  if (sub.prompt !== null) {
    for (const one of promptFacts(project, facts, sub.prompt, `${sub.name} prompt`).refs)
      facts.relation(one.spot, { kind: 'configured-by', from: ref, to: one.ref, confidence: 'high' });
  }
  for (const model of sub.models)
    for (const use of modelFacts(project, facts, model))
      facts.relation(use.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
  if (sub.modelText !== null)
    for (const use of modelTextFacts(project, facts, sub.modelText, parent.agent.framework.provider ?? ''))
      facts.relation(use.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
}
