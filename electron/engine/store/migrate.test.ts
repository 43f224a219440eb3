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
