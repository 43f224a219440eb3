import { extensionStorageLocations } from '../host/editor-places.ts';
import { HostAgentFacts, jsonOf } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { namedValues, readRawServer, transportNamed } from '../mcp/raw-server.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { entriesOf, entryOf, type MapNode, nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Linker } from '../source.ts';
import { cline, extensionId, product } from './product.ts';

/**
 * An entry, flat or with what it connects to under `transport`. An address without a type is the older SSE transport
 * (@cline/core 0.0.86, schema of the settings file). Names in `autoApprove` are names of tools: whether a star among
 * them means all is not documented.
 */
const clineServer: ServerAdapter = (raw, node, entry) => {
  const nested = nodeOf(node, 'transport');
  const isNested = nested?.kind === 'map';
  const own = isNested ? readRawServer({ ...entry, node: nested }, nested, raw.name) : raw;
  const at: MapNode = isNested ? nested : node;
  const type = scalarText(nodeOf(at, 'type')) ?? scalarText(nodeOf(node, 'transportType'));
  const declared = transportNamed(type);
  const isRemote = own.command === null && own.url !== null;
  const wrong =
    isRemote && declared === 'stdio'
      ? 'an address with the type stdio: the settings file is refused'
      : own.command !== null && declared !== undefined && declared !== 'stdio'
        ? 'a command with the type of an address: the settings file is refused'
        : null;
  const star = raw.autoApprovedTools.includes('*');
  return {
    raw: {
      ...own,
      line: raw.line,
      endLine: raw.endLine,
      enabled: raw.enabled,
      autoApprovedTools: raw.autoApprovedTools,
      excludeTools: raw.excludeTools,
      env: own.env.length > 0 ? own.env : namedValues(entryOf(node, 'env')),
      transport: isRemote ? (declared ?? 'sse') : own.transport,
      transportDeclared: declared !== undefined,
    },
    extra: {
      ...(isRemote && declared === undefined ? { why: 'an address without a type means the older SSE transport' } : {}),
      ...(star
        ? { autoApproveDoubt: 'entries are names of tools; "*" may not be a wildcard, needs verification' }
        : {}),
      ...(wrong === null ? {} : { notLoaded: wrong }),
      ...(entryOf(node, 'oauth') === undefined && entryOf(node, 'oauthClient') === undefined ? {} : { oauth: true }),
    },
  };
};

/** `cline_mcp_settings.json`, of the command line, of the newer extension and of the older one in the editor's storage. */
export const clineMcp: FileSource = {
  kind: 'file',
  id: 'cline/mcp',
  version: 1,
  title: 'Cline MCP servers',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cline/data/settings/cline_mcp_settings.json' },
    { scope: 'user', base: 'home', path: '.cline/mcp.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.cline/cline_mcp_settings.json', confidence: 'low' },
    ...extensionStorageLocations(extensionId, 'settings/cline_mcp_settings.json'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, cline);
    const confidence = confidenceOf(file);
    const { line } = opened.document.problems[0] ?? { line: 1 };
    if (!opened.document.strict)
      facts.located(
        'ignoredFiles',
        { line: line ?? 1, endLine: line ?? 1 },
        {
          why: 'this file is strict JSON, Cline does not read it as it stands',
        },
      );
    const servers = entryOf(opened.root, 'mcpServers');
    serversFacts(builder, {
      entry: servers,
      context: {
        host: cline.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
        ...(opened.document.strict ? {} : { extra: { notLoaded: 'the file is not strict JSON and is not read' } }),
      },
      adapt: clineServer,
    });
    for (const server of entriesOf(servers?.node))
      secretSetting(
        facts,
        `mcpServers.${server.key.slice(0, 200)}.oauthClient.clientSecret`,
        entryOf(server.node, 'oauthClient', 'clientSecret'),
      );
    facts.emit(servers ?? opened.root, confidence);
    return builder.done();
  },
};

/**
 * `global-settings.json` of the newer builds, and `globalState.json` where the command line keeps what the extension keeps
 * in the editor's database. "Safe" commands are those of which the model itself says that they need no approval.
 */
export const clineSettings: FileSource = {
  kind: 'file',
  id: 'cline/settings',
  version: 1,
  title: 'Cline settings',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cline/data/settings/global-settings.json' },
    { scope: 'user', base: 'home', path: '.cline/data/globalState.json', confidence: 'low' },
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, cline);
    for (const key of ['toolAutoApprove', 'planActMode', 'mode', 'yoloModeToggled', 'autoApproveAllToggled'])
      facts.value('modes', key, entryOf(root, key));
    for (const action of entriesOf(nodeOf(root, 'autoApprovalSettings', 'actions'))) {
      const on = jsonOf(action.node, 3);
      facts.located('permissions', action, {
        list: 'autoApprove',
        rule: action.key.slice(0, 200),
        value: on,
        ...(action.key === 'executeSafeCommands' ? { decidedBy: 'the model, by its own requires_approval' } : {}),
      });
    }
    for (const path of [
      ['autoApprovalSettings', 'enabled'],
      ['autoApprovalSettings', 'enableNotifications'],
    ] as const)
      facts.value('modes', path.join('.'), entryOf(root, ...path));
    for (const name of textsOf(nodeOf(root, 'disabledTools')).slice(0, 500))
      facts.located('permissions', entryOf(root, 'disabledTools') ?? root, {
        list: 'disabledTools',
        rule: maskText(name.slice(0, 300)),
      });
    for (const key of ['telemetryOptOut', 'disabledPlugins', 'disabledAgentPlugins', 'tools', 'autoUpdateEnabled'])
      facts.value('settings', key, entryOf(root, key));
    facts.emit(root, confidenceOf(file));
    return builder.done();
  },
};

/** `providers.json`: keys of the model providers. Only names, places and forms are facts. */
export const clineProviders: FileSource = {
  kind: 'file',
  id: 'cline/providers',
  version: 1,
  title: 'Cline model providers',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.cline/data/settings/providers.json', confidence: 'medium' }],
  emits: ['agent', 'credential', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, cline);
    for (const provider of entriesOf(nodeOf(opened.root, 'providers')).slice(0, 200)) {
      const where = `providers.${provider.key.slice(0, 100)}`;
      const settings = nodeOf(provider.node, 'settings') ?? provider.node;
      const base = textOf(nodeOf(settings, 'baseUrl'));
      const secretRefs = entriesOf(settings).flatMap((entry) =>
        /key|token|secret/i.test(entry.key) ? secretSetting(facts, `${where}.${entry.key}`, entry) : [],
      );
      facts.located('providers', provider, {
        id: provider.key.slice(0, 100),
        ...(base === undefined ? {} : { url: maskUrl(base) }),
        secretRefs,
      });
      const model = entryOf(settings, 'model') ?? entryOf(settings, 'modelId');
      const id = textOf(model?.node);
      if (model !== undefined && id !== undefined)
        modelFacts(builder, facts.ref, id, model, {
          host: cline.id,
          confidence: 'medium',
          role: provider.key.slice(0, 60),
        });
    }
    facts.emit(opened.root, 'medium');
    return builder.done();
  },
};

export const clineLinker: Linker = serverWinnersLinker({
  host: cline,
  order: ['managed', 'project', 'user'],
  why: 'one settings file configures the servers',
});
