import { appendFileSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bench, expectAsFresh, names, oldTree, project, told } from '../../../test/fixtures/scan-bench.ts';
import { temporaryFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import { codeSource, readTools, toolSource } from '../../../test/fixtures/test-sources.ts';
import { compareScans } from '../store/repos/facts-compare.ts';
import { readSnapshot, readVersions } from '../store/repos/facts-reader.ts';
import { getScan, latestCompleteScan, latestScan, readCoverage, readIssues } from '../store/repos/scans.ts';

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
      cancelled: false,
      work: { filesOpened: 2, filesParsed: 2, foldersListed: 3, stats: 3 },
    });
    const { assets, relations, roots } = readSnapshot(connection, 1);
    expect(roots).toEqual([root]);
    expect(
      assets.map(({ kind, name, properties, evidence }) => [
        kind,
        name,
        properties,
        evidence.map(({ root: at, file, line }) => `${at}:${file}:${line}`),
      ]),
    ).toEqual([
      ['agent', 'Test in app', { host: 'test', tools: ['read', 'write'], repository: 'app' }, ['0:tools.txt:1']],
      ['agent', 'Test in sub', { host: 'test', tools: ['search'], repository: 'app' }, ['0:sub/tools.txt:1']],
      ['tool', 'read', { host: 'test', repository: 'app' }, ['0:tools.txt:1']],
      ['tool', 'search', { host: 'test', repository: 'app' }, ['0:sub/tools.txt:1']],
      ['tool', 'write', { host: 'test', repository: 'app' }, ['0:tools.txt:2']],
      ['person', 'Owner', {}, []],
    ]);
    expect(relations.map(({ kind, origin }) => `${kind} ${origin}`).sort()).toEqual([
      ...Array<string>(2).fill('owned-by derived'),
      ...Array<string>(3).fill('uses declared'),
    ]);
    expect(
      readCoverage(connection, 1).map(({ path, status, assets: count }) => [path.replace(root, ''), status, count]),
    ).toEqual([
      ['/sub/tools.txt', 'read', 2],
      ['/tools.txt', 'read', 3],
    ]);
    expect(readIssues(connection, 1)).toEqual([]);
    expect(getScan(connection, 1)).toMatchObject({
      status: 'complete',
      roots: [root],
      files: 3,
      filesRead: 2,
      folders: 3,
      assets: 6,
      relations: 5,
      issues: 0,
      couldNotTell: 0,
      tool: 'test',
    });
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
    expect(readIssues(connection, 1)).toEqual([
      {
        source: 'test/tools',
        path: join(root, 'b/tools.txt'),
        line: null,
        message: 'the reader of test/tools failed (FAKE defect)',
      },
    ]);
  });

  test('code is searched, imported files are followed, and none of them out of the root or into what is excluded', async () => {
    const folder = await oldTree({
      'outside.code': 'agent outside\n',
      'app/main.code':
        'agent main\nimport lib.code\nimport ../../outside.code\nimport linked/outside.code\nimport no/x.code\nimport none.code\n',
      'app/lib.code': 'nothing to search for\n',
      'app/plain.code': 'nothing\n',
      'app/no/x.code': 'agent excluded\n',
      'app/linked': { link: '..' },
    });
    const seen: string[] = [];
    const base = codeSource();
    const source = codeSource({
      link: (modules, context) => {
        seen.push(...modules.map(({ place }) => place));
        return base.link(modules, context);
      },
    });
    const { connection, scan } = await bench([source]);
    await scan({ roots: [join(folder, 'app')], exclude: ['no'] });
    expect([...new Set(seen)].sort()).toEqual(['app/lib.code', 'app/main.code']);
    expect(names(connection, 1, 'agent')).toEqual(['main']);
  });
});

describe('a scan that was cancelled', () => {
  test('keeps what it found for itself, leaves the latest complete one, and the next is right', async () => {
    const root = await oldTree(
      Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`d${index}/tools.txt`, `tool${index}\n`])),
    );
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
    expect(getScan(made.connection, 2)).toMatchObject({
      status: 'partial',
      assets: readSnapshot(made.connection, 2).assets.length,
    });
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
    expect(await scan({ roots: [root, gone] })).toMatchObject({
      status: 'partial',
      complete: false,
      unreadableRoots: [gone],
    });
    expect(readIssues(connection, 2)).toEqual([
      { source: 'scan/folders', path: gone, line: null, message: 'there is no such folder, or it cannot be read' },
    ]);
    expect(await scan({ roots: [join(root, 'app/tools.txt')] })).toMatchObject({ status: 'failed' });
  });
});

