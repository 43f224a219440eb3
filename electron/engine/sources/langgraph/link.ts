import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { placedRef } from '../keys.ts';
import type { AssetRef, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { createProject, type Project } from '../python/resolve.ts';
import type { LoadedModule } from '../python/scopes.ts';
import { isPackedModule, unpackModule } from '../python/packed.ts';
import { type CallValue, identityOf, type Spot, type Value } from '../python/values.ts';
import { type AgentFound, findAgents, readableName } from './agents.ts';
import { FactCollector, folderOf, locationOf } from './collector.ts';
import { type DeployFile, isDeployFile, placeFrom } from './deploy-file.ts';
import { gatherAgent, type Gathered } from './gather.ts';
import { emitGates } from './gates.ts';
import { emitServers } from './servers.ts';
import { modelFacts, modelTextFacts, type ModelUse } from './models.ts';
import { promptFacts } from './prompts.ts';
import { agentsIn } from './recognise.ts';
import { capabilityJson, emitStore, emitTool, emitUses, notUnderstoodJson } from './emit.ts';

/** Facts about all agents of one scan root. Pure: the same summaries give the same facts. */
export function linkAgents(modules: readonly ModuleSummary[], context: LinkContext): Linked {
  const loaded: LoadedModule[] = [];
  const deployments: { place: string; content: DeployFile }[] = [];
  for (const module of [...modules].sort((a, b) => (a.place < b.place ? -1 : 1))) {
    if (isPackedModule(module.content)) loaded.push({ place: module.place, content: unpackModule(module.content) });
    else if (isDeployFile(module.content)) deployments.push({ place: module.place, content: module.content });
  }
  const project = createProject(loaded, context.rootLabel);
  const facts = new FactCollector();
  const wanted = new Set<string>();
  const found = findAgents(project);
  const deployed = deployedAgents(project, deployments, wanted);
  const keyed = keyAgents(found, deployed);
  for (const agent of found) {
    for (let folder = folderOf(agent.spot.place); folder !== ''; folder = folderOf(folder))
      wanted.add(`${folder}/langgraph.json`);
  }
  const named = new Map<string, AssetRef>();
  for (const { agent, name, ref } of keyed) {
    if (agent.givenName !== null) named.set(agent.givenName, ref);
    named.set(name, ref);
  }
  const refs = new Map(keyed.map(({ agent, ref }) => [agent.id, ref]));
  for (const one of keyed) emitAgent({ project, facts, refs, named }, one);
  for (const place of project.index.wanted) wanted.add(place);
  for (const module of modules) wanted.delete(module.place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}

const maxUnknown = 50;

type Keyed = {
  readonly agent: AgentFound;
  readonly name: string;
  readonly ref: AssetRef;
  readonly deployment: Deployed | null;
};
type Deployed = { readonly name: string; readonly key: string; readonly place: string; readonly line: number };
export type LinkState = {
  readonly project: Project;
  readonly facts: FactCollector;
  readonly refs: ReadonlyMap<string, AssetRef>;
  readonly named: ReadonlyMap<string, AssetRef>;
};

/** Which construct each graph of a `langgraph.json` is. */
function deployedAgents(
  project: Project,
  deployments: readonly { place: string; content: DeployFile }[],
  wanted: Set<string>,
): ReadonlyMap<string, Deployed> {
  const result = new Map<string, Deployed>();
  for (const { place, content } of deployments) {
    for (const graph of content.graphs) {
      const target = graph.file === null ? null : placeFrom(folderOf(place), graph.file);
      if (target === null || !/\.(?:py|ipynb)$/.test(target)) continue;
      const module = project.index.at(target);
      if (module === null) {
        wanted.add(target);
        continue;
      }
      const value = project.lookup(graph.variable, project.moduleScope(module));
      for (const agent of value === null ? [] : agentsBehind(project, value)) {
        const id = identityOf(agent);
        if (!result.has(id))
          result.set(id, { name: graph.name, key: `${target}#${graph.variable}`, place, line: graph.line });
      }
    }
  }
  return result;
}

/** A deployment may name a graph, a builder, or a function that makes one. */
function agentsBehind(project: Project, value: Value): readonly CallValue[] {
  const direct = agentsIn(value);
  if (direct.length > 0) return direct;
  if (value.kind === 'function') {
    const entry = value.function.decorators
      .map((decorator) => project.evaluate(decorator, value.scope))
      .find((one) => one.kind === 'call' && one.callee.kind === 'symbol' && one.callee.path.endsWith('.entrypoint'));
    if (entry?.kind === 'call') return [entry];
    return agentsIn(project.results(value, null, value.scope));
  }
  return value.kind === 'choice'
    ? value.options.flatMap((option) =>
        option.kind === 'function' ? agentsIn(project.results(option, null, option.scope)) : [],
      )
    : [];
}

function keyAgents(found: readonly AgentFound[], deployed: ReadonlyMap<string, Deployed>): readonly Keyed[] {
  const used = new Map<string, number>();
  return found.map((agent) => {
    const deployment = deployed.get(agent.id) ?? null;
    const base = deployment?.key ?? `${agent.spot.place}#${agent.variable}`;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const key = count === 1 ? base : `${base}~${count}`;
    const name = (count === 1 ? deployment?.name : undefined) ?? agent.givenName ?? readableName(agent.variable);
    return { agent, name, ref: { kind: 'agent', key }, deployment };
  });
}

function emitAgent(state: LinkState, keyed: Keyed): void {
  const { project, facts } = state;
  const { agent, name, ref, deployment } = keyed;
  const gathered = gatherAgent(project, agent);
  // A graph that is known in full and calls no model, no tool and no agent is a program, not an agent.
  if (agent.form !== 'constructor' && agent.form !== 'executor' && deployment === null && !isAgentic(gathered)) return;

  const models: ModelUse[] = [];
  for (const model of gathered.models) models.push(...modelFacts(project, facts, model));
  for (const text of gathered.modelTexts) models.push(...modelTextFacts(project, facts, text));
  const unknown: { reason: string; place: string; line: number }[] = gathered.unknown.map(({ reason, spot }) => ({
    reason,
    place: spot.place,
    line: spot.line,
  }));
  const toolRefs = new Map<string, AssetRef>();

  for (const tool of gathered.tools) {
    const toolRef = emitTool(state, tool);
    toolRefs.set(tool.name, toolRef);
    facts.relation(agent.spot, {
      kind: 'uses',
      from: ref,
      to: toolRef,
      ...(tool.when === undefined ? {} : { properties: { when: tool.when }, dynamic: true }),
      confidence: 'high',
    });
    for (const target of tool.delegatesTo ?? []) delegate(state, ref, identityOf(target), tool.spot, tool.name);
    if (tool.handoffTo !== undefined) {
      const target = state.named.get(tool.handoffTo);
      if (target !== undefined && target.key !== ref.key)
        facts.relation(tool.spot, {
          kind: 'delegates-to',
          from: ref,
          to: target,
          discriminator: 'handoff',
          confidence: 'high',
        });
    }
  }
  for (const { agent: target, spot, how } of gathered.agents) delegate(state, ref, identityOf(target), spot, how);
  for (const sub of gathered.subAgents) emitSubAgent(state, keyed, sub);

  const prompts: string[] = [];
  for (const prompt of gathered.prompts) {
    const { refs: found, dynamic } = promptFacts(project, facts, prompt, `${name} prompt`);
    for (const one of found) {
      if (!prompts.includes(one.ref.key)) prompts.push(one.ref.key);
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
    const storeAsset = emitStore(state, store.call, store.symbol);
    facts.relation(store.spot, {
      kind: 'writes',
      from: ref,
      to: storeAsset,
      discriminator: store.role,
      properties: { role: store.role },
      confidence: 'high',
    });
  }
  emitUses(state, ref, gathered.body);
  emitServers(state, ref, gathered.mcp, unknown);
  const gates = emitGates(state, { agent, ref, name, gathered, toolRefs });
  for (const guard of gathered.middleware) {
    if (!guard.guards) continue;
    const guardrail = facts.asset(guard.spot, {
      ...placedRef('guardrail', guard.spot, guard.name),
      name: guard.name,
      properties: { mechanism: 'middleware', framework: 'langchain' },
      confidence: 'high',
    });
    facts.relation(guard.spot, { kind: 'guarded-by', from: ref, to: guardrail, confidence: 'high' });
  }

  const dynamic = unknown.length > 0;
  const confidence: Confidence =
    agent.form === 'graph' && gathered.tools.length === 0 && gathered.models.length === 0 ? 'medium' : 'high';
  const properties: Properties = {
    framework: agent.library.startsWith('langgraph')
      ? 'langgraph'
      : agent.library.startsWith('deepagents')
        ? 'deepagents'
        : 'langchain',
    language: 'python',
    construct: agent.symbol,
    variable: agent.variable,
    location: locationOf(agent.spot.place),
    ...(deployment === null ? {} : { deployedAs: deployment.name, declaredIn: deployment.place }),
    ...(agent.nodes.length === 0 ? {} : { nodes: agent.nodes.map((node) => node.name), edges: agent.edges }),
    ...(gathered.middleware.length === 0 ? {} : { middleware: gathered.middleware.map((one) => one.name) }),
    ...(gates.length === 0 ? {} : { gates }),
    ...(gathered.body.capabilities.length === 0
      ? {}
      : { capabilities: gathered.body.capabilities.map(capabilityJson) }),
    ...notUnderstoodJson(gathered.body.notUnderstood),
    ...(dynamic ? { unknown: unknown.slice(0, maxUnknown) } : {}),
    ...(unknown.length > maxUnknown ? { unknownMore: unknown.length - maxUnknown } : {}),
  };
  facts.asset(agent.spot, { ...ref, name, properties, confidence, ...(dynamic ? { dynamic: true } : {}) });
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
  const to = state.refs.get(id);
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

/** Sub-agents of a deep agent are dictionaries: they get an asset of their own. */
function emitSubAgent(state: LinkState, parent: Keyed, sub: Gathered['subAgents'][number]): void {
  const { project, facts } = state;
  const ref = placedRef('agent', sub.spot, `${parent.agent.variable}.${sub.name}`);
  facts.asset(sub.spot, {
    ...ref,
    name: sub.name,
    properties: {
      framework: 'deepagents',
      language: 'python',
      construct: 'subagent',
      location: locationOf(sub.spot.place),
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
  for (const tool of sub.tools?.tools ?? [])
    facts.relation(sub.spot, { kind: 'uses', from: ref, to: emitTool(state, tool), confidence: 'high' });
  if (sub.prompt !== null) {
    for (const one of promptFacts(project, facts, sub.prompt, `${sub.name} prompt`).refs)
      facts.relation(one.spot, { kind: 'configured-by', from: ref, to: one.ref, confidence: 'high' });
  }
  for (const model of sub.models)
    for (const use of modelFacts(project, facts, model))
      facts.relation(use.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
  if (sub.modelText !== null)
    for (const use of modelTextFacts(project, facts, sub.modelText))
      facts.relation(use.spot, { kind: 'uses', from: ref, to: use.ref, confidence: 'high' });
}
