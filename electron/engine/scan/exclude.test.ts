import { expect, test } from 'vitest';
import { compileExcludes, excludesPath } from './exclude.ts';

const excludes = (glob: string, ...paths: string[]): boolean[] => paths.map(compileExcludes([glob]));

test('without a slash a glob speaks of a name at any depth', () => {
  expect(excludes('tmp', 'tmp', 'a/tmp', 'tmp/a', 'a/tmp2')).toEqual([true, true, false, false]);
  expect(excludes('*.log', 'a/b.log', 'b.logs')).toEqual([true, false]);
  expect(excludes('?.md', 'a.md', 'ab.md', 'x/b.md')).toEqual([true, false, true]);
});

test('with a slash it speaks of the path from the root', () => {
  expect(excludes('a/*', 'a/b', 'a/b/c', 'x/a/b')).toEqual([true, false, false]);
  expect(excludes('a/**', 'a/b', 'a/b/c', 'a')).toEqual([true, true, false]);
  expect(excludes('**/gen/*', 'gen/x', 'a/b/gen/x', 'gen')).toEqual([true, true, false]);
  expect(excludes('./a/b/', 'a/b')).toEqual([true]);
  expect(excludes('/a/b', 'a/b', 'c/a/b')).toEqual([true, false]);
});

test('`**` takes any number of folders, stars any part of a name', () => {
  expect(excludes('a/**/b', 'a/b', 'a/x/b', 'a/x/y/b', 'a/x/c')).toEqual([true, true, true, false]);
  expect(excludes('**/a*c*', 'abc', 'x/acd', 'x/ac/y')).toEqual([true, true, false]);
  expect(excludes('a/**/**/b/?', 'a/b/1', 'a/x/b/22')).toEqual([true, false]);
});

test('signs of regular expressions are signs, not expressions', () => {
  expect(excludes('a.b', 'a.b', 'axb')).toEqual([true, false]);
  expect(excludes('(x)[1]{2}+^$|', '(x)[1]{2}+^$|')).toEqual([true]);
  expect(excludes('a\\b', 'a\\b')).toEqual([true]);
});

test('a path that was not walked to is excluded with any folder above it', () => {
  const secret = compileExcludes(['secret']);
  expect(['secret', 'secret/a', 'x/secret/a/b', 'x/y'].map((path) => excludesPath(secret, path))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('nothing is excluded by nothing', () => expect(compileExcludes([])('a')).toBe(false));

test('globs from outside cost linear time on hostile names', () => {
  for (const glob of [`${'*a'.repeat(12)}b`, `${'**/'.repeat(8)}x`, `x/${'*'.repeat(60)}y`]) {
    const isExcluded = compileExcludes([glob]);
    const started = performance.now();
    expect(isExcluded('a'.repeat(255))).toBe(false);
    expect(isExcluded(`${'a/'.repeat(60)}a`)).toBe(false);
    expect([glob, performance.now() - started < 200]).toEqual([glob, true]);
  }
});
