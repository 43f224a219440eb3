import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { cursorMcp } from '../cursor/mcp.ts';
import { json, readText, relationsOf } from '../reading.test-support.ts';

const read = (servers: unknown) => readText(cursorMcp, '.cursor/mcp.json', json({ mcpServers: servers }));

/** The configuration of the only server of a file. */
function configurationOf(server: unknown, name = 'a'): Properties {
  const found = read({ [name]: server }).assets.find((asset) => asset.kind === 'mcp-server')?.properties;
  const [configuration] = (found?.['configurations'] ?? []) as readonly Properties[];
  return configuration ?? {};
}

describe('transports', () => {
  test.each([
    [{ command: 'x' }, 'stdio', false, undefined],
    [
      { type: 'sse', url: 'https://h/sse' },
      'sse',
      true,
      'HTTP+SSE of MCP 2024-11-05, replaced by streamable HTTP in 2025-03-26',
    ],
    [{ type: 'http', url: 'https://h/mcp' }, 'http', true, undefined],
    [{ type: 'streamable-http', url: 'https://h/mcp' }, 'http', true, undefined],
    [{ url: 'wss://h/mcp' }, 'ws', false, undefined],
    [{ type: 'ws', url: 'wss://h/mcp' }, 'ws', true, undefined],
    [{}, 'unknown', false, undefined],
  ])('%j', (server, transport, transportDeclared, legacyTransport) =>
    expect(configurationOf(server)).toMatchObject({
      transport,
      transportDeclared,
      ...(legacyTransport === undefined ? {} : { legacyTransport }),
    }),
  );

  test('only the old one is marked, behind a bridge too', () => {
    expect(configurationOf({ type: 'http', url: 'https://h/mcp' })).not.toHaveProperty('legacyTransport');
    expect(
      configurationOf({ command: 'npx', args: ['mcp-remote', 'https://h/sse', '--transport', 'sse-only'] }),
    ).toHaveProperty('legacyTransport');
  });
});

describe('authentication', () => {
  test.each([
    [{ url: 'https://h/mcp' }, { type: 'none' }],
    [{ url: 'https://h/mcp', headers: { 'X-Tenant': 'acme' } }, { type: 'none' }],
    [
      { url: 'https://h/mcp', headers: { Authorization: 'Bearer ${env:T}' } },
      { type: 'header', names: ['Authorization'] },
    ],
    [
      { url: 'https://h/mcp', auth: { CLIENT_ID: 'x', scopes: ['read', 'write'] } },
      { type: 'oauth', scopes: ['read', 'write'] },
    ],
    [
      { url: 'https://h/mcp', oauth: { clientId: 'x', scopes: 'a b' } },
      { type: 'oauth', names: ['oauth'], scopes: ['a', 'b'] },
    ],
    [{ url: 'https://h/mcp', oauth: false }, { type: 'none' }],
    [{ url: 'https://h/mcp', auth: 'bearer' }, { type: 'none' }],
    [{ url: 'https://h/mcp?api_key=FAKEabcdef1234567890' }, { type: 'url-secret' }],
    [
      { command: 'x', env: { GITHUB_TOKEN: '${T}' } },
      { type: 'env-secret', names: ['GITHUB_TOKEN'] },
    ],
    [
      { command: 'x', args: ['--api-key', 'FAKEabcdef1234567890'] },
      { type: 'argument-secret', names: ['api-key'] },
    ],
    [{ command: 'npx', args: ['mcp-remote', 'https://h/mcp', '--header', 'Authorization:${T}'] }, { type: 'header' }],
    [{ command: 'x', env: { PORT: '1' } }, { type: 'none' }],
  ])('%j', (server, auth) => expect(configurationOf(server)['auth']).toMatchObject(auth));
});

