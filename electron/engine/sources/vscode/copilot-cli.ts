import type { Host } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { machineLocations } from '../host/location.ts';
import { rulesSource } from '../host/markdown-sources.ts';
import { secretSetting } from '../host/secret-settings.ts';
import {
  type HostProduct,
  hostModel,
  hostServers,
  type OpenFile,
  structuredSource,
} from '../host/structured-source.ts';
import { jsonOf } from '../host/host-agent.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  linedTexts,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';

/** GitHub documentation "Copilot CLI configuration directory" (2026), read whole. */
export const copilotCli: Host = {
  id: 'copilot-cli',
  title: 'Copilot CLI',
  transcripts: [
    { place: '~/.copilot/session-state/**', confidence: 'high' },
    { place: '~/.copilot/session-store.db', confidence: 'high' },
    { place: '~/.copilot/logs/process-*.log', confidence: 'high' },
  ],
};
const product: HostProduct = { product: 'copilot-cli', productTitle: 'GitHub Copilot CLI', host: copilotCli };

/** Machine file; rejected when it is a link, not owned by root, or writable by everybody. */
const machineFolders = {
  linux: '/etc/github-copilot',
  macos: '/Library/Application Support/GitHubCopilot',
  windows: 'C:/Program Files/GitHubCopilot',
} as const;

/** Servers of the user, and of a repository, which count before them: `tools` names the ones that are offered. */
export const copilotCliMcp: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/mcp',
    version: 3,
    title: 'Copilot CLI MCP servers',
    format: 'jsonc',
    locations: [
      { scope: 'user', base: 'home', path: '.copilot/mcp-config.json', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.github/mcp.json', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.github/copilot/mcp.json', confidence: 'low' },
    ],
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    const servers = entryOf(open.root, 'mcpServers') ?? entryOf(open.root, 'servers');
    hostServers(open, servers, {
      adapt: (raw, node) => ({ raw: { ...raw, includeTools: textsOf(nodeOf(node, 'tools')) } }),
    });
    return undefined;
  },
);

/** State that the program keeps: folders, plugins. Settings of older versions stand here too and are still merged in. */
export const copilotCliConfig: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/config',
    version: 3,
    title: 'Copilot CLI state',
    format: 'jsonc',
    locations: [{ scope: 'user', base: 'home', path: '.copilot/config.json', confidence: 'high' }],
    emits: ['model', 'plugin', 'hook'],
  },
  (open) => {
    const { facts, root } = open;
    for (const key of ['trusted_folders', 'trustedFolders'])
      for (const item of linedTexts(nodeOf(root, key)))
        facts.located('trust', item, { path: item.text, level: 'trusted' });
    for (const list of ['allowed_urls', 'denied_urls'])
      if (entryOf(root, list) !== undefined) facts.permission(list, nodeOf(root, list));
    settings(open);
    for (const item of itemsOf(nodeOf(root, 'installedPlugins') ?? nodeOf(root, 'installed_plugins'))) {
      const name = textOf(nodeOf(item, 'name'));
      if (name !== undefined) plugin(open, name, item, booleanOf(nodeOf(item, 'enabled')) !== false, item);
    }
    return undefined;
  },
);

/** Keys that a repository may set; any other is ignored without a word. */
const repositoryKeys = new Set([
  'companyAnnouncements',
  'contextTier',
  'deniedUrls',
  'disableAllHooks',
  'disabledMcpServers',
  'disabledSkills',
  'effortLevel',
  'enabledPlugins',
  'extraKnownMarketplaces',
  'hooks',
  'includeCoAuthoredBy',
  'mergeStrategy',
  'model',
  'respectGitignore',
  '$schema',
]);

