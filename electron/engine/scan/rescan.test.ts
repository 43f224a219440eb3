import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bench, expectAsFresh, names, oldTree, project, told } from '../../../test/fixtures/scan-bench.ts';
import { plant, temporaryFolder, type Tree, untilStampsCount } from '../../../test/fixtures/temporary-tree.ts';
import { codeSource, type ToolSource, toolSource } from '../../../test/fixtures/test-sources.ts';
import type { Source } from '../sources/source.ts';
import { getScan, readCoverage } from '../store/repos/scans.ts';

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
    expect(outcome).toMatchObject({
      number: 2,
      status: 'complete',
      complete: true,
      unchanged: true,
      work: { filesOpened: 0, filesParsed: 0, foldersListed: 0 },
    });
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
    [
      'a file takes the place of a folder',
      project,
      (root) => {
        rmSync(join(root, 'app/sub'), { recursive: true });
        writeFileSync(join(root, 'app/sub'), '');
      },
    ],
    [
      'a folder is replaced by one of the same name',
      project,
      (root) => {
        renameSync(join(root, 'app/sub'), join(root, 'app/old'));
        plant(root, { 'app/sub/x/tools.txt': 'x\n' });
      },
    ],
    [
      'a .gitignore is added',
      { 'gen/tools.txt': 'gen\n', 'tools.txt': 'a\n' },
      (root) => writeFileSync(join(root, '.gitignore'), 'gen\n'),
    ],
    [
      'a .gitignore is edited',
      { '.gitignore': 'gen\n', 'gen/tools.txt': 'gen\n', 'two/tools.txt': 'two\n' },
      (root) => writeFileSync(join(root, '.gitignore'), 'two\n'),
    ],
    [
      'a .gitignore is removed',
      { '.gitignore': 'gen\n', 'gen/tools.txt': 'gen\n' },
      (root) => unlinkSync(join(root, '.gitignore')),
    ],
    [
      'the target of a link is edited',
      { 'a/tools.txt': { link: '../real' }, real: 'one\n' },
      (root) => appendFileSync(join(root, 'real'), 'two\n'),
    ],
    [
      'a link leads out of the root now',
      { 'a/tools.txt': { link: '../b/real' }, 'b/real': 'one\n' },
      (root) => {
        unlinkSync(join(root, 'b/real'));
        symlinkSync('/etc/hostname', join(root, 'b/real'));
      },
    ],
    [
      'a link leads to another file',
      { 'a/tools.txt': { link: '../b/one' }, 'b/one': 'one\n', 'b/two': 'two\n' },
      (root) => {
        unlinkSync(join(root, 'a/tools.txt'));
        symlinkSync('../b/two', join(root, 'a/tools.txt'));
      },
    ],
    [
      'a link leads to the same file by another name',
      { 'a/tools.txt': { link: '../way/one' }, way: { link: 'b' }, 'b/one': 'one\n', 'c/x': '' },
      (root) => {
        linkSync(join(root, 'b/one'), join(root, 'c/one'));
        unlinkSync(join(root, 'way'));
        symlinkSync('c', join(root, 'way'));
      },
    ],
    [
      'a link is removed',
      { 'a/tools.txt': { link: '../b/tools.txt' }, 'b/tools.txt': 'one\n' },
      (root) => unlinkSync(join(root, 'a/tools.txt')),
    ],
    [
      'a file takes the place of a link',
      { 'a/tools.txt': { link: '../b/tools.txt' }, 'b/tools.txt': 'one\n' },
      (root) => {
        unlinkSync(join(root, 'a/tools.txt'));
        writeFileSync(join(root, 'a/tools.txt'), 'one\n');
      },
    ],
    [
      'a link takes the place of a file',
      { 'a/tools.txt': 'one\n', 'b/tools.txt': 'one\n' },
      (root) => {
        unlinkSync(join(root, 'a/tools.txt'));
        symlinkSync('../b/tools.txt', join(root, 'a/tools.txt'));
      },
    ],
    [
      'a file that is read by its own name and through a linked folder is edited',
      { 'p/.t/x.tool': 'x\n', 'p/.t/tools.txt': 'x\n', 'q/.t': { link: '../p/.t' }, 'tools.txt': 'a\n' },
      (root) => appendFileSync(join(root, 'p/.t/x.tool'), 'more\n'),
    ],
    [
      'something beside a linked folder is edited',
      { 'p/.t/x.tool': 'x\n', 'p/.t/tools.txt': 'x\n', 'q/.t': { link: '../p/.t' }, 'tools.txt': 'a\n' },
      (root) => appendFileSync(join(root, 'tools.txt'), 'more\n'),
    ],
    [
      'a file leaves a folder that is read by its own name and through a link',
      { 'p/.t/x.tool': 'x\n', 'p/.t/y.tool': 'y\n', 'q/.t': { link: '../p/.t' } },
      (root) => unlinkSync(join(root, 'p/.t/y.tool')),
    ],
    [
      'a link to a folder is removed',
      { 'p/.t/x.tool': 'x\n', 'q/.t': { link: '../p/.t' } },
      (root) => unlinkSync(join(root, 'q/.t')),
    ],
    [
      'a link to a folder comes',
      { 'p/.t/x.tool': 'x\n', 'q/x': '' },
      (root) => symlinkSync('../p/.t', join(root, 'q/.t')),
    ],
    [
      'a link leads in a circle now',
      { 'a/tools.txt': { link: '../b/real' }, 'b/real': 'one\n' },
      (root) => {
        unlinkSync(join(root, 'b/real'));
        symlinkSync('real', join(root, 'b/real'));
      },
    ],
    [
      'a file comes into a linked folder',
      { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n' },
      (root) => writeFileSync(join(root, 'shared/y.tool'), 'y\n'),
    ],
    [
      'a linked folder leads elsewhere',
      { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n', 'b/y.tool': 'y\n' },
      (root) => {
        unlinkSync(join(root, 'p/.t/all'));
        symlinkSync('../../b', join(root, 'p/.t/all'));
      },
    ],
    [
      'a linked folder leads out of the root',
      { 'p/.t/all': { link: '../../shared' }, 'shared/x.tool': 'x\n' },
      (root) => {
        rmSync(join(root, 'shared'), { recursive: true });
        symlinkSync('/etc', join(root, 'shared'));
      },
    ],
    [
      'the target of a link comes into being',
      { 'a/tools.txt': { link: '../b/real' }, 'b/x': '' },
      (root) => writeFileSync(join(root, 'b/real'), 'one\n'),
    ],
    ['a file is too large now', project, (root) => writeFileSync(join(root, 'app/tools.txt'), 'x'.repeat(5_000_000))],
    [
      'a pipe takes the place of a file',
      project,
      (root) => {
        unlinkSync(join(root, 'app/tools.txt'));
        execFileSync('mkfifo', [join(root, 'app/tools.txt')]);
      },
    ],
    [
      'a keyword comes into a code file',
      { 'a.code': 'nothing\n', 'b.code': 'agent b\n' },
      (root) => writeFileSync(join(root, 'a.code'), 'agent a\n'),
    ],
    [
      'an imported file is edited',
      { 'a.code': 'agent a\nimport lib.code\n', 'lib.code': 'nothing\n' },
      (root) => writeFileSync(join(root, 'lib.code'), 'import more.code\n'),
    ],
    [
      'git comes into a folder',
      { 'a/tools.txt': 'x\n', 'a/b/tools.txt': 'y\n' },
      (root) => plant(root, { 'a/.git/HEAD': '' }),
    ],
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
    for (const number of [1, 2, 3])
      expect([(await scan({ roots: [root] })).number, names(connection, number)]).toEqual([number, ['raw']]);
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
    const tree: Tree = {
      '.gitignore': 'gen\n',
      'gen/tools.txt': 'gen\n',
      'o/tools.txt': { link: '/etc/hostname' },
      'tools.txt': 'x\n',
      'big/tools.txt': 'x'.repeat(5_000_000),
    };
    const { scan, connection, root } = await scanned(tree);
    const other = await oldTree({ 'tools.txt': 'y\n' });
    await scan({ roots: [root] });
    expect(told(connection, 2)).toEqual(told(connection, 1));
    await scan({ roots: [other] });
    writeFileSync(join(root, 'new.txt'), '');
    const { number } = await scan({ roots: [root] });
    expect(told(connection, number)).toEqual(told(connection, 1));
    expect(
      readCoverage(connection, number)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['read', 'skipped', 'skipped', 'too-large']);
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
