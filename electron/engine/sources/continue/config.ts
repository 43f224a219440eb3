import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { namedValues } from '../mcp/raw-server.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import {
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileSource, Linker, Location } from '../source.ts';
import { continueHost, product } from './product.ts';
import { continueServers, type ServerPlace } from './servers.ts';

/** Folders of blocks: a file of each holds the same keys as the configuration itself. */
const blockFolders = ['mcpServers', 'models', 'agents', 'assistants', 'configs'] as const;

const both = (path: string, confidence: Confidence): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.continue/${path}`, confidence },
  { scope: 'project', base: 'project', path: `.continue/${path}`, confidence },
];

/**
 * `config.yaml` and its blocks. A project's `.continue/config.yaml` is loaded by nothing that was read: the command line
 * takes the user's file or the one of `--config` (@continuedev/cli 1.5.47), so that its servers are in doubt.
 */
export const continueConfig: FileSource = {
  kind: 'file',
  id: 'continue/config',
  version: 1,
  title: 'Continue configuration',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.continue/config.yaml' },
    { scope: 'user', base: 'home', path: '.continue/config.yml', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.continue/config.yaml', confidence: 'low' },
    ...blockFolders.flatMap((folder) => [...both(`${folder}/*.yaml`, 'medium'), ...both(`${folder}/*.yml`, 'medium')]),
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseYaml(file.text);
    builder.problems(document.problems.filter((problem) => problem.kind !== 'empty'));
    const { root } = document;
    if (root?.kind !== 'map') {
      if (root !== null || document.problems.some((problem) => problem.kind !== 'empty'))
        builder.malformed('not a YAML map');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, continueHost);
    const confidence = confidenceOf(file);
    const doubt =
      file.scope === 'project' && file.location.path === '.continue/config.yaml'
        ? 'only a session that is started with --config reads the config.yaml of a project'
        : null;
    const place: ServerPlace = { builder, facts, confidence, doubt };
    continueServers(place, entryOf(root, 'mcpServers'));
    for (const [index, item] of itemsOf(nodeOf(root, 'models')).entries()) modelOf(place, item, `models[${index}]`);
    for (const kind of ['models', 'mcpServers', 'rules', 'prompts', 'context', 'docs'])
      for (const item of itemsOf(nodeOf(root, kind))) {
        const uses = textOf(nodeOf(item, 'uses'));
        if (uses !== undefined) facts.located('hubBlocks', item, { kind, uses: maskText(uses.slice(0, 300)) });
      }
    textsOfRules(place, root);
    for (const item of itemsOf(nodeOf(root, 'data'))) {
      const destination = textOf(nodeOf(item, 'destination'));
      if (destination !== undefined) facts.located('dataDestinations', item, { destination: maskUrl(destination) });
    }
    for (const entry of entriesOf(nodeOf(root, 'env'))) secretSetting(facts, `env.${entry.key.slice(0, 100)}`, entry);
    facts.emit(root, confidence);
    return builder.done();
  },
};

function modelOf({ builder, facts, confidence }: ServerPlace, item: Node, where: string): void {
  const model = entryOf(item, 'model');
  const id = textOf(model?.node);
  const provider = textOf(nodeOf(item, 'provider'));
  const key = secretSetting(facts, `${where}.apiKey`, entryOf(item, 'apiKey'));
  const headers = entriesOf(nodeOf(item, 'requestOptions', 'headers')).flatMap((header) =>
    secretSetting(facts, `${where}.requestOptions.headers.${header.key.slice(0, 100)}`, header),
  );
  if (model === undefined || id === undefined) return;
  const base = textOf(nodeOf(item, 'apiBase'));
  facts.located('models', item, {
    ...(provider === undefined ? {} : { provider: maskText(provider.slice(0, 100)) }),
    model: maskText(id.slice(0, 200)),
    roles: textsOf(nodeOf(item, 'roles')).slice(0, 20).map(maskText),
    secretRefs: [...key, ...headers],
    ...(base === undefined ? {} : { url: maskUrl(base) }),
  });
  modelFacts(builder, facts.ref, id, model, {
    host: continueHost.id,
    confidence,
    ...(provider === undefined ? {} : { provider: provider.slice(0, 60).toLowerCase() }),
    role: maskText(textsOf(nodeOf(item, 'roles')).slice(0, 5).join(' ')).slice(0, 100),
  });
}

/** Rules are texts or objects, prompts are objects; both stand before a model. */
function textsOfRules({ builder, facts, confidence }: ServerPlace, root: MapNode): void {
  for (const [list, role] of [
    ['rules', 'rule'],
    ['prompts', 'command'],
  ] as const)
    for (const [index, item] of itemsOf(nodeOf(root, list)).entries()) {
      const body = textOf(item) ?? textOf(nodeOf(item, 'rule')) ?? textOf(nodeOf(item, 'prompt'));
      if (body === undefined || body.trim() === '') continue;
      const name = textOf(nodeOf(item, 'name'))?.trim();
      promptFacts(builder, {
        name:
          name === undefined || name === ''
            ? `${list}[${index}]`
            : `${role === 'command' ? '/' : ''}${maskText(name.slice(0, 200))}`,
        key: `${list}/${index}`,
        role,
        host: continueHost.id,
        body,
        lines: linesOf(item),
        confidence,
        user: facts.ref,
      });
    }
}

