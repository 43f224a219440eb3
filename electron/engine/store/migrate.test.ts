import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { type Connection, connect } from './driver.ts';
import { migrate, type Migration, migrations, needsMigration, newestSchema, schemaVersion } from './migrate.ts';

function database(): Connection {
  const connection = connect(join(temporaryFolder('store'), 'x'), 'ledger');
  onTestFinished(() => void connection.close());
  return connection;
}
const tables = (connection: Connection): unknown[] =>
  connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

/** A released migration never changes: workspaces that have it would differ from those that get it. Until 1.0.0 only a new number is added to this list. */
const released: Readonly<Record<number, string>> = {
  10: '5f8c3e367aad057f4aa2975ca9770470717f61b2e0415e54c77aab87edd631f3',
  20: 'a0daeac96e8156883385d61ebea35b1edb1632dc0d862716969e6b20a71954d7',
  30: '43b27e1f4fc8842daab5f899dbb82a7cbec7c1a5502e8af5dd6a3bc6ea9a99d1',
};

test('migrations that were released are what they were', () => {
  const digests = migrations.map(({ number, sql }) => [number, createHash('sha256').update(sql).digest('hex')]);
  expect(Object.fromEntries(digests)).toEqual(released);
  expect(migrations.map(({ number }) => number)).toEqual(
    [...migrations.map(({ number }) => number)].sort((a, b) => a - b),
  );
});

test('an empty database gets every step once', () => {
  const connection = database();
  expect(needsMigration(connection)).toBe(true);
  migrate(connection);
  expect([schemaVersion(connection), needsMigration(connection)]).toEqual([newestSchema, false]);
  const before = tables(connection);
  migrate(connection);
  expect(tables(connection)).toEqual(before);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  const loose = connection
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  expect(loose).toEqual([]);
});

const step = (number: number, sql: string): Migration => ({ number, name: `step ${number}`, sql });

test('a step that fails leaves the step before, and a later try goes on from there', () => {
  const connection = database();
  const good = [
    step(10, 'CREATE TABLE a(x INTEGER PRIMARY KEY) STRICT'),
    step(20, 'CREATE TABLE b(x INTEGER REFERENCES a(x)) STRICT'),
  ];
  for (const bad of [
    'CREATE TABLE c(x INTEGER) STRICT; SELECT nothing FROM nowhere',
    'CREATE TABLE c(x INTEGER) STRICT; PRAGMA defer_foreign_keys = ON; INSERT INTO b VALUES (7)',
  ]) {
    expect(() => migrate(connection, [...good, step(30, bad)])).toThrow(
      'The workspace could not be brought to schema 30 (step 30). Nothing was changed.',
    );
    expect([schemaVersion(connection), tables(connection)]).toEqual([20, ['a', 'b']]);
  }
  migrate(connection, [...good, step(30, 'CREATE TABLE c(x INTEGER) STRICT')]);
  expect([schemaVersion(connection), tables(connection)]).toEqual([30, ['a', 'b', 'c']]);
});

test('a workspace of schema 10 with rows becomes one of schema 20 with the same rows', () => {
  const connection = database();
  migrate(connection, migrations.slice(0, 1));
  connection.exec(`
    INSERT INTO scan(number, status, started_at, request, roots, tool) VALUES (1, 'complete', 1, '{}', '[]', 'test');
    INSERT INTO asset(public_id, kind, key) VALUES ('agent:1', 0, 'one');
    INSERT INTO asset_version(asset, since, name, origin, confidence, dynamic, properties, evidence)
      VALUES (1, 1, 'One', 0, 0, 0, '{}', '[]');
    INSERT INTO saved_view VALUES ('v', 'View', 'graph', '', 1)`);
  const rows = (): unknown[] =>
    ['scan', 'asset', 'asset_version', 'saved_view'].map((table) => connection.prepare(`SELECT * FROM ${table}`).all());
  const before = rows();
  migrate(connection, migrations.slice(0, 2));
  expect([schemaVersion(connection), rows()]).toEqual([20, before]);
  expect(tables(connection)).toEqual(expect.arrayContaining(['asset_record', 'import']));
});

test('a workspace of schema 20 with imports becomes one of schema 30 with the same imports, and a key of its own', () => {
  const key = (connection: Connection): unknown =>
    connection.prepare("SELECT value FROM meta WHERE key = 'introspection-key'").pluck().get();
  const [one, other] = [database(), database()];
  migrate(one, migrations.slice(0, 2));
  one.exec(`
    INSERT INTO import VALUES (3, 'registry', 'r.yaml', 'x', '{}', '[]', 'Ada', 5, NULL, NULL);
    INSERT INTO import VALUES (7, 'agents', 'a.csv', 'y', '{}', '[]', 'Ada', 6, 'Bob', 9)`);
  const rows = (): unknown[] => one.prepare('SELECT * FROM import ORDER BY id').all();
  const before = rows();
  for (const connection of [one, other]) migrate(connection, migrations.slice(0, 3));
  expect([schemaVersion(one), rows()]).toEqual([30, before]);
  one.exec("INSERT INTO import VALUES (8, 'tools', 't.json', 'z', '{}', '[]', 'Ada', 7, NULL, NULL)");
  expect(key(one)).toMatch(/^[0-9a-f]{64}$/);
  expect(key(one)).not.toBe(key(other));
});
