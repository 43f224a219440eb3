import type { AssetRef } from '../../source.ts';
import { type NamedValue, type RawServer, type Transport, transportNamed } from '../../mcp/raw-server.ts';
import { serverFacts } from '../../mcp/server-facts.ts';
import { optionsOf, type Spot, type Value } from '../../python/values.ts';
import { folderOf } from './collector.ts';
import type { LinkState } from './link.ts';
import { spotIn } from '../../python/spots.ts';
import { argumentOf, given, itemsIn, originPath, pathOf, textsOf, valuesIn } from './arguments.ts';
import type { ServerRule } from '../framework.ts';
import { lastStep, serverRule } from './vocabulary.ts';

/** MCP servers whose tools an agent gets, by the client that the code makes. */
export function emitServers(
  state: LinkState,
  agent: AssetRef,
  framework: string,
  clients: readonly Value[],
  unknown: { reason: string; place: string; line: number }[],
): void {
  const { project } = state;
  const seen = new Set<string>();
  const servers = (connections: Value | null, where: string, at: string): number => {
    if (connections?.kind !== 'dict') return 0;
    let found = 0;
    for (const entry of connections.entries) {
      const [name] = entry.key === null ? [] : textsOf(entry.key);
      // A plain dictionary, or one of the typed ones: `StreamableHttpConnection(url=...)`.
      const connection = entry.value;
      if (connection.kind !== 'dict' && connection.kind !== 'call') continue;
      found += 1;
      const key = `${at}:${name ?? found}`;
      if (seen.has(key)) continue;
      seen.add(key);
      // A server in the same program is no connection.
      if (connection.kind === 'call' && servedHere(pathOf(connection))) continue;
      const read =
        connection.kind === 'dict'
          ? reader(connection)
          : (field: string) => argumentOf(project, connection, null, field);
      emit(state, agent, framework, rawServer(name ?? 'server', connection.spot, read), connection.spot, where);
    }
    return found;
  };
  for (const client of clients) {
    let found = client.kind === 'dict' ? servers(client, 'mcp_servers', `${client.spot.place}:${client.spot.line}`) : 0;
    for (const value of found > 0 ? [] : valuesIn(project, client)) {
      // An address alone: `mcps=["https://..."]`.
      if (value === client && value.kind === 'text' && /^https?:/.test(value.text)) {
        found += 1;
        emit(
          state,
          agent,
          framework,
          rawServer(hostName(value.text), value.spot, (field) => (field === 'url' ? value : null)),
          value.spot,
          'address',
        );
        continue;
      }
      if (value.kind !== 'call') continue;
      const path = pathOf(value);
      const key = `${value.spot.place}:${value.call.at}`;
      const rule = serverRule(path)?.rule ?? transports(path);
      if (rule === null || rule.handsOn === true) continue;
      if (rule.map !== undefined) {
        const inMap = servers(given(project, value, rule.map), lastStep(path), key);
        found += inMap;
        if (inMap > 0) continue;
      }
      const command = given(project, value, rule.command);
      const url = given(project, value, rule.url);
      if (command === null && url === null) continue;
      found += 1;
      if (seen.has(key)) continue;
      seen.add(key);
      const fields: Readonly<Record<string, Value | null>> = {
        command,
        url,
        args: given(project, value, rule.args),
        env: given(project, value, rule.env),
        headers: given(project, value, rule.headers),
      };
      const name = textsOf(given(project, value, rule.name))[0];
      const raw = rawServer(
        name ?? nameOf(command, fields['args'] ?? null, url) ?? 'MCP session',
        value.spot,
        (field) => fields[field] ?? null,
      );
      const transport = rule.transport === undefined ? undefined : transportNamed(rule.transport);
      emit(
        state,
        agent,
        framework,
        {
          ...raw,
          ...(transport === undefined ? {} : { transport }),
          includeTools: itemsIn(given(project, value, rule.filter)).flatMap((item) => textsOf(item.value)),
        },
        value.spot,
        lastStep(path),
      );
    }
    const spot = spotIn(client);
    if (found === 0 && spot !== null)
      unknown.push({ reason: 'MCP servers that are only known at run time', place: spot.place, line: spot.line });
  }
}

/** Clients of the protocol's own library, which all frameworks share. From knowledge of `mcp` 1.x and `fastmcp` 2.x. */
function transports(path: string): ServerRule | null {
  if (/^mcp\.[^()]*StdioServerParameters$/.test(path))
    return { symbols: [], command: ['command'], args: ['args'], env: ['env'], transport: 'stdio' };
  if (/^mcp\.(?:client\.[^()]*\.)?(?:streamablehttp_client|streamable_http_client)$/.test(path))
    return { symbols: [], url: [0, 'url'], headers: ['headers'], transport: 'http' };
  if (/^mcp\.(?:client\.[^()]*\.)?sse_client$/.test(path))
    return { symbols: [], url: [0, 'url'], headers: ['headers'], transport: 'sse' };
  if (/^fastmcp\.client\.[^()]*StdioTransport$/.test(path))
    return { symbols: [], command: [0, 'command'], args: ['args', 1], env: ['env'], transport: 'stdio' };
  if (/^fastmcp\.(?:client\.)?[^()]*(?:Client|StreamableHttpTransport|SSETransport)$/.test(path))
    return { symbols: [], url: [0, 'transport', 'url'], headers: ['headers'] };
  return null;
}

const servedHere = (path: string): boolean => /create_sdk_mcp_server$|createSdkMcpServer$|\.FastMCP$/.test(path);

const hostName = (url: string): string =>
  /^https?:\/\/([^/?#]{1,100})/.exec(url)?.[1]?.replace(/^[^@]*@/, '') ?? 'server';

/** What a server without a name is called by: its package, its host. */
function nameOf(command: Value | null, args: Value | null, url: Value | null): string | undefined {
  const [address] = textsOf(url);
  if (address !== undefined && /^https?:/.test(address)) return hostName(address);
  const [program] = textsOf(command);
  if (program === undefined || !/^(?:npx|uvx|bunx|pnpm|pipx|docker)$/.test(program)) return undefined;
  const named = itemsIn(args)
    .flatMap((item) => textsOf(item.value))
    .find((text) => !/^-|^(?:run|dlx|exec)$/.test(text));
  return named?.replace(/(?<=.)(?:@|==|:).*$/, '').replace(/^.*\//, '');
}

const reader =
  (dict: Extract<Value, { kind: 'dict' }>) =>
  (field: string): Value | null =>
    dict.entries.findLast((entry) => entry.key?.kind === 'text' && entry.key.text === field)?.value ?? null;

function emit(state: LinkState, agent: AssetRef, framework: string, raw: RawServer, spot: Spot, where: string): void {
  serverFacts(state.facts.builder(spot.place), raw, {
    host: framework === 'langchain' || framework === 'deepagents' ? 'langgraph' : framework,
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