/** Settings, lowest first: machine (a floor for the sandbox, a lock for bypass), user, repository, local. */
export const copilotCliSettings: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/settings',
    title: 'Copilot CLI settings',
    format: 'jsonc',
    locations: [
      ...machineLocations(machineFolders, 'managed-settings.json'),
      { scope: 'user', base: 'home', path: '.copilot/settings.json', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.github/copilot/settings.json', confidence: 'high' },
      { scope: 'local', base: 'project', path: '.github/copilot/settings.local.json', confidence: 'high' },
    ],
    emits: ['model', 'plugin', 'hook'],
  },
  (open) => {
    const { facts, root, file } = open;
    settings(open);
    if (file.scope === 'project' || file.scope === 'local')
      for (const entry of entriesOf(root))
        if (!repositoryKeys.has(entry.key))
          facts.located('inert', entry, { key: entry.key.slice(0, 200), why: 'a repository cannot set this key' });
    return undefined;
  },
);

const modePaths = [
  ['permissions', 'disableBypassPermissionsMode'],
  ['permissions', 'limitTo'],
  ['askUser'],
  ['stayInAutopilot'],
  ['continueOnAutoMode'],
] as const;
const plainPaths = [
  ['disableAllHooks'],
  ['disabledMcpServers'],
  ['enabledMcpServers'],
  ['allowedMcpServers'],
  ['deniedMcpServers'],
  ['disabledSkills'],
  ['skillDirectories'],
  ['customAgents', 'defaultLocalOnly'],
  ['subagents', 'agents'],
  ['subagents', 'disabledSubagents'],
  ['strictKnownMarketplaces'],
  ['forceLoginOrgs'],
  ['remote'],
  ['remoteControl'],
  ['remoteExport'],
  ['storeTokenPlaintext'],
  ['bashEnv'],
  ['connectors'],
  ['proxyUrl'],
] as const;

function settings(open: OpenFile): void {
  const { facts, root, builder, confidence } = open;
  for (const list of ['allowedUrls', 'deniedUrls'] as const)
    if (entryOf(root, list) !== undefined) facts.permission(list, nodeOf(root, list));
  for (const list of ['deny', 'ask', 'allow'] as const)
    if (entryOf(root, 'permissions', list) !== undefined)
      facts.permission(`permissions.${list}`, nodeOf(root, 'permissions', list));
  for (const path of modePaths) facts.value('modes', path.join('.'), entryOf(root, ...path));
  for (const path of plainPaths) facts.value('settings', path.join('.'), entryOf(root, ...path));
  sandbox(open, nodeOf(root, 'sandbox'), '', 0);
  facts.helper('statusLine', entryOf(root, 'statusLine', 'command'));
  facts.helper('policyHelper', entryOf(root, 'policyHelper', 'path'));
  hostModel(open, entryOf(root, 'model'), 'main');
  hooksFacts(builder, entryOf(root, 'hooks'), { host: copilotCli.id, owner: facts.ref, confidence });
  for (const entry of entriesOf(nodeOf(root, 'enabledPlugins')))
    plugin(open, entry.key, entry, booleanOf(entry.node) !== false, undefined);
  for (const entry of entriesOf(nodeOf(root, 'extraKnownMarketplaces')))
    facts.located('marketplaces', entry, {
      name: entry.key.slice(0, 200),
      source: jsonOf(nodeOf(entry.node, 'source') ?? entry.node, 3),
    });
}

/** The sandbox is a tree of switches and lists: every leaf under its dotted name. A proxy's password stays out. */
function sandbox(open: OpenFile, node: Node | undefined, where: string, depth: number): void {
  for (const entry of entriesOf(node)) {
    const key = where === '' ? entry.key : `${where}.${entry.key}`;
    if (entry.key === 'proxy')
      open.facts.located('sandbox', entry, { key, value: maskUrl(textOf(nodeOf(entry.node, 'url')) ?? '') });
    else if (entry.node.kind === 'map' && depth < 4) sandbox(open, entry.node, key, depth + 1);
    else open.facts.value('sandbox', key, entry);
  }
}

function plugin(
  { builder, facts, confidence }: OpenFile,
  spec: string,
  span: Entry | Node,
  enabled: boolean,
  record: Node | undefined,
): void {
  const [name = '', marketplace] = spec.split('@').filter((part) => part !== '');
  const version = scalarText(nodeOf(record, 'version'));
  const ref = builder.asset({
    kind: 'plugin',
    key: `copilot-cli:${spec.slice(0, 200)}`,
    name: (name === '' ? spec : name).slice(0, 200),
    properties: {
      host: copilotCli.id,
      enabled,
      ...(marketplace === undefined ? {} : { marketplace: marketplace.slice(0, 200) }),
      ...(version === undefined ? {} : { version: version.slice(0, 100) }),
    },
    lines: linesOf(span),
    confidence,
  });
  builder.relation({ kind: 'uses', from: facts.ref, to: ref, lines: linesOf(span), confidence });
}

