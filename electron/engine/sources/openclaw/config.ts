import type { JsonValue } from '../../../../shared/model/facts.ts';
import { modelFacts } from '../host/models.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { hostServers, type OpenFile, structuredSource } from '../host/structured-source.ts';
import { placedRef } from '../keys.ts';
import { transportNamed } from '../mcp/raw-server.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { isCredentialName } from '../parse/credential-names.ts';
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
import type { AssetRef, FileSource } from '../source.ts';
import { channelFacts } from './channels.ts';
import { locatedFor, openclaw, product, stateFile, stateFolders } from './product.ts';

/** `transport` names the way to a remote server (src/config/types.mcp.ts, 2026). */
const server: ServerAdapter = (raw, node) => ({
  raw: { ...raw, transport: transportNamed(textOf(nodeOf(node, 'transport'))) ?? raw.transport },
});

const policyKeys = ['profile', 'allow', 'alsoAllow', 'deny'] as const;
const execKeys = [
  'host',
  'security',
  'ask',
  'node',
  'safeBins',
  'safeBinTrustedDirs',
  'strictInlineEval',
  'pathPrepend',
] as const;
const sandboxKeys = ['mode', 'scope', 'workspaceAccess', 'backend', 'sessionToolsVisibility', 'workspaceRoot'] as const;
const dockerKeys = [
  'image',
  'network',
  'binds',
  'user',
  'readOnlyRoot',
  'capDrop',
  'setupCommand',
  'dangerouslyAllowReservedContainerTargets',
  'dangerouslyAllowContainerNamespaceJoin',
] as const;
const gatewayKeys = [
  ['mode'],
  ['bind'],
  ['port'],
  ['auth', 'mode'],
  ['auth', 'allowTailscale'],
  ['tailscale', 'mode'],
  ['controlUi', 'allowInsecureAuth'],
  ['controlUi', 'dangerouslyDisableDeviceAuth'],
  ['trustedProxies'],
  ['nodes', 'allowCommands'],
  ['nodes', 'denyCommands'],
  ['remote', 'url'],
  ['tls', 'enabled'],
] as const;
const plainKeys = [
  ['commands', 'config'],
  ['commands', 'bash'],
  ['commands', 'native'],
  ['session', 'dmScope'],
  ['browser', 'enabled'],
  ['browser', 'evaluateEnabled'],
  ['cron', 'enabled'],
  ['hooks', 'enabled'],
  ['hooks', 'path'],
  ['hooks', 'allowRequestSessionKey'],
  ['skills', 'allowBundled'],
  ['skills', 'load', 'extraDirs'],
  ['plugins', 'enabled'],
  ['plugins', 'allow'],
  ['plugins', 'deny'],
  ['plugins', 'load', 'paths'],
  ['agents', 'defaults', 'workspace'],
  ['agents', 'defaults', 'elevatedDefault'],
  ['discovery', 'mdns', 'mode'],
  ['logging', 'redactSensitive'],
  ['approvals', 'exec', 'enabled'],
  ['acp', 'enabled'],
  ['acp', 'allowedAgents'],
] as const;

/**
 * `openclaw.json`, JSON5. Three layers decide independently about a command: the sandbox, the tool policy (deny wins) and
 * `tools.exec` with the host's approvals file, of which the stricter applies. OpenClaw documentation "Configuration
 * Reference" and "Exec approvals", src/config/types.*.ts (2026).
 */
