import { hooksFacts, hooksHost } from '../host/hooks.ts';
import { confidenceOf, isNote, isPluginFolder } from '../host/location.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { parseFrontMatter } from '../parse/front-matter.ts';
import { parseJson } from '../parse/json-document.ts';
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
import type { AssetRef, FileInput, FileSource, Reading } from '../source.ts';
import { commandPrompt, subAgent } from './definitions.ts';
import { claudeServer } from './mcp-entry.ts';
import { pluginRef } from './plugin-settings.ts';
import { claudeCode, product } from './product.ts';

/** A plugin that lies in a folder: known by the folder, whoever lists or enables it. */
const folderPlugin = (folder: string): AssetRef => pluginRef(folder);

const above = (place: string, levels: number): string => place.split('/').slice(0, -levels).join('/');

function openObject(builder: ReadingBuilder): MapNode | null {
  const document = parseJson(builder.file.text);
  builder.problems(document.problems);
  if (document.root?.kind !== 'map') {
    builder.malformed(document.problems[0]?.message ?? 'the file is not a JSON object');
    return null;
  }
  if (!document.strict) builder.malformed('not strict JSON');
  return document.root;
}

/** `.claude-plugin/plugin.json`. Claude Code documentation: plugins reference (2026-08-22). */
export const claudeCodePlugins: FileSource = {
  kind: 'file',
  id: 'claude-code/plugins',
  version: 2,
  title: 'Claude Code plugin manifests',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.claude-plugin/plugin.json' },
    { scope: 'user', base: 'home', path: '.claude/plugins/cache/**/.claude-plugin/plugin.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.claude/skills/*/.claude-plugin/plugin.json' },
  ],
  emits: ['plugin', 'mcp-server', 'credential', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const root = openObject(builder);
    if (root === null) return builder.done();
    const folder = above(file.place, 2);
    const name = entryOf(root, 'name');
    const confidence = confidenceOf(file);
    const plugin = builder.asset({
      ...folderPlugin(folder),
      name: textOf(name?.node)?.trim() || (folder.split('/').at(-1) ?? folder),
      properties: {
        host: claudeCode.id,
        root: folder,
        scope: file.scope,
        ...textProperties(root, ['version', 'description', 'homepage', 'repository', 'license']),
        ...authorOf(root),
        ...addedParts(root, folder),
      },
      lines: name === undefined ? linesOf(root) : { line: name.line, endLine: root.endLine },
      confidence,
    });
    const inline = entryOf(root, 'mcpServers');
    const servers = serversFacts(builder, {
      entry: inline?.node.kind === 'map' ? inline : undefined,
      context: {
        host: claudeCode.id,
        user: null,
        scope: file.scope,
        where: 'mcpServers',
        anchor: folder,
        confidence,
        extra: { plugin: folder },
      },
      adapt: claudeServer,
    });
    for (const server of servers) {
      builder.relation({ kind: 'exposes', from: plugin, to: server, lines: linesOf(inline ?? root), confidence });
    }
    const hooks = entryOf(root, 'hooks');
    if (hooks?.node.kind === 'map')
      hooksFacts(builder, entryOf(hooks.node, 'hooks') ?? hooks, { host: claudeCode.id, owner: plugin, confidence });
    return builder.done();
  },
};

const textProperties = (root: MapNode, keys: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const text = scalarText(nodeOf(root, key));
      return text === undefined || text === '' ? [] : [[key, maskText(text.slice(0, 500))] as const];
    }),
  );

const authorOf = (root: MapNode): { readonly author?: string } => {
  const author = textOf(nodeOf(root, 'author')) ?? textOf(nodeOf(root, 'author', 'name'));
  return author === undefined ? {} : { author: author.slice(0, 200) };
};

