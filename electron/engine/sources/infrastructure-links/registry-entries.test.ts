import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { reconcile } from '../../scan/reconcile.ts';
import type { AssetDraft } from '../source.ts';
import { packageServers, registryServers } from '../mcp-registry/server-json.ts';
import { readText } from '../reading.test-support.ts';
import { registryEntriesLinker } from './registry-entries.ts';

const entry = (folder: string, name: string) => ({
  place: `${folder}/package.json`,
  source: packageServers.id,
  cap: 'high' as const,
  reading: readText(packageServers, 'package.json', JSON.stringify({ name, mcpName: `io.github.acme/${name}` }), {
    place: `${folder}/package.json`,
    anchor: folder,
  }),
});

const code = (place: string, name: string, more: Properties = {}) => {
  const server: AssetDraft = {
    kind: 'mcp-server',
    key: `${place}#${name}`,
    name,
    properties: { implementedHere: true, transport: 'stdio', ...more },
    lines: { line: 7, endLine: 9 },
  };
  return {
    place,
    source: 'javascript/agents',
    cap: 'high' as const,
    reading: { status: 'read' as const, assets: [server], relations: [], issues: [] },
  };
};

const servers = (...placed: readonly ReturnType<typeof code | typeof entry>[]): readonly string[] =>
  reconcile(placed, [registryEntriesLinker])
    .assets.filter(({ kind }) => kind === 'mcp-server')
    .map(({ key, evidence }) => `${key} ${evidence.map(({ place }) => place).join(' ')}`)
    .sort();

test('a package and the server in it are one', () => {
  expect(servers(entry('repo', 'notes-mcp'), code('repo/src/index.ts', 'notes'))).toEqual([
    'npm:notes-mcp repo/package.json repo/src/index.ts',
  ]);
});

test('each package of a repository has its own', () => {
  expect(
    servers(
      entry('repo/packages/a', 'a-mcp'),
      entry('repo/packages/b', 'b-mcp'),
      code('repo/packages/a/src/index.ts', 'a'),
      code('repo/packages/b/index.ts', 'b'),
      code('repo/tests/fake.ts', 'fake', { location: 'test' }),
    ),
  ).toEqual([
    'npm:a-mcp repo/packages/a/package.json repo/packages/a/src/index.ts',
    'npm:b-mcp repo/packages/b/package.json repo/packages/b/index.ts',
    'repo/tests/fake.ts#fake repo/tests/fake.ts',
  ]);
});

test('which of two servers a package means is not guessed', () => {
  expect(servers(entry('repo', 'notes-mcp'), code('repo/a.ts', 'a'), code('repo/b.ts', 'b'))).toHaveLength(3);
});

test('package.json and server.json of one package', () => {
  const listed = {
    place: 'repo/server.json',
    source: registryServers.id,
    cap: 'high' as const,
    reading: readText(
      registryServers,
      'server.json',
      JSON.stringify({
        name: 'io.github.acme/notes-mcp',
        packages: [{ registryType: 'npm', identifier: 'notes-mcp', version: '1.0.0' }],
      }),
      { place: 'repo/server.json' },
    ),
  };
  expect(servers(entry('repo', 'notes-mcp'), listed, code('repo/src/index.ts', 'notes'))).toEqual([
    'npm:notes-mcp repo/package.json repo/server.json repo/src/index.ts',
  ]);
});
