import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { placedRef } from '../keys.ts';
import { npmSpec } from '../mcp/package-spec.ts';
import { withoutHome } from '../mcp/home-paths.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textOf,
} from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { type Host, type HostAgentFacts, jsonOf } from './host-agent.ts';
import { modelFacts } from './models.ts';
import { inertOpenCodeRules, openCodeRules, ruleFacts, ruleText } from './open-code-rules.ts';
import { promptFacts } from './prompts.ts';
import { secretSetting } from './secret-settings.ts';

/**
 * The configuration of OpenCode's engine, which Kilo Code shares. Keys as opencode-ai 1.18.33 reads them (its schema and
 * loader): unknown keys are left alone, wrong types in `permission` make it refuse to start.
 */
export type OpenCodeReader = {
  readonly builder: ReadingBuilder;
  readonly facts: HostAgentFacts;
  readonly host: Host;
  readonly confidence: Confidence;
  readonly framework: string;
  /** Whether a mistake in the permissions makes the host refuse everything, as seen on OpenCode; false where not known. */
  readonly refuses: boolean;
};

const settingKeys = [
  ['share'],
  ['autoshare'],
  ['autoupdate'],
  ['default_agent'],
  ['subagent_depth'],
  ['disabled_providers'],
  ['enabled_providers'],
  ['shell'],
  ['server', 'hostname'],
  ['server', 'port'],
  ['server', 'mdns'],
  ['server', 'cors'],
  ['enterprise', 'url'],
  ['snapshot'],
  ['experimental', 'openTelemetry'],
  ['experimental', 'primary_tools'],
  ['experimental', 'continue_loop_on_deny'],
  ['experimental', 'batch_tool'],
] as const;

export function openCodeConfig(reader: OpenCodeReader, root: MapNode): void {
  const { builder, facts, host, confidence } = reader;
  permissionsOf(reader, root);
  for (const path of settingKeys) facts.value('settings', path.join('.'), entryOf(root, ...path));
  for (const [key, role] of [
    ['model', 'default'],
    ['small_model', 'small'],
  ] as const) {
    const entry = entryOf(root, key);
    const id = textOf(entry?.node);
    if (entry !== undefined && id !== undefined)
      modelFacts(builder, facts.ref, id, entry, { host: host.id, confidence, role });
  }
  const mcp = entryOf(root, 'mcp');
  const nested = entryOf(mcp?.node, 'servers');
  // The next generation nests the servers; this one takes both (opencode-ai 1.18.33, compatibility layer).
  const isNested = nested !== undefined && !isServer(nested.node);
  openCodeServers(reader, isNested ? without(mcp, ['servers', 'timeout']) : mcp, 'mcp');
  if (isNested) openCodeServers(reader, nested, 'mcp.servers');
  for (const key of ['agent', 'agents'] as const)
    for (const entry of entriesOf(nodeOf(root, key))) agentOf(reader, entry, {});
  for (const entry of entriesOf(nodeOf(root, 'mode'))) agentOf(reader, entry, { mode: 'primary', legacy: true });
  for (const key of ['command', 'commands'] as const)
    for (const entry of entriesOf(nodeOf(root, key))) commandOf(reader, entry);
  for (const item of itemsOf(nodeOf(root, 'instructions'))) {
    const pattern = textOf(item);
    if (pattern === undefined) continue;
    const isRemote = /^https?:/i.test(pattern);
    facts.located('instructionFiles', item, {
      pattern: isRemote ? maskUrl(pattern) : maskText(pattern),
      remote: isRemote,
    });
  }
  for (const [key, remote] of [
    ['paths', false],
    ['urls', true],
  ] as const)
    for (const item of itemsOf(nodeOf(root, 'skills', key))) {
      const pattern = textOf(item);
      if (pattern !== undefined)
        facts.located('skillFolders', item, { pattern: remote ? maskUrl(pattern) : maskText(pattern), remote });
    }
  pluginsOf(reader, entryOf(root, 'plugin') ?? entryOf(root, 'plugins'));
  providersOf(reader, nodeOf(root, 'provider'));
  for (const key of ['lsp', 'formatter'] as const)
    for (const entry of entriesOf(nodeOf(root, key)))
      facts.helper(`${key}.${entry.key}`, entryOf(entry.node, 'command'));
}

const refusal = 'the whole configuration is refused, no session starts';

const isServer = (node: Node): boolean =>
  ['type', 'enabled'].some((key) => nodeOf(node, key)?.kind === 'scalar') || node.kind !== 'map';

const without = (entry: Entry | undefined, keys: readonly string[]): Entry | undefined =>
  entry?.node.kind !== 'map'
    ? entry
    : {
        ...entry,
        node: { ...entry.node, entries: new Map([...entry.node.entries].filter(([key]) => !keys.includes(key))) },
      };

