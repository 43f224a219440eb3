import type { Host } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { homeLocations } from '../host/location.ts';
import { rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { modelFacts } from '../host/models.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { type HostProduct, hostServers, type OpenFile, structuredSource } from '../host/structured-source.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { booleanOf, entriesOf, entryOf, nodeOf, textOf, textsOf } from '../parse/node.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Location } from '../source.ts';

export const crush: Host = {
  id: 'crush',
  title: 'Crush',
  transcripts: [{ place: '**/.crush/crush.db', confidence: 'high' }],
};
const product: HostProduct = { product: 'crush', productTitle: 'Crush', host: crush };

/** `internal/config/load.go` of charmbracelet/crush (2026-08-21), README of @charmland/crush 0.96.1. */
const settingsPlaces: readonly Location[] = [
  ...homeLocations({ linux: '.config/crush', macos: '.config/crush', windows: '.config/crush' }, 'crush.json'),
  ...homeLocations({ windows: 'AppData/Local/crush' }, 'crush.json'),
  ...homeLocations({ linux: '.local/share/crush', macos: '.local/share/crush' }, 'crush.json'),
  { scope: 'project', base: 'project', path: 'crush.json', confidence: 'high' },
  { scope: 'project', base: 'project', path: '.crush.json', confidence: 'high' },
  { scope: 'local', base: 'project', path: '.crush/crush.json', confidence: 'high' },
];

/** `enabled_tools` and `disabled_tools` of a server; `oauth` is a switch. */
const server: ServerAdapter = (raw, node) => ({
  raw: {
    ...raw,
    includeTools: textsOf(nodeOf(node, 'enabled_tools')),
    excludeTools: textsOf(nodeOf(node, 'disabled_tools')),
  },
});

const optionKeys = [
  'context_paths',
  'global_context_paths',
  'skills_paths',
  'disabled_tools',
  'disabled_skills',
  'data_directory',
  'disable_metrics',
] as const;

/** Settings; a project's file counts before the user's, `.crush.json` before `crush.json`. `$(...)` in values is run when they are read. */
export const crushSettings: FileSource = structuredSource(
  product,
  {
    id: 'crush/settings',
    title: 'Crush settings',
    format: 'json',
    locations: settingsPlaces,
    emits: ['mcp-server', 'credential', 'model', 'hook'],
    words: ['"mcp"', '"permissions"', '"options"', '"providers"', '"models"', '"lsp"', '"hooks"', 'crush.json'],
  },
  (open) => {
    const { facts, root, builder, confidence } = open;
    const own = ['mcp', 'permissions', 'options', 'providers', 'models', 'hooks', 'lsp', 'tools', '$schema'];
    if (!own.some((key) => entryOf(root, key) !== undefined)) {
      builder.note('no setting of Crush in this file: no facts taken');
      return false;
    }
    if (entryOf(root, 'permissions', 'allowed_tools') !== undefined)
      facts.permission('permissions.allowed_tools', nodeOf(root, 'permissions', 'allowed_tools'));
    for (const key of ['skip_requests', 'yolo'])
      facts.value('modes', `permissions.${key}`, entryOf(root, 'permissions', key));
    for (const key of optionKeys) facts.value('settings', `options.${key}`, entryOf(root, 'options', key));
    for (const entry of entriesOf(nodeOf(root, 'models'))) modelOf(open, entry.key, entry.node);
    for (const provider of entriesOf(nodeOf(root, 'providers'))) providerOf(open, provider.key, provider.node);
    for (const entry of entriesOf(nodeOf(root, 'lsp')))
      facts.helper(`lsp.${entry.key.slice(0, 100)}`, entryOf(entry.node, 'command'));
    hooksFacts(builder, entryOf(root, 'hooks'), { host: crush.id, owner: facts.ref, confidence });
    hostServers(open, entryOf(root, 'mcp'), { where: 'mcp', adapt: server });
    runsCommands(open);
    return undefined;
  },
);

function modelOf(open: OpenFile, role: string, node: Parameters<typeof nodeOf>[0]): void {
  const model = entryOf(node, 'model');
  const id = textOf(model?.node);
  const provider = textOf(nodeOf(node, 'provider'));
  if (model === undefined || id === undefined) return;
  modelFacts(open.builder, open.facts.ref, id, model, {
    host: crush.id,
    role: role.slice(0, 50),
    confidence: open.confidence,
    ...(provider === undefined ? {} : { provider }),
  });
}

function providerOf({ facts }: OpenFile, name: string, node: Parameters<typeof nodeOf>[0]): void {
  const id = name.slice(0, 100);
  const base = entryOf(node, 'base_url');
  const address = textOf(base?.node);
  if (base !== undefined && address !== undefined)
    facts.located('settings', base, { key: `providers.${id}.base_url`, value: maskUrl(address) });
  if (booleanOf(nodeOf(node, 'disable')) === true)
    facts.value('settings', `providers.${id}.disable`, entryOf(node, 'disable'));
  secretSetting(facts, `providers.${id}.api_key`, entryOf(node, 'api_key'));
  facts.helper(`providers.${id}.aws_auth_refresh`, entryOf(node, 'aws_auth_refresh'));
}

/** Values are expanded like a shell would: what stands in `$(...)` runs when the file is read. */
function runsCommands({ file, facts }: OpenFile): void {
  for (const [index, text] of file.text.split('\n').slice(0, 20_000).entries())
    if (text.length < 4000 && /"[^"]*\$\((?!\()[^"]*"/.test(text) && !/"\$schema"/.test(text))
      facts.located(
        'helpers',
        { line: index + 1, endLine: index + 1 },
        { key: 'command in a value', command: maskText(text.trim().slice(0, 300)) },
      );
}

export const crushInstructions: FileSource = rulesSource(product, {
  id: 'crush/instructions',
  title: 'Crush instructions',
  role: 'instructions',
  locations: [
    ...homeLocations({ linux: '.config/crush', macos: '.config/crush', windows: '.config/crush' }, 'CRUSH.md'),
    ...['CRUSH.md', 'Crush.md', 'crush.md', 'CRUSH.local.md', 'crush.local.md'].map(
      (path): Location => ({
        scope: path.includes('.local.') ? 'local' : 'project',
        base: 'project',
        path,
        confidence: 'high',
      }),
    ),
  ],
});

export const crushSkills: FileSource = skillsSource(product, {
  id: 'crush/skills',
  title: 'Crush skills',
  locations: [
    ...homeLocations(
      { linux: '.config/crush', macos: '.config/crush', windows: 'AppData/Local/crush' },
      'skills/**/SKILL.md',
    ),
    { scope: 'project', base: 'project', path: '.crush/skills/**/SKILL.md', confidence: 'high' },
  ],
});
