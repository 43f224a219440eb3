import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { cursorMcp } from '../cursor/mcp.ts';
import { dockerCatalogs, dockerRegistry } from '../docker-mcp/docker-mcp.ts';
import { dockerMcpLinker } from '../docker-mcp/link.ts';
import { assetsOf, json, linkedRelations, readText } from '../reading.test-support.ts';
import type { FileSource } from '../source.ts';
import { gatewaySources } from './gateways.ts';
import { gatewaysLinker } from './link.ts';

const source = (id: string): FileSource => {
  const found = gatewaySources.find((item) => item.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

const docker = {
  source: cursorMcp,
  path: '.cursor/mcp.json',
  text: json({ mcpServers: { MCP_DOCKER: { command: 'docker', args: ['mcp', 'gateway', 'run'] } } }),
};
const catalogue = {
  source: dockerCatalogs,
  path: '.docker/mcp/catalogs/*.yaml',
  text: 'registry:\n  duck:\n    image: mcp/duck@sha256:0\n  other:\n    image: mcp/other\n',
  anchor: '~',
  place: '~/.docker/mcp/catalogs/docker-mcp.yaml',
};
const registry = {
  source: dockerRegistry,
  path: '.docker/mcp/registry.yaml',
  text: 'registry:\n  duck: {ref: ""}\n  gone: {ref: ""}\n',
  anchor: '~',
  place: '~/.docker/mcp/registry.yaml',
};

test('one entry stands for the servers that are switched on, two hops from the agent', () => {
  expect(linkedRelations([dockerMcpLinker, gatewaysLinker], [docker, catalogue, registry])).toEqual([
    'Docker MCP Toolkit, user settings uses duck',
    'MCP_DOCKER uses duck',
  ]);
});

test('what is switched on and described nowhere is told', () => {
  const placed = [{ ...docker, anchor: 'repo', place: 'repo/.cursor/mcp.json' }, catalogue, registry].map(
    ({ source: from, path, text, anchor, place }) => ({
      place,
      source: from.id,
      cap: 'high' as const,
      reading: readText(from, path, text, { place, anchor }),
    }),
  );
  const { assets } = reconcile(placed, [dockerMcpLinker, gatewaysLinker]);
  expect(assets.find((asset) => asset.name === 'MCP_DOCKER')?.properties).toMatchObject({
    gatewayServers: 1,
    undescribedServers: [{ name: 'gone', line: 3 }],
  });
});

test('a gateway without files of its own adds nothing', () =>
  expect(linkedRelations([gatewaysLinker], [docker])).toEqual([]));

test('files of gateways', () => {
  expect(
    assetsOf(
      readText(source('1mcp/servers'), '~/.config/1mcp/mcp.json', json({ mcpServers: { a: { command: 'x' } } })),
    ),
  ).toEqual(['mcp-server a', 'agent 1MCP, user settings']);
  expect(
    assetsOf(
      readText(
        source('mcpproxy/servers'),
        '~/.mcpproxy/mcp_config.json',
        json({ mcpServers: [{ name: 'b', url: 'https://h/mcp' }] }),
      ),
    ),
  ).toEqual(['mcp-server b', 'agent MCPProxy, user settings']);
  expect(assetsOf(readText(source('mcp-hub/servers'), '.mcphub/servers.json', json({ other: 1 })))).toEqual([]);
});
