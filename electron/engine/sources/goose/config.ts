import type { Properties } from '../../../../shared/model/facts.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { hostModel, hostServers, type OpenFile, structuredSource } from '../host/structured-source.ts';
import { namedValues, type RawServer, transportNamed } from '../mcp/raw-server.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  linedTexts,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';
import { gooseHome, product } from './product.ts';

/** Extensions that goose brings itself: tools of the host, not servers (`ExtensionConfig`, crates/goose, 2026). */
const ownTypes = new Set(['builtin', 'platform', 'frontend', 'inline_python']);

/** `cmd`, `envs`, `env_keys`, `uri`: the spellings of goose. Null for what is no server. */
export const gooseServer: ServerAdapter = (raw, node, entry) => {
  const type = textOf(nodeOf(node, 'type'));
  if (type !== undefined && ownTypes.has(type)) return null;
  const command = textOf(nodeOf(node, 'cmd'))?.trim() ?? raw.command;
  const keys = linedTexts(nodeOf(node, 'env_keys'));
  const available = textsOf(nodeOf(node, 'available_tools'));
  const title = textOf(nodeOf(node, 'name'))?.trim();
  const changed: RawServer = {
    ...raw,
    name: entry.key.slice(0, 200),
    command: command === '' ? null : command,
    transport: transportNamed(type) ?? (command === null || command === '' ? raw.transport : 'stdio'),
    transportDeclared: type !== undefined,
    env: [...raw.env, ...namedValues(entryOf(node, 'envs'))],
    envReferences: keys.map((item) => ({
      line: item.line,
      endLine: item.endLine,
      name: item.text,
      use: 'env' as const,
    })),
    includeTools: available,
  };
  const extra: Properties = {
    ...(booleanOf(nodeOf(node, 'bundled')) === true ? { bundled: true } : {}),
    ...(title === undefined || title === entry.key ? {} : { title: title.slice(0, 200) }),
    ...(type === 'sse' ? { notLoaded: 'goose no longer speaks SSE: the entry is skipped' } : {}),
  };
  return { raw: changed, extra };
};

/** Extensions that are no servers: what the host itself may do. */
export function ownExtensions(open: OpenFile, entry: Entry | undefined): void {
  for (const member of entriesOf(entry?.node)) {
    const type = textOf(nodeOf(member.node, 'type'));
    if (type === undefined || !ownTypes.has(type)) continue;
    const code = textOf(nodeOf(member.node, 'code'));
    open.facts.located('builtinTools', member, {
      name: member.key.slice(0, 200),
      type,
      enabled: booleanOf(nodeOf(member.node, 'enabled')) !== false,
      ...(code === undefined ? {} : { inlineCode: true }),
    });
  }
}

const modeKeys = [
  'GOOSE_MODE',
  'mode',
  'GOOSE_MAX_TURNS',
  'GOOSE_SANDBOX',
  'SECURITY_PROMPT_ENABLED',
  'SECURITY_COMMAND_CLASSIFIER_ENABLED',
];
const plainKeys = [
  'active_provider',
  'GOOSE_PROVIDER',
  'GOOSE_LEAD_PROVIDER',
  'GOOSE_PLANNER_PROVIDER',
  'GOOSE_ALLOWLIST',
  'GOOSE_RECIPE_GITHUB_REPO',
  'GOOSE_DISABLE_KEYRING',
  'CONTEXT_FILE_NAMES',
  'otel_exporter_otlp_endpoint',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
];

/** `config.yaml`: extensions, mode, models. goose documentation "Configuration Overview" and crates/goose (2026). */
export const gooseConfig: FileSource = structuredSource(
  product,
  {
    id: 'goose/config',
    title: 'goose configuration',
    format: 'yaml',
    locations: gooseHome('config.yaml'),
    emits: ['mcp-server', 'credential', 'model'],
  },
  (open) => {
    const { facts, root } = open;
    for (const key of modeKeys) facts.value('modes', key, entryOf(root, key));
    for (const key of plainKeys) facts.value('settings', key, entryOf(root, key));
    const provider = textOf(nodeOf(root, 'active_provider')) ?? textOf(nodeOf(root, 'GOOSE_PROVIDER'));
    hostModel(open, entryOf(root, 'GOOSE_MODEL'), 'main', provider);
    hostModel(open, entryOf(root, 'GOOSE_LEAD_MODEL'), 'lead', textOf(nodeOf(root, 'GOOSE_LEAD_PROVIDER')) ?? provider);
    hostModel(open, entryOf(root, 'GOOSE_PLANNER_MODEL'), 'planner', textOf(nodeOf(root, 'GOOSE_PLANNER_PROVIDER')));
    for (const entry of entriesOf(nodeOf(root, 'providers'))) {
      if (entry.key === provider) hostModel(open, entryOf(entry.node, 'model'), 'main', provider);
      for (const member of entriesOf(entry.node))
        if (isCredentialName(member.key)) secretSetting(facts, `providers.${entry.key}.${member.key}`, member);
    }
    for (const entry of entriesOf(root)) if (isCredentialName(entry.key)) secretSetting(facts, entry.key, entry);
    const extensions = entryOf(root, 'extensions');
    ownExtensions(open, extensions);
    hostServers(open, extensions, { where: 'extensions', adapt: gooseServer });
    return undefined;
  },
);