function permissionsOf({ facts, builder, refuses }: OpenCodeReader, root: MapNode): void {
  const { rules, rejected } = openCodeRules(entryOf(root, 'permission'), entryOf(root, 'tools'));
  const next = entryOf(root, 'permissions');
  const refused = [
    ...rejected,
    ...(next === undefined ? [] : [{ ...linesOf(next), why: '"permissions" belongs to the next generation' }]),
  ];
  for (const item of refused) {
    builder.issue(item.line, refuses ? `${item.why}: the whole configuration is refused` : item.why);
    if (refuses) builder.malformed(refusal);
    facts.located('rejected', item, { why: item.why, whole: refuses });
  }
  const list = refuses && refused.length > 0 ? 'ignoredPermissions' : 'permissions';
  for (const rule of rules) facts.located(list, rule, ruleFacts(rule));
  for (const { rule, why } of inertOpenCodeRules(rules))
    facts.located('inertRules', rule, { list: rule.action, rule: ruleText(rule), why });
}

/** Servers of the map; entries that only switch one of another file go to `serverSwitches`. */
function openCodeServers(reader: OpenCodeReader, entry: Entry | undefined, where: string): void {
  const { builder, facts, host, confidence } = reader;
  serversFacts(builder, {
    entry,
    context: {
      host: host.id,
      user: facts.ref,
      scope: builder.file.scope,
      where,
      anchor: builder.file.anchor,
      confidence,
    },
    adapt: openCodeServer(facts, where),
  });
}

const openCodeServer =
  (facts: HostAgentFacts, where: string): ServerAdapter =>
  (raw, node, entry) => {
    const switched = booleanOf(nodeOf(node, 'enabled'));
    if (raw.command === null && raw.url === null && switched !== undefined) {
      facts.located('serverSwitches', entry, { name: raw.name, enabled: switched });
      return null;
    }
    const oauth = nodeOf(node, 'oauth');
    for (const key of ['clientSecret', 'client_secret'])
      secretSetting(facts, `${where}.${raw.name}.oauth.${key}`, entryOf(oauth, key));
    const type = textOf(nodeOf(node, 'type'));
    const command = nodeOf(node, 'command');
    const wrong =
      type !== 'local' && type !== 'remote'
        ? 'no "type": neither "local" nor "remote"'
        : type === 'local' && command?.kind !== 'list'
          ? '"command" is not a list of words'
          : type === 'remote' && raw.url === null
            ? 'a remote server without "url"'
            : null;
    const cwd = scalarText(nodeOf(node, 'cwd'));
    return {
      raw,
      extra: {
        ...(oauth?.kind === 'map' ? { oauth: true } : {}),
        ...(cwd === undefined ? {} : { cwd: maskText(cwd.slice(0, 500)) }),
        ...(wrong === null ? {} : { notLoaded: wrong }),
      },
    };
  };

/** An agent of the map `agent`, or of the older `mode`. */
function agentOf(reader: OpenCodeReader, entry: Entry, more: Properties): void {
  if (entry.node.kind !== 'map') {
    reader.builder.issue(entry.line, `agent "${entry.key.slice(0, 100)}" is not an object`);
    return;
  }
  const { builder, facts, host, confidence, framework } = reader;
  const description = scalarText(nodeOf(entry.node, 'description'));
  const ref = builder.asset({
    ...placedRef('agent', builder.file, entry.key.slice(0, 200)),
    name: entry.key.slice(0, 200) || 'agent without a name',
    properties: {
      host: host.id,
      framework,
      subAgent: true,
      scope: builder.file.scope,
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      tools: 'inherits all',
      ...openCodeAgentFacts(builder, entry.node, reader.refuses),
      ...more,
    },
    lines: linesOf(entry),
    confidence,
  });
  builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(entry), confidence });
  const model = entryOf(entry.node, 'model');
  const id = textOf(model?.node);
  if (model !== undefined && id !== undefined) modelFacts(builder, ref, id, model, { host: host.id, confidence });
  const prompt = entryOf(entry.node, 'prompt');
  const body = textOf(prompt?.node);
  if (prompt !== undefined && body !== undefined) promptOf(reader, entry.key, prompt, body, ref);
}

