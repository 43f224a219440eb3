import { createHash } from 'node:crypto';
import type { JsonValue, Properties } from '../../../../../shared/model/facts.ts';
import { placedRef } from '../../keys.ts';
import { maskText } from '../../parse/secrets.ts';
import type { CallSite } from '../../python/scopes.ts';
import {
  type CallValue,
  type FunctionValue,
  identityOf,
  optionsOf,
  type Spot,
  type Value,
} from '../../python/values.ts';
import type { AssetRef } from '../../source.ts';
import { fieldOf, itemsIn, originPath, textsOf } from '../engine/arguments.ts';
import { locationOf } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';
import { partFor } from './parts-of-handlers.ts';

/**
 * MCP servers that the code implements (`@modelcontextprotocol/sdk` 1.x, `@modelcontextprotocol/server` 2.x, `fastmcp` of
 * npm, `mcp-handler`, `@mastra/mcp`), and the clients of the protocol's own library. From knowledge of the public packages.
 */

const sdk = /^@modelcontextprotocol\/(?:sdk|server|client|node|express|hono)(?:\/[\w/-]+)?\.[^()]*$/;
const servers =
  /^(?:@modelcontextprotocol\/(?:sdk|server)(?:\/[\w/-]+)?\.(?:McpServer|Server)|fastmcp\.FastMCP|@mastra\/mcp\.MCPServer|(?:mcp-handler|@vercel\/mcp-adapter)\.createMcpHandler)$/;
const methods = new Set(['tool', 'registerTool', 'addTool', 'setRequestHandler', 'connect', 'start']);

export type ServedTool = ToolFound & { readonly hash: string | null };

type Served = {
  readonly call: CallValue;
  readonly spot: Spot;
  readonly tools: Map<string, ServedTool>;
  readonly transports: Set<string>;
  readonly settings: Record<string, JsonValue>;
  unknown: number;
};

function facts(context: FactContext): void {
  const { project } = context;
  const found = new Map<string, Served>();
  for (const site of project.calls(
    new Set(['McpServer', 'Server', 'FastMCP', 'MCPServer', 'createMcpHandler', ...aliases(context)]),
  )) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (callee.kind !== 'symbol' || !servers.test(callee.path)) continue;
      const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      found.set(identityOf(call), { call, spot, tools: new Map(), transports: new Set(), settings: {}, unknown: 0 });
    }
  }
  if (found.size === 0) return;
  for (const site of project.calls(methods)) {
    if (site.call.callee.kind !== 'attribute') continue;
    const of = project.evaluate(site.call.callee.of, site.scope, site.statement.at);
    for (const server of serversBehind(of, site, found)) readSite(context, server, site);
  }
  for (const server of found.values()) readOwn(context, server);
  for (const server of found.values()) emit(context, server);
}

/** Names that classes of servers are imported under. */
const aliases = (context: FactContext): readonly string[] =>
  context.project.modules.flatMap((module) =>
    module.content.body.flatMap((statement) =>
      statement.kind === 'import'
        ? statement.names.flatMap((one) =>
            /^(?:McpServer|Server|FastMCP|MCPServer)$/.test(one.name ?? '') ? [one.binds] : [],
          )
        : [],
    ),
  );

function serversBehind(of: Value, site: CallSite, found: ReadonlyMap<string, Served>): readonly Served[] {
  const direct = optionsOf(of).flatMap((option) => {
    // `server.server.setRequestHandler(...)`: the low-level server inside.
    const inner = option.kind === 'member' && option.name === 'server' ? option.of : option;
    return inner.kind === 'call' ? [found.get(identityOf(inner)) ?? null] : [];
  });
  const known = direct.filter((one) => one !== null);
  if (known.length > 0) return known;
  // Handed in from where it cannot be followed: the server of the file, or the only one.
  if (!optionsOf(of).some((option) => option.kind === 'dynamic' || option.kind === 'member')) return [];
  const name =
    site.call.callee.kind === 'attribute' && site.call.callee.of.kind === 'name' ? site.call.callee.of.id : '';
  if (!/server|mcp/i.test(name)) return [];
  const here = [...found.values()].filter((server) => server.spot.place === site.scope.module.place);
  if (here.length === 1) return here;
  return found.size === 1 ? [...found.values()] : [];
}

