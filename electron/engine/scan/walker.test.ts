import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';
import { plant, plantedFolder, temporaryFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import { compileExcludes } from './exclude.ts';
import { compileLocations } from './location-matcher.ts';
import { walk, type WalkOptions } from './walker.ts';

const defaultPlaces = [
  'WANTED.md',
  '.a/agents/**/*.md',
  '.a/skills/*/S.md',
  '.git/config',
  'node_modules/.a/named.json',
];

async function walked(root: string, changes: Partial<WalkOptions> = {}, places: readonly string[] = defaultPlaces) {
  const start = compileLocations(
    places.map((path, source) => ({ source, location: { scope: 'project', base: 'project', path } })),
    (location) => location.path,
  );
  const result = {
    files: [] as string[],
    code: [] as string[],
    skips: {} as Record<string, string>,
    folders: [] as string[],
    repositories: [] as string[],
    linked: [] as string[],
    ignoreFiles: [] as string[],
    targets: {} as Record<string, string>,
  };
  const options: WalkOptions = {
    root,
    start,
    isCode: (name) => name.endsWith('.py'),
    isExcluded: () => false,
    limits: scanLimitsSchema.parse({}),
    signal: new AbortController().signal,
    ...changes,
  };
  const counts = await walk(options, {
    folder: ({ path, repository }) => {
      result.folders.push(path);
      if (repository) result.repositories.push(path);
    },
    linkedFolder: ({ path }) => result.linked.push(path),
    file: ({ path, matches, code, target }) => {
      if (target !== null) result.targets[path] = target;
      if (matches.length > 0) result.files.push(path);
      if (code) result.code.push(path);
    },
    skip: ({ path, status, detail, wanted }) => (result.skips[path] = `${status}${wanted ? '!' : ''}: ${detail}`),
    ignoreFile: (path) => result.ignoreFiles.push(path),
  });
  for (const list of [result.files, result.code, result.folders, result.repositories, result.linked]) list.sort();
  return { ...result, counts };
}
const inTree = (tree: Tree, changes: Partial<WalkOptions> = {}) => walked(plantedFolder(tree), changes);

test('places at any depth, code by its ending, repositories by what git leaves', async () => {
  const result = await inTree({
    'WANTED.md': '',
    'x/y/WANTED.md': '',
    'x/.a/agents/b/c.md': '',
    'x/.a/skills/one/S.md': '',
    'x/other.md': '',
    'x/m.py': '',
    'x/.git/config': '',
    'x/.git/objects/WANTED.md': '',
    'z/.git': 'gitdir: elsewhere',
  });
  expect(result.files).toEqual([
    'WANTED.md',
    'x/.a/agents/b/c.md',
    'x/.a/skills/one/S.md',
    'x/.git/config',
    'x/y/WANTED.md',
  ]);
  expect(result.code).toEqual(['x/m.py']);
  expect(result.repositories).toEqual(['x', 'z']);
  expect(result.skips).toEqual({});
  expect(result.folders).toEqual([
    '',
    'x',
    'x/.a',
    'x/.a/agents',
    'x/.a/agents/b',
    'x/.a/skills',
    'x/.a/skills/one',
    'x/y',
    'z',
  ]);
});

test('packages and caches are not looked into, except for what a source names there', async () => {
  const result = await inTree({
    'node_modules/p/WANTED.md': '',
    'node_modules/p/m.py': '',
    'node_modules/.a/named.json': '',
    'a/.venv/WANTED.md': '',
  });
  expect(result.files).toEqual(['node_modules/.a/named.json']);
  expect(result.code).toEqual([]);
  expect(result.counts.prunedFolders).toBe(2);
});

test('ignored folders are skipped and said, wanted folders and ignored files are read', async () => {
  const result = await inTree({
    '.gitignore': 'build\n.a\nWANTED.md\n',
    'WANTED.md': '',
    'build/WANTED.md': '',
    '.a/agents/x.md': '',
    'sub/.gitignore': '/gen\n',
    'sub/gen/WANTED.md': '',
    'sub/x/gen/WANTED.md': '',
  });
  expect(result.files).toEqual(['.a/agents/x.md', 'WANTED.md', 'sub/x/gen/WANTED.md']);
  expect(result.skips).toEqual({ build: 'skipped: ignored by git', 'sub/gen': 'skipped: ignored by git' });
  expect(result.ignoreFiles.sort()).toEqual(['.gitignore', 'sub/.gitignore']);
});

test('links lead nowhere but to wanted places inside the root', async () => {
  const folder = plantedFolder({
    'out/WANTED.md': 'FAKE',
    'out/agents/x.md': '',
    'root/AGENTS': '',
    'root/WANTED.md': { link: 'AGENTS' },
    'root/o/WANTED.md': { link: '../../out/WANTED.md' },
    'root/gone/WANTED.md': { link: 'nothing' },
    'root/.a/agents': { link: '../shared' },
    'root/shared/s.md': '',
    'root/shared/sub/t.md': '',
    'root/p/.a/agents': { link: '../../../out/agents' },
    'root/q/.a/agents': { link: '..' },
    'root/.a/skills/linked': { link: '../../shared/skill' },
    'root/shared/skill/S.md': '',
    'root/unasked': { link: '../out' },
    'root/t/.a': { link: '..' },
    'root/.a/agents-root': { link: '..' },
    'root/r/.a': { link: '../../root' },
  });
  const result = await walked(join(folder, 'root'));
  expect(result.files).toEqual([
    '.a/agents/s.md',
    '.a/agents/skill/S.md',
    '.a/agents/sub/t.md',
    '.a/skills/linked/S.md',
    'WANTED.md',
  ]);
  expect(result.skips).toEqual({
    'o/WANTED.md': 'skipped!: symbolic link out of the scanned folder, not followed',
    'gone/WANTED.md': 'skipped!: symbolic link to nothing',
    'p/.a/agents': 'skipped!: symbolic link out of the scanned folder, not followed',
    'q/.a/agents': 'skipped!: symbolic link to a folder above it, not followed',
    'r/.a': 'skipped!: symbolic link to a folder above it, not followed',
    't/.a': 'skipped!: symbolic link to a folder above it, not followed',
  });
  expect(result.linked).toEqual(['.a/agents', '.a/agents/skill', '.a/agents/sub', '.a/skills/linked']);
});

test('what links lead to is handed over under the name of the link, with its own path, and counted once', async () => {
  const result = await inTree({
    'AGENTS.md': '',
    'WANTED.md': { link: 'AGENTS.md' },
    'one/.a/agents/x.md': '',
    'one/.a/agents/sub/y.md': '',
    'one/WANTED.md': '',
    'two/.a': { link: '../one/.a' },
    'two/WANTED.md': { link: '../one/WANTED.md' },
    'three/.a/agents/x.md': { link: '../../../two/.a/agents/x.md' },
  });
  expect(result.files).toEqual([
    'WANTED.md',
    'one/.a/agents/sub/y.md',
    'one/.a/agents/x.md',
    'one/WANTED.md',
    'three/.a/agents/x.md',
    'two/.a/agents/sub/y.md',
    'two/.a/agents/x.md',
    'two/WANTED.md',
  ]);
  expect(result.targets).toEqual({
    'WANTED.md': 'AGENTS.md',
    'three/.a/agents/x.md': 'one/.a/agents/x.md',
    'two/.a/agents/sub/y.md': 'one/.a/agents/sub/y.md',
    'two/.a/agents/x.md': 'one/.a/agents/x.md',
    'two/WANTED.md': 'one/WANTED.md',
  });
  expect(result.skips).toEqual({});
  expect(result.counts.files).toBe(4);
});

test('what is excluded under its own name is not read through a link either', async () => {
  const tree: Tree = { 'one/.a/agents/x.md': '', 'one/.a/agents/sub/y.md': '', 'two/.a': { link: '../one/.a' } };
  const isExcluded = compileExcludes(['one/.a/agents/x.md', 'one/.a/agents/sub']);
  const result = await inTree(tree, { isExcluded });
  expect(result.files).toEqual([]);
  expect(Object.keys(result.skips).sort()).toEqual([
    'one/.a/agents/sub',
    'one/.a/agents/x.md',
    'two/.a/agents/sub',
    'two/.a/agents/x.md',
  ]);
});

test('named links in linked folders come to an end where they lead back to the folder that holds them', async () => {
  const result = await inTree({ 'p/.a': { link: '../q' }, 'q/agents': { link: '.' }, 'q/m.md': '' });
  expect(result.files).toEqual([]);
  expect(result.skips).toEqual({ 'p/.a/agents': 'skipped!: symbolic link to a folder above it, not followed' });
});

test('links in circles end', async () => {
  const names = ['x', 'y', 'z'];
  const mutual: Tree = Object.fromEntries(
    names.flatMap((from) =>
      names.filter((to) => to !== from).map((to) => [`shared/${from}/${to}`, { link: `../${to}` }]),
    ),
  );
  const result = await inTree({
    ...mutual,
    'shared/x/m.md': '',
    '.a/agents': { link: '../shared' },
    'b/.a': { link: '.a' },
    'c/.a/agents/up': { link: '..' },
  });
  expect(result.files).toEqual(['.a/agents/x/m.md']);
  expect(result.skips['.a/agents/x/y']).toBe('skipped!: symbolic link in a linked folder, not followed');
  expect(result.skips['b/.a']).toBe('skipped!: symbolic link to nothing');
  expect(result.skips['c/.a/agents/up']).toBe('skipped!: symbolic link to a folder above it, not followed');
});

test('excluded folders, files, links and targets of links are not read', async () => {
  const isExcluded = compileExcludes(['secret', 'no.md', 'x/WANTED.md']);
  const tree: Tree = {
    'secret/WANTED.md': '',
    'x/WANTED.md': '',
    '.a/agents/no.md': '',
    '.a/agents/yes.md': '',
    'l/WANTED.md': { link: '../secret/WANTED.md' },
    'l/.a/agents/no.md': { link: '../../../ok' },
    ok: '',
  };
  const result = await inTree(tree, { isExcluded });
  expect(result.files).toEqual(['.a/agents/yes.md']);
  expect(Object.keys(result.skips).sort()).toEqual([
    '.a/agents/no.md',
    'l/.a/agents/no.md',
    'l/WANTED.md',
    'secret',
    'x/WANTED.md',
  ]);
});

test('limits of depth and of entries are said, not kept', async () => {
  const limits = { ...scanLimitsSchema.parse({}), maxDepth: 3, maxFolderEntries: 100 };
  const tree: Record<string, string> = { 'a/b/c/WANTED.md': '', 'a/b/c/d/WANTED.md': '' };
  for (let index = 0; index < 120; index++) tree[`many/${index}`] = '';
  const result = await inTree(tree, { limits });
  expect(result.files).toEqual(['a/b/c/WANTED.md']);
  expect(result.skips).toEqual({
    'a/b/c/d': 'skipped!: more than 3 folders deep',
    many: 'too-large!: 120 entries, only 100 were looked at',
  });
});

test('pipes, sockets and devices with a wanted name are said', async () => {
  const folder = plantedFolder({ 'x/y': '' });
  execFileSync('mkfifo', [join(folder, 'x/WANTED.md')]);
  expect((await walked(folder)).skips).toEqual({ 'x/WANTED.md': 'skipped!: not a regular file' });
});

test('names that are not UTF-8 hide nothing below them', async () => {
  const folder = temporaryFolder();
  const raw = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]);
  mkdirSync(Buffer.concat([raw, Buffer.from('/sub')]), { recursive: true });
  writeFileSync(Buffer.concat([raw, Buffer.from('/sub/WANTED.md')]), '');
  const result = await walked(folder);
  expect(result.files).toEqual(['caf\\xe9/sub/WANTED.md']);
  expect(result.counts.rawNames).toBeGreaterThan(0);
  expect((await walked(plantedFolder({ 'café/WANTED.md': '' }))).counts.rawNames).toBe(0);
});

