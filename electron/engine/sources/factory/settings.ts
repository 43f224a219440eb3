import { jsonOf } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { machineLocations } from '../host/location.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { hostModel, hostServers, type OpenFile, structuredSource } from '../host/structured-source.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  nodeOf,
  scalarText,
  textOf,
} from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';
import { factory, factoryFile, machineFolders, product } from './product.ts';

/** Lists that are united over all levels. The blocklist has no way to approve, in any mode. */
const permissionLists = ['commandAllowlist', 'commandDenylist', 'commandBlocklist'] as const;
const modePaths = [
  ['sessionDefaultSettings', 'autonomyLevel'],
  ['sessionDefaultSettings', 'autonomyMode'],
  ['sessionDefaultSettings', 'interactionMode'],
  ['autonomyLevel'],
  ['autonomyMode'],
  ['maxAutonomyLevel'],
  ['maxAutonomyMode'],
  ['subagentAutonomyLevel'],
  ['builtInToolAutonomyOverrides'],
  ['mcpAutonomyOverrides'],
  ['mcpAutonomyUrlOverrides'],
] as const;
const plainPaths = [
  ['mcpPolicy'],
  ['networkPolicy'],
  ['modelPolicy'],
  ['missionPolicy'],
  ['enableDroidShield'],
  ['cloudSessionSync'],
  ['hooksDisabled'],
  ['allowManagedHooksOnly'],
  ['strictKnownMarketplaces'],
  ['disabledSkills'],
  ['includeCoAuthoredByDroid'],
  ['worktreeDirectory'],
] as const;

/** Settings of every level, highest first: machine (organisation), project, folder, user; `.local` over its sibling. */
export const factorySettings: FileSource = structuredSource(
  product,
  {
    id: 'factory-droid/settings',
    title: 'Factory Droid settings',
    format: 'jsonc',
    locations: [
      ...machineLocations(machineFolders, 'settings.json'),
      ...factoryFile('settings.json'),
      { scope: 'user', base: 'home', path: '.factory/settings.local.json', confidence: 'high' },
      { scope: 'local', base: 'project', path: '.factory/settings.local.json', confidence: 'high' },
    ],
    emits: ['model', 'hook', 'plugin', 'credential'],
  },
  (open) => {
    const { facts, root, builder, confidence } = open;
    for (const list of permissionLists)
      if (entryOf(root, list) !== undefined) facts.permission(list, nodeOf(root, list));
    for (const path of modePaths) facts.value('modes', path.join('.'), entryOf(root, ...path));
    for (const path of plainPaths) facts.value('settings', path.join('.'), entryOf(root, ...path));
    for (const entry of entriesOf(nodeOf(root, 'sandbox'))) facts.value('sandbox', entry.key, entry);
    facts.helper('statusLine', entryOf(root, 'statusLine', 'command'));
    hostModel(open, entryOf(root, 'sessionDefaultSettings', 'model') ?? entryOf(root, 'model'), 'main');
    for (const key of ['lightModel', 'mediumModel', 'heavyModel'])
      hostModel(open, entryOf(root, 'subagentModelSettings', key), `sub-agent ${key}`);
    for (const item of itemsOf(nodeOf(root, 'customModels'))) customModel(open, item.kind === 'map' ? item : null);
    hooksFacts(builder, entryOf(root, 'hooks'), { host: factory.id, owner: facts.ref, confidence });
    plugins(open);
    return undefined;
  },
);

function customModel(open: OpenFile, item: MapNode | null): void {
  if (item === null) return;
  const base = entryOf(item, 'baseUrl') ?? entryOf(item, 'base_url');
  const address = textOf(base?.node);
  hostModel(open, entryOf(item, 'model'), 'custom', scalarText(nodeOf(item, 'provider')));
  if (base !== undefined && address !== undefined)
    open.facts.located('settings', base, { key: 'customModels.baseUrl', value: maskUrl(address) });
  secretSetting(open.facts, 'customModels.apiKey', entryOf(item, 'apiKey') ?? entryOf(item, 'api_key'));
}

/** Plugins that are switched on or off, and the marketplaces they come from, with the commit that pins one. */
function plugins({ root, builder, facts, confidence }: OpenFile): void {
  for (const entry of entriesOf(nodeOf(root, 'enabledPlugins'))) {
    const [name = '', marketplace] = entry.key.split('@');
    const ref = builder.asset({
      kind: 'plugin',
      key: `factory-droid:${entry.key.slice(0, 200)}`,
      name: name === '' ? entry.key.slice(0, 200) : name.slice(0, 200),
      properties: {
        host: factory.id,
        ...(marketplace === undefined ? {} : { marketplace: marketplace.slice(0, 200) }),
        enabled: booleanOf(entry.node) !== false,
      },
      lines: linesOf(entry),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: ref, lines: linesOf(entry), confidence });
  }
  for (const key of ['extraKnownMarketplaces', 'additionalMarketplaces'])
    for (const entry of entriesOf(nodeOf(root, key))) {
      const source = nodeOf(entry.node, 'source') ?? entry.node;
      const commit = textOf(nodeOf(source, 'sha'));
      facts.located('marketplaces', entry, {
        name: entry.key.slice(0, 200),
        source: jsonOf(source, 3),
        integrity: commit === undefined ? { kind: 'none' } : { kind: 'commit', value: commit.slice(0, 64) },
      });
    }
}

/** `mcp.json`. */
export const factoryMcp: FileSource = structuredSource(
  product,
  {
    id: 'factory-droid/mcp',
    title: 'Factory Droid MCP servers',
    format: 'jsonc',
    locations: factoryFile('mcp.json'),
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    hostServers(open, entryOf(open.root, 'mcpServers'));
    return undefined;
  },
);

/** `hooks.json` is keyed by event itself; the form of the settings, below `hooks`, is read as well. */
export const factoryHooks: FileSource = structuredSource(
  product,
  {
    id: 'factory-droid/hooks',
    title: 'Factory Droid hooks',
    format: 'jsonc',
    locations: factoryFile('hooks.json'),
    emits: ['hook'],
  },
  ({ root, builder, facts, confidence }) => {
    const wrapped = entryOf(root, 'hooks');
    const entry: Entry =
      wrapped?.node.kind === 'map' ? wrapped : { key: 'hooks', node: root, line: root.line, endLine: root.endLine };
    hooksFacts(builder, entry, { host: factory.id, owner: facts.ref, confidence });
    return undefined;
  },
);
