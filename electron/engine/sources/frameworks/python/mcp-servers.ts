import type { Properties } from '../../../../../shared/model/facts.ts';
import { maskText } from '../../parse/secrets.ts';
import {
  type CallValue,
  type FunctionValue,
  identityOf,
  optionsOf,
  type Spot,
  type Value,
} from '../../python/values.ts';
import { constantText, fieldOf, given, itemsIn, originPath, pathOf, textsOf, valuesIn } from '../engine/arguments.ts';
import { isVendored, locationOf, sha256 } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import { heldBy } from '../engine/held-tools.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';

/**
 * MCP servers that Python code implements: `FastMCP` of the protocol's library (`mcp` 1.x) and of `fastmcp` 2.x, and the
 * low-level `Server`. Annotations are what the server says of itself: hints, not facts about the code.
 */

const constructor =
  /^(?:mcp\.server\.[^()]*FastMCP|mcp\.server\.MCPServer|fastmcp\.(?:[^()]*\.)?FastMCP|mcp\.server\.(?:lowlevel\.)?(?:server\.)?Server)$/;
const lowLevel = /Server$/;

export const mcpServers: Framework = {
  id: 'mcp',
  title: 'MCP servers in Python',
  language: 'python',
  roots: /^(?:mcp|fastmcp)\./,
  keywords: ['mcp.server', 'fastmcp', 'FastMCP('],
  silent:
    /^(?:mcp\.types|mcp\.server\.[^()]*(?:Context|NotificationOptions|InitializationOptions)|fastmcp\.(?:Context|exceptions))\b/,
  extra: { facts: servers },
};

function servers(context: FactContext): void {
  const { project } = context;
  const seen = new Set<string>();
  for (const site of project.calls(new Set(['FastMCP', 'Server', 'MCPServer', ...aliasesOf(context)]))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!constructor.test(originPath(callee) ?? '') || isVendored(site.scope.module.place)) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      if (seen.has(identityOf(call))) continue;
      seen.add(identityOf(call));
      const target = site.statement.kind === 'assign' ? site.statement.targets[0] : undefined;
      server(
        context,
        call,
        target?.kind === 'name' ? target.id : target?.kind === 'attribute' ? target.name : 'server',
      );
    }
  }
}

function aliasesOf(context: FactContext): readonly string[] {
  const names: string[] = [];
  for (const module of context.project.modules)
    for (const statement of module.content.body)
      if (statement.kind === 'import')
        for (const one of statement.names)
          if (one.name !== null && /^(?:FastMCP|Server|MCPServer)$/.test(one.name)) names.push(one.binds);
  return names;
}

function server(context: FactContext, call: CallValue, variable: string): void {
  const { project, facts } = context;
  const name = textsOf(given(project, call, [0, 'name']))[0] ?? variable;
  const low = lowLevel.test(pathOf(call)) && !/FastMCP$|MCPServer$/.test(pathOf(call));
  const tools: ToolFound[] = [];
  const resources: string[] = [];
  const prompts: string[] = [];
  const dispatchers: FunctionValue[] = [];
  for (const one of heldBy(project, call)) {
    if (one.method === 'tool') tools.push(servedTool(context, one.value, one.call));
    else if (one.method === 'resource')
      resources.push(
        one.call === null
          ? one.value.function.name
          : (textsOf(given(project, one.call, [0, 'uri']))[0] ?? one.value.function.name),
      );
    else if (one.method === 'prompt') prompts.push(one.value.function.name);
    else if (one.method === 'call_tool') dispatchers.push(one.value);
    else if (one.method === 'list_tools') tools.push(...listedTools(context, one.value));
  }
  const transports = new Set<string>();
  let host: string | null = textsOf(given(project, call, ['host']))[0] ?? null;
  let port: string | null = portOf(given(project, call, ['port']));
  for (const site of project.calls(
    new Set([
      'run',
      'run_async',
      'add_tool',
      'http_app',
      'sse_app',
      'streamable_http_app',
      'stdio_server',
      'SseServerTransport',
      'StreamableHTTPSessionManager',
    ]),
  )) {
    const path = site.call.callee.kind === 'name' ? site.call.callee.id : '';
    const value = project.evaluate(site.call.callee, site.scope, site.statement.at);
    if (low && site.scope.module.place === call.spot.place) {
      if (/stdio_server/.test(originPath(value) ?? path)) transports.add('stdio');
      if (/SseServerTransport/.test(originPath(value) ?? path)) transports.add('sse');
      if (/StreamableHTTPSessionManager/.test(originPath(value) ?? path)) transports.add('http');
    }
    for (const callee of optionsOf(value)) {
      if (callee.kind !== 'member' || callee.of.kind !== 'call' || identityOf(callee.of) !== identityOf(call)) continue;
      const at: CallValue = {
        kind: 'call',
        callee,
        call: site.call,
        scope: site.scope,
        spot: { place: site.scope.module.place, line: site.call.line },
      };
      if (callee.name === 'add_tool') {
        for (const { value: one } of itemsIn(given(project, at, [0, 'fn']))) {
          if (one.kind === 'function') tools.push(servedTool(context, one, at));
          else tools.push(...context.toolsIn(one).tools);
        }
      } else if (callee.name === 'run' || callee.name === 'run_async') {
        if (low) continue;
        const asked = given(project, at, [0, 'transport']);
        const texts = textsOf(asked);
        if (asked === null) transports.add('stdio');
        else if (texts.length === 0) transports.add('decided at run time');
        for (const text of texts) transports.add(transportOf(text));
        host ??= textsOf(given(project, at, ['host']))[0] ?? null;
        port ??= portOf(given(project, at, ['port']));
      } else if (callee.name === 'sse_app') transports.add('sse');
      else if (/http_app$/.test(callee.name)) transports.add('http');
    }
  }
  const authentication = given(project, call, ['auth', 'token_verifier', 'auth_server_provider']);
  const instructions = textsOf(given(project, call, ['instructions']))[0];
  const known = [...transports];
  const properties: Properties = {
    framework: 'mcp',
    implementation: call.spot.place,
    implemented: true,
    location: locationOf(call.spot.place),
    ...(known.length === 1 && known[0] !== 'decided at run time'
      ? { transport: known[0] as string }
      : known.length > 0
        ? { transport: 'decided at run time', transports: known }
        : { transport: 'unknown' }),
    ...(host === null
      ? {}
      : { bindAddress: host, ...(host === '0.0.0.0' || host === '::' ? { allInterfaces: true } : {}) }),
    ...(port === null ? {} : { port }),
    authentication:
      authentication === null || (authentication.kind === 'constant' && authentication.value === null)
        ? 'none'
        : authentication.kind === 'call'
          ? (pathOf(authentication).split('.').at(-1) ?? 'given')
          : 'given',
    ...(resources.length === 0 ? {} : { resources: resources.slice(0, 200) }),
    ...(prompts.length === 0 ? {} : { servedPrompts: prompts.slice(0, 200) }),
    ...(instructions === undefined
      ? {}
      : { instructionsHash: sha256(instructions), instructionsPreview: maskText(instructions).slice(0, 200) }),
  };
  const ref = facts.asset(call.spot, {
    kind: 'mcp-server',
    key: `code:${call.spot.place}#${variable}`,
    name,
    properties,
    confidence: 'high',
    ...(known.includes('decided at run time') ? { dynamic: true } : {}),
  });
  const withBodies = tools.map((tool) =>
    tool.bodies.length > 0 || dispatchers.length === 0
      ? tool
      : { ...tool, ...dispatchedBody(context, tool.name, dispatchers) },
  );
  for (const tool of withBodies)
    facts.relation(tool.spot, { kind: 'exposes', from: ref, to: context.emitTool(tool, 'mcp'), confidence: 'high' });
}

