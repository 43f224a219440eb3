import type { CallSite } from '../../python/scopes.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { given, itemsIn, originPath, pathOf, textsOf, valuesIn } from '../engine/arguments.ts';
import { folderOf } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework } from '../framework.ts';
import { emitServer, hintsOf, servedTool } from '../typed/served-server.ts';
import { annotatedTools } from './annotated-tools.ts';

/**
 * MCP servers in Java: the SDK (`io.modelcontextprotocol` 0.10 to 1.x) and the annotations of Spring AI and Quarkus. From
 * knowledge of the packages.
 */

const made = /^io\.modelcontextprotocol\.server\.McpServer\.(?:sync|async)\(\)\.build$/;
const annotated =
  /^(?:org\.springaicommunity\.mcp\.annotation|org\.springframework\.ai\.mcp\.annotation|com\.logaritex\.mcp\.annotation)\.McpTool$|^io\.quarkiverse\.mcp\.server\.Tool$/;
const springTool = /^org\.springframework\.ai\.tool\.annotation\.Tool$/;
const specification =
  /^io\.modelcontextprotocol\.server\.McpServerFeatures\.\w*(?:Sync|Async)\w*ToolSpecification(?:(?:\.builder\(\))?\.build)?$|^io\.modelcontextprotocol\.server\.McpStatelessServerFeatures\.\w+(?:\.builder\(\)\.build)?$/;

function transportOf(context: FactContext, value: Value): readonly string[] {
  const found: string[] = [];
  for (const one of valuesIn(context.project, value)) {
    const path = one.kind === 'call' ? pathOf(one) : '';
    if (!/TransportProvider|Transport\b/.test(path)) continue;
    if (/Stdio/.test(path)) found.push('stdio');
    else if (/Sse/.test(path)) found.push('sse');
    else if (/Streamable|Stateless|Http|Web(?:Flux|Mvc)/.test(path)) found.push('http');
  }
  return [...new Set(found)];
}

/** `new SyncToolSpecification(new Tool("name", "words", schema), (exchange, arguments) -> ...)` */
function specified(context: FactContext, value: Value): ToolFound | null {
  const { project } = context;
  if (value.kind !== 'call' || !specification.test(pathOf(value))) return null;
  const tool = given(project, value, ['tool', 0]);
  const work = given(project, value, ['callHandler', 'call', 1]);
  const functions = work === null ? [] : optionsOf(work).filter((one) => one.kind === 'function');
  const name = tool?.kind === 'call' ? textsOf(given(project, tool, ['name', 0]))[0] : undefined;
  if (name === undefined || tool?.kind !== 'call') return null;
  return servedTool(
    {
      name,
      form: functions.length > 0 ? 'function' : 'schema',
      description: '',
      spot: value.spot,
      bodies: functions.map((one) => ({ value: one, scope: null })),
      uses: [],
    },
    name,
    textsOf(given(project, tool, ['description', 1]))[0] ?? '',
    hintsOf(context, given(project, tool, ['annotations'])),
  );
}

function facts(context: FactContext): void {
  const { project } = context;
  const adding = project.calls(new Set(['addTool']));
  for (const site of project.calls(new Set(['build']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!made.test(originPath(callee) ?? '')) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const tools: ToolFound[] = [];
      const unknown: Spot[] = [];
      const take = (value: Value | null): void => {
        for (const { value: one } of itemsIn(value))
          for (const option of optionsOf(one)) {
            const tool = specified(context, option);
            if (tool === null) unknown.push(spot);
            else tools.push(tool);
          }
      };
      take(given(project, call, ['tools', 'toolCall', 'tool']));
      for (const added of adding) {
        if (added.call.callee.kind !== 'attribute' || added.call.args[0] === undefined) continue;
        const of = project.evaluate(added.call.callee.of, added.scope, added.statement.at);
        if (!optionsOf(of).some((one) => one.kind === 'call' && identityOf(one) === identityOf(call))) continue;
        take(project.evaluate(added.call.args[0], added.scope, added.statement.at));
      }
      const maker = callee.kind === 'member' ? callee.of : call;
      const info = given(project, call, ['serverInfo']);
      emitServer(context, {
        spot,
        name: itemsIn(info).flatMap((item) => textsOf(item.value))[0] ?? 'mcp-server',
        variable: variableAt(site),
        transports: new Set(transportOf(context, maker)),
        bindAddress: null,
        port: null,
        authentication: null,
        tools,
        instructions: textsOf(given(project, call, ['instructions']))[0],
        unknownTools: unknown,
      });
    }
  }
  annotatedServers(context);
  springServers(context);
}

