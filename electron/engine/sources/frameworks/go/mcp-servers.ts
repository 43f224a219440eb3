import { expressionsIn, type CallSite } from '../../python/scopes.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { constantText, fieldOf, given, itemsIn, originPath, pathOf, textsOf } from '../engine/arguments.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';
import { emitServer, hintsOf, servedTool } from '../typed/served-server.ts';

/**
 * MCP servers in Go: `github.com/mark3labs/mcp-go` 0.2x to 0.4x and the official `github.com/modelcontextprotocol/go-sdk`.
 * From knowledge of the packages.
 */

const made = /^github_com\/(?:mark3labs\/mcp-go\/server\.NewMCPServer|modelcontextprotocol\/go-sdk\/mcp\.NewServer)$/;
const official = /^github_com\/modelcontextprotocol\/go-sdk\/mcp\.AddTool$/;
const declared = /^github_com\/(?:mark3labs\/mcp-go\/server\.MCPServer|modelcontextprotocol\/go-sdk\/mcp\.Server)$/;
const starting: readonly (readonly [RegExp, string])[] = [
  [/\/mcp-go\/server\.(?:ServeStdio|NewStdioServer)$/, 'stdio'],
  [/\/mcp-go\/server\.NewSSEServer$|\/go-sdk\/mcp\.NewSSEHandler$/, 'sse'],
  [/\/mcp-go\/server\.NewStreamableHTTPServer$|\/go-sdk\/mcp\.NewStreamableHTTPHandler$/, 'http'],
  [/\/go-sdk\/mcp\.(?:NewStdioTransport|StdioTransport)$/, 'stdio'],
];
const names = [
  'ServeStdio',
  'NewStdioServer',
  'NewSSEServer',
  'NewSSEHandler',
  'NewStreamableHTTPServer',
  'NewStreamableHTTPHandler',
  'NewStdioTransport',
  'StdioTransport',
];

type Served = {
  readonly call: CallValue;
  readonly variable: string;
  readonly tools: ToolFound[];
  readonly unknown: Spot[];
  readonly resources: string[];
  readonly prompts: string[];
};

function facts(context: FactContext): void {
  const { project } = context;
  const found = new Map<string, Served>();
  for (const site of project.calls(new Set(['NewMCPServer', 'NewServer']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!made.test(originPath(callee) ?? '')) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      found.set(identityOf(call), {
        call,
        variable: variableAt(site),
        tools: [],
        unknown: [],
        resources: [],
        prompts: [],
      });
    }
  }
  if (found.size === 0) return;
  for (const site of project.calls(new Set(['AddTool', 'AddTools', 'AddResource', 'AddPrompt'])))
    readSite(context, site, found);
  const transports = new Map<string, Set<string>>();
  for (const site of project.calls(new Set(names))) {
    const path = originPath(project.evaluate(site.call.callee, site.scope, site.statement.at)) ?? '';
    const transport = starting.find(([pattern]) => pattern.test(path))?.[1];
    if (transport === undefined) continue;
    const [first] = site.call.args;
    const of = first === undefined ? null : project.evaluate(first, site.scope, site.statement.at);
    const meant =
      of === null
        ? []
        : optionsOf(of).flatMap((one) => (one.kind === 'call' ? (found.get(identityOf(one)) ?? []) : []));
    for (const served of meant.length > 0 ? meant : near(found, site)) {
      const id = identityOf(served.call);
      transports.set(id, (transports.get(id) ?? new Set()).add(transport));
    }
  }
  for (const [id, served] of found) {
    const used = transports.get(id) ?? new Set<string>();
    const address = used.has('http') || used.has('sse') ? addressIn(context, served) : null;
    const info = given(project, served.call, [0]);
    emitServer(context, {
      spot: served.call.spot,
      name:
        (info === null ? undefined : (textsOf(info)[0] ?? textsOf(fieldOf(project, info, 'Name'))[0])) ??
        served.variable,
      variable: served.variable,
      transports: used,
      bindAddress: address?.host ?? null,
      port: address?.port ?? null,
      authentication: null,
      tools: served.tools,
      resources: served.resources,
      prompts: served.prompts,
      instructions: textsOf(given(project, served.call, ['WithInstructions', '1.Instructions']))[0],
      unknownTools: served.unknown,
    });
  }
}

const variableAt = ({ statement }: CallSite): string => {
  const target = statement.kind === 'assign' ? statement.targets[0] : undefined;
  return target?.kind === 'name' ? target.id : target?.kind === 'attribute' ? target.name : 'server';
};

/** Servers of the file, or the only one of the project. */
function near(found: ReadonlyMap<string, Served>, site: CallSite): readonly Served[] {
  const here = [...found.values()].filter((one) => one.call.spot.place === site.scope.module.place);
  return here.length > 0 ? here : found.size === 1 ? [...found.values()] : [];
}

