import { classAt } from '../../python/spots.ts';
import { type CallValue, type ClassValue, optionsOf } from '../../python/values.ts';
import { constantText, given, originPath, textsOf } from '../engine/arguments.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';
import { emitServer, hintsOf, servedTool } from '../typed/served-server.ts';

/** MCP servers in Rust (`rmcp` 0.1 to 1.x): methods marked `#[tool]` of a type with a router. From knowledge of the crate. */

const toolMark = /^#(?:rmcp\.)?tool$/;
const starting: readonly (readonly [RegExp, string])[] = [
  [/^rmcp\.transport\.(?:io\.)?stdio$/, 'stdio'],
  [/^rmcp\.transport\.[\w.]*SseServer\.\w+$/, 'sse'],
  [/^rmcp\.transport\.[\w.]*StreamableHttp(?:Service|Server)\.\w+$/, 'http'],
];

function toolsOf(context: FactContext, value: ClassValue): readonly ToolFound[] {
  const { project } = context;
  const found: ToolFound[] = [];
  for (const statement of value.class.body) {
    if (statement.kind !== 'function') continue;
    const mark = statement.function.decorators.find(
      (one) => one.kind === 'call' && one.callee.kind === 'name' && toolMark.test(one.callee.id),
    );
    if (mark?.kind !== 'call') continue;
    const method = project.member({ kind: 'instance', of: value, made: null }, statement.function.name);
    if (method.kind !== 'function') continue;
    const call: CallValue = {
      kind: 'call',
      callee: { kind: 'symbol', path: 'rmcp.tool' },
      call: mark,
      scope: value.scope,
      spot: { place: value.spot.place, line: mark.line },
    };
    found.push(
      servedTool(
        context.toolOf(method),
        textsOf(given(project, call, ['name']))[0],
        textsOf(given(project, call, ['description']))[0],
        hintsOf(context, call),
      ),
    );
  }
  return found;
}

function facts(context: FactContext): void {
  const { project } = context;
  const transports = new Set<string>();
  for (const site of project.calls(new Set(['stdio', 'serve', 'new', 'serve_with_config']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const transport = starting.find(([pattern]) => pattern.test(originPath(callee) ?? ''))?.[1];
      if (transport !== undefined) transports.add(transport);
    }
  }
  const address = transports.has('http') || transports.has('sse') ? addressIn(context) : null;
  for (const module of project.modules) {
    const scope = project.moduleScope(module);
    for (const statement of module.content.body) {
      if (statement.kind !== 'class') continue;
      const value = classAt(statement.class, scope);
      const tools = toolsOf(context, value);
      const handler = statement.class.bases.some((one) => one.kind === 'name' && one.id === 'ServerHandler');
      const imports = module.content.body.some(
        (one) => one.kind === 'import' && one.names.some((name) => /^rmcp(?:\.|$)/.test(name.module)),
      );
      if ((tools.length === 0 && !handler) || !imports) continue;
      emitServer(context, {
        spot: value.spot,
        name: statement.class.name,
        variable: statement.class.name,
        transports,
        bindAddress: address?.host ?? null,
        port: address?.port ?? null,
        authentication: null,
        tools,
      });
    }
  }
}

/** `TcpListener::bind("127.0.0.1:8000")`, `SseServer::serve("0.0.0.0:8000".parse()?)` */
function addressIn(context: FactContext): { host: string; port: string } | null {
  const { project } = context;
  for (const site of project.calls(new Set(['bind', 'serve', 'parse']))) {
    const of = site.call.callee.kind === 'attribute' ? [site.call.callee.of] : [];
    for (const expression of [...site.call.args.slice(0, 1), ...of]) {
      const value = project.evaluate(expression, site.scope, site.statement.at);
      for (const option of optionsOf(value)) {
        const match = /^(\[[^\]]*\]|[\w.-]+):(\d{1,5})$/.exec(constantText(option) ?? '');
        if (match?.[1] !== undefined && match[2] !== undefined) return { host: match[1], port: match[2] };
      }
    }
  }
  return null;
}

export const mcpServersRust: Framework = {
  id: 'mcp-rust',
  title: 'MCP servers in Rust',
  language: 'rust',
  roots: /^rmcp\./,
  keywords: ['rmcp::', 'use rmcp'],
  silent: /^rmcp\./,
  extra: { facts },
};
