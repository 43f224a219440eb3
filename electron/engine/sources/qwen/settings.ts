import type { Properties } from '../../../../shared/model/facts.ts';
import { records, text } from '../host/fact-view.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, linedTexts, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Linker } from '../source.ts';
import { machineFolders, product, qwen } from './product.ts';

/** Nested keys and, behind them, the flat ones of older versions (@qwen-code/qwen-code 0.15.10, migration table). */
const permissionLists = [
  ['deny', ['permissions', 'deny']],
  ['ask', ['permissions', 'ask']],
  ['allow', ['permissions', 'allow']],
  ['tools.core', ['tools', 'core']],
  ['tools.allowed', ['tools', 'allowed']],
  ['tools.exclude', ['tools', 'exclude']],
  ['mcp.allowed', ['mcp', 'allowed']],
  ['mcp.excluded', ['mcp', 'excluded']],
  ['coreTools', ['coreTools']],
  ['allowedTools', ['allowedTools']],
  ['excludeTools', ['excludeTools']],
  ['allowMCPServers', ['allowMCPServers']],
  ['excludeMCPServers', ['excludeMCPServers']],
] as const;
const modeKeys = [['tools', 'approvalMode'], ['approvalMode'], ['tools', 'autoAccept'], ['autoAccept']] as const;
const sandboxKeys = [['tools', 'sandbox'], ['tools', 'sandboxImage'], ['sandbox']] as const;
const plainKeys = [
  ['security', 'folderTrust', 'enabled'],
  ['security', 'auth', 'selectedType'],
  ['security', 'auth', 'enforcedType'],
  ['security', 'allowedHttpHookUrls'],
  ['context', 'fileName'],
  ['contextFileName'],
  ['context', 'includeDirectories'],
  ['disableAllHooks'],
  ['agents', 'team'],
  ['agents', 'swarm'],
  ['telemetry', 'enabled'],
  ['telemetry', 'logPrompts'],
  ['privacy', 'usageStatisticsEnabled'],
  ['experimental', 'cron'],
  ['slashCommands', 'disabled'],
] as const;
const helperKeys = [
  ['tools', 'discoveryCommand'],
  ['tools', 'callCommand'],
  ['mcp', 'serverCommand'],
  ['toolDiscoveryCommand'],
  ['toolCallCommand'],
  ['mcpServerCommand'],
] as const;

/** httpUrl beats url, which is the SSE transport, beats command (@qwen-code/qwen-code 0.15.10, createTransport). */
export const qwenServer: ServerAdapter = (raw, node) => {
  const http = entryOf(node, 'httpUrl');
  const plain = entryOf(node, 'url');
  const chosen = textOf(http?.node) !== undefined ? http : textOf(plain?.node) !== undefined ? plain : undefined;
  const url = textOf(chosen?.node)?.trim() ?? null;
  const trust = booleanOf(nodeOf(node, 'trust')) === true;
  const auth = scalarText(nodeOf(node, 'authProviderType'));
  const passedOver = [
    ...(raw.command !== null && url !== null ? ['command'] : []),
    ...(chosen === http && http !== undefined && plain !== undefined ? ['url'] : []),
  ];
  return {
    raw: {
      ...raw,
      ...(url === null
        ? { url: null }
        : {
            command: null,
            args: [],
            argLines: [],
            url,
            urlLine: chosen?.line ?? raw.line,
            transport: chosen === http ? 'http' : 'sse',
          }),
      autoApprovedTools: trust ? ['*'] : [],
    },
    extra: {
      ...(trust ? { trust: true } : {}),
      ...(passedOver.length === 0 ? {} : { passedOver, why: 'httpUrl beats url beats command' }),
      ...(auth === undefined ? {} : { authProviderType: maskText(auth.slice(0, 100)) }),
    },
  };
};

