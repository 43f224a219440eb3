import type { CallSite } from '../../python/scopes.ts';
import { classAt } from '../../python/spots.ts';
import { type CallValue, type ClassValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import { given, originPath, pathOf, textsOf } from '../engine/arguments.ts';
import { folderOf } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';
import { callsBehind } from '../typed/chain-values.ts';
import { emitServer, hintsOf, servedTool } from '../typed/served-server.ts';

/** MCP servers in C# (`ModelContextProtocol` 0.x to 1.x, `ModelContextProtocol.AspNetCore`). From knowledge of the packages. */

const marked = /^ModelContextProtocol\.Server\.McpServer(Tool|Prompt|Resource)(?:Attribute)?$/;
const markedType = /^ModelContextProtocol\.Server\.McpServerToolType(?:Attribute)?$/;
const started =
  /^ModelContextProtocol\.unknown\(\)\.AddMcpServer$|\.AddMcpServer$|^ModelContextProtocol\.Server\.(?:McpServerFactory|McpServer)\.Create$/;
const adding = new Set([
  'WithTools',
  'WithToolsFromAssembly',
  'WithPrompts',
  'WithHttpTransport',
  'WithStdioServerTransport',
  'WithStreamServerTransport',
  'Create',
]);

/** Tools of a class, and names of its prompts and resources. */
type Offered = {
  readonly tools: readonly ToolFound[];
  readonly prompts: readonly string[];
  readonly resources: readonly string[];
};

function offeredBy(context: FactContext, value: ClassValue): Offered {
  const { project } = context;
  const found = { tools: [] as ToolFound[], prompts: [] as string[], resources: [] as string[] };
  for (const statement of value.class.body) {
    if (statement.kind !== 'function') continue;
    const method = project.member({ kind: 'instance', of: value, made: null }, statement.function.name);
    if (method.kind !== 'function') continue;
    for (const expression of statement.function.decorators) {
      const decorator = project.evaluate(expression, value.scope);
      for (const one of optionsOf(decorator)) {
        const kind = one.kind === 'call' ? marked.exec(pathOf(one))?.[1] : undefined;
        if (one.kind !== 'call' || kind === undefined) continue;
        const name = textsOf(given(project, one, ['Name']))[0];
        const plain = context.toolOf(method);
        if (kind === 'Tool')
          found.tools.push(servedTool(plain, name ?? snakeCase(plain.name), undefined, hintsOf(context, one)));
        else if (kind === 'Prompt') found.prompts.push(name ?? plain.name);
        else found.resources.push(textsOf(given(project, one, ['UriTemplate']))[0] ?? name ?? plain.name);
      }
    }
  }
  return found;
}

/** The library names a tool after its method: `GetForecastAsync` is `get_forecast`. */
const snakeCase = (name: string): string =>
  name
    .replace(/Async$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

function servers(context: FactContext): void {
  const { project } = context;
  const classes: { value: ClassValue; typed: boolean }[] = [];
  for (const module of project.modules) {
    const scope = project.moduleScope(module);
    for (const statement of module.content.body) {
      if (statement.kind !== 'class') continue;
      const typed = statement.class.decorators.some((one) =>
        optionsOf(project.evaluate(one, scope)).some(
          (value) => value.kind === 'call' && markedType.test(pathOf(value)),
        ),
      );
      classes.push({ value: classAt(statement.class, scope), typed });
    }
  }
  const typed = classes.filter((one) => one.typed);
  const used = new Set<string>();
  const found = new Map<string, { call: CallValue; site: CallSite }>();
  for (const site of project.calls(new Set(['AddMcpServer', 'Create']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!started.test(originPath(callee) ?? '')) continue;
      const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      if (!found.has(identityOf(call))) found.set(identityOf(call), { call, site });
    }
  }
  for (const [id, { call }] of found) {
    const transports = new Set<string>();
    const offered: Offered[] = [];
    let assembly = false;
    for (const site of project.calls(adding)) {
      const name = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
      const callee = project.evaluate(site.call.callee, site.scope, site.statement.at);
      if (!callsBehind(project, callee).some((one) => identityOf(one) === id)) continue;
      if (name === 'WithStdioServerTransport') transports.add('stdio');
      else if (name === 'WithHttpTransport') transports.add('http');
      else if (name === 'WithStreamServerTransport') transports.add('stream');
      else if (name === 'WithToolsFromAssembly') assembly = true;
      else if (name === 'WithTools') {
        const types = site.call.keywords.filter((one) => one.name === '@types').map((one) => one.value);
        for (const type of types) {
          const value: Value = project.evaluate(type, site.scope, site.statement.at);
          if (value.kind !== 'class') continue;
          used.add(identityOf(value));
          offered.push(offeredBy(context, value));
        }
        const at: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot: call.spot };
        const listed = given(project, at, [0, 'tools', 'toolTypes']);
        if (listed !== null) offered.push({ tools: context.toolsIn(listed).tools, prompts: [], resources: [] });
      }
    }
    if (assembly) {
      const near = typed.filter(({ value }) => isNear(value.spot.place, call.spot.place));
      for (const { value } of near.length > 0 ? near : typed) {
        used.add(identityOf(value));
        offered.push(offeredBy(context, value));
      }
    }
    const web = webOf(context, call.spot.place);
    if (transports.size === 0 && web.mapped) transports.add('http');
    const own = textsOf(given(project, call, ['serverInfo.Name', 'ServerInfo.Name', '0.ServerInfo.Name']))[0];
    emitServer(context, {
      spot: call.spot,
      name: own ?? projectName(call.spot.place),
      variable: 'McpServer',
      transports,
      bindAddress: transports.has('http') ? web.host : null,
      port: transports.has('http') ? web.port : null,
      authentication: web.authentication,
      tools: offered.flatMap((one) => one.tools),
      prompts: offered.flatMap((one) => one.prompts),
      resources: offered.flatMap((one) => one.resources),
    });
  }
  // Tools whose server stands in a project that could not be read.
  for (const { value } of typed) {
    if (used.has(identityOf(value))) continue;
    const { tools, prompts, resources } = offeredBy(context, value);
    if (tools.length === 0) continue;
    emitServer(context, {
      spot: value.spot,
      name: value.class.name,
      variable: value.class.name,
      transports: new Set(),
      bindAddress: null,
      port: null,
      authentication: null,
      tools,
      prompts,
      resources,
    });
  }
}

/** In the same folder or below it, as files of one project are. */
const isNear = (place: string, server: string): boolean => place.startsWith(`${folderOf(server)}/`);

const projectName = (place: string): string => folderOf(place).split('/').at(-1) ?? 'server';

/** Address and authentication of the web application in a file: `app.Run("http://0.0.0.0:3001")`, `MapMcp().RequireAuthorization()`. */
function webOf(
  context: FactContext,
  place: string,
): { mapped: boolean; host: string | null; port: string | null; authentication: string | null } {
  const { project } = context;
  const web = {
    mapped: false,
    host: null as string | null,
    port: null as string | null,
    authentication: null as string | null,
  };
  for (const site of project.calls(new Set(['MapMcp', 'Run', 'RunAsync', 'UseUrls', 'RequireAuthorization', 'Add']))) {
    if (site.scope.module.place !== place) continue;
    const name = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
    if (name === 'MapMcp') web.mapped = true;
    else if (name === 'RequireAuthorization') web.authentication = 'RequireAuthorization';
    else
      for (const argument of site.call.args)
        for (const text of textsOf(project.evaluate(argument, site.scope, site.statement.at))) {
          const match = /^https?:\/\/([^/:]+)(?::(\d+))?/.exec(text);
          if (match?.[1] === undefined) continue;
          web.host = match[1];
          web.port = match[2] ?? null;
        }
  }
  return web;
}

export const mcpServersNet: Framework = {
  id: 'mcp-csharp',
  title: 'MCP servers in C#',
  language: 'csharp',
  roots: /^ModelContextProtocol\./,
  keywords: ['ModelContextProtocol', 'McpServerTool', 'AddMcpServer'],
  silent: /^ModelContextProtocol\./,
  extra: { facts: servers },
};
