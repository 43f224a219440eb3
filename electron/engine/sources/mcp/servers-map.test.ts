import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { cursorMcp } from '../cursor/mcp.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';

const read = (servers: unknown) => readText(cursorMcp, '.cursor/mcp.json', json({ mcpServers: servers }));

describe('entries as they are found', () => {
  test('entries that are no objects are issues with lines, not servers', () => {
    const reading = read({ a: 5, b: 'npx', c: [], d: null, ok: { command: 'x' } });
    expect(assetsOf(reading)).toEqual(['mcp-server ok', 'agent Cursor in repo']);
    expect(issuesOf(reading)).toEqual([
      '3: server "a" is not an object',
      '4: server "b" is not an object',
      '5: server "c" is not an object',
      '6: server "d" is not an object',
    ]);
  });

  test('a list of servers, nothing at all, another root key', () => {
    expect(issuesOf(read([{ name: 'a' }]))).toEqual(['2: "mcpServers" is not an object of servers']);
    expect(assetsOf(read({}))).toEqual(['agent Cursor in repo']);
    expect(issuesOf(readText(cursorMcp, '.cursor/mcp.json', json({ servers: { a: {} } })))).toEqual([
      '2: "servers" is not the key this file uses, "mcpServers" is',
    ]);
  });

  test('numbers and booleans as values, one text as arguments, a list as command, blanks in names', () => {
    const reading = read({
      'my server': { command: ['npx', '-y', 'foo@1.0.0'], env: { PORT: 8080, DEBUG: true, N: null } },
      two: { command: 'x', args: 'one' },
    });
    expect(propertiesOf(reading, 'mcp-server', 'my server')).toMatchObject({
      transport: 'stdio',
      command: 'npx',
      commandLine: 'npx -y foo@1.0.0',
      package: { name: 'foo', version: '1.0.0' },
    });
    expect(propertiesOf(reading, 'mcp-server', 'my server')['configurations']).toMatchObject([
      { envNames: ['PORT', 'DEBUG', 'N'], line: 3 },
    ]);
    expect(propertiesOf(reading, 'mcp-server', 'two')).toMatchObject({ commandLine: 'x one' });
  });

  test('neither command nor address', () => {
    const reading = read({ a: { disabled: true } });
    expect(propertiesOf(reading, 'mcp-server', 'a')).toMatchObject({ transport: 'unknown' });
    expect(propertiesOf(reading, 'mcp-server', 'a')['enabled']).toBeUndefined();
    expect(issuesOf(reading)).toEqual(['3: server "a" has neither command nor address']);
  });

  test('switched off, tools', () => {
    const reading = read({
      a: { url: 'https://h/mcp', disabled: true, autoApprove: ['x'], alwaysAllow: ['y'], disabledTools: ['z'] },
    });
    expect(propertiesOf(reading, 'mcp-server', 'a')['configurations']).toMatchObject([
      { enabled: false, autoApprovedTools: ['x', 'y'], excludeTools: ['z'], transport: 'http' },
    ]);
  });

  test('Windows paths and the home of a user', () => {
    const reading = read({ a: { command: 'C:\\Users\\ann\\bin\\server.exe', args: ['/home/ann/x'] } });
    const [server] = reading.assets;
    expect(server?.key).toMatch(/^command:repo:~\\bin\\server\.exe\?[0-9a-f]{12}$/);
    expect(read({ a: { command: 'C:\\Users\\bob\\bin\\server.exe', args: ['/home/bob/x'] } }).assets[0]?.key).toBe(
      server?.key,
    );
  });

  test('the same endpoint twice in a file is one server with two configurations', () => {
    const reading = read({
      a: { url: 'https://h/mcp' },
      b: { command: 'npx', args: ['mcp-remote', 'https://h/mcp/'] },
    });
    expect(assetsOf(reading)).toEqual(['mcp-server a', 'workload mcp-remote', 'agent Cursor in repo']);
    expect(propertiesOf(reading, 'mcp-server', 'a')['configurations']).toHaveLength(2);
    expect(relationsOf(reading)).toEqual([
      'cursor@repo uses url:https://h/mcp',
      'mcp-bridge:mcp-remote>url:https://h/mcp uses url:https://h/mcp',
      'cursor@repo uses mcp-bridge:mcp-remote>url:https://h/mcp',
      'cursor@repo uses url:https://h/mcp',
    ]);
  });
});