function readSite(context: FactContext, server: Served, site: CallSite): void {
  const { project } = context;
  const value = (position: number): Value | null => {
    const expression = site.call.args[position];
    return expression === undefined ? null : project.evaluate(expression, site.scope, site.statement.at);
  };
  const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
  const method = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
  switch (method) {
    case 'tool':
    case 'registerTool': {
      const values = site.call.args.map((_one, position) => value(position)).filter((one) => one !== null);
      const names = values[0] === undefined ? [] : textsOf(values[0]);
      if (names.length === 0) {
        server.unknown += 1;
        return;
      }
      const work = values.slice(1).filter((one) => optionsOf(one).some((option) => option.kind === 'function'));
      const description =
        (values[1]?.kind === 'text' || values[1]?.kind === 'template' ? values[1] : null) ??
        fieldOf(project, values[1] ?? (values[0] as Value), 'description');
      const hints = values.slice(1).map((one) => fieldOf(project, one, 'annotations') ?? one);
      for (const name of names) addTool(context, server, name, description, hints, functionsIn(work), spot);
      return;
    }
    case 'addTool': {
      const given = value(0);
      if (given !== null) addDescribed(context, server, given, null, spot);
      return;
    }
    case 'setRequestHandler': {
      const schema = value(0);
      const path = schema === null ? '' : (originPath(schema) ?? textsOf(schema)[0] ?? '');
      const handlers = functionsIn([value(1)].filter((one) => one !== null));
      if (/ListToolsRequestSchema$|^tools\/list$/.test(path)) {
        for (const handler of handlers)
          for (const answer of optionsOf(project.results(handler, null, handler.scope))) {
            const list = fieldOf(project, answer, 'tools');
            if (list === null || list.kind === 'dynamic') server.unknown += 1;
            for (const item of itemsIn(list)) addDescribed(context, server, item.value, 'listed', spot);
          }
      } else if (/CallToolRequestSchema$|^tools\/call$/.test(path))
        callHandlers.set(server, [...(callHandlers.get(server) ?? []), ...handlers]);
      return;
    }
    case 'connect': {
      for (const option of optionsOf(value(0) ?? { kind: 'constant', value: null })) {
        const path = originPath(option) ?? '';
        if (/StdioServerTransport\(\)$/.test(path)) server.transports.add('stdio');
        else if (/StreamableHTTPServerTransport\(\)$|StreamableHttpTransport\(\)$/.test(path))
          server.transports.add('http');
        else if (/SSEServerTransport\(\)$/.test(path)) server.transports.add('sse');
        if (option.kind === 'call')
          for (const setting of ['enableDnsRebindingProtection', 'allowedHosts', 'allowedOrigins']) {
            const given = fieldOf(project, option, setting);
            if (given?.kind === 'constant') server.settings[setting] = given.value;
            else if (given !== null) server.settings[setting] = 'given';
          }
      }
      return;
    }
    case 'start': {
      const given = value(0);
      const type = given === null ? 'stdio' : (textsOf(fieldOf(project, given, 'transportType'))[0] ?? 'stdio');
      server.transports.add(type === 'stdio' ? 'stdio' : type === 'sse' ? 'sse' : 'http');
      const http = given === null ? null : (fieldOf(project, given, 'httpStream') ?? fieldOf(project, given, 'sse'));
      const host = http === null ? undefined : textsOf(fieldOf(project, http, 'host'))[0];
      if (host !== undefined) server.settings['bindAddress'] = host.slice(0, 200);
      return;
    }
    default:
  }
}

const callHandlers = new WeakMap<Served, FunctionValue[]>();

const functionsIn = (values: readonly Value[]): readonly FunctionValue[] =>
  values.flatMap(optionsOf).filter((option) => option.kind === 'function');

/** A tool as an object: `{ name, description, inputSchema, annotations, execute }`. */
function addDescribed(context: FactContext, server: Served, value: Value, form: 'listed' | null, at: Spot): void {
  const { project } = context;
  const [name] = textsOf(fieldOf(project, value, 'name') ?? fieldOf(project, value, 'id'));
  if (name === undefined) {
    server.unknown += 1;
    return;
  }
  const spot = 'spot' in value && value.spot.place !== '' ? value.spot : at;
  const work = form === 'listed' ? null : (fieldOf(project, value, 'execute') ?? fieldOf(project, value, 'handler'));
  const hints = fieldOf(project, value, 'annotations');
  addTool(
    context,
    server,
    name,
    fieldOf(project, value, 'description'),
    hints === null ? [] : [hints],
    functionsIn(work === null ? [] : [work]),
    spot,
  );
}

const hintNames = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'];

function addTool(
  context: FactContext,
  server: Served,
  name: string,
  description: Value | null,
  hints: readonly Value[],
  work: readonly FunctionValue[],
  spot: Spot,
): void {
  const properties: Record<string, boolean | string> = {};
  for (const hint of hints) {
    for (const field of hintNames) {
      const value = hint.kind === 'dict' ? fieldOf(context.project, hint, field) : null;
      if (value?.kind === 'constant' && typeof value.value === 'boolean') properties[field] = value.value;
    }
  }
  const [text] = textsOf(description);
  const hash = text === undefined ? null : createHash('sha256').update(text).digest('hex');
  if (hash !== null) properties['descriptionSha256'] = hash;
  server.tools.set(name, {
    name: name.slice(0, 200),
    form: 'function',
    description: (text ?? '').slice(0, 400),
    spot,
    bodies: work.map((value) => ({ value, scope: null })),
    uses: [],
    properties,
    hash,
  });
}

