import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ScanRequest } from '../../../shared/contract/scans.ts';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';
import { plant, plantedFolder, temporaryFolder, type Tree, untilStampsCount } from '../../../test/fixtures/temporary-tree.ts';
import { codeSource, ownerLinker, readTools, type ToolSource, toolSource } from '../../../test/fixtures/test-sources.ts';
import { silentLogger } from '../log.ts';
import type { Source } from '../sources/source.ts';
import { type Connection, connect } from '../store/driver.ts';
import { openWorkspace } from '../store/open.ts';
import { compareScans } from '../store/repos/facts-compare.ts';
import { readSnapshot, readVersions } from '../store/repos/facts-reader.ts';
import { getScan, latestCompleteScan, latestScan, readCoverage, readIssues } from '../store/repos/scans.ts';
import { runScan } from './run-scan.ts';
import type { ScanDeps, ScanOutcome } from './scan-types.ts';

type Bench = {
  readonly connection: Connection;
  scan(request: Partial<ScanRequest>, changes?: Partial<ScanDeps> & { signal?: AbortSignal }): Promise<ScanOutcome>;
};

const parseWorker = new URL('../../../test/fixtures/parse-worker.ts', import.meta.url);

async function bench(sources: readonly Source[]): Promise<Bench> {
  const file = join(temporaryFolder('workspace'), 'w.countersign');
  const workspace = await openWorkspace(file, { create: { name: 'w', sample: false, now: 1 } });
  const connection = connect(file, 'facts');
  onTestFinished(() => {
    connection.close();
    workspace.close();
  });
  return {
    connection,
    scan: (request, { signal = new AbortController().signal, ...changes } = {}) =>
      runScan(
        { connection, sources, linkers: [ownerLinker], parseWorker, now: Date.now, log: silentLogger, tool: 'test', platform: 'linux', ...changes },
        { request: { roots: [], home: null, fsRoot: null, exclude: [], ...request }, limits: scanLimitsSchema.parse({}), signal, progress: () => {} },
      ),
  };
}

/** A tree old enough for its stamps to count. */
async function oldTree(tree: Tree): Promise<string> {
  const folder = plantedFolder(tree);
  await untilStampsCount();
  return folder;
}

const names = (connection: Connection, scan: number, kind = 'tool'): string[] =>
  readSnapshot(connection, scan)
    .assets.filter((asset) => asset.kind === kind)
    .map(({ name }) => name);

/** What a scan says, without its number: two scans of the same world must say the same. */
function told(connection: Connection, scan: number) {
  const { assets, relations, roots } = readSnapshot(connection, scan);
  return { assets, relations, roots, coverage: readCoverage(connection, scan), issues: readIssues(connection, scan) };
}

/** The same as a scan into a workspace that knows nothing. */
async function expectAsFresh(sources: readonly Source[], { connection }: Bench, scan: number, request: Partial<ScanRequest>): Promise<void> {
  const fresh = await bench(sources);
  const { number } = await fresh.scan(request);
  expect(told(connection, scan)).toEqual(told(fresh.connection, number));
}

const project: Tree = {
  'app/tools.txt': 'read\nwrite\n',
  'app/sub/tools.txt': 'search\n',
  'app/sub/other.txt': '',
  'app/empty/': null,
  'app/.git/HEAD': '',
};

