import { FlowFacts, shortName } from '../low-code/flow-facts.ts';
import { flowBuilder, flowSummary, isFlowContent, joinReadings } from '../low-code/flow-source.ts';
import { effectOf, unknownEffect, type Effect } from '../low-code/effects.ts';
import { classesOfName } from '../infrastructure/api-schema.ts';
import { folderOf, placeBelow } from '../infrastructure/placed-facts.ts';
import { emitInline, unknownServer } from '../low-code/inline-server.ts';
import { parseJson } from '../parse/json-document.ts';
import { entryOf, itemsOf, type Node, nodeOf, scalarText, type Span, textOf, textsOf } from '../parse/node.ts';
import { maskUrl } from '../parse/secrets.ts';
import type {
  AssetRef,
  CodeSource,
  FileInput,
  Lines,
  Linked,
  ModuleSummary,
  Reading,
  RelationDraft,
} from '../source.ts';

/**
 * Declarative agents of Microsoft 365 Copilot and their API plug-ins ("Declarative agent schema 1.8", "API plugin manifest
 * 2.4", 2026; excerpts).
 */
export const m365DeclarativeAgents: CodeSource = {
  kind: 'code',
  id: 'copilot-studio/declarative-agent',
  version: 1,
  title: 'Declarative agents of Microsoft 365 Copilot',
  product: 'copilot-studio',
  productTitle: 'Copilot Studio',
  extensions: ['.json'],
  keywords: [
    'copilot/declarative-agent',
    'declarative-copilot',
    '"conversation_starters"',
    'copilot/plugin',
    '"run_for_functions"',
  ],
  emits: ['agent', 'prompt', 'tool', 'mcp-server', 'credential', 'data-store', 'external-service', 'approval-gate'],
  summarise,
  link,
};

type Made = { readonly ref: AssetRef; readonly lines: Lines };
type Content = {
  readonly kind: 'm365';
  readonly reading: Reading;
  readonly agent: AssetRef | null;
  /** Places of plug-ins that the agent names. */
  readonly actions: readonly { readonly place: string; readonly lines: Lines }[];
  readonly tools: readonly Made[];
};
const isContent = (content: unknown): content is Content => isFlowContent(content, 'm365');

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const { root, problems } = parseJson(file.text);
  const builder = flowBuilder(file);
  const facts = new FlowFacts(builder, 'm365-copilot', 'medium');
  const found =
    root?.kind !== 'map'
      ? null
      : isAgent(root)
        ? emitAgent(facts, root)
        : isPlugin(root)
          ? emitPlugin(facts, root)
          : null;
  if (found === null)
    return flowSummary(
      file,
      null,
      problems,
      root === null && /copilot\/declarative-agent|run_for_functions/.test(file.text),
    );
  for (const problem of problems) if (problem.kind !== 'comment') builder.issue(problem.line, problem.message);
  const reading = builder.done();
  const content: Content = { kind: 'm365', reading: { ...reading, issues: [] }, ...found };
  return flowSummary(
    file,
    content,
    reading.issues,
    problems.some((one) => one.kind === 'syntax'),
  );
}

const isAgent = (root: Node): boolean =>
  textOf(nodeOf(root, 'instructions')) !== undefined &&
  (/declarative-(?:agent|copilot)/.test(textOf(nodeOf(root, '$schema')) ?? '') ||
    nodeOf(root, 'conversation_starters') !== undefined);
const isPlugin = (root: Node): boolean =>
  nodeOf(root, 'runtimes')?.kind === 'list' && nodeOf(root, 'schema_version') !== undefined;

function emitAgent(facts: FlowFacts, root: Node): Pick<Content, 'agent' | 'actions' | 'tools'> {
  const named = entryOf(root, 'name') ?? entryOf(root, 'instructions');
  const span: Span = named === undefined ? root : { line: named.line, endLine: named.line };
  const name = scalarText(nodeOf(root, 'name')) ?? 'declarative agent';
  const instructions = entryOf(root, 'instructions');
  const body = textOf(instructions?.node) ?? '';
  const included = /^\$\[file\(['"]([^'"]{1,300})['"]\)\]$/.exec(body.trim())?.[1];
  const ref = facts.agent('agent', name, span, {
    language: 'json',
    construct: 'declarative agent',
    description: shortName(scalarText(nodeOf(root, 'description')) ?? name),
    exposure: [
      {
        kind: 'chat',
        how: 'Microsoft 365 Copilot',
        authentication: 'people of the tenant',
        place: facts.place,
        line: span.line,
      },
    ],
    ...(included === undefined ? {} : { instructionsFrom: shortName(included) }),
  });
  if (instructions !== undefined && body !== '' && included === undefined)
    facts.prompt(ref, 'instructions', `${name} instructions`, body, instructions);
  for (const item of itemsOf(nodeOf(root, 'capabilities')).slice(0, 50)) emitCapability(facts, ref, item);
  for (const item of itemsOf(nodeOf(root, 'worker_agents')).slice(0, 50)) {
    const id = scalarText(nodeOf(item, 'id'));
    if (id === undefined) continue;
    const worker = facts.agent(
      `worker/${id.slice(0, 100)}`,
      id,
      item,
      { language: 'json', construct: 'worker agent', external: true },
      true,
    );
    facts.relation('delegates-to', ref, worker, item, { how: 'worker agent' });
  }
  const folder = folderOf(facts.place);
  const actions = itemsOf(nodeOf(root, 'actions'))
    .slice(0, 100)
    .flatMap((item) => {
      const place = placeBelow(folder, scalarText(nodeOf(item, 'file')) ?? '');
      return place === null ? [] : [{ place, lines: { line: item.line, endLine: item.line } }];
    });
  return { agent: ref, actions, tools: [] };
}

