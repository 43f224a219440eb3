import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plantedFolder, temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { readSafely, readSafelyLater, type SafeRead, sameStamp, stampOf } from './safe-read.ts';

const later = (path: string | Buffer, maxBytes: number): Promise<SafeRead> =>
  new Promise((resolve) => readSafelyLater(path, maxBytes, resolve));

/** Both ways of reading must tell the same. */
async function read(path: string | Buffer, maxBytes = 1000): Promise<SafeRead> {
  const now = readSafely(path, maxBytes);
  expect(await later(path, maxBytes)).toEqual(now);
  return now;
}

test('a file comes with its bytes and its stamp', async () => {
  const folder = plantedFolder({ 'a.txt': 'text', empty: '' });
  chmodSync(join(folder, 'a.txt'), 0o640);
  const stats = statSync(join(folder, 'a.txt'));
  expect(await read(join(folder, 'a.txt'))).toEqual({
    status: 'read',
    bytes: Buffer.from('text'),
    stamp: { size: 4, modified: stats.mtimeMs, changed: stats.ctimeMs, inode: stats.ino, mode: 0o640 },
  });
  expect(await read(join(folder, 'empty'))).toMatchObject({ status: 'read', bytes: Buffer.alloc(0) });
});

test('what is too large is not read, and its size is said', async () => {
  const folder = plantedFolder({ exact: 'x'.repeat(1000), over: 'x'.repeat(1001), sparse: '' });
  truncateSync(join(folder, 'sparse'), 2 ** 30);
  expect((await read(join(folder, 'exact'))).status).toBe('read');
  expect(await read(join(folder, 'over'))).toMatchObject({
    status: 'too-large',
    detail: '1001 bytes, more than the limit of 1000',
  });
  expect(await read(join(folder, 'sparse'))).toMatchObject({
    status: 'too-large',
    detail: '1073741824 bytes, more than the limit of 1000',
  });
});

test('links, folders, pipes, sockets and devices are not read, and nothing waits for them', async () => {
  const folder = plantedFolder({ target: 'secret', link: { link: 'target' }, loop: { link: 'loop' }, folder: null });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.on('listening', resolve));
  const linked = { status: 'skipped', detail: 'symbolic link, not followed', stamp: null };
  expect(await read(join(folder, 'link'))).toEqual(linked);
  expect(await read(join(folder, 'loop'))).toEqual(linked);
  const special = { status: 'skipped', detail: 'not a regular file' };
  expect(await read(join(folder, 'folder'))).toMatchObject(special);
  expect(await read(join(folder, 'pipe'))).toMatchObject(special);
  expect(await read('/dev/zero')).toMatchObject(special);
  expect(await read(join(folder, 'socket'))).toEqual({
    status: 'unreadable',
    detail: 'not a regular file',
    stamp: null,
  });
});

test('what is not there, not a folder on the way or too long a path has its own words', async () => {
  const folder = plantedFolder({ file: 'x' });
  expect(await read(join(folder, 'none'))).toEqual({ status: 'absent', detail: 'not there', stamp: null });
  expect(await read(join(folder, 'file', 'below'))).toEqual({ status: 'absent', detail: 'not there', stamp: null });
  expect(await read(join(folder, 'x'.repeat(300)))).toEqual({
    status: 'unreadable',
    detail: 'its path is too long',
    stamp: null,
  });
});

test('names that are not UTF-8 are opened by their bytes', async () => {
  const folder = temporaryFolder();
  const path = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]);
  writeFileSync(path, 'bytes');
  expect(await read(path)).toMatchObject({ status: 'read', bytes: Buffer.from('bytes') });
});

test('memory that is handed over is used where it is large enough', () => {
  const folder = plantedFolder({ small: 'abc', large: 'x'.repeat(20) });
  const into = Buffer.alloc(8);
  const small = readSafely(join(folder, 'small'), 1000, into);
  expect(small.status === 'read' && small.bytes.buffer === into.buffer && small.bytes.toString()).toBe('abc');
  const large = readSafely(join(folder, 'large'), 1000, into);
  expect(large.status === 'read' && large.bytes.toString()).toBe('x'.repeat(20));
});

test('a stamp is the same only when nothing of it moved; the mode alone does not count', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'x'));
  const stamp = stampOf(statSync(join(folder, 'x')));
  expect(sameStamp(stamp, { ...stamp })).toBe(true);
  for (const field of ['size', 'modified', 'changed', 'inode'] as const)
    expect(sameStamp(stamp, { ...stamp, [field]: stamp[field] + 1 })).toBe(false);
});