/** `.claude-plugin/marketplace.json`: plugins with a local source are the ones in those folders. */
export const claudeCodeMarketplaces: FileSource = {
  kind: 'file',
  id: 'claude-code/marketplaces',
  version: 2,
  title: 'Claude Code plugin marketplaces',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: '.claude-plugin/marketplace.json' }],
  emits: ['plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const root = openObject(builder);
    if (root === null) return builder.done();
    const marketplace = textOf(nodeOf(root, 'name')) ?? file.anchorName;
    const base = textOf(nodeOf(root, 'metadata', 'pluginRoot')) ?? '';
    const items = itemsOf(nodeOf(root, 'plugins'));
    const rootOf = (item: Node): string | null => {
      const local = textOf(nodeOf(item, 'source'));
      return local === undefined || /^[a-z]+:/i.test(local) ? null : joinPlace(file.anchor, base, local);
    };
    const timesListed = new Map<string, number>();
    for (const item of items) {
      const folder = rootOf(item);
      if (folder !== null) timesListed.set(folder, (timesListed.get(folder) ?? 0) + 1);
    }
    for (const item of items) {
      const name = entryOf(item, 'name');
      const title = textOf(name?.node)?.trim();
      if (item.kind !== 'map' || name === undefined || title === undefined || title === '') {
        builder.issue(item.line, 'plugin of the marketplace has no name');
        continue;
      }
      const source = nodeOf(item, 'source');
      const local = textOf(source);
      const kind = local === undefined ? (textOf(nodeOf(source, 'source')) ?? 'unknown') : 'directory';
      const address =
        local ??
        textOf(nodeOf(source, 'repo')) ??
        textOf(nodeOf(source, 'url')) ??
        textOf(nodeOf(source, 'package')) ??
        null;
      const folder = rootOf(item);
      const reference = textOf(nodeOf(source, 'sha')) ?? textOf(nodeOf(source, 'ref')) ?? null;
      // One folder listed several times is cut into plugins that name their parts: the folder alone does not tell them apart.
      const shared = folder !== null && (timesListed.get(folder) ?? 0) > 1;
      const parts = folder !== null && shared ? partsOf(item, folder) : [];
      const ref =
        folder === null
          ? pluginRef(`${title}@${marketplace}`)
          : shared
            ? pluginRef(`${folder}#${title}`)
            : folderPlugin(folder);
      builder.asset({
        ...ref,
        name: title,
        properties: {
          host: claudeCode.id,
          marketplaces: [{ name: marketplace, place: file.place, line: name.line }],
          ...(folder === null
            ? { source: { kind, address: address === null ? null : maskUrl(address), reference } }
            : { root: folder, ...(parts.length === 0 ? {} : { parts }) }),
          ...textProperties(item, ['version', 'description']),
        },
        lines: { line: name.line, endLine: item.endLine },
        confidence: confidenceOf(file),
      });
    }
    return builder.done();
  },
};

/** Paths that a manifest adds to the usual folders (`skills: ./.claude/skills`). */
const addedParts = (root: MapNode, folder: string): { readonly addedParts?: readonly string[] } => {
  const parts = partsOf(root, folder).filter((part) => part !== folder);
  return parts.length === 0 ? {} : { addedParts: parts };
};

/** Folders and files that an entry of a marketplace or a manifest names as its own. */
const partsOf = (item: Node, folder: string): readonly string[] =>
  ['skills', 'agents', 'commands']
    .flatMap((key) => textsOf(nodeOf(item, key)))
    .slice(0, 500)
    .map((part) => joinPlace(folder, part));

function joinPlace(anchor: string, ...parts: readonly string[]): string {
  const segments = anchor.split('/');
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

/** `hooks/hooks.json` of a plugin. */
export const claudeCodePluginHooks: FileSource = {
  kind: 'file',
  id: 'claude-code/plugin-hooks',
  version: 2,
  title: 'Hooks of Claude Code plugins',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: 'hooks/hooks.json' }],
  emits: ['plugin', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (!isPluginFolder(file.anchor)) {
      builder.note('in the folder of a host: no facts taken');
      return builder.done();
    }
    const root = openObject(builder);
    const hooks = entryOf(root, 'hooks');
    if (root === null || hooks?.node.kind !== 'map') return builder.done();
    if (hooksHost(file.text, hooks.node) !== claudeCode.id) {
      builder.note('hooks of an extension of Gemini CLI: no facts taken');
      return builder.done();
    }
    const owner = folderPlugin(file.anchor);
    hooksFacts(builder, hooks, { host: claudeCode.id, owner });
    if (builder.hasFacts)
      builder.asset({
        ...owner,
        name: file.anchorName,
        properties: { host: claudeCode.id, root: file.anchor },
        lines: linesOf(hooks),
        confidence: 'medium',
      });
    return builder.done();
  },
};

