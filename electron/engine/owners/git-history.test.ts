import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { headOf, readGitHistory } from './git-history.ts';
import { gitLimits } from './git-objects.ts';
import { makeRepository, type Person } from './git-repository.test-support.ts';

const ada: Person = { name: 'Ada L', email: 'Ada@acme.example' };
const bob: Person = { name: 'Bob', email: 'bob@acme.example' };

function read(folder: string, paths: readonly string[], limits = gitLimits) {
  const head = headOf(folder);
  const history = head === null ? null : readGitHistory(folder, head, paths, limits);
  return (
    history && {
      isCut: history.isCut,
      files: history.authors.map(
        ({ path, recent, frequent, commits, byFrequent }) =>
          `${path}: ${recent.email} last, ${frequent.email} ${byFrequent} of ${commits}`,
      ),
    }
  );
}

/** Ada writes, Bob changes once, a branch that Ada merges, and something that is somewhere else. */
function planted() {
  const repository = makeRepository(temporaryFolder('git'));
  repository.commit({ 'agents/one.py': '1', 'README.md': 'x' }, ada);
  const base = repository.commit({ 'agents/one.py': '2' }, ada);
  const branch = repository.commit({ 'agents/two.py': '1' }, bob);
  const main = repository.commit({ 'README.md': 'y', 'agents/one.py': '3' }, bob, [base]);
  repository.commit({ 'agents/two.py': '1' }, ada, [main, branch]);
  return repository;
}
const expected = {
  isCut: false,
  files: [
    'agents/one.py: bob@acme.example last, ada@acme.example 2 of 3',
    'agents/two.py: bob@acme.example last, bob@acme.example 1 of 1',
  ],
};
const wanted = ['agents/one.py', 'agents/two.py', 'agents/none.py', 'none/one.py'];

test('who changed a file last and most often; a merge that changes nothing is nobody’s', () => {
  expect(read(planted().folder, wanted)).toEqual(expected);
});

test('packed objects, deltas by distance and by id, and packed references give the same', () => {
  const repository = planted();
  repository.pack();
  expect(readdirSync(join(repository.folder, 'objects', 'pack'))).toHaveLength(2);
  expect(read(repository.folder, wanted)).toEqual(expected);
});

test('where the history is cut off, what was before is nobody’s', () => {
  const repository = makeRepository(temporaryFolder('git'));
  const first = repository.commit({ 'a.py': '1', 'b.py': '1' }, ada);
  repository.commit({ 'a.py': '2' }, bob);
  repository.remove(first);
  // The commit that is missing is the one before: even who changed a.py last is not certain then.
  expect(read(repository.folder, ['a.py', 'b.py'])).toEqual({ isCut: true, files: [] });
});

test('limits end the reading and are told', () => {
  const repository = makeRepository(temporaryFolder('git'));
  for (let count = 0; count < 30; count++) repository.commit({ 'a.py': String(count) }, count === 29 ? bob : ada);
  const cut = read(repository.folder, ['a.py'], { ...gitLimits, objects: 20 });
  expect(cut?.isCut).toBe(true);
  expect(cut?.files[0]).toMatch(/^a\.py: bob@acme\.example last/);
  expect(read(repository.folder, ['a.py'], { ...gitLimits, objectBytes: 10 })).toBeNull();
});

test('what is broken or leads elsewhere is not read', () => {
  const repository = planted();
  repository.pack();
  const pack = join(repository.folder, 'objects', 'pack', `pack-${'a'.repeat(40)}.pack`);
  const index = pack.replace('.pack', '.idx');
  const whole = readFileSync(index);
  truncateSync(pack, 40);
  expect(read(repository.folder, wanted)).toBeNull();
  for (const bytes of [
    Buffer.alloc(0),
    whole.subarray(0, 900),
    Buffer.concat([whole.subarray(0, 8), Buffer.alloc(1024, 0xff), whole.subarray(1032)]),
  ]) {
    writeFileSync(index, bytes);
    expect(read(repository.folder, wanted)).toBeNull();
  }

  const other = temporaryFolder('git');
  mkdirSync(join(other, '.git'));
  symlinkSync(join(planted().folder, 'objects'), join(other, '.git', 'objects'));
  writeFileSync(join(other, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  expect(read(join(other, '.git'), wanted)).toBeNull();
});

test('HEAD names a commit or a reference below refs, nothing else', () => {
  const { folder } = planted();
  const id = headOf(folder);
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  for (const [text, found] of [
    [`${id}\n`, id],
    ['ref: refs/heads/none\n', null],
    ['ref: refs/../../secret\n', null],
    ['ref: /etc/passwd\n', null],
    ['', null],
  ] as const) {
    writeFileSync(join(folder, 'HEAD'), text);
    expect(headOf(folder)).toBe(found);
  }
  writeFileSync(join(folder, 'HEAD'), `${id}\n`);
  writeFileSync(join(folder, 'config'), '[extensions]\n\tobjectFormat = sha256\n');
  expect(headOf(folder)).toBeNull();
  rmSync(join(folder, 'HEAD'));
  expect(headOf(folder)).toBeNull();
});