describe('credentials', () => {
  test('references, literals, inputs and variables that are handed through', () => {
    const reading = read({
      a: {
        command: 'docker',
        args: ['run', '-e', 'PASSED_TOKEN', 'img'],
        env: { STRIPE_SECRET_KEY: '${STRIPE_API_KEY}', OTHER_TOKEN: 'FAKE-literal', REGION: 'eu', ROOT: '${HOME}/x' },
      },
      b: { url: 'https://h/mcp', headers: { Authorization: 'Bearer ${env:B_TOKEN}', 'X-Tenant': 'acme' } },
    });
    expect(
      reading.assets
        .filter((asset) => asset.kind === 'credential')
        .map((asset) => [asset.name, asset.lines?.line, asset.properties?.['literal'] ?? false]),
    ).toEqual([
      ['STRIPE_API_KEY', 12, false],
      ['OTHER_TOKEN', 13, true],
      ['PASSED_TOKEN', 8, false],
      ['B_TOKEN', 21, false],
    ]);
    expect(propertiesOf(reading, 'mcp-server', 'a')['configurations']).toMatchObject([
      {
        secretRefs: ['env:STRIPE_API_KEY', 'env:PASSED_TOKEN'],
        literalSecrets: [{ where: 'mcpServers.a.env.OTHER_TOKEN', kind: 'token', line: 13 }],
      },
    ]);
  });

  test('a literal account is another credential than the variable of the same name', () => {
    const reading = read({ a: { command: 'x', env: { DATABASE_URL: 'postgres://admin:FAKE@db.example/x' } } });
    expect(reading.assets.find((asset) => asset.kind === 'credential')).toMatchObject({
      key: 'literal-admin@db.example',
      name: 'literal-admin',
      properties: { literal: true, account: 'admin' },
    });
  });
});

test('"in this folder" is one place in every spelling, and another folder is another server', () => {
  const keyOf = (command: string, args: readonly string[], anchor = 'repo'): string | undefined =>
    readText(cursorMcp, '.cursor/mcp.json', json({ mcpServers: { a: { command, args } } }), { anchor }).assets.find(
      (asset) => asset.kind === 'mcp-server',
    )?.key;
  const one = keyOf('node', ['./tools/server.js']);
  for (const argument of [
    'tools/server.js',
    '${workspaceFolder}/tools/server.js',
    '${CLAUDE_PROJECT_DIR}/tools/server.js',
    '${CLAUDE_PROJECT_DIR:-.}/tools/server.js',
    '$CLAUDE_PROJECT_DIR/tools/server.js',
  ])
    expect(keyOf('node', [argument])).toBe(one);
  expect(keyOf('${workspaceFolder}/run.sh', [])).toBe(keyOf('./run.sh', []));
  expect(keyOf('run.sh', [])).not.toBe(keyOf('./run.sh', []));
  expect(keyOf('node', ['../tools/server.js'])).not.toBe(one);
  expect(keyOf('node', ['./tools/server.js'], 'repo/b')).not.toBe(one);
});

test('what lies among examples or tests says so, by the folder of the project', () => {
  const at = (anchor: string) => {
    const reading = readText(cursorMcp, '.cursor/mcp.json', json({ mcpServers: { a: { command: 'x' } } }), {
      anchor,
      anchorName: 'n',
    });
    const [configuration] = propertiesOf(reading, 'mcp-server', 'a')['configurations'] as readonly Properties[];
    return [propertiesOf(reading, 'agent', 'Cursor in n')['location'], configuration?.['location']];
  };
  expect(at('repo/examples/one')).toEqual(['example', 'example']);
  expect(at('repo/packages/a/test/fixtures')).toEqual(['test', 'test']);
  expect(at('repo/templates/app')).toEqual(['template', 'template']);
  expect(at('examples/one')).toEqual([undefined, undefined]);
  expect(at('repo/contest')).toEqual([undefined, undefined]);
});