describe('protection of the way', () => {
  const security = (server: unknown): Properties => configurationOf(server)['transportSecurity'] as Properties;

  test.each([
    ['http://api.example.com/mcp', { scheme: 'http', encrypted: false, loopback: false, plainHttp: true }],
    ['http://localhost:3000/mcp', { scheme: 'http', encrypted: false, loopback: true }],
    ['http://127.0.0.1/mcp', { loopback: true }],
    ['http://[::1]:8080/mcp', { loopback: true }],
    ['http://0.0.0.0:8080/mcp', { loopback: true }],
    ['http://localhost.example.com/mcp', { loopback: false, plainHttp: true }],
    ['http://10.0.0.5/mcp', { loopback: false, privateNetwork: true, plainHttp: true }],
    ['http://mcp.internal/mcp', { privateNetwork: true, plainHttp: true }],
    ['http://host.docker.internal:80/mcp', { privateNetwork: true, plainHttp: true }],
    ['https://h.example/mcp', { scheme: 'https', encrypted: true, loopback: false }],
    ['${env:MCP_URL}/mcp', { scheme: null, encrypted: null }],
  ])('%s', (url, expected) => expect(security({ url })).toMatchObject(expected));

  test('loopback and encryption are no plain http', () => {
    expect(security({ url: 'http://localhost/mcp' })).not.toHaveProperty('plainHttp');
    expect(security({ url: 'https://h/mcp' })).not.toHaveProperty('plainHttp');
    expect(security({ command: 'x' })).toEqual({ scheme: 'stdio', encrypted: null });
  });

  test.each([
    [{ command: 'x', env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, ['env.NODE_TLS_REJECT_UNAUTHORIZED']],
    [{ command: 'x', env: { NODE_TLS_REJECT_UNAUTHORIZED: 0 } }, ['env.NODE_TLS_REJECT_UNAUTHORIZED']],
    [{ command: 'x', env: { JIRA_SSL_VERIFY: 'false' } }, ['env.JIRA_SSL_VERIFY']],
    [{ command: 'x', args: ['--insecure'] }, ['--insecure']],
    [{ url: 'https://h/mcp', verify: false }, ['verify']],
    [{ url: 'https://h/mcp', tls: { rejectUnauthorized: false } }, ['rejectUnauthorized']],
    [{ command: 'x', env: { DATABASE_URL: 'postgres://h/db?sslmode=disable' } }, ['sslmode']],
  ])('checks switched off: %j', (server, disabledBy) =>
    expect(security(server)).toMatchObject({ certificateChecks: 'disabled', disabledBy }),
  );

  test.each([
    { command: 'x', env: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } },
    { command: 'x', env: { JIRA_SSL_VERIFY: 'true', INSECURE: 'false' } },
    { command: 'x', args: ['--insecure=false', '--verify'] },
    { url: 'https://h/mcp', verify: true, other: false },
  ])('checks left on: %j', (server) => expect(security(server)).not.toHaveProperty('certificateChecks'));
});