/** Agents and commands that lie in the folders of a plugin. What says too little about itself is left alone: many folders are called so. */
export const claudeCodePluginParts: FileSource = {
  kind: 'file',
  id: 'claude-code/plugin-parts',
  version: 2,
  title: 'Agents and commands of Claude Code plugins',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: 'agents/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'commands/*.md', confidence: 'medium' },
  ],
  emits: ['agent', 'model', 'prompt'],
  read: readPart,
};

function readPart(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  readInto(builder);
  if (!builder.hasFacts) builder.note('says nothing that makes it a part of a plugin: no facts taken');
  return builder.done();
}

function readInto(builder: ReadingBuilder): void {
  const { file } = builder;
  if (!isPluginFolder(file.anchor) || isNote(file.place)) return;
  if (/\.(?:agent|chatmode|prompt|instructions)\.md$/.test(file.place)) return;
  const { header } = parseFrontMatter(file.text);
  const amongPlugins = /(?:^|\/)(?:external_)?plugins\/[^/]+$/.test(file.anchor);
  if (header === null) {
    // A command is its text; only the folder tells it from a page of a manual.
    if (amongPlugins && file.location.path.startsWith('commands/') && file.text.trim() !== '')
      commandPrompt(builder, null);
    return;
  }
  const has = (...keys: readonly string[]): boolean => keys.some((key) => header.entries.has(key));
  // A plugin that is the whole repository. Further down, pages of manuals have a description as well.
  const isCommandOfRoot =
    !file.anchor.includes('/') && has('description') && [...header.entries.keys()].every((key) => commandKeys.has(key));
  if (file.location.path.startsWith('agents/')) {
    if (has('name') && has('description') && (amongPlugins || has('tools', 'model', 'color')))
      subAgent(builder, null, true);
  } else if (amongPlugins || has('allowed-tools', 'argument-hint') || isCommandOfRoot) {
    commandPrompt(builder, null);
  }
}

const commandKeys: ReadonlySet<string> = new Set([
  'description',
  'allowed-tools',
  'argument-hint',
  'model',
  'disable-model-invocation',
  'name',
]);

/** What is installed and which marketplaces are known: `~/.claude/plugins/*.json` (unverified knowledge of the format). */
export const claudeCodeInstalledPlugins: FileSource = {
  kind: 'file',
  id: 'claude-code/installed-plugins',
  version: 2,
  title: 'Installed Claude Code plugins',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.claude/plugins/installed_plugins.json', confidence: 'medium' }],
  emits: ['plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const root = openObject(builder);
    for (const entry of entriesOf(nodeOf(root, 'plugins'))) installed(builder, entry);
    return builder.done();
  },
};

function installed(builder: ReadingBuilder, entry: Entry): void {
  const details = entry.node.kind === 'list' ? entry.node.items[0] : entry.node;
  const version = scalarText(nodeOf(details, 'version'));
  const at = entry.key.lastIndexOf('@');
  builder.asset({
    ...pluginRef(entry.key),
    name: at > 0 ? entry.key.slice(0, at) : entry.key,
    properties: {
      host: claudeCode.id,
      installed: true,
      ...(at > 0 ? { marketplace: entry.key.slice(at + 1) } : {}),
      ...(version === undefined ? {} : { version }),
    },
    lines: linesOf(entry),
    confidence: 'low',
  });
}