const capabilityEffects: ReadonlyMap<
  string,
  readonly [
    'reads-untrusted' | 'reads-private' | 'executes-code' | 'writes' | 'sends-outside' | 'deletes',
    ...('reads-untrusted' | 'reads-private' | 'executes-code' | 'writes' | 'sends-outside' | 'deletes')[],
  ]
> = new Map([
  ['WebSearch', ['reads-untrusted']],
  ['OneDriveAndSharePoint', ['reads-private']],
  ['GraphConnectors', ['reads-private']],
  ['CopilotConnectors', ['reads-private']],
  ['Dataverse', ['reads-private']],
  ['TeamsMessages', ['reads-private', 'reads-untrusted']],
  ['Email', ['reads-untrusted', 'reads-private']],
  ['People', ['reads-private']],
  ['Meetings', ['reads-private']],
  ['EmbeddedKnowledge', ['reads-private']],
  ['ScenarioModels', ['reads-private']],
  ['CodeInterpreter', ['executes-code']],
  ['EmailActions', ['sends-outside', 'writes', 'deletes']],
  ['MeetingActions', ['writes', 'sends-outside']],
]);

function emitCapability(facts: FlowFacts, agent: AssetRef, item: Node): void {
  const named = entryOf(item, 'name');
  const name = scalarText(named?.node);
  if (named === undefined || name === undefined) return;
  const classes = capabilityEffects.get(name);
  const effect: Effect =
    name === 'GraphicArt'
      ? { capabilities: [], known: true }
      : classes === undefined
        ? unknownEffect
        : effectOf(classes, `capability ${name}`, named);
  const ref = facts.tool(agent, {
    key: `capability/${name.slice(0, 100)}`,
    name,
    span: named,
    library: name,
    form: 'hosted',
    effect,
  });
  if (name === 'WebSearch') {
    const sites = itemsOf(nodeOf(item, 'sites'))
      .flatMap((site) => scalarText(nodeOf(site, 'url')) ?? [])
      .slice(0, 20);
    for (const site of sites.length === 0 ? [null] : sites)
      facts.relation(
        'ingests',
        ref,
        facts.service(
          site === null ? 'search' : 'web',
          site === null ? null : (URL.parse(site)?.hostname ?? null),
          named,
        ),
        named,
      );
    return;
  }
  const scope = ['items_by_url', 'items_by_sharepoint_ids', 'connections', 'urls', 'knowledge_sources', 'folders']
    .flatMap((key) => itemsOf(nodeOf(item, key)))
    .slice(0, 50);
  const names = scope
    .map(
      (one) =>
        scalarText(nodeOf(one, 'url')) ??
        scalarText(nodeOf(one, 'connection_id')) ??
        scalarText(nodeOf(one, 'host_name')) ??
        scalarText(nodeOf(one, 'folder_id')) ??
        scalarText(one),
    )
    .filter((one) => one !== undefined);
  if (classes?.some((one) => one === 'reads-private') !== true) return;
  for (const one of names.length === 0 ? [null] : names) {
    const store = facts.store({
      key: `m365:${name}:${one === null ? '*' : maskUrl(one)}`,
      name: one === null ? `${name} (all that the user may see)` : maskUrl(one),
      kind: 'saas',
      product: name,
      span: named,
      properties: { everything: one === null },
    });
    facts.relation('reads', ref, store, named);
  }
}