const variableAt = ({ statement }: CallSite): string => {
  const target = statement.kind === 'assign' ? statement.targets[0] : undefined;
  return target?.kind === 'name' ? target.id : target?.kind === 'attribute' ? target.name : 'server';
};

/** Classes whose methods are annotated: one server per application, known by the class where the application is not read. */
function annotatedServers(context: FactContext): void {
  for (const definition of context.definitions()) {
    if (definition.kind !== 'class') continue;
    const tools = annotatedTools(context, definition.value, annotated);
    if (tools.length === 0) continue;
    emitServer(context, {
      spot: definition.value.spot,
      name: definition.value.class.name,
      variable: definition.value.class.name,
      transports: new Set(configuredTransport(context, definition.value.spot.place)),
      bindAddress: null,
      port: null,
      authentication: null,
      tools: tools.map((tool) => servedTool(tool, undefined, undefined, {})),
    });
  }
}

/** `MethodToolCallbackProvider` beans of a program that has Spring's MCP server starter. */
function springServers(context: FactContext): void {
  const { project } = context;
  for (const site of project.calls(new Set(['build', 'from']))) {
    const path = originPath(project.evaluate(site.call.callee, site.scope, site.statement.at)) ?? '';
    if (
      !/^org\.springframework\.ai\.(?:tool\.method\.MethodToolCallbackProvider\.builder\(\)\.build|support\.ToolCallbacks\.from)$/.test(
        path,
      )
    )
      continue;
    const place = site.scope.module.place;
    if (!buildFiles(place).some((one) => /mcp-server/.test(context.documents.get(one) ?? ''))) continue;
    const spot: Spot = { place, line: site.call.line };
    const call: CallValue = {
      kind: 'call',
      callee: { kind: 'symbol', path },
      call: site.call,
      scope: site.scope,
      spot,
    };
    const tools = itemsIn(given(project, call, ['toolObjects', 0])).flatMap(({ value }) =>
      optionsOf(value).flatMap((one) => annotatedTools(context, one, springTool)),
    );
    emitServer(context, {
      spot,
      name:
        folderOf(buildFiles(place).find((one) => context.documents.has(one)) ?? place)
          .split('/')
          .at(-1) ?? 'server',
      variable: 'ToolCallbackProvider',
      transports: new Set(configuredTransport(context, place)),
      bindAddress: null,
      port: null,
      authentication: null,
      tools: tools.map((tool) => servedTool(tool, undefined, undefined, {})),
    });
  }
}

function buildFiles(place: string): readonly string[] {
  const at = place.indexOf('/src/');
  if (at < 0) return [];
  return ['pom.xml', 'build.gradle', 'build.gradle.kts'].map((file) => `${place.slice(0, at)}/${file}`);
}

/** Which starter the build asks for says how the server is reached. */
function configuredTransport(context: FactContext, place: string): readonly string[] {
  const text = buildFiles(place)
    .map((one) => context.documents.get(one) ?? '')
    .join('\n');
  if (/mcp-server-web(?:mvc|flux)|mcp-server-(?:http|sse)/.test(text)) return ['http'];
  return /spring-ai-(?:starter-)?mcp-server\b|quarkus-mcp-server-stdio/.test(text) ? ['stdio'] : [];
}

export const mcpServersJava: Framework = {
  id: 'mcp-java',
  title: 'MCP servers in Java',
  language: 'java',
  roots: /^io\.modelcontextprotocol\./,
  keywords: ['io.modelcontextprotocol', 'mcp.annotation.McpTool', 'io.quarkiverse.mcp'],
  silent: /^io\.modelcontextprotocol\./,
  extra: {
    facts,
    names(context, want) {
      for (const module of context.project.modules)
        if (
          module.content.body.some(
            (one) => one.kind === 'import' && one.names.some((name) => /springframework\.ai|mcp/.test(name.module)),
          )
        )
          for (const place of buildFiles(module.place)) want(place);
      return new Map();
    },
  },
};
