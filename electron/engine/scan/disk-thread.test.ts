import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { plantedFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import type { ListAnswer, SearchAnswer } from './disk-messages.ts';
import { createDiskThread, type DiskThread } from './disk-thread.ts';
import { createFileReader } from './file-reader.ts';
import { createFolderLister, type FolderLister, type ListedFolder, withThread } from './list-folder.ts';
import { readSafely } from './safe-read.ts';

const worker = new URL('./disk-worker.ts', import.meta.url);
const tree: Tree = {
  '.gitignore': 'dist/\n',
  'agent.py': 'from langgraph import x\n',
  'other.py': 'nothing here\n',
  'folder/': null,
  'naïve ✓.txt': '',
  link: { link: 'agent.py' },
  'empty/': null,
};

const list = (lister: FolderLister, path: string): Promise<ListedFolder> =>
  new Promise((resolve, reject) =>
    lister.list(path, false, true, (error, folder) => (error === null ? resolve(folder) : reject(error))),
  );

const plain = ({ entries, raws, ignoreFile }: ListedFolder) => ({
  entries: entries.map((entry) => [entry.name, entry.isFile(), entry.isDirectory(), entry.isSymbolicLink()]).sort(),
  raws,
  ignoreFile:
    ignoreFile === null
      ? null
      : { ...ignoreFile, ...(ignoreFile.status === 'read' ? { bytes: ignoreFile.bytes.toString() } : {}) },
});

/** A thread that is up: it starts when a scan has listed many folders by itself. */
async function startedThread(folder: string, script = worker): Promise<DiskThread> {
  const thread = createDiskThread(script, [Buffer.from('langgraph')]);
  onTestFinished(() => thread.close());
  for (let count = 0; count < 1_000; count++)
    if (thread.list({ path: folder, ignoreFile: false }, () => {})) return thread;
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && !thread.search({ path: join(folder, 'other.py'), maxBytes: 10 }, () => {}))
    await turn();
  return thread;
}

test('lists what the scan itself would list', async () => {
  const folder = plantedFolder(tree);
  const here = createFolderLister();
  const there = withThread(here, await startedThread(folder));
  for (const path of [folder, join(folder, 'empty')])
    expect(plain(await list(there, path))).toEqual(plain(await list(here, path)));
  const listed = await list(there, folder);
  expect(listed.stamp?.inode).toBeGreaterThan(0);
  await expect(list(there, join(folder, 'not-there'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('searches, and sends the bytes of a file only when a keyword is in it', async () => {
  const folder = plantedFolder(tree);
  const thread = await startedThread(folder);
  const search = (path: string, maxBytes = 1_000): Promise<SearchAnswer | null> =>
    new Promise((resolve) => expect(thread.search({ path: join(folder, path), maxBytes }, resolve)).toBe(true));
  const read = readSafely(join(folder, 'agent.py'), 1_000);
  expect(Buffer.from((await search('agent.py'))?.bytes ?? [])).toEqual(read.status === 'read' ? read.bytes : null);
  expect((await search('other.py'))?.bytes).toBe(null);
  // Too large, a link, a folder, gone: the scan looks itself and says why.
  expect(await Promise.all([search('agent.py', 5), search('link'), search('folder'), search('gone.py')])).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('a reader with a thread answers as one without', async () => {
  const folder = plantedFolder(tree);
  const reader = createFileReader(await startedThread(folder));
  const found: string[] = [];
  for (const name of ['agent.py', 'other.py', 'gone.py']) {
    reader.search(join(folder, name), 1_000, (result) =>
      found.push(`${name} ${result.status === 'read' ? result.bytes.toString() : result.status}`),
    );
  }
  await reader.idle();
  expect(found.sort()).toEqual(['agent.py from langgraph import x\n', 'gone.py absent', 'other.py no-keyword']);
});

test('a thread that cannot start leaves the scan to itself, and nothing unanswered', async () => {
  const folder = plantedFolder(tree);
  const thread = createDiskThread(new URL('./no-such-worker.ts', import.meta.url), []);
  onTestFinished(() => thread.close());
  const answers: (ListAnswer | null)[] = [];
  let taken = 0;
  for (let count = 0; count < 700; count++)
    if (thread.list({ path: folder, ignoreFile: false }, (answer) => answers.push(answer))) taken++;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(answers.length).toBe(taken);
  expect(thread.list({ path: folder, ignoreFile: false }, () => {})).toBe(false);
});