function emitPlugin(facts: FlowFacts, root: Node): Pick<Content, 'agent' | 'actions' | 'tools'> {
  const tools: Made[] = [];
  const runtimes = itemsOf(nodeOf(root, 'runtimes')).slice(0, 100);
  for (const item of itemsOf(nodeOf(root, 'functions')).slice(0, 300)) {
    const named = entryOf(item, 'name');
    const name = scalarText(named?.node);
    if (named === undefined || name === undefined) continue;
    const runtime = runtimes.find((one) =>
      textsOf(nodeOf(one, 'run_for_functions')).some((other) => other === name || other === '*'),
    );
    const span = { line: named.line, endLine: named.line };
    const ref = facts.builder.asset({
      ...facts.ref('tool', name),
      name: shortName(name),
      lines: span,
      confidence: facts.confidence,
      properties: toolProperties(facts, item, name, span, runtime),
    });
    tools.push({ ref, lines: span });
    emitConfirmation(facts, item, name, ref);
    emitRuntime(facts, ref, runtime);
  }
  for (const runtime of runtimes) {
    if (scalarText(nodeOf(runtime, 'type')) !== 'RemoteMCPServer') continue;
    const url = entryOf(runtime, 'spec', 'url');
    const given = {
      name: scalarText(nodeOf(root, 'name_for_human')) ?? 'MCP server',
      span: url ?? runtime,
      where: 'runtimes',
    };
    const server = emitInline(facts, null, given, unknownServer(given, scalarText(url?.node) ?? null));
    tools.push({ ref: server, lines: { line: given.span.line, endLine: given.span.line } });
  }
  return { agent: null, actions: [], tools };
}

function toolProperties(facts: FlowFacts, item: Node, name: string, span: Span, runtime: Node | undefined) {
  const handling = textsOf(nodeOf(item, 'capabilities', 'security_info', 'data_handling'));
  const effect = handling.some((one) => /Sharing|Write|Export/i.test(one))
    ? effectOf(['sends-outside', 'writes'], 'data_handling says so', span, 'medium', false)
    : effectOf(classesOfName(name), `it is called "${name.slice(0, 60)}"`, span, 'low', false);
  return {
    framework: facts.framework,
    form: 'API plug-in',
    library: shortName(scalarText(nodeOf(runtime, 'type')) ?? 'plug-in'),
    enabled: true,
    description: shortName(scalarText(nodeOf(item, 'description')) ?? name),
    capabilities: effect.capabilities.map((one) => facts.capability(one)),
    capabilitiesKnown: false,
    ...(handling.length === 0 ? {} : { dataHandling: handling.slice(0, 20).map(shortName) }),
  };
}

/** `confirmation.type: None` switches the question off; absent means the service's own default. */
function emitConfirmation(facts: FlowFacts, item: Node, name: string, tool: AssetRef): void {
  const entry = entryOf(item, 'capabilities', 'confirmation');
  if (entry === undefined) return;
  const span = { line: entry.line, endLine: entry.line };
  const type = scalarText(nodeOf(entry.node, 'type')) ?? 'AdaptiveCard';
  if (/^none$/i.test(type)) {
    facts.builder.asset({
      ...tool,
      name: shortName(name),
      lines: span,
      properties: { falseGates: [facts.falseGate('confirmation', 'switched off by the plug-in', span)] },
      confidence: facts.confidence,
    });
    return;
  }
  const gate = facts.builder.asset({
    ...facts.ref('approval-gate', `${name}/confirmation`),
    name: shortName(`confirmation of ${name}`),
    properties: {
      framework: facts.framework,
      mechanism: 'confirmation',
      grade: 'human-per-call',
      onNoAnswer: 'waits',
      covers: [shortName(name)],
      coversKnown: true,
    },
    lines: span,
    confidence: facts.confidence,
  });
  facts.relation('gated-by', tool, gate, span);
}

function emitRuntime(facts: FlowFacts, tool: AssetRef, runtime: Node | undefined): void {
  const auth = entryOf(runtime, 'auth');
  const type = scalarText(nodeOf(auth?.node, 'type'));
  if (auth !== undefined && type !== undefined && !/^none$/i.test(type))
    facts.credential(tool, type, scalarText(nodeOf(auth.node, 'reference_id')) ?? type, {
      line: auth.line,
      endLine: auth.line,
    });
}

function link(modules: readonly ModuleSummary[]): Linked {
  const placed = modules
    .flatMap(({ place, content }) => (isContent(content) ? [{ place, content }] : []))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const byPlace = new Map(placed.map((one) => [one.place, one.content]));
  const wanted = new Set<string>();
  const readings = placed.map(({ place, content }) => {
    const relations: RelationDraft[] = [];
    for (const action of content.actions) {
      const plugin = byPlace.get(action.place);
      if (plugin === undefined) wanted.add(action.place);
      else if (content.agent !== null)
        for (const { ref } of plugin.tools)
          relations.push({ kind: 'uses', from: content.agent, to: ref, lines: action.lines, confidence: 'medium' });
    }
    return { place, reading: joinReadings(content.reading, { assets: [], relations }) };
  });
  for (const { place } of modules) wanted.delete(place);
  return { readings, wanted: [...wanted].sort() };
}
