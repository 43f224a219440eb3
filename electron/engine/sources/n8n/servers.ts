import { serverRef } from '../keys.ts';
import { nodeOf, textsOf } from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import type { AssetRef } from '../source.ts';
import { type FlowFacts, safeKey, shortName } from '../low-code/flow-facts.ts';
import { type FlowNode, isExpression, parameter, parameterSpan } from './workflow.ts';

/** A client node gives the agent the tools of a server (`mcpClientTool` of n8n, and of the community package). */
export function clientServer(facts: FlowFacts, node: FlowNode, user: AssetRef | null): AssetRef {
  const key = ['endpointUrl', 'sseEndpoint'].find((name) => parameter(node, name) !== undefined);
  const written = key === undefined ? undefined : parameter(node, key);
  const url = written === undefined || isExpression(written) ? null : written;
  const transport = parameter(node, 'serverTransport') ?? (key === 'sseEndpoint' ? 'sse' : 'httpStreamable');
  const span = key === undefined ? node.span : parameterSpan(node, key);
  const include = parameter(node, 'include') ?? 'all';
  const ref = serverFacts(
    facts.builder,
    {
      name: shortName(node.name),
      line: node.span.line,
      endLine: node.span.endLine,
      transport: url === null && key === undefined ? 'unknown' : /sse/i.test(transport) ? 'sse' : 'http',
      command: null,
      args: [],
      argLines: [],
      url,
      urlLine: span.line,
      env: [],
      headers: [],
      envReferences: [],
      enabled: !node.disabled,
      autoApprovedTools: [],
      includeTools: include === 'selected' ? textsOf(nodeOf(node.parameters, 'includeTools')) : [],
      excludeTools: include === 'except' ? textsOf(nodeOf(node.parameters, 'excludeTools')) : [],
    },
    {
      host: 'n8n',
      user,
      scope: facts.builder.file.scope,
      where: 'nodes',
      anchor: facts.builder.file.anchor,
      confidence: facts.confidence,
      extra: {
        nodeType: shortName(node.type),
        authentication: shortName(parameter(node, 'authentication') ?? 'none'),
        ...(parameter(node, 'operation') === undefined
          ? {}
          : { operation: shortName(parameter(node, 'operation') ?? '') }),
      },
    },
  );
  for (const credential of node.credentials) facts.credential(ref, credential.type, credential.name, credential.span);
  return ref;
}

/** A workflow that is a server: every tool wired to the trigger can be called by whoever reaches its path. */
export function servedServer(facts: FlowFacts, node: FlowNode, prefix: string, active: boolean | null): AssetRef {
  const path = parameter(node, 'path');
  const ref = facts.builder.asset({
    ...serverRef({ type: 'unknown', place: facts.place, name: safeKey(`${prefix}${node.name}`) }),
    name: shortName(node.name),
    properties: {
      framework: 'n8n',
      transport: 'http',
      served: true,
      enabled: !node.disabled,
      authentication: shortName(parameter(node, 'authentication') ?? 'none'),
      ...(path === undefined || isExpression(path) ? {} : { path: shortName(path) }),
      ...(active === null ? {} : { active }),
    },
    lines: linesOf(node.span),
    confidence: facts.confidence,
  });
  for (const credential of node.credentials) facts.credential(ref, credential.type, credential.name, credential.span);
  return ref;
}