const levels = ['never_allow', 'always_allow', 'ask_before'] as const;

/**
 * `permission.yaml`: per tool, asked in this order: never, always, ask. `user` holds what a person decided,
 * `smart_approve` what a model or a tool's own annotation said. crates/goose/src/config/permission.rs (2026).
 */
export const goosePermissions: FileSource = structuredSource(
  product,
  { id: 'goose/permissions', title: 'goose tool permissions', format: 'yaml', locations: gooseHome('permission.yaml') },
  ({ facts, root }) => {
    for (const category of entriesOf(root))
      for (const list of levels)
        for (const [order, item] of linedTexts(nodeOf(category.node, list)).entries())
          facts.located('permissions', item, {
            list,
            rule: maskText(item.text),
            category: category.key.slice(0, 100),
            order,
          });
    return undefined;
  },
);

/** Decisions that goose remembers from a session. Managed by itself; form unverified. */
export const gooseToolPermissions: FileSource = structuredSource(
  product,
  {
    id: 'goose/tool-permissions',
    title: 'goose remembered decisions',
    format: 'json',
    locations: gooseHome('permissions/tool_permissions.json', 'medium'),
  },
  ({ facts, root }) => {
    for (const tool of entriesOf(nodeOf(root, 'permissions') ?? root)) {
      const records = tool.node.kind === 'list' ? tool.node.items : [tool.node];
      for (const record of records) {
        const allowed = booleanOf(nodeOf(record, 'allowed'));
        if (allowed === undefined) continue;
        facts.located('permissions', tool, {
          list: allowed ? 'remembered_allow' : 'remembered_deny',
          rule: maskText((textOf(nodeOf(record, 'tool_name')) ?? tool.key).slice(0, 300)),
          until: scalarText(nodeOf(record, 'expiry')) ?? null,
        });
      }
    }
    return undefined;
  },
);

/** `secrets.yaml`: what a person keeps in a file instead of the keyring. Names only. */
export const gooseSecrets: FileSource = structuredSource(
  product,
  {
    id: 'goose/secrets',
    title: 'goose secrets in a file',
    format: 'yaml',
    locations: gooseHome('secrets.yaml'),
    emits: ['credential'],
  },
  ({ facts, root }) => {
    for (const entry of entriesOf(root)) {
      if (scalarText(entry.node) === undefined) continue;
      facts.credential(entry.key.slice(0, 200), entry, 'literal', 'secret', entry.key.slice(0, 200));
      facts.located('literalSecrets', entry, { where: entry.key.slice(0, 200), kind: 'secret' });
    }
    return undefined;
  },
);

/** `custom_providers/*.json`: models at an address of one's own. goose documentation "Custom providers" (2026). */
export const gooseProviders: FileSource = structuredSource(
  product,
  {
    id: 'goose/custom-providers',
    title: 'goose custom providers',
    format: 'json',
    locations: gooseHome('custom_providers/*.json', 'medium'),
    emits: ['credential', 'model'],
  },
  (open) => {
    const { facts, root } = open;
    const name = textOf(nodeOf(root, 'name')) ?? 'custom';
    facts.value('settings', `customProvider.${name.slice(0, 100)}.base_url`, entryOf(root, 'base_url'));
    const key = entryOf(root, 'api_key_env');
    const variable = textOf(key?.node);
    if (key !== undefined && variable !== undefined && variable !== '')
      facts.credential(variable, key, 'reference', null, 'api_key_env');
    for (const model of itemsOf(nodeOf(root, 'models'))) hostModel(open, entryOf(model, 'name'), 'available', name);
    return undefined;
  },
);