export const openclawConfig: FileSource = structuredSource(
  product,
  {
    id: 'openclaw/config',
    title: 'OpenClaw configuration',
    format: 'json5',
    locations: [
      ...stateFile('openclaw.json'),
      ...stateFolders.slice(1).map(([folder, confidence]) => ({
        scope: 'user' as const,
        base: 'home' as const,
        path: `${folder}/${folder.slice(1)}.json`,
        confidence,
      })),
      { scope: 'project', base: 'project', path: '.openclaw/openclaw.json', confidence: 'low' },
    ],
    emits: ['mcp-server', 'credential', 'model', 'plugin', 'hook', 'external-service'],
  },
  (open) => {
    const { facts, root } = open;
    toolPolicy(open, nodeOf(root, 'tools'), 'tools', facts.ref.key);
    sandbox(open, nodeOf(root, 'agents', 'defaults', 'sandbox'), 'agents.defaults.sandbox');
    for (const path of gatewayKeys)
      facts.value('settings', `gateway.${path.join('.')}`, entryOf(root, 'gateway', ...path));
    for (const path of plainKeys) facts.value('settings', path.join('.'), entryOf(root, ...path));
    for (const entry of entriesOf(root).filter((item) => item.key === '$include'))
      facts.located('includes', entry, { files: textsOf(entry.node).map(maskText).slice(0, 50) });
    secrets(open, root, '', 0);
    facts.environment(entryOf(root, 'env', 'vars'), 'env.vars');
    models(open, facts.ref, entryOf(root, 'agents', 'defaults', 'model'), 'main');
    models(open, facts.ref, entryOf(root, 'agents', 'defaults', 'imageModel'), 'image');
    models(open, facts.ref, entryOf(root, 'agents', 'defaults', 'subagents', 'model'), 'sub-agent');
    for (const provider of entriesOf(nodeOf(root, 'models', 'providers'))) {
      facts.value('settings', `models.providers.${provider.key}.baseUrl`, entryOf(provider.node, 'baseUrl'));
    }
    hostServers(open, entryOf(root, 'mcp', 'servers'), { where: 'mcp.servers', adapt: server });
    for (const item of itemsOf(nodeOf(root, 'agents', 'list'))) agent(open, item);
    channelFacts(open, entryOf(root, 'channels'), nodeOf(root, 'bindings'));
    plugins(open, entryOf(root, 'plugins'));
    webhooks(open, nodeOf(root, 'hooks'));
    return undefined;
  },
);

/** Tool policy of the host (`tools`) or of one agent; the members carry whose they are. */
function toolPolicy({ facts }: OpenFile, tools: Node | undefined, where: string, agentKey: string): void {
  for (const list of policyKeys) {
    const entry = entryOf(tools, list);
    if (entry === undefined) continue;
    if (list === 'profile')
      facts.located('modes', entry, {
        key: `${where}.profile`,
        value: scalarText(entry.node) ?? null,
        agent: agentKey,
      });
    else
      for (const item of linedTexts(entry.node))
        facts.located('permissions', item, { list: `${where}.${list}`, rule: maskText(item.text), agent: agentKey });
  }
  for (const key of execKeys) locatedFor(facts, 'modes', `${where}.exec.${key}`, entryOf(tools, 'exec', key), agentKey);
  locatedFor(facts, 'modes', `${where}.elevated.enabled`, entryOf(tools, 'elevated', 'enabled'), agentKey);
  for (const entry of entriesOf(nodeOf(tools, 'elevated', 'allowFrom'))) {
    const people = textsOf(entry.node);
    facts.located('modes', entry, {
      key: `${where}.elevated.allowFrom.${entry.key.slice(0, 100)}`,
      value: people.includes('*') ? 'anybody' : people.length,
      agent: agentKey,
    });
  }
  for (const key of ['byProvider', 'sandbox', 'subagents', 'agentToAgent', 'fs', 'sessions'])
    locatedFor(facts, 'settings', `${where}.${key}`, entryOf(tools, key), agentKey);
}

function sandbox({ facts }: OpenFile, node: Node | undefined, where: string): void {
  for (const key of sandboxKeys) facts.value('sandbox', `${where}.${key}`, entryOf(node, key));
  for (const key of dockerKeys) facts.value('sandbox', `${where}.docker.${key}`, entryOf(node, 'docker', key));
}

