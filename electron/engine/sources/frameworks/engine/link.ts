import { pythonDialect } from '../../python/dialect.ts';
import type { ReadContent } from '../../python/modules.ts';
import { isPackedModule, unpackModule } from '../../python/packed.ts';
import { createProject, type Project } from '../../python/resolve.ts';
import type { LoadedModule } from '../../python/scopes.ts';
import type { AssetRef, LinkContext, Linked, ModuleSummary } from '../../source.ts';
import type { Framework, GivenName } from '../framework.ts';
import { frameworks } from '../registry.ts';
import type { AgentFound } from './agent-found.ts';
import { readableName } from './agent-names.ts';
import { bodyFacts } from './body.ts';
import { FactCollector, folderOf, isVendored } from './collector.ts';
import type { FactContext, FindContext } from './context.ts';
import { definitionsIn } from './definitions.ts';
import { isDocument } from './document.ts';
import { emitAgent } from './emit-agent.ts';
import { emitTool } from './emit.ts';
import { exposuresOf } from './exposures.ts';
import { noteHeld } from './held-tools.ts';
import { findAgents } from './find-agents.ts';
import { agentsIn, modelsIn } from './recognise.ts';
import { functionTool } from './tool-code.ts';
import { toolsIn } from './tools.ts';
import { emitUnusedTools } from './unused-tools.ts';
import { attachSymbols } from './vocabulary.ts';

/** What an agent is called, and by what it is known. */
export type Keyed = {
  readonly agent: AgentFound;
  readonly name: string;
  readonly ref: AssetRef;
  readonly deployment: GivenName | null;
};

export type LinkState = {
  readonly project: Project;
  readonly facts: FactCollector;
  readonly refs: ReadonlyMap<string, AssetRef>;
  /** Agents by their name, as seen from a file: one of the same file before one of the same folder before any other. */
  named(name: string, place: string): AssetRef | undefined;
};

/** Makes the project of one language; the front end of a language brings its own. */
export type MakeProject = (modules: readonly LoadedModule[], rootLabel: string, read?: ReadContent) => Project;

