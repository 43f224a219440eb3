import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, told } from '../../../test/fixtures/scan-bench.ts';
import { plant, temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import { toolSource } from '../../../test/fixtures/test-sources.ts';
import { gitHead } from '../sources/git/head.ts';
import type { Connection } from '../store/driver.ts';
import { makeRepository, type Person } from './git-repository.test-support.ts';

const ada: Person = { name: 'Ada L', email: 'ada@acme.example' };
const bot: Person = { name: 'renovate[bot]', email: 'bot@renovate.example' };
const bob: Person = { name: 'Bob', email: 'bob@acme.example' };

function owners(connection: Connection, scan: number): readonly string[] {
  const { assets, relations } = told(connection, scan);
  const names = new Map(assets.map(({ id, name }) => [id, name]));
  return relations
    .filter(({ kind }) => kind === 'owned-by')
    .map(({ from, to, properties, confidence, evidence }) => {
      const { by, guess, commits, of } = properties;
      const count = commits === undefined ? '' : ` ${String(commits)}/${String(of)}`;
      return `${names.get(from)} ${names.get(to)} ${String(by)}${count} ${guess === true ? 'guess' : ''} ${confidence} ${evidence[0]?.file}`;
    })
    .sort();
}

test('authors of an agent’s file are a guess at its owner; a bot is none; a commit alone is seen by the next scan', async () => {
  const root = join(temporaryFolder('git'), 'app');
  const repository = makeRepository(root);
  const commit = (text: string, by: Person): void => {
    plant(root, { 'tools.txt': text });
    repository.commit({ 'tools.txt': text }, by);
  };
  commit('one\n', ada);
  commit('one\ntwo\n', ada);
  commit('one\ntwo\nthree\n', bob);
  const made = await bench([toolSource(), gitHead]);
  const scan = async (): Promise<readonly string[]> => {
    const { number } = await made.scan({ roots: [root] }, { linkers: [] });
    return owners(made.connection, number);
  };
  const first = [
    'Test in app Ada L git-frequent 2/3 guess low tools.txt',
    'Test in app Bob git-recent guess low tools.txt',
  ];
  expect(await scan()).toEqual(first);
  expect(await scan()).toEqual(first);
  const kept = (): unknown => made.connection.prepare('SELECT count(*), max(head) FROM git_history').raw().get();
  const before = kept();
  expect(before).toEqual([1, expect.stringMatching(/^[0-9a-f]{40}$/)]);
  // The file stays as it is; only who changed it last is another one.
  repository.commit({ 'tools.txt': 'one\n' }, ada);
  repository.commit({ 'tools.txt': 'one\ntwo\nthree\n' }, ada);
  expect(await scan()).toEqual([
    'Test in app Ada L git-frequent 4/5 guess low tools.txt',
    'Test in app Ada L git-recent guess low tools.txt',
  ]);
  expect(kept()).not.toEqual(before);
  repository.commit({ 'tools.txt': 'one\n' }, bot);
  repository.commit({ 'tools.txt': 'one\ntwo\nthree\n' }, bot);
  expect(await scan()).toEqual(['Test in app Ada L git-frequent 4/7 guess low tools.txt']);
});
