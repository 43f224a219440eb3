import { expect, test } from 'vitest';
import { type IgnoreRules, isIgnoredFolder, parseIgnoreRules } from './ignore-rules.ts';

const ignored = (rules: IgnoreRules | null, path: string): boolean => {
  const segments = path.split('/');
  return isIgnoredFolder(rules, segments.slice(0, -1), segments.at(-1) ?? '');
};
const rules = (text: string, depth = 0, parent: IgnoreRules | null = null): IgnoreRules | null =>
  parseIgnoreRules(text, depth, parent);

test('plain names are ignored at any depth, with and without a slash at the end', () => {
  const parsed = rules('dist\nbuild/\n# note\n\n');
  expect(['dist', 'a/dist', 'build', 'a/b/build'].map((path) => ignored(parsed, path))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['dist2', 'a/xdist', 'note'].map((path) => ignored(parsed, path))).toEqual([false, false, false]);
});

test('anchored, wildcard and nested patterns mean what they mean to git', () => {
  const parsed = rules('/only-top\n*.egg-info\nout/*\nlogs/**/deep\n');
  expect(ignored(parsed, 'only-top')).toBe(true);
  expect(ignored(parsed, 'a/only-top')).toBe(false);
  expect(ignored(parsed, 'a/x.egg-info')).toBe(true);
  expect(ignored(parsed, 'out/one')).toBe(true);
  expect(ignored(parsed, 'out')).toBe(false);
  expect(ignored(parsed, 'logs/a/b/deep')).toBe(true);
});

test('a negation brings back what an earlier rule took, in the order of the file', () => {
  const parsed = rules('vendor\n!vendor\nlib*\n!lib-ours\n');
  expect(ignored(parsed, 'vendor')).toBe(false);
  expect(ignored(parsed, 'lib-theirs')).toBe(true);
  expect(ignored(parsed, 'lib-ours')).toBe(false);
});

test('"ignore everything" of a dot-file repository hides nothing, with and without exceptions behind it', () => {
  for (const text of ['*\n', '/*\n', '**\n', '*\n!.gitignore\n!/.config\n', '/*\r\n'])
    expect([text, ignored(rules(text), '.config')]).toEqual([text, false]);
});

test('a file below counts its patterns from its own folder and adds to the one above', () => {
  const top = rules('dist\n');
  const below = rules('/here\n', 1, top);
  expect(ignored(below, 'a/here')).toBe(true);
  expect(ignored(below, 'a/b/here')).toBe(false);
  expect(ignored(below, 'a/dist')).toBe(true);
});

test('a file without rules is none, Windows line ends and blanks are no part of a rule', () => {
  expect(rules('# only words\n\n   \n')).toBe(null);
  expect(ignored(rules('dist  \r\n'), 'dist')).toBe(true);
});

test('a huge file of rules is read up to a limit and costs no time', () => {
  const started = performance.now();
  const parsed = rules(`${'a*b*c*d*e*\n'.repeat(5000)}${'x/'.repeat(200_000)}`);
  expect(ignored(parsed, `${'a'.repeat(255)}`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(3000);
});