describe('what stands behind a server', () => {
  test.each([
    [
      { command: 'npx', args: ['-y', '@modelcontextprotocol/server-postgres', 'postgresql://h/db'] },
      'a',
      'database',
      'package name',
    ],
    [{ command: 'uvx', args: ['mcp-server-sqlite', '--db-path', 'x.db'] }, 'a', 'database', 'package name'],
    [{ command: 'uvx', args: ['awslabs.aws-api-mcp-server@latest'] }, 'a', 'cloud-service', 'package name'],
    [
      { command: 'docker', args: ['run', '-i', 'ghcr.io/github/github-mcp-server'] },
      'a',
      'external-tool',
      'package name',
    ],
    [{ url: 'https://mcp.linear.app/mcp' }, 'x', 'external-tool', 'address'],
    [{ url: 'https://x.snowflakecomputing.com/mcp' }, 'x', 'database', 'address'],
    [{ url: 'https://mcp.example.com/' }, 'x', 'external-tool', 'remote address of no known kind'],
    [{ command: 'node', args: ['s.js'], env: { DATABASE_URL: '${D}' } }, 'a', 'database', 'variable'],
    [{ command: 'node', args: ['s.js', 'mongodb://h/x'] }, 'a', 'database', 'connection string'],
    [{ command: 'node', args: ['s.js'], env: { AWS_PROFILE: 'x' } }, 'a', 'cloud-service', 'variable'],
    [{ command: 'node', args: ['s.js'] }, 'jira', 'external-tool', 'server name'],
    [
      { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/'] },
      'a',
      'local-machine',
      'package name',
    ],
    [{ command: 'npx', args: ['mcp-proxy', '--', 'uvx', 'mcp-server-sqlite'] }, 'a', 'database', 'package name'],
    [{ command: 'node', args: ['s.js'] }, 'acme', 'unknown', undefined],
    [{ url: 'http://localhost:3000/mcp' }, 'acme', 'unknown', undefined],
  ])('%j', (server, name, kind, why) =>
    expect(configurationOf(server, name)['target']).toMatchObject({ kind, ...(why === undefined ? {} : { why }) }),
  );
});

describe('source and integrity', () => {
  test.each([
    [
      ['npx', '-y', 'foo'],
      { source: 'npm', name: 'foo', version: null, integrity: { kind: 'none' }, fetchedAtStart: true },
    ],
    [['npx', '-y', 'foo@1.2.3'], { source: 'npm', version: '1.2.3', integrity: { kind: 'version' } }],
    [
      ['docker', 'run', `a/b@sha256:${'0'.repeat(64)}`],
      { source: 'oci', integrity: { kind: 'digest', value: `sha256:${'0'.repeat(64)}` } },
    ],
    [
      ['uvx', '--from', `git+https://github.com/a/b@${'1'.repeat(40)}`, 's'],
      { source: 'git', integrity: { kind: 'commit', value: '1'.repeat(40) } },
    ],
    [
      ['uvx', '--index-url', 'https://u:FAKEpass@pypi.corp/simple', 'foo'],
      { registries: ['https://u:***@pypi.corp/simple'] },
    ],
  ])('%j', ([command, ...args], expected) =>
    expect(configurationOf({ command, args })['supplyChain']).toMatchObject(expected),
  );

  test('a registry by variable; a script of this machine has none', () => {
    expect(
      configurationOf({ command: 'npx', args: ['foo'], env: { NPM_CONFIG_REGISTRY: 'https://npm.corp/' } })[
        'supplyChain'
      ],
    ).toMatchObject({ registries: ['https://npm.corp/'] });
    expect(configurationOf({ command: 'node', args: ['s.js'] })).not.toHaveProperty('supplyChain');
  });
});

describe('proxies', () => {
  test('a bridge to a remote server is two hops, and one bridge for each server', () => {
    const reading = read({
      a: { command: 'npx', args: ['-y', 'mcp-remote@0.1.0', 'https://a.example/mcp'] },
      b: { command: 'npx', args: ['-y', 'mcp-remote', 'https://b.example/mcp'] },
    });
    expect(relationsOf(reading)).toEqual([
      'mcp-bridge:mcp-remote>url:https://a.example/mcp uses url:https://a.example/mcp',
      'cursor@repo uses mcp-bridge:mcp-remote>url:https://a.example/mcp',
      'cursor@repo uses url:https://a.example/mcp',
      'mcp-bridge:mcp-remote>url:https://b.example/mcp uses url:https://b.example/mcp',
      'cursor@repo uses mcp-bridge:mcp-remote>url:https://b.example/mcp',
      'cursor@repo uses url:https://b.example/mcp',
    ]);
    expect(reading.relations.at(-1)?.properties).toMatchObject({
      via: 'mcp-bridge:mcp-remote>url:https://b.example/mcp',
    });
    expect(reading.assets.find((asset) => asset.kind === 'workload')?.properties).toMatchObject({
      role: 'mcp-bridge',
      package: { registry: 'npm', name: 'mcp-remote', version: '0.1.0', pinned: true },
      configurations: [{ host: 'cursor', name: 'a', version: '0.1.0' }],
    });
  });

  test('a program behind a bridge is the server, the same as without', () => {
    const keyOf = (server: unknown): string | undefined =>
      read({ a: server }).assets.find((asset) => asset.kind === 'mcp-server')?.key;
    expect(keyOf({ command: 'uvx', args: ['mcp-proxy', '--', 'npx', '-y', 'foo@1.0.0'] })).toBe(
      keyOf({ command: 'npx', args: ['-y', 'foo@2.0.0'] }),
    );
    expect(
      read({ a: { command: 'uvx', args: ['mcp-proxy', '--', 'foo', '--token', 'FAKEabcdef1234567890'] } }).assets[0]
        ?.properties,
    ).toMatchObject({ unwrapped: { transport: 'stdio', command: 'foo --token ***', via: 'mcp-proxy' } });
  });

  test('network proxies, by variable and by flag, without their passwords', () => {
    const reading = read({
      a: {
        command: 'x',
        args: ['--proxy-server', 'http://p2:8080'],
        env: { HTTPS_PROXY: 'http://u:FAKEpass@proxy.corp:3128' },
      },
      b: { command: 'y', env: { https_proxy: '${HTTPS_PROXY}' } },
    });
    expect(reading.assets.filter((asset) => asset.kind === 'external-service').map((asset) => asset.key)).toEqual([
      'network-proxy:proxy.corp:3128',
      'network-proxy:p2:8080',
    ]);
    expect(relationsOf(reading).filter((text) => text.includes('egresses-to'))).toHaveLength(2);
    expect(JSON.stringify(reading)).not.toContain('FAKEpass');
    expect(configurationOf({ command: 'y', env: { https_proxy: '${HTTPS_PROXY}' } })['networkProxies']).toEqual([
      { from: 'env.https_proxy', url: '${HTTPS_PROXY}' },
    ]);
  });
});
