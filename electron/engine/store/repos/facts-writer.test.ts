import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../test/fixtures/temporary-tree.ts';
import type { Connection } from '../driver.ts';
import { publicAssetId, publicRelationId } from '../fact-ids.ts';
import type { AssetRow, RelationRow } from '../fact-rows.ts';
import { openWorkspace } from '../open.ts';
import { compareScans } from './facts-compare.ts';
import { readAssetDetail, readSnapshot } from './facts-reader.ts';
import { storeFacts } from './facts-writer.ts';
import { putRoot, setScanRoots } from './scans.ts';

const root = { type: 'scan', label: 'r', path: '/r' } as const;

async function facts(): Promise<Connection> {
  const workspace = await openWorkspace(join(temporaryFolder('facts'), 'w.countersign'), {
    create: { name: 'w', sample: false, now: 1 },
  });
  onTestFinished(() => workspace.close());
  putRoot(workspace.connection, root, null);
  return workspace.connection;
}

function store(
  connection: Connection,
  scan: number,
  status: 'complete' | 'partial',
  assets: readonly AssetRow[],
  relations: readonly RelationRow[],
) {
  return connection.transaction(() => {
    connection
      .prepare("INSERT INTO scan(number, status, started_at, request, roots, tool) VALUES (?, ?, 1, '{}', '[]', 't')")
      .run(scan, status);
    setScanRoots(connection, scan, [{ ...root, id: 1 }]);
    return storeFacts(connection, scan, status, assets, relations);
  })();
}

const asset = (key: string, changes: Partial<AssetRow> = {}): AssetRow => ({
  publicId: publicAssetId('agent', key),
  kind: 'agent',
  key,
  name: key,
  origin: 'declared',
  confidence: 'high',
  dynamic: false,
  properties: {},
  evidence: [{ root: 1, path: `${key}.txt`, line: 1, endLine: 2, source: 's' }],
  ...changes,
});
const relation = (from: number, to: number, changes: Partial<RelationRow> = {}): RelationRow => ({
  kind: 'uses',
  from,
  to,
  discriminator: '',
  origin: 'declared',
  confidence: 'high',
  dynamic: false,
  properties: {},
  evidence: [],
  ...changes,
});

/** What must be read back. */
function expected(assets: readonly AssetRow[], relations: readonly RelationRow[]) {
  const evidence = (rows: AssetRow['evidence']) =>
    rows.map(({ path, line, endLine, source }) => ({ root: 0, file: path, line, endLine, source }));
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return {
    assets: assets
      .map(({ publicId, key: _key, dynamic, evidence: rows, ...rest }) => ({
        ...rest,
        id: publicId,
        ...(dynamic ? { dynamic } : {}),
        evidence: evidence(rows),
      }))
      .sort((a, b) => order(a.name, b.name) || order(a.id, b.id)),
    relations: relations
      .map(({ from: fromRow, to: toRow, discriminator, dynamic, evidence: rows, ...rest }) => {
        const from = assets[fromRow]?.publicId ?? '';
        const to = assets[toRow]?.publicId ?? '';
        return {
          ...rest,
          id: publicRelationId(rest.kind, from, to, discriminator),
          from,
          to,
          ...(dynamic ? { dynamic } : {}),
          evidence: evidence(rows),
        };
      })
      .sort((a, b) => order(a.kind, b.kind) || order(a.from, b.from) || order(a.to, b.to) || order(a.id, b.id)),
  };
}
function stored(connection: Connection, scan: number) {
  const { assets, relations } = readSnapshot(connection, scan);
  return { assets, relations };
}

test('what is still so stays one row, what changed gets a version, what is missing ends', async () => {
  const connection = await facts();
  const first = [asset('a'), asset('b'), asset('c')];
  expect(store(connection, 1, 'complete', first, [relation(0, 1), relation(1, 2)])).toEqual({
    assets: { added: 3, changed: 0, removed: 0 },
    relations: { added: 2, changed: 0, removed: 0 },
  });
  const second = [asset('a'), asset('b', { properties: { new: true } }), asset('d')];
  expect(store(connection, 2, 'complete', second, [relation(0, 1), relation(1, 2)])).toEqual({
    assets: { added: 1, changed: 1, removed: 1 },
    relations: { added: 1, changed: 0, removed: 1 },
  });
  expect(store(connection, 3, 'complete', second, [relation(0, 1, { confidence: 'low' }), relation(1, 2)])).toEqual({
    assets: { added: 0, changed: 0, removed: 0 },
    relations: { added: 0, changed: 1, removed: 0 },
  });
  expect(connection.prepare('SELECT since, until, name FROM asset_version ORDER BY id').raw().all()).toEqual([
    [1, null, 'a'],
    [1, 2, 'b'],
    [1, 2, 'c'],
    [2, null, 'b'],
    [2, null, 'd'],
  ]);
  expect(stored(connection, 1)).toEqual(expected(first, [relation(0, 1), relation(1, 2)]));
  expect(stored(connection, 2)).toEqual(expected(second, [relation(0, 1), relation(1, 2)]));
});

test('facts of a partial scan are seen in that scan alone', async () => {
  const connection = await facts();
  const whole = [asset('a'), asset('b')];
  store(connection, 1, 'complete', whole, [relation(0, 1)]);
  const part = [asset('a', { properties: { half: true } }), asset('x')];
  store(connection, 2, 'partial', part, [relation(1, 0)]);
  store(connection, 3, 'complete', whole, [relation(0, 1)]);
  expect(stored(connection, 1)).toEqual(expected(whole, [relation(0, 1)]));
  expect(stored(connection, 2)).toEqual(expected(part, [relation(1, 0)]));
  expect(stored(connection, 3)).toEqual(expected(whole, [relation(0, 1)]));
  expect(readAssetDetail(connection, 3, publicAssetId('agent', 'x'), 10)).toBeUndefined();
  expect(readAssetDetail(connection, 2, publicAssetId('agent', 'x'), 10)).toMatchObject({
    asset: { name: 'x' },
    relations: [{ direction: 'out', other: { name: 'a' } }],
    leftOut: 0,
  });
});