/** Decisions that were saved, by the folder they are for. The file can only allow. */
export const copilotCliPermissions: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/saved-permissions',
    title: 'Copilot CLI saved permissions',
    format: 'json',
    locations: [{ scope: 'user', base: 'home', path: '.copilot/permissions-config.json', confidence: 'high' }],
  },
  ({ facts, root }) => {
    for (const place of entriesOf(nodeOf(root, 'locations'))) {
      for (const [order, item] of itemsOf(nodeOf(place.node, 'tool_approvals')).entries()) {
        const kind = textOf(nodeOf(item, 'kind'));
        if (kind === undefined) continue;
        const server = textOf(nodeOf(item, 'serverName'));
        const rules =
          kind === 'commands'
            ? textsOf(nodeOf(item, 'commandIdentifiers'))
            : [[server, scalarText(nodeOf(item, 'toolName'))].filter((part) => part !== undefined).join('/') || kind];
        for (const rule of rules)
          facts.located('permissions', item, {
            list: 'tool_approvals',
            rule: maskText(rule),
            kind,
            path: place.key,
            order,
          });
      }
      for (const item of linedTexts(nodeOf(place.node, 'allowed_directories')))
        facts.located('additionalDirectories', item, { path: item.text, for: place.key });
    }
    return undefined;
  },
);

/** Hooks of the user; those of a repository are read with VS Code's, which has the same place. */
export const copilotCliHooks: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/hooks',
    title: 'Copilot CLI hooks',
    format: 'jsonc',
    locations: [{ scope: 'user', base: 'home', path: '.copilot/hooks/*.json', confidence: 'high' }],
    emits: ['hook'],
  },
  ({ facts, root, builder, confidence }) => {
    hooksFacts(builder, entryOf(root, 'hooks'), { host: copilotCli.id, owner: facts.ref, confidence });
    return undefined;
  },
);

/** Models at addresses and with keys of one's own. */
export const copilotCliProviders: FileSource = structuredSource(
  product,
  {
    id: 'copilot-cli/providers',
    title: 'Copilot CLI own models',
    format: 'jsonc',
    locations: [{ scope: 'user', base: 'home', path: '.copilot/providers.json', confidence: 'high' }],
    emits: ['model', 'credential'],
  },
  (open) => {
    const { facts, root } = open;
    const members = (key: string): readonly (readonly [string, Node])[] => {
      const node = nodeOf(root, key);
      return node?.kind === 'list'
        ? node.items.map((item, index) => [textOf(nodeOf(item, 'id')) ?? String(index), item] as const)
        : entriesOf(node).map((entry) => [entry.key, entry.node] as const);
    };
    for (const [id, node] of members('providers')) {
      const base = entryOf(node, 'baseUrl') ?? entryOf(node, 'base_url');
      if (base !== undefined)
        facts.located('settings', base, {
          key: `providers.${id.slice(0, 100)}.baseUrl`,
          value: maskUrl(textOf(base.node) ?? ''),
        });
      secretSetting(facts, `providers.${id.slice(0, 100)}.apiKey`, entryOf(node, 'apiKey') ?? entryOf(node, 'api_key'));
    }
    for (const [, node] of members('models')) hostModel(open, entryOf(node, 'id') ?? entryOf(node, 'model'), 'own');
    return undefined;
  },
);

export const copilotCliInstructions: FileSource = rulesSource(product, {
  id: 'copilot-cli/instructions',
  title: 'Copilot CLI instructions',
  role: 'instructions',
  locations: [
    { scope: 'user', base: 'home', path: '.copilot/copilot-instructions.md', confidence: 'high' },
    { scope: 'user', base: 'home', path: '.copilot/instructions/**/*.instructions.md', confidence: 'high' },
  ],
});