/** The function that a dispatcher calls for a tool's name is looked up by that name; else the dispatcher itself. */
function dispatchedBody(
  context: FactContext,
  name: string,
  dispatchers: readonly FunctionValue[],
): Pick<ToolFound, 'bodies' | 'form'> {
  for (const dispatcher of dispatchers) {
    const module = dispatcher.scope.module;
    for (const candidate of [name, name.replaceAll('-', '_'), `handle_${name.replaceAll('-', '_')}`]) {
      const found = context.project.lookup(candidate, context.project.moduleScope(module));
      if (found?.kind === 'function') return { bodies: [{ value: found, scope: null }], form: 'function' };
    }
  }
  return { bodies: dispatchers.map((value) => ({ value, scope: null })), form: 'function' };
}

function servedTool(context: FactContext, value: FunctionValue, call: CallValue | null): ToolFound {
  const { project } = context;
  const plain = context.toolOf(value);
  const name =
    call === null
      ? undefined
      : textsOf(
          given(project, call, call.callee.kind === 'member' && call.callee.name === 'tool' ? [0, 'name'] : ['name']),
        )[0];
  const description =
    (call === null ? undefined : textsOf(given(project, call, ['description']))[0]) ?? plain.description;
  return {
    ...plain,
    framework: 'mcp',
    name: name ?? plain.name,
    description: description.slice(0, 400),
    properties: {
      ...(description === '' ? {} : { descriptionHash: sha256(description) }),
      ...(call === null ? {} : annotationsOf(context, given(project, call, ['annotations']))),
    },
  };
}

/** `Tool(name=..., description=..., inputSchema=...)` in what a low-level server lists. */
function listedTools(context: FactContext, value: FunctionValue): readonly ToolFound[] {
  const { project } = context;
  const found: ToolFound[] = [];
  for (const one of valuesIn(project, project.results(value, null, value.scope))) {
    if (one.kind !== 'call' || !/^(?:mcp|fastmcp)\..*\bTool$/.test(pathOf(one))) continue;
    const name = textsOf(given(project, one, ['name']))[0];
    const description = textsOf(given(project, one, ['description']))[0] ?? '';
    if (name === undefined) continue;
    found.push({
      name,
      form: 'schema',
      description: description.slice(0, 400),
      spot: one.spot,
      bodies: [],
      uses: [],
      framework: 'mcp',
      properties: {
        ...(description === '' ? {} : { descriptionHash: sha256(description) }),
        ...annotationsOf(context, given(project, one, ['annotations'])),
      },
    });
  }
  return found;
}

const hints = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint', 'title'];

function annotationsOf(context: FactContext, value: Value | null): Readonly<Record<string, boolean | string>> {
  const found: Record<string, boolean | string> = {};
  for (const hint of value === null ? [] : hints) {
    const asked: Value | null = value === null ? null : fieldOf(context.project, value, hint);
    if (asked?.kind === 'constant' && typeof asked.value === 'boolean') found[hint] = asked.value;
    else if (asked?.kind === 'text' && asked.secret !== true) found[hint] = asked.text.slice(0, 200);
  }
  return found;
}

function portOf(value: Value | null): string | null {
  if (value === null) return null;
  const [text] = optionsOf(value).flatMap((one) => constantText(one) ?? []);
  return text ?? null;
}

function transportOf(text: string): string {
  if (text === 'sse') return 'sse';
  if (text === 'stdio') return 'stdio';
  return /http/.test(text) ? 'http' : text.slice(0, 40);
}