/** `"provider/id"` or `{primary, fallbacks}`; an id may hold a slash of its own (`openrouter/openai/gpt-5`). */
function models(open: OpenFile, user: AssetRef, entry: Entry | undefined, role: string): void {
  if (entry === undefined) return;
  const named: readonly (readonly [Node, string])[] =
    entry.node.kind === 'scalar'
      ? [[entry.node, role]]
      : [
          ...[nodeOf(entry.node, 'primary')].flatMap((node) => (node === undefined ? [] : [[node, role] as const])),
          ...itemsOf(nodeOf(entry.node, 'fallbacks')).map((node) => [node, `${role} fallback`] as const),
        ];
  for (const [node, as] of named) {
    const id = textOf(node);
    if (id === undefined) continue;
    const slash = id.indexOf('/');
    modelFacts(open.builder, user, id, node, {
      host: openclaw.id,
      role: as,
      confidence: open.confidence,
      ...(slash > 0 ? { provider: id.slice(0, slash).toLowerCase() } : {}),
    });
  }
}

/** One of `agents.list`: its own workspace, model, sandbox and tools, and whom it may start. */
function agent(open: OpenFile, node: Node): void {
  const { builder, facts, confidence, file } = open;
  const id = textOf(nodeOf(node, 'id'))?.trim();
  if (node.kind !== 'map' || id === undefined || id === '') return;
  const name = textOf(nodeOf(node, 'name'))?.trim() || textOf(nodeOf(node, 'identity', 'name'))?.trim() || id;
  const tools = nodeOf(node, 'tools');
  const ref = builder.asset({
    ...placedRef('agent', file, id.slice(0, 200)),
    name: name.slice(0, 200),
    properties: {
      host: openclaw.id,
      framework: 'openclaw-agent',
      subAgent: true,
      agentId: id.slice(0, 200),
      scope: file.scope,
      tools: tools === undefined ? 'inherits all' : toolNamesOf(tools),
      ...scalarsOf(node, ['default', 'workspace']),
      ...(nodeOf(node, 'sandbox') === undefined
        ? {}
        : { sandboxMode: scalarText(nodeOf(node, 'sandbox', 'mode')) ?? null }),
      ...(textsOf(nodeOf(node, 'skills')).length === 0
        ? {}
        : { skills: textsOf(nodeOf(node, 'skills')).slice(0, 100) }),
      ...(nodeOf(node, 'subagents', 'allowAgents') === undefined
        ? {}
        : { mayStart: textsOf(nodeOf(node, 'subagents', 'allowAgents')).slice(0, 100) }),
    },
    lines: linesOf(node),
    confidence,
  });
  builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(node), confidence });
  models(open, ref, entryOf(node, 'model'), 'main');
  toolPolicy(open, tools, `agents.list.${id.slice(0, 100)}.tools`, ref.key);
  sandbox(open, nodeOf(node, 'sandbox'), `agents.list.${id.slice(0, 100)}.sandbox`);
}

const toolNamesOf = (tools: Node): readonly string[] => [
  ...[scalarText(nodeOf(tools, 'profile'))].flatMap((profile) => (profile === undefined ? [] : [`profile ${profile}`])),
  ...textsOf(nodeOf(tools, 'allow')).map(maskText),
  ...textsOf(nodeOf(tools, 'deny')).map((text) => `not ${maskText(text)}`),
];

const scalarsOf = (node: Node, keys: readonly string[]): Record<string, JsonValue> =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = nodeOf(node, key);
      return value?.kind === 'scalar'
        ? [[key, typeof value.value === 'string' ? maskText(value.value) : value.value]]
        : [];
    }),
  );

