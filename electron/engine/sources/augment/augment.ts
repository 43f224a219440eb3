import { type Host, jsonOf } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { machineLocations } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { type HostProduct, hostModel, hostServers, structuredSource } from '../host/structured-source.ts';
import { entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Location } from '../source.ts';
import { editorSettingsLocations } from '../host/editor-places.ts';
import { entriesOf, type Entry } from '../parse/node.ts';

export const augment: Host = {
  id: 'augment',
  title: 'Augment Code',
  transcripts: [{ place: '~/.augment/sessions/*.json', confidence: 'high' }],
};
const product: HostProduct = { product: 'augment', productTitle: 'Augment Code', host: augment };

/** Places read in the program of @augmentcode/auggie 0.36.0 and documentation "Configuration" (2026). */
const augmentFile = (path: string): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.augment/${path}`, confidence: 'high' },
  { scope: 'project', base: 'project', path: `.augment/${path}`, confidence: 'high' },
];

/**
 * Settings of Auggie. `toolPermissions` is ordered, the first match counts; `webhook-policy` and `script-policy` ask a
 * program or an address. The local file lies over the project's.
 * Read with comments and trailing commas (auggie 0.36.0; only its plugin manager wants strict JSON).
 */
export const augmentSettings: FileSource = structuredSource(
  product,
  {
    id: 'augment/settings',
    title: 'Augment settings',
    format: 'jsonc',
    locations: [
      ...machineLocations(
        { linux: '/etc/augment', macos: '/etc/augment', windows: 'C:/ProgramData/augment' },
        'settings.json',
      ),
      ...augmentFile('settings.json'),
      { scope: 'local', base: 'project', path: '.augment/settings.local.json', confidence: 'high' },
    ],
    emits: ['mcp-server', 'credential', 'hook', 'model'],
  },
  (open) => {
    const { facts, root, builder, confidence } = open;
    for (const [order, item] of itemsOf(nodeOf(root, 'toolPermissions')).entries()) {
      const tool = textOf(nodeOf(item, 'toolName')) ?? textOf(nodeOf(item, 'tool-name'));
      if (tool === undefined) {
        builder.issue(item.line, 'tool permission names no tool');
        continue;
      }
      const permission = nodeOf(item, 'permission');
      const matches = nodeOf(item, 'shellInputRegex') ?? nodeOf(item, 'shell-input-regex');
      const webhook = textOf(nodeOf(permission, 'webhookUrl')) ?? textOf(nodeOf(item, 'webhookUrl'));
      const script = textOf(nodeOf(permission, 'script')) ?? textOf(nodeOf(item, 'script'));
      facts.located('permissions', item, {
        list: 'toolPermissions',
        rule: maskText(tool),
        action: scalarText(nodeOf(permission, 'type')) ?? scalarText(permission) ?? null,
        order,
        ...(matches === undefined ? {} : { matches: jsonOf(matches, 0) }),
        ...(scalarText(nodeOf(item, 'eventType')) === undefined
          ? {}
          : { event: scalarText(nodeOf(item, 'eventType')) ?? null }),
        ...(webhook === undefined ? {} : { webhook: maskUrl(webhook) }),
        ...(script === undefined ? {} : { script: maskText(script) }),
      });
    }
    for (const key of ['removedTools', 'autoApprove', 'indexingEnabled'])
      facts.value('settings', key, entryOf(root, key));
    hostModel(open, entryOf(root, 'model'), 'main');
    hooksFacts(builder, entryOf(root, 'hooks'), { host: augment.id, owner: facts.ref, confidence });
    hostServers(open, entryOf(root, 'mcpServers'));
    return undefined;
  },
);

/** The extension keeps its servers as a list in the settings of the editor. Documentation "Setup MCP", excerpt. */
export const augmentEditor: FileSource = structuredSource(
  product,
  {
    id: 'augment/editor-settings',
    title: 'Augment servers in editor settings',
    format: 'jsonc',
    locations: editorSettingsLocations('low'),
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    const entry =
      entryOf(open.root, 'augment.advanced', 'mcpServers') ?? entryOf(open.root, 'augment', 'advanced', 'mcpServers');
    if (entry === undefined) {
      open.builder.note('no setting of Augment in this file: no facts taken');
      return false;
    }
    const entries = new Map<string, Entry>();
    for (const item of itemsOf(entry.node)) {
      const name = textOf(nodeOf(item, 'name')) ?? `server ${entries.size + 1}`;
      entries.set(name, { key: name, line: item.line, endLine: item.endLine, node: item });
    }
    const listed: Entry =
      entry.node.kind === 'list'
        ? { ...entry, node: { kind: 'map', line: entry.node.line, endLine: entry.node.endLine, entries } }
        : entry;
    hostServers(open, listed, { where: 'augment.advanced.mcpServers' });
    return entriesOf(listed.node).length > 0;
  },
);

export const augmentRules: FileSource = rulesSource(product, {
  id: 'augment/rules',
  title: 'Augment rules',
  locations: [
    ...augmentFile('rules/**/*.md'),
    { scope: 'project', base: 'project', path: '.augment-guidelines', confidence: 'high' },
  ],
});

export const augmentAgents: FileSource = agentsSource(product, {
  id: 'augment/agents',
  title: 'Augment sub-agents',
  framework: 'augment-subagent',
  locations: augmentFile('agents/*.md'),
});

export const augmentSkills: FileSource = skillsSource(product, {
  id: 'augment/skills',
  title: 'Augment skills',
  locations: augmentFile('skills/**/SKILL.md'),
});

export const augmentCommands: FileSource = commandsSource(product, {
  id: 'augment/commands',
  title: 'Augment commands',
  roots: ['commands'],
  locations: augmentFile('commands/**/*.md'),
});
