import type { Host } from '../host/host-agent.ts';
import { homeLocations } from '../host/location.ts';
import { type HostProduct, hostServers, structuredSource } from '../host/structured-source.ts';
import { entryOf, itemsOf, nodeOf, type Entry, textOf } from '../parse/node.ts';
import type { FileSource, Location } from '../source.ts';

type Gateway = {
  readonly id: string;
  readonly title: string;
  readonly locations: readonly Location[];
  /** Where the servers stand; a list has their names in the entries. */
  readonly where: string;
};

const home = (path: string, confidence: 'medium' | 'low'): Location => ({
  scope: 'user',
  base: 'home',
  path,
  confidence,
});

/** Programs that stand between a host and many servers, and keep the list of them in a file of their own. */
const gateways: readonly Gateway[] = [
  // 1mcp-app/agent, README "Configuration" (2026).
  { id: '1mcp', title: '1MCP', where: 'mcpServers', locations: [home('.config/1mcp/mcp.json', 'medium')] },
  // ravitemer/mcp-hub and mcphub.nvim, README (2026).
  {
    id: 'mcp-hub',
    title: 'MCP Hub',
    where: 'mcpServers',
    locations: [
      home('.config/mcphub/servers.json', 'medium'),
      { scope: 'project', base: 'project', path: '.mcphub/servers.json', confidence: 'medium' },
    ],
  },
  // smart-mcp-proxy/mcpproxy-go, README "Configuration" (2026).
  { id: 'mcpproxy', title: 'MCPProxy', where: 'mcpServers', locations: [home('.mcpproxy/mcp_config.json', 'medium')] },
  // Unverified.
  {
    id: 'agentgateway',
    title: 'agentgateway',
    where: 'targets',
    locations: homeLocations({ linux: '.config/agentgateway', macos: '.config/agentgateway' }, 'config.json', 'low'),
  },
];

const productOf = ({ id, title }: Gateway): HostProduct => {
  const host: Host = { id, title };
  return { product: id, productTitle: title, host };
};

/** A list of servers as a map by name. */
function byName(entry: Entry | undefined): Entry | undefined {
  if (entry?.node.kind !== 'list') return entry;
  const entries = new Map<string, Entry>();
  for (const item of itemsOf(entry.node)) {
    const name = textOf(nodeOf(item, 'name'));
    if (name !== undefined) entries.set(name, { key: name, line: item.line, endLine: item.endLine, node: item });
  }
  return { ...entry, node: { kind: 'map', line: entry.node.line, endLine: entry.node.endLine, entries } };
}

export const gatewaySources: readonly FileSource[] = gateways.map((gateway) =>
  structuredSource(
    productOf(gateway),
    {
      id: `${gateway.id}/servers`,
      title: `${gateway.title} servers`,
      format: 'jsonc',
      locations: gateway.locations,
      emits: ['mcp-server', 'credential'],
      words: [gateway.where],
    },
    (open) => {
      const servers = byName(entryOf(open.root, gateway.where));
      hostServers(open, servers, { where: gateway.where, extra: { behindGateway: gateway.id } });
      return servers !== undefined;
    },
  ),
);
