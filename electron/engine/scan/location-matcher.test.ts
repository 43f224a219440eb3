import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Location } from '../sources/source.ts';
import { matchesOf } from './gather-root.ts';
import { compileLocations, segmentTest } from './location-matcher.ts';

const location = (path: string): Location => ({ scope: 'project', base: 'project', path });
const compile = (...paths: string[]) =>
  compileLocations(
    paths.map((path, source) => ({ source, location: location(path) })),
    (each) => each.path,
  );

/** What matches, as `pattern@depth of its anchor`. */
const found = (patterns: readonly string[], path: string): string[] =>
  matchesOf(compile(...patterns), path)
    .map(({ want, anchorDepth }) => `${want.location.path}@${anchorDepth}`)
    .sort();

test('a literal place is found at every depth, with the folder it hangs on', () => {
  expect(found(['.mcp.json', '.claude/settings.json'], '.mcp.json')).toEqual(['.mcp.json@0']);
  expect(found(['.mcp.json', '.claude/settings.json'], 'a/b/.claude/settings.json')).toEqual([
    '.claude/settings.json@2',
  ]);
  expect(found(['.mcp.json', '.claude/settings.json'], 'a/.claude/x/settings.json')).toEqual([]);
  expect(found(['.claude/settings.json'], 'settings.json')).toEqual([]);
});

test('`*` stays within a segment, `**` takes any number of them, also none', () => {
  expect(found(['.claude/agents/**/*.md'], '.claude/agents/a.md')).toEqual(['.claude/agents/**/*.md@0']);
  expect(found(['.claude/agents/**/*.md'], 'p/.claude/agents/a/b/c.md')).toEqual(['.claude/agents/**/*.md@1']);
  expect(found(['.claude/agents/**/*.md'], '.claude/agents/a.txt')).toEqual([]);
  expect(found(['.claude/skills/*/SKILL.md'], '.claude/skills/one/SKILL.md')).toEqual(['.claude/skills/*/SKILL.md@0']);
  expect(found(['.claude/skills/*/SKILL.md'], '.claude/skills/one/two/SKILL.md')).toEqual([]);
  expect(found(['.claude/skills/*/SKILL.md'], '.claude/skills/SKILL.md')).toEqual([]);
});

test('one file may stand in two folders that a place hangs on, and several sources may want it', () => {
  expect(found(['.x/**/*.md', 'a.md'], '.x/.x/a.md')).toEqual(['.x/**/*.md@0', '.x/**/*.md@1', 'a.md@2']);
});

test('a name of a hostile length costs no time', () => {
  const test = segmentTest(`${'*a'.repeat(40)}*b`);
  const started = performance.now();
  expect(test('a'.repeat(200_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(100);
});

const naiveSegment = (pattern: string, name: string): boolean => {
  if (pattern === '') return name === '';
  if (pattern[0] === '*')
    return naiveSegment(pattern.slice(1), name) || (name !== '' && naiveSegment(pattern, name.slice(1)));
  return name !== '' && pattern[0] === name[0] && naiveSegment(pattern.slice(1), name.slice(1));
};

const naive = (pattern: readonly string[], path: readonly string[]): boolean => {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') return naive(rest, path) || (path.length > 0 && naive(pattern, path.slice(1)));
  return path.length > 0 && naiveSegment(first, path[0] as string) && naive(rest, path.slice(1));
};

const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 3 });
const wildName = fc
  .string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 4 })
  .filter((text) => text !== '**');
const segment = fc.oneof(name, wildName);
/** `**` stands once, between a literal begin and an end, as the seam says. */
const pattern = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 4 }),
  fc.tuple(name, fc.array(segment, { minLength: 1, maxLength: 3 })).map(([first, rest]) => [first, '**', ...rest]),
);

test('matching agrees with a naive glob tried at every depth', () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 6 }),
      (patterns, path) => {
        const expected = new Set<string>();
        for (const each of patterns) {
          for (let depth = 0; depth < path.length; depth++)
            if (naive(each, path.slice(depth))) expected.add(`${each.join('/')}@${depth}`);
        }
        const texts = patterns.map((each) => each.join('/'));
        expect(new Set(found(texts, path.join('/')))).toEqual(expected);
      },
    ),
    { numRuns: 3000 },
  );
});