/** Settings of every layer: system file over project over user over system defaults. Comments are taken, trailing commas not. */
export const qwenSettings: FileSource = {
  kind: 'file',
  id: 'qwen-code/settings',
  version: 1,
  title: 'Qwen Code settings',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'system-defaults.json'),
    ...machineLocations(machineFolders, 'settings.json'),
    { scope: 'user', base: 'home', path: '.qwen/settings.json' },
    { scope: 'project', base: 'project', path: '.qwen/settings.json' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, qwen);
    const comma = opened.document.problems.find((problem) => problem.kind === 'trailing-comma');
    if (comma !== undefined) {
      const line = comma.line ?? 1;
      builder.issue(line, 'a trailing comma: Qwen Code does not read this file');
      builder.malformed('a trailing comma: Qwen Code does not read this file');
      facts.located('ignoredFiles', { line, endLine: line }, { why: 'a trailing comma: the file is not read' });
    }
    for (const [list, path] of permissionLists) {
      const entry = entryOf(root, ...path);
      if (entry === undefined) continue;
      if (comma === undefined) facts.permission(list, entry.node);
      else
        for (const item of linedTexts(entry.node))
          facts.located('ignoredPermissions', item, { list, rule: maskText(item.text.slice(0, 1000)) });
    }
    for (const path of modeKeys) facts.value('modes', path.join('.'), entryOf(root, ...path));
    for (const path of sandboxKeys) facts.value('sandbox', path.join('.'), entryOf(root, ...path));
    for (const path of plainKeys) facts.value('settings', path.join('.'), entryOf(root, ...path));
    for (const path of helperKeys) facts.helper(path.join('.'), entryOf(root, ...path));
    for (const path of [['security', 'auth', 'apiKey'], ['advanced', 'tavilyApiKey'], ['tavilyApiKey']] as const)
      secretSetting(facts, path.join('.'), entryOf(root, ...path));
    facts.environment(entryOf(root, 'env'), 'env');
    for (const provider of entriesOf(nodeOf(root, 'modelProviders')))
      for (const model of itemsOf(provider.node)) {
        const base = textOf(nodeOf(model, 'baseUrl'));
        facts.located('providers', model, {
          id: maskText(provider.key.slice(0, 100)),
          model: maskText(scalarText(nodeOf(model, 'id'))?.slice(0, 200) ?? ''),
          ...(base === undefined ? {} : { url: maskUrl(base) }),
          envKey: maskText(scalarText(nodeOf(model, 'envKey'))?.slice(0, 200) ?? ''),
        });
      }
    hooksFacts(builder, entryOf(root, 'hooks'), { host: qwen.id, owner: facts.ref, confidence });
    for (const [path, role] of [
      [['model', 'name'], 'default'],
      [['model'], 'default'],
      [['fastModel'], 'fast'],
    ] as const) {
      const model = entryOf(root, ...path);
      const id = textOf(model?.node);
      if (model !== undefined && id !== undefined)
        modelFacts(builder, facts.ref, id, model, { host: qwen.id, confidence, role });
    }
    serversFacts(builder, {
      entry: entryOf(root, 'mcpServers'),
      context: {
        host: qwen.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
        ...(comma === undefined ? {} : { extra: { notLoaded: 'a trailing comma: the file is not read' } }),
      },
      adapt: qwenServer,
    });
    facts.emit(root, confidence);
    return builder.done();
  },
};

const levels = new Set(['TRUST_FOLDER', 'TRUST_PARENT', 'DO_NOT_TRUST']);

/** Folders that the user trusts; asked for only while `security.folderTrust.enabled`. */
export const qwenTrust: FileSource = {
  kind: 'file',
  id: 'qwen-code/trusted-folders',
  version: 1,
  title: 'Qwen Code trusted folders',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.qwen/trustedFolders.json' }],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, qwen);
    for (const entry of entriesOf(opened.root).slice(0, 2000)) {
      const level = textOf(entry.node) ?? '';
      if (levels.has(level))
        facts.located('projects', entry, { path: entry.key, level, trusted: level.startsWith('TRUST_') });
      else builder.issue(entry.line, 'not a known level of trust');
    }
    facts.emit(opened.root);
    return builder.done();
  },
};

/** Lists of the system file count over all; deny before ask before allow over the union of all layers. */
export const qwenLinker: Linker = serverWinnersLinker({
  host: qwen,
  order: ['managed', 'project', 'user'],
  why: 'a whole entry of the nearer file replaces that of the wider one',
  rank: (place) => (place.endsWith('system-defaults.json') ? -5000 : 0),
  switchedBy: (name, agents) => {
    const lists = agents.flatMap((agent) => records(agent.properties, 'permissions'));
    const named = (list: string): Properties | undefined =>
      lists.find((item) => text(item, 'list') === list && text(item, 'rule') === name);
    const excluded = named('mcp.excluded') ?? named('excludeMCPServers');
    if (excluded !== undefined) return { state: 'excluded', decidedBy: 'mcp.excluded', at: excluded };
    const allowed = lists.find((item) => ['mcp.allowed', 'allowMCPServers'].includes(text(item, 'list')));
    return allowed === undefined || (named('mcp.allowed') ?? named('allowMCPServers')) !== undefined
      ? null
      : { state: 'not allowed', decidedBy: 'mcp.allowed', at: allowed };
  },
});