test('a walk from some folders has the states and rules of the way down', async () => {
  const folder = plantedFolder({
    '.gitignore': 'gen\n',
    '.a/agents/deep/x.md': '',
    'p/q/gen/WANTED.md': '',
    'p/q/WANTED.md': '',
    'r/WANTED.md': '',
  });
  const start = compileLocations(
    ['WANTED.md', '.a/agents/**/*.md'].map((path, source) => ({
      source,
      location: { scope: 'project', base: 'project', path } as const,
    })),
    (location) => location.path,
  );
  const files: string[] = [];
  const options: WalkOptions = {
    root: folder,
    start,
    isCode: () => false,
    isExcluded: () => false,
    limits: scanLimitsSchema.parse({}),
    signal: new AbortController().signal,
  };
  const listener = {
    folder() {},
    linkedFolder() {},
    skip() {},
    ignoreFile() {},
    file: ({ path }: { path: string }) => void files.push(path),
  };
  await walk(options, listener, [{ path: '.a/agents/deep' }, { path: 'p/q' }]);
  expect(files.sort()).toEqual(['.a/agents/deep/x.md', 'p/q/WANTED.md']);
});

test('a walk that was cancelled ends', async () => {
  const folder = plantedFolder({ 'a/b/c/WANTED.md': '' });
  expect((await walked(folder, { signal: AbortSignal.abort() })).files).toEqual([]);
});

test('a root whose own path goes through a link is walked like any other', async () => {
  const folder = plantedFolder({ 'real/AGENTS': '', 'real/WANTED.md': { link: 'AGENTS' } });
  plant(folder, { alias: { link: 'real' } });
  expect((await walked(join(folder, 'alias'))).files).toEqual(['WANTED.md']);
  expect(realpathSync(join(folder, 'alias'))).toBe(realpathSync(join(folder, 'real')));
});