/** The older `config.json`, and `.continuerc.json` of a project, which is merged over it. */
export const continueLegacyConfig: FileSource = {
  kind: 'file',
  id: 'continue/legacy-config',
  version: 1,
  title: 'Continue configuration, older form',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.continue/config.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.continuerc.json', confidence: 'medium' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, continueHost);
    const confidence = confidenceOf(file);
    const place: ServerPlace = { builder, facts, confidence, doubt: null };
    for (const key of ['models', 'tabAutocompleteModel', 'embeddingsProvider', 'reranker']) {
      const node = nodeOf(root, key);
      if (node?.kind === 'list')
        for (const [index, item] of node.items.entries()) modelOf(place, item, `${key}[${index}]`);
      else if (node !== undefined) modelOf(place, node, key);
    }
    continueServers(place, entryOf(root, 'mcpServers'));
    const older = itemsOf(nodeOf(root, 'experimental', 'modelContextProtocolServers'));
    for (const [index, item] of older.entries()) olderServer(place, item, index);
    facts.value('settings', 'allowAnonymousTelemetry', entryOf(root, 'allowAnonymousTelemetry'));
    facts.emit(root, confidence);
    return builder.done();
  },
};

/** `{transport: {type, command, args, env | url}}`, without a name of its own. */
function olderServer({ builder, facts, confidence }: ServerPlace, item: Node, index: number): void {
  const transport = nodeOf(item, 'transport') ?? item;
  const name = scalarText(nodeOf(item, 'name')) ?? `server ${index + 1}`;
  const entry: Entry = { key: name, line: item.line, endLine: item.endLine, node: transport };
  const path = `experimental.modelContextProtocolServers[${index}].transport`;
  serversFacts(builder, {
    entry: {
      key: path,
      line: item.line,
      endLine: item.endLine,
      node: { ...linesOf(item), kind: 'map', entries: new Map([[name, entry]]) },
    },
    context: {
      host: continueHost.id,
      user: facts.ref,
      scope: builder.file.scope,
      where: path,
      anchor: builder.file.anchor,
      confidence,
      pathOf: (inside) => `${path}.${inside}`,
    },
    adapt: (raw, node) => ({
      raw: { ...raw, headers: [...raw.headers, ...namedValues(entryOf(node, 'requestOptions', 'headers'))] },
    }),
  });
}

/** JSON files among the blocks, as other hosts write them. */
export const continueMcpJson: FileSource = {
  kind: 'file',
  id: 'continue/mcp-json',
  version: 1,
  title: 'Continue MCP servers in JSON',
  ...product,
  locations: both('mcpServers/*.json', 'medium'),
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, continueHost);
    const confidence = confidenceOf(file);
    const stem = (file.place.split('/').at(-1) ?? 'server').replace(/\.json$/, '');
    const own = entryOf(opened.root, 'mcpServers');
    const isOne = entryOf(opened.root, 'command') !== undefined || entryOf(opened.root, 'url') !== undefined;
    const single: Entry = { key: stem, ...linesOf(opened.root), node: opened.root };
    const entry =
      own ??
      (isOne
        ? { key: 'mcpServers', ...linesOf(opened.root), node: { ...opened.root, entries: new Map([[stem, single]]) } }
        : undefined);
    continueServers({ builder, facts, confidence, doubt: null }, entry);
    facts.emit(own ?? opened.root, confidence);
    return builder.done();
  },
};

export const continueLinker: Linker = serverWinnersLinker({
  host: continueHost,
  order: ['managed', 'project', 'user'],
  why: 'blocks of the workspace are loaded beside those of the user',
});