test('a relation that only moved is the same, one that says something else is changed', async () => {
  const connection = await facts();
  const assets = [asset('a'), asset('b'), asset('c')];
  const at = (line: number) => [{ root: 1, path: 'f', line, endLine: line, source: 's' }];
  store(connection, 1, 'complete', assets, [
    relation(0, 1, { evidence: at(1) }),
    relation(1, 2, { evidence: at(2) }),
    relation(2, 0),
  ]);
  store(connection, 2, 'complete', assets, [
    relation(0, 1, { evidence: at(5) }),
    relation(1, 2, { confidence: 'low' }),
    relation(0, 2),
  ]);
  expect(compareScans(connection, 1, 2)).toEqual({
    assets: [],
    relationsAdded: 1,
    relationsRemoved: 1,
    relationsChanged: 1,
  });
});

test('the detail of an asset names both directions, a loop twice, and counts what is left out', async () => {
  const connection = await facts();
  store(
    connection,
    1,
    'complete',
    [asset('a'), asset('b')],
    [
      relation(0, 1),
      relation(1, 0, { kind: 'reads' }),
      relation(0, 0, { kind: 'writes' }),
      relation(0, 1, { discriminator: 'x' }),
    ],
  );
  const detail = readAssetDetail(connection, 1, publicAssetId('agent', 'a'), 3);
  expect(
    detail?.relations.map(({ direction, relation: { kind }, other }) => `${direction} ${kind} ${other.name}`),
  ).toEqual(['out uses b', 'out uses b', 'out writes a']);
  expect(detail?.leftOut).toBe(2);
});

test('a first load of very many relations builds the same indexes after the rows', async () => {
  const connection = await facts();
  const assets = Array.from({ length: 300 }, (_, index) => asset(`a${index}`));
  const relations = Array.from({ length: 50_500 }, (_, index) =>
    relation(Math.floor(index / 300), index % 300, { discriminator: String(Math.floor(index / 90_000)) }),
  );
  const indexes = (): unknown[] =>
    connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name").all();
  const before = indexes();
  expect(store(connection, 1, 'complete', assets, relations).relations).toEqual({
    added: 50_500,
    changed: 0,
    removed: 0,
  });
  expect(indexes()).toEqual(before);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(connection.prepare('SELECT count(*) FROM relation').pluck().get()).toBe(50_500);
  expect(store(connection, 2, 'complete', assets, relations.slice(1)).relations).toEqual({
    added: 0,
    changed: 0,
    removed: 1,
  });
});

test('a failure in the middle of a load leaves nothing of it, indexes included', async () => {
  const connection = await facts();
  const assets = Array.from({ length: 300 }, (_, index) => asset(`a${index}`));
  function* broken() {
    for (let index = 0; index < 50_100; index++) yield relation(Math.floor(index / 300), index % 300);
    yield relation(0, 999_999);
  }
  const indexes = (): unknown =>
    connection.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'index'").pluck().get();
  const before = indexes();
  connection
    .prepare(
      "INSERT INTO scan(number, status, started_at, request, roots, tool) VALUES (1, 'complete', 1, '{}', '[]', 't')",
    )
    .run();
  expect(() => connection.transaction(() => storeFacts(connection, 1, 'complete', assets, broken()))()).toThrow(
    'not stored with it',
  );
  expect([indexes(), connection.prepare('SELECT count(*) FROM asset').pluck().get()]).toEqual([before, 0]);
});

const world = fc
  .record({
    status: fc.constantFrom('complete' as const, 'complete' as const, 'partial' as const),
    assets: fc.uniqueArray(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        name: fc.constantFrom('n', 'm', 'x\ny', '\u0000'),
        confidence: fc.constantFrom('high' as const, 'low' as const),
        dynamic: fc.boolean(),
        properties: fc.dictionary(fc.constantFrom('p', 'q', '__proto__'), fc.constantFrom(1, 'x', null, ['y']), {
          noNullPrototype: true,
        }),
        line: fc.integer({ min: 1, max: 3 }),
      }),
      { selector: ({ key }) => key },
    ),
    ends: fc.uniqueArray(
      fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom('', 'x'), fc.constantFrom('high' as const, 'low' as const)),
      {
        selector: ([from, to, discriminator]) => `${from} ${to} ${discriminator}`,
      },
    ),
  })
  .map(({ status, assets, ends }) => ({
    status,
    assets: assets.map(({ key, line, ...rest }) =>
      asset(key, { ...rest, evidence: [{ root: 1, path: 'f', line, endLine: line, source: 's' }] }),
    ),
    relations: ends
      .filter(([from, to]) => from < assets.length && to < assets.length)
      .map(([from, to, discriminator, confidence]) => relation(from, to, { discriminator, confidence })),
  }));

test('any sequence of scans is read back as it was stored, each of them at any later time', async () => {
  const connection = await facts();
  fc.assert(
    fc.property(fc.array(world, { minLength: 1, maxLength: 6 }), (worlds) => {
      for (const table of ['asset_version', 'relation', 'asset', 'place', 'source', 'scan'])
        connection.exec(`DELETE FROM ${table}`);
      for (const [index, { status, assets, relations }] of worlds.entries())
        store(connection, index + 1, status, assets, relations);
      for (const [index, { assets, relations }] of worlds.entries())
        expect(stored(connection, index + 1)).toEqual(expected(assets, relations));
    }),
    { numRuns: 60 },
  );
});
