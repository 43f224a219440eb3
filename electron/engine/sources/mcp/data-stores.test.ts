import { expect, test } from 'vitest';
import { parseJson } from '../parse/json-document.ts';
import { entryOf } from '../parse/node.ts';
import { dataStoresOf } from './data-stores.ts';
import { readRawServer } from './raw-server.ts';

function stores(server: unknown): unknown {
  const entry = entryOf(parseJson(JSON.stringify({ s: server })).root, 's');
  if (entry?.node.kind !== 'map') throw new Error('no server');
  return dataStoresOf(readRawServer(entry, entry.node));
}

test('files of databases, where the line says of which', () => {
  expect(stores({ command: 'uvx', args: ['mcp-server-sqlite', '--db-path', './prod.db'] })).toEqual([
    { kind: 'sqlite', path: './prod.db' },
  ]);
  expect(stores({ command: 'x', args: ['--file=/home/dev/a.duckdb'] })).toEqual([
    { kind: 'duckdb', path: '~/a.duckdb' },
  ]);
  expect(stores({ command: 'x', args: ['thumbs.db', '--db'] })).toEqual([]);
});

test('connection strings without account and password', () => {
  const address = 'postgresql+asyncpg://app:FAKEpassword1@db.example.com:5432/orders?sslmode=require';
  expect(
    stores({ command: 'x', args: [address], env: { URI: 'mongodb+srv://u:FAKEp@m.example.com/logs', SAME: address } }),
  ).toEqual([
    { kind: 'postgres', host: 'db.example.com', database: 'orders' },
    { kind: 'mongodb', host: 'm.example.com', database: 'logs' },
  ]);
  expect(
    stores({ command: 'x', args: ['postgres://{env:DB_HOST}/a', 'https://db.example.com/x.db', 'redis://'] }),
  ).toEqual([]);
});