function promptOf(reader: OpenCodeReader, name: string, prompt: Entry, body: string, user: AssetRef): void {
  promptFacts(reader.builder, {
    name: `${name.slice(0, 200)} instructions`,
    key: `${name.slice(0, 200)}/prompt`,
    role: 'agent',
    host: reader.host.id,
    body,
    lines: linesOf(prompt),
    confidence: reader.confidence,
    user,
    properties: /^\{file:/.test(body) ? { fromFile: maskText(body.slice(0, 300)) } : {},
  });
}

/** What the header of an agent says in both of its forms, JSON and Markdown. Its rules come after those of the session. */
export function openCodeAgentFacts(builder: ReadingBuilder, node: Node, refuses: boolean): Properties {
  const { rules, rejected } = openCodeRules(entryOf(node, 'permission'), entryOf(node, 'tools'));
  const located = (span: Span, facts: Properties): Properties => ({
    ...facts,
    scope: builder.file.scope,
    place: builder.file.place,
    line: span.line,
  });
  const inert = inertOpenCodeRules(rules);
  const refused = refuses && rejected.length > 0;
  for (const item of rejected)
    builder.issue(item.line, refuses ? `${item.why}: the whole configuration is refused` : item.why);
  if (refused) builder.malformed(refusal);
  const plain = ['mode', 'disable', 'hidden', 'steps', 'maxSteps', 'temperature', 'variant'].flatMap((key) => {
    const value = nodeOf(node, key);
    return value?.kind === 'scalar' ? [[key, jsonOf(value, 0)] as const] : [];
  });
  return {
    ...Object.fromEntries(plain),
    ...(rules.length === 0
      ? {}
      : {
          [refused ? 'ignoredPermissions' : 'permissions']: rules.map((rule) => located(rule, ruleFacts(rule))),
        }),
    ...(inert.length === 0
      ? {}
      : {
          inertRules: inert.map(({ rule, why }) => located(rule, { list: rule.action, rule: ruleText(rule), why })),
        }),
  };
}

function commandOf({ builder, facts, host, confidence }: OpenCodeReader, entry: Entry): void {
  const template = entryOf(entry.node, 'template');
  const body = textOf(template?.node);
  if (template === undefined || body === undefined) {
    builder.issue(entry.line, `command "${entry.key.slice(0, 100)}" has no template`);
    return;
  }
  const agent = scalarText(nodeOf(entry.node, 'agent'));
  promptFacts(builder, {
    name: `/${entry.key.slice(0, 200)}`,
    key: `command/${entry.key.slice(0, 200)}`,
    role: 'command',
    host: host.id,
    body,
    lines: linesOf(template),
    confidence,
    user: facts.ref,
    properties: {
      runsShell: openCodeRunsShell(body),
      ...(agent === undefined ? {} : { agent: agent.slice(0, 200) }),
    },
  });
}

/** `` !`command` `` in a template is run when the command is called. */
export const openCodeRunsShell = (body: string): boolean => /!`[^`\n]/.test(body);

/** Plugins run inside the host's process, before any permission is asked for. */
function pluginsOf({ builder, facts, host, confidence }: OpenCodeReader, entry: Entry | undefined): void {
  for (const item of itemsOf(entry?.node)) {
    const spec = textOf(item) ?? textOf(itemsOf(item)[0]) ?? textOf(nodeOf(item, 'package'));
    if (spec === undefined || spec.trim() === '') continue;
    const found = npmSpec(spec.trim());
    const isFile = found === null;
    const name = withoutHome(maskText(found?.name ?? spec.trim())).slice(0, 300);
    const plugin = builder.asset({
      kind: 'plugin',
      key: `${host.id}:${isFile ? `${builder.file.anchor}/` : ''}${name}`,
      name,
      properties: {
        host: host.id,
        scope: builder.file.scope,
        inProcess: true,
        ...(found === null
          ? { file: true }
          : { registry: found.registry, version: found.version, pinned: found.pinned }),
      },
      lines: linesOf(item),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines: linesOf(item), confidence });
  }
}

function providersOf({ facts }: OpenCodeReader, node: Node | undefined): void {
  for (const provider of entriesOf(node)) {
    const options = nodeOf(provider.node, 'options');
    const where = `provider.${provider.key.slice(0, 100)}.options`;
    const secretRefs = ['apiKey', 'token'].flatMap((key) =>
      secretSetting(facts, `${where}.${key}`, entryOf(options, key)),
    );
    const headers = entriesOf(nodeOf(options, 'headers')).flatMap((header) =>
      secretSetting(facts, `${where}.headers.${header.key}`, header),
    );
    const base = textOf(nodeOf(options, 'baseURL'));
    const npm = textOf(nodeOf(provider.node, 'npm'));
    facts.located('providers', provider, {
      id: maskText(provider.key.slice(0, 100)),
      ...(base === undefined ? {} : { url: maskUrl(base) }),
      ...(npm === undefined ? {} : { package: maskText(npm.slice(0, 200)) }),
      models: entriesOf(nodeOf(provider.node, 'models'))
        .slice(0, 100)
        .map((model) => maskText(model.key.slice(0, 120))),
      secretRefs: [...secretRefs, ...headers],
    });
  }
}