function readSite(context: FactContext, site: CallSite, found: ReadonlyMap<string, Served>): void {
  const { project } = context;
  const { call, scope, statement } = site;
  const callee = project.evaluate(call.callee, scope, statement.at);
  const spot: Spot = { place: scope.module.place, line: call.line, endLine: call.endLine };
  const value = (position: number): Value | null => {
    const expression = call.args[position];
    return expression === undefined ? null : project.evaluate(expression, scope, statement.at);
  };
  const method = call.callee.kind === 'attribute' ? call.callee.name : '';
  const whole = official.test(originPath(callee) ?? '');
  const holder = whole
    ? value(0)
    : call.callee.kind === 'attribute'
      ? project.evaluate(call.callee.of, scope, statement.at)
      : null;
  if (holder === null) return;
  let servers = optionsOf(holder).flatMap((one) => (one.kind === 'call' ? (found.get(identityOf(one)) ?? []) : []));
  if (servers.length === 0) {
    const typed = optionsOf(holder).some((one) => one.kind === 'call' && declared.test(pathOf(one)));
    if (!typed && !whole) return;
    servers = [...near(found, site)];
  }
  for (const server of servers) {
    if (method === 'AddResource') server.resources.push(nameOf(context, value(0)) ?? 'resource');
    else if (method === 'AddPrompt') server.prompts.push(nameOf(context, value(0)) ?? 'prompt');
    else if (method === 'AddTools')
      for (const expression of call.args)
        for (const { value: one } of itemsIn(project.evaluate(expression, scope, statement.at)))
          take(context, server, fieldOf(project, one, 'Tool'), fieldOf(project, one, 'Handler'), spot);
    else if (whole) take(context, server, value(1), value(2), spot);
    else take(context, server, value(0), value(1), spot);
  }
}

function nameOf(context: FactContext, value: Value | null): string | undefined {
  if (value === null) return undefined;
  return optionsOf(value).flatMap((one) =>
    one.kind === 'call'
      ? textsOf(given(context.project, one, [0, 'Name', 'URI']))
      : textsOf(fieldOf(context.project, one, 'Name')),
  )[0];
}

function take(context: FactContext, server: Served, tool: Value | null, handler: Value | null, spot: Spot): void {
  const { project } = context;
  const name = nameOf(context, tool);
  if (name === undefined || tool === null) {
    server.unknown.push(spot);
    return;
  }
  const functions = handler === null ? [] : optionsOf(handler).flatMap((one) => inner(context, one));
  const [described] = optionsOf(tool);
  const description =
    described?.kind === 'call' ? textsOf(given(project, described, ['WithDescription', 'Description']))[0] : undefined;
  const annotations =
    described?.kind === 'call'
      ? {
          ...hintsOf(context, described),
          ...hintsOf(context, given(project, described, ['Annotations', 'WithToolAnnotation'])),
        }
      : {};
  server.tools.push(
    servedTool(
      {
        name,
        form: functions.length > 0 ? 'function' : 'schema',
        description: '',
        spot: described?.kind === 'call' ? described.spot : spot,
        bodies: functions.map((one) => ({ value: one, scope: null })),
        uses: [],
      },
      name,
      description ?? '',
      annotations,
    ),
  );
}

/** The handler itself, or what a wrapper (`mcp.NewTypedToolHandler(f)`) was given. */
function inner(context: FactContext, value: Value): readonly Extract<Value, { kind: 'function' }>[] {
  if (value.kind === 'function') return [value];
  if (value.kind !== 'call') return [];
  return value.call.args
    .slice(0, 4)
    .flatMap((one) =>
      optionsOf(context.project.evaluate(one, value.scope, value.call.at)).flatMap((option) =>
        option.kind === 'function' ? [option] : [],
      ),
    );
}

/** `Start(":8080")`, `http.ListenAndServe("0.0.0.0:8080", handler)`; an address without a host is every interface. */
function addressIn(context: FactContext, served: Served): { host: string; port: string } | null {
  const { project } = context;
  for (const site of project.calls(new Set(['Start', 'ListenAndServe', 'ListenAndServeTLS', 'Listen']))) {
    if (site.scope.module.place !== served.call.spot.place) continue;
    for (const argument of site.call.args.slice(0, 2))
      for (const part of expressionsIn(argument)) {
        const value = project.evaluate(part, site.scope, site.statement.at);
        for (const option of optionsOf(value)) {
          const match = /^(\[[^\]]*\]|[\w.-]*):(\d{1,5})$/.exec(constantText(option) ?? '');
          if (match?.[2] !== undefined) return { host: match[1] === '' ? '0.0.0.0' : (match[1] ?? ''), port: match[2] };
        }
      }
  }
  return null;
}

export const mcpServersGo: Framework = {
  id: 'mcp-go',
  title: 'MCP servers in Go',
  language: 'go',
  roots: /^github_com\/(?:mark3labs\/mcp-go|modelcontextprotocol\/go-sdk)[./]/,
  keywords: ['mark3labs/mcp-go', 'modelcontextprotocol/go-sdk'],
  servers: [
    {
      symbols: ['NewStdioMCPClient'],
      from: /^github_com\/mark3labs\/mcp-go\/client\.\w+$/,
      command: [0],
      args: [2],
      env: [1],
      transport: 'stdio',
    },
    {
      symbols: ['NewSSEMCPClient', 'NewStreamableHttpClient'],
      from: /^github_com\/mark3labs\/mcp-go\/client\.\w+$/,
      url: [0],
      headers: ['WithHeaders', 'WithHTTPHeaders'],
      transport: 'http',
    },
  ],
  silent: /^github_com\/(?:mark3labs\/mcp-go|modelcontextprotocol\/go-sdk)[./]/,
  extra: { facts },
};