describe('first scan', () => {
  test('stores what sources and linkers say, with evidence, coverage and counts', async () => {
    const root = join(await oldTree(project), 'app');
    const { connection, scan } = await bench([toolSource()]);
    const outcome = await scan({ roots: [root] });
    expect(outcome).toEqual({
      number: 1,
      status: 'complete',
      complete: true,
      unreadableRoots: [],
      unchanged: false,
      work: { filesOpened: 2, filesParsed: 2, foldersListed: 3, stats: 3 },
    });
    const { assets, relations, roots } = readSnapshot(connection, 1);
    expect(roots).toEqual([root]);
    expect(assets.map(({ kind, name, properties, evidence }) => [kind, name, properties, evidence.map(({ root: at, file, line }) => `${at}:${file}:${line}`)])).toEqual([
      ['agent', 'Test in app', { host: 'test', tools: ['read', 'write'], repository: 'app' }, ['0:tools.txt:1']],
      ['agent', 'Test in sub', { host: 'test', tools: ['search'], repository: 'app' }, ['0:sub/tools.txt:1']],
      ['tool', 'read', { host: 'test', repository: 'app' }, ['0:tools.txt:1']],
      ['tool', 'search', { host: 'test', repository: 'app' }, ['0:sub/tools.txt:1']],
      ['tool', 'write', { host: 'test', repository: 'app' }, ['0:tools.txt:2']],
      ['person', 'Owner', {}, []],
    ]);
    expect(relations.map(({ kind, origin }) => `${kind} ${origin}`).sort()).toEqual([...Array<string>(2).fill('owned-by derived'), ...Array<string>(3).fill('uses declared')]);
    expect(readCoverage(connection, 1).map(({ path, status, assets: count }) => [path.replace(root, ''), status, count])).toEqual([
      ['', 'skipped', 0],
      ['/sub/tools.txt', 'read', 2],
      ['/tools.txt', 'read', 3],
    ]);
    expect(readIssues(connection, 1)).toEqual([]);
    expect(getScan(connection, 1)).toMatchObject({ status: 'complete', roots: [root], files: 3, filesRead: 2, folders: 3, assets: 6, relations: 5, issues: 0, couldNotTell: 1, tool: 'test' });
    expect(connection.inTransaction).toBe(false);
  });

  test('a source gets the file with its place, its anchor and its bytes', async () => {
    const folder = await oldTree({ 'app/deep/.t/tools.txt': '\ufeffone\n' });
    const source = toolSource(['.t/tools.txt']);
    const { scan } = await bench([source]);
    await scan({ roots: [join(folder, 'app')] });
    expect(source.seen).toEqual([
      expect.objectContaining({
        path: join(folder, 'app/deep/.t/tools.txt'),
        place: 'app/deep/.t/tools.txt',
        anchor: 'app/deep',
        anchorName: 'deep',
        scope: 'project',
        text: 'one\n',
        replacements: 0,
        bytes: 7,
        mode: statSync(join(folder, 'app/deep/.t/tools.txt')).mode & 0o777,
      }),
    ]);
  });

  test('a source that throws leaves its file as not understood, and the rest is kept', async () => {
    const root = await oldTree({ 'a/tools.txt': 'good\n', 'b/tools.txt': 'bad\n' });
    const source = toolSource(['tools.txt'], {
      read(file) {
        if (file.text.startsWith('bad')) throw new Error('FAKE defect');
        return readTools(file);
      },
    });
    const { connection, scan } = await bench([source]);
    const outcome = await scan({ roots: [root] });
    expect([outcome.status, outcome.complete]).toEqual(['complete', false]);
    expect(names(connection, 1)).toEqual(['good']);
    expect(readIssues(connection, 1)).toEqual([{ source: 'test/tools', path: join(root, 'b/tools.txt'), line: null, message: 'the reader of test/tools failed (FAKE defect)' }]);
  });

  test('code is searched, imported files are followed, and none of them out of the root or into what is excluded', async () => {
    const folder = await oldTree({
      'outside.code': 'agent outside\n',
      'app/main.code': 'agent main\nimport lib.code\nimport ../../outside.code\nimport linked/outside.code\nimport no/x.code\nimport none.code\n',
      'app/lib.code': 'nothing to search for\n',
      'app/plain.code': 'nothing\n',
      'app/no/x.code': 'agent excluded\n',
      'app/linked': { link: '..' },
    });
    const seen: string[] = [];
    const base = codeSource();
    const source = codeSource({ link: (modules, context) => (seen.push(...modules.map(({ place }) => place)), base.link(modules, context)) });
    const { connection, scan } = await bench([source]);
    await scan({ roots: [join(folder, 'app')], exclude: ['no'] });
    expect([...new Set(seen)].sort()).toEqual(['app/lib.code', 'app/main.code']);
    expect(names(connection, 1, 'agent')).toEqual(['main']);
  });
});

