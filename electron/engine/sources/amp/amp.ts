import type { Host } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { machineLocations } from '../host/location.ts';
import { commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { type HostProduct, hostServers, structuredSource } from '../host/structured-source.ts';
import { jsonOf } from '../host/host-agent.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import {
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource, Location } from '../source.ts';
import { editorSettingsLocations } from '../host/editor-places.ts';

export const amp: Host = {
  id: 'amp',
  title: 'Amp',
  transcripts: [{ place: '~/.local/share/amp/threads/*.json', confidence: 'low' }],
};
const product: HostProduct = { product: 'amp', productTitle: 'Amp', host: amp };

/** Amp news "Enterprise managed settings": the same schema, over the user's and the workspace's settings. */
const machineFolders = {
  linux: '/etc/ampcode',
  macos: '/Library/Application Support/ampcode',
  windows: 'C:/ProgramData/ampcode',
} as const;

const settingsPlaces = (ending: string): readonly Location[] => [
  ...machineLocations(machineFolders, `managed-settings.${ending}`, 'medium'),
  { scope: 'user', base: 'home', path: `.config/amp/settings.${ending}`, confidence: 'medium' },
  { scope: 'project', base: 'project', path: `.amp/settings.${ending}`, confidence: 'medium' },
];

const server: ServerAdapter = (raw, node) => ({
  raw: { ...raw, includeTools: [...raw.includeTools, ...textsOf(nodeOf(node, 'include_tools'))] },
});

/** Keys stand with their whole name (`"amp.permissions"`); nested objects (`{"amp": {...}}`) are read as well. */
const settingOf = (root: Node, key: string): Entry | undefined =>
  entryOf(root, `amp.${key}`) ?? entryOf(root, 'amp', ...key.split('.'));

const modeKeys = ['dangerouslyAllowAll', 'tools.disable', 'guardedFiles.allowlist', 'tools.stopTimeout'] as const;
const plainKeys = [
  'url',
  'proxy',
  'network.timeout',
  'git.commit.coauthor.enabled',
  'updates.mode',
  'skills.path',
  'toolbox.path',
  'terminal.commands.nodeSpawn.loadProfile',
] as const;

/**
 * Settings of Amp. `amp.permissions` is an ordered list of which the first match counts; what no entry matches goes to
 * the built-in list. `delegate` asks a program. `amp.mcpPermissions` decides which servers may start. Amp news
 * "Tool-Level Permissions", "MCP Permissions" and the manual, excerpts (2026).
 */
export const ampSettings: FileSource = structuredSource(
  product,
  {
    id: 'amp/settings',
    title: 'Amp settings',
    format: 'jsonc',
    locations: [...settingsPlaces('json'), ...settingsPlaces('jsonc'), ...editorSettingsLocations('low')],
    emits: ['mcp-server', 'credential', 'hook'],
  },
  (open) => {
    const { facts, root, builder, confidence } = open;
    const isOwn = entriesOf(root).some((entry) => entry.key === 'amp' || entry.key.startsWith('amp.'));
    if (!isOwn) {
      builder.note('no setting of Amp in this file: no facts taken');
      return false;
    }
    for (const list of ['permissions', 'mcpPermissions'] as const) {
      for (const [order, item] of itemsOf(settingOf(root, list)?.node).entries()) {
        const action = textOf(nodeOf(item, 'action'));
        if (item.kind !== 'map' || action === undefined) {
          builder.issue(item.line, `entry of "amp.${list}" names no action`);
          continue;
        }
        const matches = nodeOf(item, 'matches');
        const to = textOf(nodeOf(item, 'to'));
        const context = textOf(nodeOf(item, 'context'));
        facts.located('permissions', item, {
          list: `amp.${list}`,
          rule: maskText((textOf(nodeOf(item, 'tool')) ?? '*').slice(0, 300)),
          action,
          order,
          ...(matches === undefined ? {} : { matches: jsonOf(matches, 0) }),
          ...(to === undefined ? {} : { delegate: maskText(to.slice(0, 300)) }),
          ...(context === undefined ? {} : { context }),
        });
        if (action === 'delegate' && to !== undefined) facts.helper('permission delegate', entryOf(item, 'to'));
      }
    }
    for (const key of modeKeys) facts.value('modes', `amp.${key}`, settingOf(root, key));
    for (const key of plainKeys) facts.value('settings', `amp.${key}`, settingOf(root, key));
    const hooks = settingOf(root, 'hooks');
    if (hooks?.node.kind === 'map') hooksFacts(builder, hooks, { host: amp.id, owner: facts.ref, confidence });
    for (const hook of itemsOf(hooks?.node))
      facts.located('hookRules', hook, {
        id: scalarText(nodeOf(hook, 'id')) ?? null,
        event: textOf(nodeOf(hook, 'on', 'event')) ?? null,
        tool: textOf(nodeOf(hook, 'on', 'tool')) ?? null,
        action: jsonOf(nodeOf(hook, 'action') ?? hook, 2),
      });
    hostServers(open, settingOf(root, 'mcpServers'), { where: 'amp.mcpServers', adapt: server });
    return undefined;
  },
);

export const ampSkills: FileSource = skillsSource(product, {
  id: 'amp/skills',
  title: 'Amp skills',
  locations: [
    { scope: 'user', base: 'home', path: '.config/agents/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.config/amp/skills/**/SKILL.md', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.amp/skills/**/SKILL.md', confidence: 'medium' },
  ],
});

export const ampInstructions: FileSource = rulesSource(product, {
  id: 'amp/instructions',
  title: 'Amp instructions',
  role: 'instructions',
  locations: [
    { scope: 'user', base: 'home', path: '.config/amp/AGENTS.md', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.config/AGENTS.md', confidence: 'low' },
    { scope: 'project', base: 'project', path: 'AGENT.md', confidence: 'low' },
  ],
});

/** Checks are texts that a reviewing sub-agent is given; commands a person calls. */
export const ampCommands: FileSource = commandsSource(product, {
  id: 'amp/commands',
  title: 'Amp commands and checks',
  roots: ['commands', 'checks'],
  locations: [
    { scope: 'user', base: 'home', path: '.config/amp/commands/*.md', confidence: 'low' },
    { scope: 'user', base: 'home', path: '.config/amp/checks/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.agents/checks/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.agents/commands/*.md', confidence: 'low' },
  ],
});
