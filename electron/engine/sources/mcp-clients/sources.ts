import type { Host } from '../host/host-agent.ts';
import { hostServers, structuredSource } from '../host/structured-source.ts';
import { namedValues, transportNamed } from '../mcp/raw-server.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import type { FileSource } from '../source.ts';
import { type Client, clients } from './clients.ts';

/**
 * Spellings that some of these clients use beside the shared ones: `requestInit.headers` (JetBrains Copilot), `isActive`
 * and `baseUrl` (Cherry Studio, 5ire), `active` (Jan), `state` (Witsy), `env_keys`, `tools.include`, `api_key_env`.
 */
const server: ServerAdapter = (raw, node) => {
  const active = booleanOf(nodeOf(node, 'isActive')) ?? booleanOf(nodeOf(node, 'active'));
  const url = raw.url ?? textOf(nodeOf(node, 'baseUrl')) ?? null;
  const type = textOf(nodeOf(node, 'type')) ?? textOf(nodeOf(node, 'transport'));
  const key = textOf(nodeOf(node, 'api_key_env'));
  const headers = entryOf(node, 'requestInit', 'headers') ?? entryOf(node, 'requestOptions', 'headers');
  return {
    raw: {
      ...raw,
      url,
      transport:
        transportNamed(type === 'streamable' || type === 'streamableHttp' ? 'http' : type) ??
        (raw.transport === 'unknown' && url !== null ? 'http' : raw.transport),
      enabled: raw.enabled && active !== false && scalarText(nodeOf(node, 'state')) !== 'disabled',
      headers: [...raw.headers, ...namedValues(headers)],
      envReferences: [
        ...raw.envReferences,
        ...(key === undefined || key === ''
          ? []
          : [
              {
                name: key,
                use: 'bearer' as const,
                line: nodeOf(node, 'api_key_env')?.line ?? raw.line,
                endLine: raw.endLine,
              },
            ]),
      ],
      includeTools: [
        ...raw.includeTools,
        ...textsOf(nodeOf(node, 'enabled_tools')),
        ...textsOf(nodeOf(node, 'tools', 'include')),
        ...textsOf(nodeOf(node, 'allowedTools')),
      ],
      excludeTools: [
        ...raw.excludeTools,
        ...textsOf(nodeOf(node, 'disabled_tools')),
        ...textsOf(nodeOf(node, 'tools', 'exclude')),
      ],
    },
  };
};

/** The map of servers; a list becomes one by the names in its entries. */
function serversIn(root: MapNode, where: readonly string[]): { readonly entry: Entry; readonly where: string } | null {
  for (const path of where) {
    const entry = entryOf(root, ...path.split('.'));
    if (entry === undefined) continue;
    if (entry.node.kind !== 'list') return { entry, where: path };
    const entries = new Map<string, Entry>();
    for (const item of itemsOf(entry.node)) {
      const name = textOf(nodeOf(item, 'name')) ?? textOf(nodeOf(item, 'key')) ?? `server ${entries.size + 1}`;
      entries.set(name, { key: name, line: item.line, endLine: item.endLine, node: item });
    }
    const { line, endLine } = entry.node;
    return { entry: { ...entry, node: { kind: 'map', line, endLine, entries } }, where: path };
  }
  return null;
}

/** The file itself as the map, where every member looks like a server: AnythingLLM and others leave the map out. */
function bare(root: MapNode): { readonly entry: Entry; readonly where: string } | null {
  const members = entriesOf(root);
  const isServers =
    members.length > 0 &&
    members.every((member) => ['command', 'url', 'serverUrl'].some((key) => nodeOf(member.node, key) !== undefined));
  return isServers
    ? { entry: { key: 'the file', node: root, line: root.line, endLine: root.endLine }, where: '' }
    : null;
}

const sourceOf = ({ id, title, format, where, locations, shared }: Client): FileSource => {
  const host: Host = { id, title };
  return structuredSource(
    { product: id, productTitle: title, host },
    {
      id: `${id}/mcp`,
      title: `${title} MCP servers`,
      format,
      locations,
      emits: ['mcp-server', 'credential'],
      ...(shared === true ? { words: where.map((path) => path.split('.').at(-1) ?? path) } : {}),
    },
    (open) => {
      const found = serversIn(open.root, where) ?? (shared === true ? null : bare(open.root));
      if (found === null) {
        if (shared === true) open.builder.note(`no servers of ${title} in this file: no facts taken`);
        return shared !== true;
      }
      hostServers(open, found.entry, { where: found.where, adapt: server });
      return undefined;
    },
  );
};

/** One source for each client of the table. */
export const mcpClientSources: readonly FileSource[] = clients.map(sourceOf);
