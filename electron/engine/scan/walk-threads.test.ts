import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';
import { plantedFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import { decodeFile, decodeFolder, fileWidth, type FlatRow, folderWidth } from '../store/repos/walk-rows.ts';
import type { Found, WalkJob } from './disk-messages.ts';
import { codeTest, compileLocations, type Want } from './location-matcher.ts';
import { readSafely } from './safe-read.ts';
import { taskFor, type WalkTask } from './walk-task.ts';
import { createWalkThreads } from './walk-threads.ts';
import { walk, type WalkCounts } from './walker.ts';

const script = new URL('./disk-worker.ts', import.meta.url);
const places = ['WANTED.md', '.a/agents/**/*.md', 'tool.py', '*.settings'];
const code = [
  { extensions: ['.py'], keywords: ['langgraph'] },
  { extensions: ['.tf'], keywords: ['='] },
];
const wants: Want[] = places.map((path, source) => ({
  source,
  location: { scope: 'project', base: 'project', path },
}));
const start = compileLocations(wants, (location) => location.path);
const limits = scanLimitsSchema.parse({ maxFileBytes: 100_000 });

const jobOf = (root: string, reads: boolean): WalkJob => ({
  root,
  places,
  code,
  exclude: ['left-out'],
  limits,
  known: null,
  reads: reads
    ? {
        leave: [join(root, 'p1/WANTED.md')],
        searchedMark: 'searched',
        ignoreFileMark: 'ignored',
        freshFrom: Number.MAX_SAFE_INTEGER,
      }
    : null,
});

/** A folder with something of everything, in several checkouts so that threads have to share. */
function manyFolders(checkouts: number): string {
  const tree: Record<string, Tree[string]> = { '.gitignore': 'dist/\n' };
  for (let index = 0; index < checkouts; index++) {
    const at = `p${index}`;
    tree[`${at}/.gitignore`] = 'out/*\n!out/kept\n';
    tree[`${at}/.git/config`] = '';
    tree[`${at}/dist/WANTED.md`] = '';
    tree[`${at}/out/gone/WANTED.md`] = '';
    tree[`${at}/out/kept/WANTED.md`] = 'kept';
    tree[`${at}/left-out/WANTED.md`] = '';
    tree[`${at}/WANTED.md`] = `of ${index}`;
    tree[`${at}/.a/agents/b/c.md`] = 'x'.repeat(70_000);
    tree[`${at}/src/tool.py`] = 'nothing';
    tree[`${at}/src/agent.py`] = 'import langgraph';
    tree[`${at}/src/other.py`] = 'a = 1';
    tree[`${at}/src/large.py`] = 'x'.repeat(100_001);
    tree[`${at}/src/main.tf`] = 'a = 1';
    tree[`${at}/src/deep/x.settings`] = '';
    tree[`${at}/node_modules/m/WANTED.md`] = '';
    tree[`${at}/linked`] = { link: '.a' };
    tree[`${at}/src/WANTED.md`] = { link: '../WANTED.md' };
    tree[`${at}/nowhere.settings`] = { link: 'not-there' };
  }
  const root = plantedFolder(tree);
  const folder = Buffer.concat([Buffer.from(`${root}/p0/`), Buffer.from([0x66, 0xff])]);
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/WANTED.md')]), 'bytes');
  return root;
}

type Outcome = {
  readonly files: string[];
  readonly searched: string[];
  readonly folders: string[];
  readonly repositories: string[];
  readonly skips: string[];
  readonly ignoreFiles: string[];
  readonly counts: WalkCounts;
};

const sorted = (outcome: Outcome): Outcome => {
  for (const list of Object.values(outcome)) if (Array.isArray(list)) list.sort();
  return outcome;
};

/** Everything in this thread, as a scan without help would do it. */
async function alone(root: string): Promise<Outcome> {
  const outcome = { files: [], searched: [], folders: [], repositories: [], skips: [], ignoreFiles: [] } as Omit<
    Outcome,
    'counts'
  >;
  const counts = await walk(
    {
      root,
      start,
      isCode: codeTest(code),
      isExcluded: (path) => path.endsWith('left-out'),
      limits,
      signal: new AbortController().signal,
    },
    {
      folder(folder) {
        outcome.folders.push(`${folder.path} ${folder.files} ${folder.repository} false`);
        if (folder.repository) outcome.repositories.push(folder.path);
      },
      linkedFolder: ({ path }) => outcome.folders.push(`${path} 0 false true`),
      file(file) {
        const matches = file.matches.map(({ want, anchorDepth }) => `${want.location.path}@${anchorDepth}`);
        const read = readSafely(file.open, limits.maxFileBytes);
        const words = file.path.endsWith('.py') ? 'langgraph' : '=';
        if (read.status === 'read' && matches.length === 0 && !read.bytes.includes(words))
          outcome.searched.push(file.path);
        else
          outcome.files.push(
            `${file.path} [${matches}] ${file.target} ${read.status === 'read' ? read.bytes.length : read.detail}`,
          );
      },
      skip: ({ path, detail, wanted }) => outcome.skips.push(`${path}: ${detail} ${wanted}`),
      ignoreFile: (path) => outcome.ignoreFiles.push(path),
    },
  );
  return sorted({ ...outcome, counts });
}

const rowsOf = <T>(text: string | null, width: number, decode: (values: FlatRow, at: number) => T): [string, T][] => {
  const values = JSON.parse(text ?? '[]') as FlatRow;
  return Array.from({ length: values.length / width }, (_, row) => [
    String(values[row * width]),
    decode(values, row * width),
  ]);
};

async function threaded(
  root: string,
  reads: boolean,
  signal = new AbortController().signal,
): Promise<Outcome & { parts: Found[] }> {
  const threads = createWalkThreads(script, 2);
  onTestFinished(() => threads.close());
  const parts: Found[] = [];
  const help = threads.help(jobOf(root, reads), start, signal, (part) => parts.push(part));
  const waiting: WalkTask[] = [taskFor({ root, start }, '')];
  while (!help.handOver(waiting)) await turn();
  const counts = await help.finish();
  const notes = parts.flatMap((part) => rowsOf(part.fileBlock, fileWidth, decodeFile));
  return {
    ...sorted({
      files: parts.flatMap((part) =>
        part.found.map((file) => {
          const matches: string[] = [];
          for (let at = 0; at < file.matches.length; at += 2)
            matches.push(`${wants[file.matches[at] ?? -1]?.location.path}@${file.matches[at + 1]}`);
          const open = typeof file.open === 'string' ? file.open : Buffer.from(file.open);
          const again = file.read === null ? readSafely(open, limits.maxFileBytes) : null;
          const read =
            again?.status === 'read' ? ({ status: 'read', length: again.bytes.length } as const) : (again ?? file.read);
          return `${file.path} [${matches}] ${file.target} ${read?.status === 'read' ? read.length : read?.detail}`;
        }),
      ),
      searched: notes.filter(([, row]) => row.sha256 === 'searched').map(([path]) => path),
      ignoreFiles: [
        ...notes.filter(([, row]) => row.sha256 === 'ignored').map(([path]) => path),
        ...parts.flatMap((part) => part.ignoreFiles.map(({ path }) => path)),
      ],
      folders: parts.flatMap((part) =>
        rowsOf(part.folderBlock, folderWidth, decodeFolder).map(
          ([path, row]) => `${path} ${row.files} ${row.repository} ${row.followed}`,
        ),
      ),
      repositories: parts.flatMap((part) => [...part.repositories]),
      skips: parts.flatMap((part) => part.skips.map(({ path, detail, wanted }) => `${path}: ${detail} ${wanted}`)),
      counts,
    }),
    parts,
  };
}

test('two threads find what a scan by itself finds, each thing once', async () => {
  const root = manyFolders(40);
  const expected = await alone(root);
  const { parts, ...outcome } = await threaded(root, true);
  expect(outcome).toEqual(expected);
  const { searched, searchedBy } = parts.reduce(
    (sum, part) => ({
      searched: sum.searched + part.searched,
      searchedBy: sum.searchedBy.map((count, index) => count + (part.searchedBy[index] ?? 0)),
    }),
    { searched: 0, searchedBy: [0, 0] },
  );
  expect([searched, searchedBy]).toEqual([expected.searched.length, [expected.searched.length, 0]]);
});

test('what somebody else speaks for and what is large is named, not sent', async () => {
  const { parts } = await threaded(manyFolders(2), true);
  const unread = parts.flatMap((part) => part.found.filter(({ read }) => read === null).map(({ path }) => path));
  expect(unread.sort()).toEqual(['p0/.a/agents/b/c.md', 'p1/.a/agents/b/c.md', 'p1/WANTED.md']);
});

test('where files are known from before, nothing is read and everything is named', async () => {
  const root = manyFolders(3);
  const expected = await alone(root);
  const { parts, ...outcome } = await threaded(root, false);
  expect(parts.every((part) => part.found.every(({ read }) => read === null) && part.fileBlock === null)).toBe(true);
  // Only whether a keyword is in them is still to be found out.
  const names = (lines: readonly string[]): string[] => lines.map((line) => line.slice(0, line.indexOf(' ['))).sort();
  expect({ ...outcome, files: names(outcome.files) }).toEqual({
    ...expected,
    files: [...names(expected.files), ...expected.searched].sort(),
    searched: [],
  });
});

test('a walk that is called off ends, with what was found until then', async () => {
  const abort = new AbortController();
  const threads = createWalkThreads(script, 2);
  onTestFinished(() => threads.close());
  const root = manyFolders(60);
  let found = 0;
  const help = threads.help(jobOf(root, true), start, abort.signal, () => {
    found++;
    abort.abort();
  });
  const waiting: WalkTask[] = [taskFor({ root, start }, '')];
  while (!help.handOver(waiting)) await turn();
  await help.finish();
  expect(found).toBeGreaterThan(0);
});

test('threads that cannot start take nothing, and the walk goes on by itself', async () => {
  const threads = createWalkThreads(new URL('./no-such-worker.ts', import.meta.url), 2);
  onTestFinished(() => threads.close());
  const root = manyFolders(1);
  const help = threads.help(jobOf(root, true), start, new AbortController().signal, () => {});
  for (let count = 0; count < 200; count++) expect(help.handOver([taskFor({ root, start }, '')])).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(help.handOver([taskFor({ root, start }, '')])).toBe(false);
  expect(await help.finish()).toEqual({ folders: 0, files: 0, prunedFolders: 0, ignoredFolders: 0, rawNames: 0 });
});

test('what goes wrong in the scan while it takes something is not lost', async () => {
  const threads = createWalkThreads(script, 1);
  onTestFinished(() => threads.close());
  const root = manyFolders(1);
  const help = threads.help(jobOf(root, true), start, new AbortController().signal, () => {
    throw new Error('the workspace is full');
  });
  const waiting: WalkTask[] = [taskFor({ root, start }, '')];
  while (!help.handOver(waiting)) await turn();
  await expect(help.finish()).rejects.toThrow('the workspace is full');
});