describe('homes and file systems', () => {
  const places = [
    { path: '.t/tools.txt' },
    { path: '.t/tools.txt', base: 'home', scope: 'user' },
    { path: '/etc/t/tools.txt', base: 'machine', scope: 'managed' },
  ] as const;
  const image: Tree = {
    'home/me/.t/tools.txt': 'mine\n',
    'home/me/code/.t/tools.txt': 'works\n',
    'home/me/code/.git/HEAD': '',
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
      expect([roots, agents.map(({ name }) => name).sort()]).toEqual([
        roots,
        ['Test in code', 'Test in this machine', 'Test in ~'],
      ]);
      const again = await made.scan({ roots, home: '/home/me', fsRoot });
      expect([roots, again.unchanged, again.work.filesOpened]).toEqual([roots, true, 0]);
      await expectAsFresh([toolSource(places)], made, again.number, { roots, home: '/home/me', fsRoot });
    }
  });

  test('without a home its places are said to be not looked at', async () => {
    const fsRoot = await oldTree(image);
    const { connection, scan } = await bench([toolSource(places)]);
    await scan({ roots: [join(fsRoot, 'home/me/code')] });
    expect(
      readCoverage(connection, 1)
        .filter(({ source }) => source === 'test/tools')
        .map(({ scope, status }) => `${scope} ${status}`),
    ).toEqual(['managed skipped', 'project read', 'user skipped']);
  });

  test('a place of the home that cannot be looked at any more is said by the next scan', async () => {
    const home = await oldTree({ '.t/x': '' });
    const root = await oldTree({ '.t/tools.txt': 'x\n' });
    const made = await bench([toolSource(places)]);
    const request = { roots: [root], home };
    await made.scan(request);
    expect((await made.scan(request)).unchanged).toBe(true);
    for (const change of [
      () => symlinkSync('/etc/hostname', join(home, '.t/tools.txt')),
      () => unlinkSync(join(home, '.t/tools.txt')),
    ]) {
      change();
      const { number } = await made.scan(request);
      await expectAsFresh([toolSource(places)], made, number, request);
    }
  });

  test('paths are those inside the scanned file system', async () => {
    const fsRoot = await oldTree(image);
    const { connection, scan } = await bench([toolSource(places)]);
    const outcome = await scan({ roots: ['/home/me/code'], home: '/home/me', fsRoot });
    expect(outcome.complete).toBe(true);
    expect(readSnapshot(connection, 1).roots).toEqual(['/home/me/code', '/home/me', '/']);
    expect(JSON.stringify(told(connection, 1))).not.toContain(fsRoot);
    expect(getScan(connection, 1)).toMatchObject({ home: '/home/me', fsRoot });
  });

  test('links in it lead to nothing of the machine that scans', async () => {
    const outside = await oldTree({
      'me/.t/tools.txt': 'outside\n',
      'me/code/.t/tools.txt': 'outside\n',
      't/tools.txt': 'outside\n',
    });
    const fsRoot = await oldTree({
      home: { link: outside },
      etc: { link: outside },
      'srv/.t/tools.txt': { link: join(outside, 't/tools.txt') },
    });
    const { connection, scan } = await bench([toolSource(places)]);
    const outcome = await scan({ roots: ['/home/me/code', '/srv'], home: '/home/me', fsRoot });
    expect(names(connection, 1)).toEqual([]);
    expect([outcome.complete, outcome.unreadableRoots]).toEqual([false, ['/home/me/code']]);
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
    expect(
      readVersions(connection, agent).map(({ since, until, properties }) => [since, until, properties['tools']]),
    ).toEqual([
      [1, 2, ['x']],
      [2, null, ['x', 'z']],
    ]);
    const summary = (from: number, to: number) => {
      const { assets, ...relations } = compareScans(connection, from, to);
      return {
        ...relations,
        assets: assets.map(({ change, name, properties }) => [change, name, properties].flat().join(' ')).sort(),
      };
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