/** Transports and addresses that stand beside the server, tools that it was made with, and the code behind listed tools. */
function readOwn(context: FactContext, server: Served): void {
  const { project } = context;
  const [first] = server.call.call.args;
  const given = first === undefined ? null : project.evaluate(first, server.call.scope, server.call.call.at);
  const path = originPath(server.call.callee) ?? '';
  if (/MCPServer$/.test(path) && given !== null) {
    const tools = fieldOf(project, given, 'tools');
    for (const tool of tools === null ? [] : context.toolsIn(tools).tools)
      server.tools.set(tool.name, { ...tool, hash: null });
    server.transports.add('stdio');
  }
  if (/createMcpHandler$/.test(path)) server.transports.add('http');
  if (given !== null && fieldOf(project, given, 'authenticate') !== null)
    server.settings['authentication'] = 'authenticate';
  const handlers = callHandlers.get(server) ?? [];
  if (handlers.length > 0) {
    const names = new Set(server.tools.keys());
    for (const [name, tool] of server.tools) {
      if (tool.bodies.length > 0) continue;
      const bodies = handlers.map((handler) => ({ value: partFor(handler, name, names), scope: null }));
      server.tools.set(name, { ...tool, bodies });
    }
  }
  for (const site of project.calls(
    new Set([
      'listen',
      'StreamableHTTPServerTransport',
      'SSEServerTransport',
      'StdioServerTransport',
      'requireBearerAuth',
      'mcpAuthRouter',
    ]),
  )) {
    if (site.scope.module.place !== server.spot.place) continue;
    const name = site.call.callee.kind === 'name' ? site.call.callee.id : '';
    if (name === 'StdioServerTransport') server.transports.add('stdio');
    if (name === 'StreamableHTTPServerTransport') server.transports.add('http');
    if (name === 'SSEServerTransport') server.transports.add('sse');
    if (name === 'requireBearerAuth' || name === 'mcpAuthRouter') server.settings['authentication'] = name;
    if (site.call.callee.kind !== 'attribute') continue;
    // A server that is not told its address listens on all of them.
    const host =
      site.call.args[1] === undefined ? null : project.evaluate(site.call.args[1], site.scope, site.statement.at);
    const texts = host?.kind === 'function' ? [] : textsOf(host);
    server.settings['bindAddress'] =
      texts[0]?.slice(0, 200) ?? (host === null || host.kind === 'function' ? 'all addresses' : 'decided at run time');
  }
}

function emit(context: FactContext, server: Served): void {
  const { project, facts } = context;
  const { spot } = server;
  const [first] = server.call.call.args;
  const given = first === undefined ? null : project.evaluate(first, server.call.scope, server.call.call.at);
  const [text] = given === null ? [] : textsOf(fieldOf(project, given, 'name'));
  const name = text === undefined ? (spot.place.split('/').at(-1) ?? 'server') : maskText(text).slice(0, 200);
  const path = originPath(server.call.callee) ?? '';
  const transports = [...server.transports].sort();
  const properties: Properties = {
    framework: path.startsWith('fastmcp') ? 'fastmcp' : path.startsWith('@mastra/') ? 'mastra' : 'mcp-sdk',
    language: 'javascript',
    implementedHere: true,
    transport: transports[0] ?? 'unknown',
    ...(transports.length > 1 ? { transports } : {}),
    tools: [...server.tools.keys()].sort(),
    ...(server.unknown > 0 ? { toolsUnknown: server.unknown } : {}),
    ...server.settings,
    location: locationOf(spot.place),
  };
  const ref: AssetRef = facts.asset(spot, {
    ...placedRef('mcp-server', spot, name),
    name,
    properties,
    confidence: 'high',
    ...(server.unknown > 0 ? { dynamic: true } : {}),
  });
  for (const { hash: _hash, ...tool } of server.tools.values()) {
    const to = context.emitTool(tool, String(properties['framework']));
    facts.relation(tool.spot, { kind: 'exposes', from: ref, to, confidence: 'high' });
  }
}

export const mcpServers: Framework = {
  id: 'mcp-sdk',
  title: 'MCP servers and clients',
  language: 'javascript',
  roots: /^(?:@modelcontextprotocol\/|fastmcp[./]|mcp-handler\.|@vercel\/mcp-adapter\.)/,
  keywords: ['@modelcontextprotocol/', "'fastmcp'", '"fastmcp"', 'mcp-handler', '@vercel/mcp-adapter'],
  servers: [
    {
      symbols: ['StdioClientTransport', 'Experimental_StdioMCPTransport', 'Experimental_StdioMCPClientTransport'],
      from: /^(?:@modelcontextprotocol\/(?:sdk|client)|ai|@ai-sdk\/mcp)(?:\/[\w/-]+)?\.[^()]*$/,
      command: ['command'],
      args: ['args'],
      env: ['env'],
      transport: 'stdio',
    },
    {
      symbols: ['StreamableHTTPClientTransport'],
      from: sdk,
      url: [0],
      headers: ['requestInit.headers'],
      transport: 'http',
    },
    { symbols: ['SSEClientTransport'], from: sdk, url: [0], headers: ['requestInit.headers'], transport: 'sse' },
  ],
  silent: /^(?:@modelcontextprotocol\/(?:sdk|server|node|express)|fastmcp|mcp-handler)(?:[/.])/,
  extra: { facts },
};