/** Facts about all agents of one scan root. Pure: the same summaries give the same facts. */
export function linkAgents(
  language: Framework['language'],
  modules: readonly ModuleSummary[],
  context: LinkContext,
  makeProject: MakeProject = (loaded, rootLabel, read) => createProject(loaded, rootLabel, pythonDialect, read),
): Linked {
  const loaded: LoadedModule[] = [];
  const documents = new Map<string, string>();
  for (const module of [...modules].sort((a, b) => (a.place < b.place ? -1 : 1))) {
    if (isPackedModule(module.content)) loaded.push({ place: module.place, content: unpackModule(module.content) });
    else if (isDocument(module.content)) documents.set(module.place, module.content.text);
  }
  const { read } = context;
  const project = makeProject(
    loaded,
    context.rootLabel,
    read === undefined ? undefined : (place) => read(place)?.content ?? null,
  );
  const own = frameworks.filter((framework) => framework.language === language);
  const facts = new FactCollector(mentionsIn(modules));
  const wanted = new Set<string>();
  const definitions = definitionsIn(project, new Set([...attachSymbols, ...definitionNames]));
  const find: FindContext = {
    project,
    documents,
    agentsIn: (value) => agentsIn(project, value),
    modelsIn,
    toolsIn: (value) => toolsIn(project, value),
    toolOf: (value) => functionTool(project, value),
    definitions: () => definitions,
    bodyOf: (value) => bodyFacts(project, [{ value, scope: null }]),
  };
  noteHeld(project, definitions);
  const { agents: tabled, aliases } = findAgents(project, definitions);
  const known = new Set(tabled.map((agent) => agent.id));
  const found = tabled.filter((agent) => !isVendored(agent.spot.place));
  for (const framework of own) {
    for (const agent of framework.extra?.find?.(find) ?? []) {
      if (known.has(agent.id) || isVendored(agent.spot.place)) continue;
      known.add(agent.id);
      found.push(agent);
    }
  }
  const deployed = new Map<string, GivenName>();
  for (const framework of own)
    for (const [id, name] of framework.extra?.names?.(find, (place) => wanted.add(place)) ?? [])
      if (!deployed.has(id)) deployed.set(id, name);
  const keyed = keyAgents(found, deployed);
  for (const agent of found)
    for (const place of agent.framework.extra?.wants?.(agent.spot.place) ?? []) wanted.add(place);

  const refs = new Map(keyed.map(({ agent, ref }) => [agent.id, ref]));
  for (const [alias, id] of aliases) {
    const ref = refs.get(id);
    if (ref !== undefined) refs.set(alias, ref);
  }
  const state: LinkState = { project, facts, refs, named: namesOf(keyed) };
  const exposures = exposuresOf(project, definitions);
  for (const one of keyed)
    emitAgent(state, find, one, exposures.get(one.agent.id) ?? exposuresThrough(aliases, one, exposures));
  const factContext: FactContext = {
    ...find,
    facts,
    agents: found,
    refOf: (id) => refs.get(id),
    nameOf: (id) => keyed.find((one) => one.agent.id === id)?.name,
    emitTool: (tool, framework) => emitTool(state, tool, framework),
  };
  for (const framework of own) framework.extra?.facts?.(factContext);
  emitUnusedTools(state, find, language);
  for (const place of project.index.wanted) wanted.add(place);
  for (const module of modules) wanted.delete(module.place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}

/** Looks for names in the summaries as they are stored; asked for a few names of few folders. */
function mentionsIn(modules: readonly ModuleSummary[]): (place: string, name: string) => boolean {
  const known = new Map<string, boolean>();
  return (place, name) => {
    const folder = `${folderOf(place)}/`;
    const key = `${folder}\n${name}`;
    let found = known.get(key);
    if (found === undefined) {
      found = modules.some(
        ({ place: other, content }) =>
          other.startsWith(folder) && isPackedModule(content) && content.text.includes(JSON.stringify(name)),
      );
      known.set(key, found);
    }
    return found;
  };
}

/** Names that functions are looked into for, beside those that attach something to an agent. */
const definitionNames = [
  'tool',
  'post',
  'get',
  'websocket',
  'route',
  'api_route',
  'entrypoint',
  'resource',
  'prompt',
  'function_tool',
  'action',
  'tool_plain',
  'list_tools',
  'call_tool',
  'on_message',
];

function exposuresThrough<T>(
  aliases: ReadonlyMap<string, string>,
  { agent }: Keyed,
  exposures: ReadonlyMap<string, readonly T[]>,
): readonly T[] {
  const found: T[] = [];
  for (const [alias, id] of aliases) if (id === agent.id) found.push(...(exposures.get(alias) ?? []));
  return found;
}

function keyAgents(found: readonly AgentFound[], deployed: ReadonlyMap<string, GivenName>): readonly Keyed[] {
  const used = new Map<string, number>();
  return found.map((agent) => {
    const deployment = deployed.get(agent.id) ?? null;
    const base = deployment?.key ?? `${agent.spot.place}#${agent.variable}`;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const key = count === 1 ? base : `${base}~${count}`;
    const name =
      (count === 1 ? deployment?.name : undefined) ?? agent.givenName ?? readableName(agent.variable, agent.spot.place);
    return { agent, name, ref: { kind: 'agent', key }, deployment };
  });
}

function namesOf(keyed: readonly Keyed[]): LinkState['named'] {
  const byName = new Map<string, { ref: AssetRef; place: string }[]>();
  const add = (name: string, { agent, ref }: Keyed): void => {
    const list = byName.get(name) ?? [];
    list.push({ ref, place: agent.spot.place });
    byName.set(name, list);
  };
  for (const one of keyed) {
    if (one.agent.givenName !== null) add(one.agent.givenName, one);
    if (one.name !== one.agent.givenName) add(one.name, one);
  }
  return (name, place) => {
    const all = byName.get(name) ?? [];
    const near = all.find((one) => one.place === place) ?? all.find((one) => folderOf(one.place) === folderOf(place));
    return (near ?? all.at(-1))?.ref;
  };
}
