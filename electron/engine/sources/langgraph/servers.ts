import type { AssetRef } from '../source.ts';
import { type NamedValue, type RawServer, type Transport, transportNamed } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../python/values.ts';
import { folderOf } from './collector.ts';
import type { LinkState } from './link.ts';
import { argumentOf, originPath, textsOf, valuesIn } from './recognise.ts';

/** MCP servers whose tools an agent gets through `langchain_mcp_adapters`. */
export function emitServers(
  state: LinkState,
  agent: AssetRef,
  clients: readonly Value[],
  unknown: { reason: string; place: string; line: number }[],
): void {
  const seen = new Set<string>();
  for (const client of clients) {
    let found = 0;
    for (const value of valuesIn(state.project, client)) {
      if (value.kind !== 'call') continue;
      const path = originPath(value.callee) ?? '';
      const key = `${value.spot.place}:${value.call.at}`;
      if (/^langchain_mcp_adapters\..*MultiServerMCPClient$/.test(path)) {
        const connections = argumentOf(state.project, value, 0, 'connections');
        if (connections?.kind !== 'dict') continue;
        for (const entry of connections.entries) {
          const [name] = entry.key === null ? [] : textsOf(entry.key);
          // A plain dictionary, or one of the typed ones: `StreamableHttpConnection(url=...)`.
          const connection = entry.value;
          if (connection.kind !== 'dict' && connection.kind !== 'call') continue;
          found += 1;
          if (seen.has(`${key}:${name ?? found}`)) continue;
          seen.add(`${key}:${name ?? found}`);
          const read =
            connection.kind === 'dict'
              ? reader(connection)
              : (field: string) => argumentOf(state.project, connection, null, field);
          emit(
            state,
            agent,
            rawServer(name ?? 'server', connection.spot, read),
            connection.spot,
            'MultiServerMCPClient',
          );
        }
      } else if (
        /^mcp\..*StdioServerParameters$|^mcp\.(?:client\..*\.)?(?:streamablehttp_client|streamable_http_client|sse_client)$/.test(
          path,
        )
      ) {
        found += 1;
        if (seen.has(key)) continue;
        seen.add(key);
        const url = /client$/.test(path);
        const name = 'MCP session';
        const read = (field: string): Value | null =>
          field === 'url' && url
            ? argumentOf(state.project, value, 0, 'url')
            : argumentOf(state.project, value as CallValue, null, field);
        emit(state, agent, rawServer(name, value.spot, read), value.spot, path.slice(path.lastIndexOf('.') + 1));
      }
    }
    const spot = 'spot' in client ? client.spot : null;
    if (found === 0 && spot !== null)
      unknown.push({ reason: 'MCP servers that are only known at run time', place: spot.place, line: spot.line });
  }
}

const reader =
  (dict: Extract<Value, { kind: 'dict' }>) =>
  (field: string): Value | null =>
    dict.entries.findLast((entry) => entry.key?.kind === 'text' && entry.key.text === field)?.value ?? null;

function emit(state: LinkState, agent: AssetRef, raw: RawServer, spot: Spot, where: string): void {
  serverFacts(state.facts.builder(spot.place), raw, {
    host: 'langgraph',
    user: agent,
    scope: 'project',
    where,
    anchor: folderOf(spot.place),
  });
}

function rawServer(name: string, spot: Spot, read: (field: string) => Value | null): RawServer {
  const lines = { line: spot.line, endLine: spot.endLine ?? spot.line };
  const text = (field: string): string | null => {
    const value = read(field);
    return value === null ? null : writtenForm(value);
  };
  const args = read('args');
  const items = args?.kind === 'list' ? args.items.map((item) => item.value) : [];
  const command = text('command');
  const url = text('url');
  const transport: Transport =
    transportNamed(text('transport') ?? undefined) ?? (command !== null ? 'stdio' : url !== null ? 'http' : 'unknown');
  return {
    name,
    ...lines,
    transport,
    command,
    args: items.map(writtenForm),
    argLines: items.map((item) => ('spot' in item && item.spot.place === spot.place ? item.spot.line : spot.line)),
    url,
    urlLine: spot.line,
    env: namedValues(read('env'), spot),
    headers: namedValues(read('headers'), spot),
    envReferences: [],
    enabled: true,
    autoApprovedTools: [],
    includeTools: [],
    excludeTools: [],
  };
}

function namedValues(value: Value | null, spot: Spot): readonly NamedValue[] {
  if (value?.kind !== 'dict') return [];
  return value.entries.flatMap((entry) => {
    const [name] = entry.key === null ? [] : textsOf(entry.key);
    if (name === undefined) return [];
    const line = 'spot' in entry.value && entry.value.spot.place === spot.place ? entry.value.spot.line : spot.line;
    return [{ name, value: writtenForm(entry.value), line, endLine: line }];
  });
}

/** Value as a configuration file would write it: environment variables as references. */
function writtenForm(value: Value): string {
  const [option = value] = optionsOf(value);
  if (option.kind === 'text') return option.text;
  if (option.kind === 'environment') return `\${${option.name}}`;
  if (option.kind === 'template' || option.kind === 'path')
    return option.parts.map(writtenForm).join(option.kind === 'path' ? '/' : '');
  if (option.kind === 'constant') return String(option.value ?? '');
  if (option.kind === 'call')
    return originPath(option.callee) === 'pathlib.Path' && option.call.args[0]?.kind === 'text'
      ? option.call.args[0].value
      : '…';
  return option.kind === 'symbol' ? option.path : '…';
}