describe('rescan', () => {
  async function scanned(tree: Tree, sources: readonly Source[] = [toolSource()]) {
    const root = await oldTree(tree);
    const made = await bench(sources);
    await made.scan({ roots: [root] });
    return { ...made, root, sources, made };
  }

  test('of what is as it was opens no file and lists no folder', async () => {
    const source = toolSource();
    const { scan, root, connection } = await scanned(project, [source]);
    source.seen.length = 0;
    const outcome = await scan({ roots: [root] });
    expect(outcome).toMatchObject({ number: 2, status: 'complete', complete: true, unchanged: true, work: { filesOpened: 0, filesParsed: 0, foldersListed: 0 } });
    expect(source.seen).toEqual([]);
    expect(told(connection, 2)).toEqual(told(connection, 1));
    expect(getScan(connection, 2)).toMatchObject({ assets: 6, relations: 5, folders: 4, files: 3 });
  });

  test('sees a file that was edited in place and given its old time', async () => {
    const { scan, root, connection, made, sources } = await scanned(project);
    const file = join(root, 'app/tools.txt');
    const { atimeMs, mtimeMs } = statSync(file);
    writeFileSync(file, 'read\nwrote\n');
    utimesSync(file, atimeMs / 1000, mtimeMs / 1000);
    expect(statSync(file).size).toBe('read\nwrite\n'.length);
    const outcome = await scan({ roots: [root] });
    expect(outcome.work).toMatchObject({ filesOpened: 1, filesParsed: 1, foldersListed: 0 });
    expect(names(connection, 2)).toEqual(['read', 'search', 'wrote']);
    await expectAsFresh(sources, made, 2, { roots: [root] });
  });

  const changes: readonly [string, Tree, (root: string) => void][] = [
    ['a file is added', project, (root) => writeFileSync(join(root, 'app/empty/tools.txt'), 'new\n')],
    ['a file is removed', project, (root) => unlinkSync(join(root, 'app/sub/tools.txt'))],
    ['a folder is renamed', project, (root) => renameSync(join(root, 'app/sub'), join(root, 'app/moved'))],
    ['a folder is removed', project, (root) => rmSync(join(root, 'app/sub'), { recursive: true })],
    ['a file takes the place of a folder', project, (root) => (rmSync(join(root, 'app/sub'), { recursive: true }), writeFileSync(join(root, 'app/sub'), ''))],
    ['a folder is replaced by one of the same name', project, (root) => (renameSync(join(root, 'app/sub'), join(root, 'app/old')), plant(root, { 'app/sub/x/tools.txt': 'x\n' }))],
    ['a .gitignore is added', { 'gen/tools.txt': 'gen\n', 'tools.txt': 'a\n' }, (root) => writeFileSync(join(root, '.gitignore'), 'gen\n')],
    ['a .gitignore is edited', { '.gitignore': 'gen\n', 'gen/tools.txt': 'gen\n', 'two/tools.txt': 'two\n' }, (root) => writeFileSync(join(root, '.gitignore'), 'two\n')],
    ['a .gitignore is removed', { '.gitignore': 'gen\n', 'gen/tools.txt': 'gen\n' }, (root) => unlinkSync(join(root, '.gitignore'))],
    ['the target of a link is edited', { 'a/tools.txt': { link: '../real' }, real: 'one\n' }, (root) => appendFileSync(join(root, 'real'), 'two\n')],
    ['a link leads out of the root now', { 'a/tools.txt': { link: '../b/real' }, 'b/real': 'one\n' }, (root) => (unlinkSync(join(root, 'b/real')), symlinkSync('/etc/hostname', join(root, 'b/real')))],
    ['a link leads in a circle now', { 'a/tools.txt': { link: '../b/real' }, 'b/real': 'one\n' }, (root) => (unlinkSync(join(root, 'b/real')), symlinkSync('real', join(root, 'b/real')))],
    ['a file comes into a linked folder', { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n' }, (root) => writeFileSync(join(root, 'shared/y.tool'), 'y\n')],
    ['a linked folder leads elsewhere', { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n', 'b/y.tool': 'y\n' }, (root) => (unlinkSync(join(root, 'p/.t/all')), symlinkSync('../../b', join(root, 'p/.t/all')))],
    ['a linked folder leads out of the root', { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n' }, (root) => (rmSync(join(root, 'shared'), { recursive: true }), symlinkSync('/etc', join(root, 'shared')))],
    ['the target of a link comes into being', { 'a/tools.txt': { link: '../b/real' }, 'b/x': '' }, (root) => writeFileSync(join(root, 'b/real'), 'one\n')],
    ['a file is too large now', project, (root) => writeFileSync(join(root, 'app/tools.txt'), 'x'.repeat(5_000_000))],
    ['a pipe takes the place of a file', project, (root) => (unlinkSync(join(root, 'app/tools.txt')), execFileSync('mkfifo', [join(root, 'app/tools.txt')]))],
    ['a keyword comes into a code file', { 'a.code': 'nothing\n', 'b.code': 'agent b\n' }, (root) => writeFileSync(join(root, 'a.code'), 'agent a\n')],
    ['an imported file is edited', { 'a.code': 'agent a\nimport lib.code\n', 'lib.code': 'nothing\n' }, (root) => writeFileSync(join(root, 'lib.code'), 'import more.code\n')],
    ['git comes into a folder', { 'a/tools.txt': 'x\n', 'a/b/tools.txt': 'y\n' }, (root) => plant(root, { 'a/.git/HEAD': '' })],
  ];
  test.each(changes)('says what a fresh scan says when %s', async (_title, tree, change) => {
    const sources = [toolSource(['tools.txt', '.t/**/*.tool']), codeSource()];
    const { root, made } = await scanned(tree, sources);
    change(root);
    const { number } = await made.scan({ roots: [root] });
    await expectAsFresh(sources, made, number, { roots: [root] });
    await untilStampsCount();
    const again = await made.scan({ roots: [root] });
    await expectAsFresh(sources, made, again.number, { roots: [root] });
    expect((await made.scan({ roots: [root] })).status).toBe('complete');
  });

  test('keeps what stands below names that are not UTF-8', async () => {
    const root = temporaryFolder();
    const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/tools.txt')]), 'raw\n');
    await untilStampsCount();
    const { connection, scan } = await bench([toolSource()]);
    for (const number of [1, 2, 3]) expect([(await scan({ roots: [root] })).number, names(connection, number)]).toEqual([number, ['raw']]);
  });

  test('reads again with a source whose version was raised, and with no other', async () => {
    const root = await oldTree({ 'tools.txt': 'x\n', 'other.txt': 'y\n' });
    const raised = (version: number) => toolSource(['tools.txt'], { version });
    const other = toolSource(['other.txt'], { id: 'test/other' });
    const { connection, scan } = await bench([]);
    await scan({ roots: [root] }, { sources: [raised(1), other] });
    other.seen.length = 0;
    const source: ToolSource = raised(2);
    const outcome = await scan({ roots: [root] }, { sources: [source, other] });
    expect([outcome.unchanged, source.seen.length, other.seen.length]).toEqual([false, 1, 0]);
    expect(names(connection, 2)).toEqual(['x', 'y']);
  });

  test('searches again when a source looks for other words', async () => {
    const root = await oldTree({ 'a.code': 'agent a\n', 'b.code': '# crew\nagent b\n', 'c.code': '# crew only\n' });
    const { connection, scan } = await bench([]);
    await scan({ roots: [root] }, { sources: [codeSource({ keywords: ['nothing of this'] })] });
    expect(names(connection, 1, 'agent')).toEqual([]);
    await scan({ roots: [root] }, { sources: [codeSource({ keywords: ['agent'] })] });
    expect(names(connection, 2, 'agent')).toEqual(['a', 'b']);
  });

  test('keeps the coverage of places that are skipped, also after a scan of something else', async () => {
    const tree: Tree = { '.gitignore': 'gen\n', 'gen/tools.txt': 'gen\n', 'o/tools.txt': { link: '/etc/hostname' }, 'tools.txt': 'x\n', 'big/tools.txt': 'x'.repeat(5_000_000) };
    const { scan, connection, root } = await scanned(tree);
    const other = await oldTree({ 'tools.txt': 'y\n' });
    await scan({ roots: [root] });
    expect(told(connection, 2)).toEqual(told(connection, 1));
    await scan({ roots: [other] });
    writeFileSync(join(root, 'new.txt'), '');
    const { number } = await scan({ roots: [root] });
    expect(told(connection, number)).toEqual(told(connection, 1));
    expect(readCoverage(connection, number).map(({ status }) => status).sort()).toEqual(['read', 'skipped', 'skipped', 'too-large']);
  });

  test('tells each skipped place once per root however often it runs', async () => {
    const folder = await oldTree({ 'a/b/.gitignore': 'gen\n', 'a/b/gen/x': '', 'a/b/tools.txt': 'x\n' });
    const { connection, scan } = await bench([toolSource()]);
    const roots = [join(folder, 'a'), join(folder, 'a/b')];
    await scan({ roots });
    const first = readCoverage(connection, 1);
    for (const number of [2, 3, 4]) {
      writeFileSync(join(folder, 'a', `new${number}`), '');
      await scan({ roots });
      expect(readCoverage(connection, number)).toEqual(first);
    }
  });

  test('asks another question: exclusions count at once', async () => {
    const { scan, connection, root } = await scanned(project);
    await scan({ roots: [root], exclude: ['sub'] });
    expect(names(connection, 2)).toEqual(['read', 'write']);
    await scan({ roots: [root] });
    expect(names(connection, 3)).toEqual(['read', 'search', 'write']);
  });
});

describe('a scan that was cancelled', () => {
  test('keeps what it found for itself, leaves the latest complete one, and the next is right', async () => {
    const root = await oldTree(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`d${index}/tools.txt`, `tool${index}\n`])));
    const abort = new AbortController();
    let reads = 0;
    const source = toolSource(['tools.txt'], {
      read(file) {
        reads++;
        if (reads === 60) abort.abort();
        return readTools(file);
      },
    });
    const made = await bench([source]);
    await made.scan({ roots: [root] });
    const before = told(made.connection, 1);
    for (let index = 0; index < 40; index++) appendFileSync(join(root, `d${index}/tools.txt`), 'more\n');
    const outcome = await made.scan({ roots: [root] }, { signal: abort.signal });
    expect([outcome.number, outcome.status, outcome.complete]).toEqual([2, 'partial', false]);
    const partial = names(made.connection, 2).length;
    expect(partial).toBeGreaterThan(0);
    expect(getScan(made.connection, 2)).toMatchObject({ status: 'partial', assets: readSnapshot(made.connection, 2).assets.length });
    expect([latestScan(made.connection), latestCompleteScan(made.connection)]).toEqual([1, 1]);
    expect(told(made.connection, 1)).toEqual(before);
    const next = await made.scan({ roots: [root] });
    expect([next.number, next.status]).toEqual([3, 'complete']);
    expect(names(made.connection, 3).length).toBe(80);
    await expectAsFresh([toolSource()], made, 3, { roots: [root] });
    expect(names(made.connection, 2).length).toBe(partial);
  });

  test('before anything was found is empty and partial', async () => {
    const root = await oldTree(project);
    const { connection, scan } = await bench([toolSource()]);
    expect((await scan({ roots: [root] }, { signal: AbortSignal.abort() })).status).toBe('partial');
    expect([latestScan(connection), names(connection, 1)]).toEqual([1, []]);
    expect((await scan({ roots: [root] })).status).toBe('complete');
    expect(names(connection, 2)).toEqual(['read', 'search', 'write']);
  });
});

describe('roots', () => {
  test('ids are the same when a root moved to another path and kept its name', async () => {
    const one = await oldTree(project);
    const { connection, scan } = await bench([toolSource()]);
    await scan({ roots: [join(one, 'app')] });
    const two = temporaryFolder('moved');
    renameSync(join(one, 'app'), join(two, 'app'));
    await scan({ roots: [join(two, 'app')] });
    const ids = (scan: number) => readSnapshot(connection, scan).assets.map(({ id }) => id);
    expect(ids(2)).toEqual(ids(1));
    expect(compareScans(connection, 1, 2).assets).toEqual([]);
  });

  test('two of the same name keep their facts apart, and one of them alone has its own again', async () => {
    const folder = await oldTree({ 'a/app/tools.txt': 'one\n', 'b/app/tools.txt': 'two\n' });
    const made = await bench([toolSource()]);
    const [a, b] = [join(folder, 'a/app'), join(folder, 'b/app')];
    await made.scan({ roots: [a] });
    await made.scan({ roots: [a, b] });
    expect(names(made.connection, 2, 'agent')).toEqual(['Test in app', 'Test in app']);
    await expectAsFresh([toolSource()], made, 2, { roots: [a, b] });
    const { number } = await made.scan({ roots: [b] });
    await expectAsFresh([toolSource()], made, number, { roots: [b] });
  });

  test('one that is not there fails the scan, two of which one is not there leave it incomplete', async () => {
    const root = await oldTree(project);
    const { connection, scan } = await bench([toolSource()]);
    const gone = join(root, 'gone');
    expect(await scan({ roots: [gone] })).toMatchObject({ status: 'failed', complete: false, unreadableRoots: [gone] });
    expect(getScan(connection, 1)).toMatchObject({ status: 'failed', assets: 0, relations: 0 });
    expect(latestScan(connection)).toBe(null);
    expect(await scan({ roots: [root, gone] })).toMatchObject({ status: 'complete', complete: false, unreadableRoots: [gone] });
    expect(readIssues(connection, 2)).toEqual([{ source: 'scan/folders', path: gone, line: null, message: 'there is no such folder, or it cannot be read' }]);
    expect(await scan({ roots: [join(root, 'app/tools.txt')] })).toMatchObject({ status: 'failed' });
  });
});

describe('homes and file systems', () => {
  const places = [{ path: '.t/tools.txt' }, { path: '.t/tools.txt', base: 'home', scope: 'user' }, { path: '/etc/t/tools.txt', base: 'machine', scope: 'managed' }] as const;
  const image: Tree = {
    'home/me/.t/tools.txt': 'mine\n',
    'home/me/work/.t/tools.txt': 'works\n',
    'home/me/work/.git/HEAD': '',
    'etc/t/tools.txt': 'managed\n',
  };

  test('a home inside a scanned root speaks for itself, once', async () => {
    const fsRoot = await oldTree(image);
    const source = toolSource(places);
    const made = await bench([source]);
    for (const roots of [['/home/me'], ['/home'], ['/']]) {
      source.seen.length = 0;
      const { number } = await made.scan({ roots, home: '/home/me', fsRoot });
      const agents = readSnapshot(made.connection, number).assets.filter(({ kind }) => kind === 'agent');
      expect([roots, agents.map(({ name }) => name).sort()]).toEqual([roots, ['Test in this machine', 'Test in work', 'Test in ~']]);
      const again = await made.scan({ roots, home: '/home/me', fsRoot });
      expect([roots, again.unchanged, again.work.filesOpened]).toEqual([roots, true, 0]);
      await expectAsFresh([toolSource(places)], made, again.number, { roots, home: '/home/me', fsRoot });
    }
  });

  test('without a home its places are said to be not looked at', async () => {
    const fsRoot = await oldTree(image);
    const { connection, scan } = await bench([toolSource(places)]);
    await scan({ roots: [join(fsRoot, 'home/me/work')] });
    expect(readCoverage(connection, 1).filter(({ source }) => source === 'test/tools').map(({ scope, status }) => `${scope} ${status}`)).toEqual([
      'managed skipped',
      'project read',
      'user skipped',
    ]);
  });

  test('paths are those inside the scanned file system', async () => {
    const fsRoot = await oldTree(image);
    const { connection, scan } = await bench([toolSource(places)]);
    const outcome = await scan({ roots: ['/home/me/work'], home: '/home/me', fsRoot });
    expect(outcome.complete).toBe(true);
    expect(readSnapshot(connection, 1).roots).toEqual(['/home/me/work', '/home/me', '/']);
    expect(JSON.stringify(told(connection, 1))).not.toContain(fsRoot);
    expect(getScan(connection, 1)).toMatchObject({ home: '/home/me', fsRoot });
  });

  test('links in it lead to nothing of the machine that scans', async () => {
    const outside = await oldTree({ 'me/.t/tools.txt': 'outside\n', 'me/work/.t/tools.txt': 'outside\n', 't/tools.txt': 'outside\n' });
    const fsRoot = await oldTree({ home: { link: outside }, etc: { link: outside }, 'srv/.t/tools.txt': { link: join(outside, 't/tools.txt') } });
    const { connection, scan } = await bench([toolSource(places)]);
    const outcome = await scan({ roots: ['/home/me/work', '/srv'], home: '/home/me', fsRoot });
    expect(names(connection, 1)).toEqual([]);
    expect([outcome.complete, outcome.unreadableRoots]).toEqual([false, ['/home/me/work']]);
    expect(readCoverage(connection, 1).filter(({ status }) => status === 'read')).toEqual([]);
    expect((await scan({ roots: ['../..'], home: '/../../etc', fsRoot })).status).not.toBe('running');
    expect(names(connection, 2)).toEqual([]);
  });
});

describe('history', () => {
  test('an asset has a version for each form, and two scans can be compared', async () => {
    const root = await oldTree({ 'a/tools.txt': 'x\n', 'b/tools.txt': 'y\n' });
    const { connection, scan } = await bench([toolSource()]);
    await scan({ roots: [root] });
    writeFileSync(join(root, 'a/tools.txt'), 'x\nz\n');
    rmSync(join(root, 'b'), { recursive: true });
    await scan({ roots: [root] });
    writeFileSync(join(root, 'a/tools.txt'), '\nx\nz\n');
    await scan({ roots: [root] });
    const agent = readSnapshot(connection, 1).assets.find(({ name }) => name === 'Test in a')?.id ?? '';
    expect(readVersions(connection, agent).map(({ since, until, properties }) => [since, until, properties['tools']])).toEqual([
      [1, 2, ['x']],
      [2, null, ['x', 'z']],
    ]);
    const summary = (from: number, to: number) => {
      const { assets, ...relations } = compareScans(connection, from, to);
      return { ...relations, assets: assets.map(({ change, name, properties }) => [change, name, properties].flat().join(' ')).sort() };
    };
    expect(summary(1, 2)).toEqual({
      assets: ['added z', 'changed Test in a tools', 'removed Test in b', 'removed y'],
      relationsAdded: 1,
      relationsRemoved: 2,
      relationsChanged: 0,
    });
    expect(summary(2, 1)).toEqual({
      assets: ['added Test in b', 'added y', 'changed Test in a tools', 'removed z'],
      relationsAdded: 2,
      relationsRemoved: 1,
      relationsChanged: 0,
    });
    // Lines moved, nothing else.
    expect(summary(2, 3)).toEqual({ assets: [], relationsAdded: 0, relationsRemoved: 0, relationsChanged: 0 });
    expect(summary(1, 1)).toEqual({ assets: [], relationsAdded: 0, relationsRemoved: 0, relationsChanged: 0 });
  });
});
