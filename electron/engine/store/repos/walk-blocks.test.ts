import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/fixtures/temporary-tree.ts';
import { connect } from '../driver.ts';
import { openWorkspace } from '../open.ts';
import { putRoot } from './scans.ts';
import { walkTable } from './walk-blocks.ts';
import { type CachedFile, decodeFile, encodeFile, fileWidth, type FlatRow } from './walk-rows.ts';

const file = (size: number): CachedFile => ({ id: 0, size, modified: 1.5, changed: 2.25, inode: 3, sha256: 'mark' });

const block = (...files: readonly (readonly [string, number])[]): string => {
  const values: FlatRow = [];
  for (const [path, size] of files) encodeFile(path, file(size), values);
  return JSON.stringify(values);
};

async function openTable() {
  const path = join(temporaryFolder(), 'blocks.countersign');
  (await openWorkspace(path, { create: { name: 'blocks', sample: false, now: 0 } })).close();
  const connection = connect(path, 'facts');
  const root = putRoot(connection, { type: 'scan', label: 'a', path: '/a' }, null);
  const table = () =>
    walkTable<CachedFile>(connection, 'files', () => {}, { width: fileWidth, encode: encodeFile, decode: decodeFile });
  const stored = () => [...table().all(root)].map(([name, { size }]) => `${name} ${size}`).sort();
  return { connection, root, table, stored };
}

test('blocks made elsewhere stand beside entries that were put one by one', async () => {
  const { connection, root, table, stored } = await openTable();
  const growing = table();
  growing.put(root, 'one', file(1));
  growing.putBlock(root, block(['two', 2], ['three', 3]));
  growing.put(root, 'four', file(4));
  growing.putBlock(root, block(['five', 5]));
  growing.write();
  expect(stored()).toEqual(['five 5', 'four 4', 'one 1', 'three 3', 'two 2']);
  connection.close();
});

test('a block added to a table that exists replaces entries of the same path', async () => {
  const { connection, root, table, stored } = await openTable();
  const first = table();
  first.putBlock(root, block(['kept', 1], ['changed', 2], ['gone', 3]));
  first.write();
  const second = table();
  second.remove(root, 'gone');
  second.putBlock(root, block(['changed', 20], ['new', 4]));
  second.write();
  expect(stored()).toEqual(['changed 20', 'kept 1', 'new 4']);
  connection.close();
});
