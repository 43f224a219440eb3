import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { reconcile } from '../../scan/reconcile.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { dockerCatalogList, dockerCatalogs, dockerConfig, dockerRegistry, dockerTools } from './docker-mcp.ts';
import { dockerMcpLinker } from './link.ts';
import type { FileSource } from '../source.ts';

const catalogue = `name: docker-mcp
registry:
  duckduckgo:
    type: server
    image: mcp/duckduckgo@sha256:${'6'.repeat(64)}
    allowHosts: [html.duckduckgo.com:443]
    tools: [{name: search}]
  brave:
    type: server
    image: mcp/brave-search
    secrets: [{name: brave.api_key, env: BRAVE_API_KEY}]
    env: [{name: MODE, value: FAKEvalue}]
    volumes: ["{{brave.path}}:/data"]
  linear:
    type: remote
    remote: {url: "https://mcp.linear.app/sse", transport_type: sse}
    oauth: {providers: [{provider: linear}], scopes: [read]}
  broken: 5
`;
const catalogPath = '.docker/mcp/catalogs/*.yaml';

test('a catalogue is statements, no servers', () => {
  const reading = readText(dockerCatalogs, `~/${catalogPath}`, catalogue);
  expect(issuesOf(reading)).toEqual([]);
  expect(assetsOf(reading)).toEqual(['agent Docker MCP Toolkit, user settings']);
  expect(reading.statements?.map((statement) => [statement.subject, statement.lines])).toEqual([
    ['duckduckgo', { line: 3, endLine: 7 }],
    ['brave', { line: 8, endLine: 13 }],
    ['linear', { line: 14, endLine: 17 }],
  ]);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('what the registry switches on is a server, with its digest, secrets and two places', () => {
  const file = (source: FileSource, path: string, text: string) => ({
    place: `~/${path.replace('*', 'docker-mcp')}`,
    source: source.id,
    cap: 'high' as const,
    reading: readText(source, `~/${path}`, text, { place: `~/${path.replace('*', 'docker-mcp')}` }),
  });
  const { assets, relations, dangling } = reconcile(
    [
      file(dockerCatalogs, catalogPath, catalogue),
      file(
        dockerRegistry,
        '.docker/mcp/registry.yaml',
        'registry:\n  duckduckgo: {ref: ""}\n  linear: {}\n  gone: {}\n',
      ),
    ],
    [dockerMcpLinker],
  );
  expect(dangling).toEqual([]);
  const servers = assets.filter((asset) => asset.kind === 'mcp-server');
  expect(servers.map((asset) => asset.name)).toEqual(['duckduckgo', 'linear']);
  const [duck, linear] = servers.map((asset) => (asset.properties['configurations'] as readonly Properties[])[0]);
  expect(duck).toMatchObject({
    enabled: true,
    catalogue: 'docker-mcp',
    declaredTools: ['search'],
    allowHosts: ['html.duckduckgo.com:443'],
    supplyChain: {
      source: 'oci',
      name: 'mcp/duckduckgo',
      integrity: { kind: 'digest', value: `sha256:${'6'.repeat(64)}` },
    },
  });
  expect(linear).toMatchObject({ transport: 'sse', auth: { type: 'oauth', scopes: ['read'] } });
  expect(servers[0]?.evidence.map((item) => `${item.place}:${item.line}`)).toEqual([
    '~/.docker/mcp/registry.yaml:2',
    '~/.docker/mcp/catalogs/docker-mcp.yaml:3',
  ]);
  expect(relations.map((relation) => relation.kind)).toEqual(['uses', 'uses']);
});

test('what is switched on, set and offered', () => {
  const agent = 'Docker MCP Toolkit, user settings';
  expect(
    propertiesOf(
      readText(dockerRegistry, '~/.docker/mcp/registry.yaml', 'registry:\n  brave:\n    ref: ""\n'),
      'agent',
      agent,
    ),
  ).toMatchObject({ serverSwitches: [{ name: 'brave', enabled: true, line: 2 }] });
  const config = readText(dockerConfig, '~/.docker/mcp/config.yaml', 'pg:\n  url: x\n  password: FAKEpassword1\n');
  expect(propertiesOf(config, 'agent', agent)).toMatchObject({
    serverSettings: [{ name: 'pg', keys: ['url', 'password'] }],
    literalSecrets: [{ where: 'pg.password', line: 3 }],
  });
  expect(JSON.stringify(config)).not.toContain('FAKE');
  expect(
    propertiesOf(readText(dockerTools, '~/.docker/mcp/tools.yaml', 'brave: [search]\n'), 'agent', agent),
  ).toMatchObject({
    enabledTools: [{ server: 'brave', tools: ['search'] }],
  });
  expect(
    propertiesOf(
      readText(
        dockerCatalogList,
        '~/.docker/mcp/catalog.json',
        json({ catalogs: { x: { url: 'https://u:FAKEpw@h/c.yaml' } } }),
      ),
      'agent',
      agent,
    ),
  ).toMatchObject({ catalogs: [{ name: 'x', url: 'https://u:***@h/c.yaml' }] });
});