/** Plugins that are switched on, and what the installer wrote down about where they come from and what they are. */
function plugins(open: OpenFile, entry: Entry | undefined): void {
  const { builder, facts, confidence } = open;
  const installs = nodeOf(entry?.node, 'installs');
  const entries = nodeOf(entry?.node, 'entries');
  const ids = new Set([...entriesOf(entries), ...entriesOf(installs)].map((item) => item.key));
  for (const id of [...ids].slice(0, 500)) {
    const record = entryOf(installs, id);
    const setting = entryOf(entries, id);
    const span = setting ?? record;
    if (span === undefined) continue;
    const text = (key: string): string | null => scalarText(nodeOf(record?.node, key)) ?? null;
    const digest = text('npmIntegrity') ?? text('integrity') ?? text('clawpackSha256') ?? text('shasum');
    const commit = text('gitCommit');
    const ref = builder.asset({
      kind: 'plugin',
      key: `openclaw:${open.file.anchor}:${id.slice(0, 200)}`,
      name: id.slice(0, 200),
      properties: {
        host: openclaw.id,
        enabled: booleanOf(nodeOf(setting?.node, 'enabled')) !== false,
        ...(record === undefined
          ? {}
          : {
              supplyChain: {
                source: text('source'),
                name: maskUrl(text('resolvedSpec') ?? text('spec') ?? text('gitUrl') ?? text('sourcePath') ?? ''),
                version: text('resolvedVersion') ?? text('version'),
                integrity:
                  digest !== null
                    ? { kind: 'digest', value: digest }
                    : commit !== null
                      ? { kind: 'commit', value: commit }
                      : { kind: 'none' },
                ...(text('clawhubTrustDisposition') === null
                  ? {}
                  : { registryVerdict: text('clawhubTrustDisposition') }),
              },
            }),
      },
      lines: linesOf(span),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: ref, lines: linesOf(span), confidence });
  }
}

/** Web addresses that start a turn of the agent: text from outside reaches the model. */
function webhooks(open: OpenFile, node: Node | undefined): void {
  const { builder, facts, confidence, file } = open;
  const mappings = itemsOf(nodeOf(node, 'mappings'));
  for (const [index, mapping] of mappings.entries()) {
    if (mapping.kind !== 'map') continue;
    const id = textOf(nodeOf(mapping, 'id')) ?? textOf(nodeOf(mapping, 'match', 'path')) ?? String(index);
    const hook = builder.asset({
      ...placedRef('hook', file, `webhook/${id.slice(0, 200)}`),
      name: `webhook ${id.slice(0, 100)}`,
      properties: {
        host: openclaw.id,
        event: 'webhook',
        type: textOf(nodeOf(mapping, 'action')) ?? 'agent',
        scope: file.scope,
        ...(booleanOf(nodeOf(mapping, 'allowUnsafeExternalContent')) === true
          ? { allowUnsafeExternalContent: true }
          : {}),
        ...(textOf(nodeOf(mapping, 'transform', 'module')) === undefined
          ? {}
          : { command: maskText(textOf(nodeOf(mapping, 'transform', 'module')) ?? '') }),
      },
      lines: linesOf(mapping),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: hook, lines: linesOf(mapping), confidence });
  }
  for (const entry of entriesOf(nodeOf(node, 'internal', 'entries')))
    facts.located('internalHooks', entry, {
      name: entry.key.slice(0, 200),
      enabled: booleanOf(nodeOf(entry.node, 'enabled')) !== false,
    });
}

/** Credentials wherever they stand; the servers have their own reader. */
function secrets(open: OpenFile, node: Node, where: string, depth: number): void {
  if (depth > 8) return;
  for (const entry of entriesOf(node)) {
    // A path as a key (`projects./home/dev/x`) would make another name of it on every machine.
    const name = entry.key.split(/[\\/]/).at(-1) ?? entry.key;
    const path = where === '' ? name : `${where}.${name}`;
    if (path === 'mcp' || path === 'env' || path === 'plugins.installs') continue;
    if (entry.node.kind === 'scalar') {
      if (isCredentialName(entry.key)) secretSetting(open.facts, path.slice(0, 300), entry);
    } else if (entry.node.kind === 'map') {
      const reference = secretReference(entry.node);
      if (reference !== null) open.facts.credential(reference, entry, 'reference', null, entry.key);
      else secrets(open, entry.node, path, depth + 1);
    } else for (const item of itemsOf(entry.node)) secrets(open, item, path, depth + 1);
  }
}

/** `{source: "env", provider, id: "NAME"}`: a secret that lies elsewhere. */
const secretReference = (node: Node): string | null => {
  const source = textOf(nodeOf(node, 'source'));
  const id = textOf(nodeOf(node, 'id'));
  return id !== undefined &&
    (source === 'env' || source === 'file' || source === 'exec') &&
    nodeOf(node, 'provider') !== undefined
    ? id.slice(0, 200)
    : null;
};
