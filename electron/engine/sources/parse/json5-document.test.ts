import fc from 'fast-check';
import JSON5 from 'json5';
import { expect, test } from 'vitest';
import { entryOf, nodeOf, textOf } from './node.ts';
import { plainOf } from './plain.test-support.ts';
import { parseJson5 } from './json5-document.ts';

test('what JSON5 allows, with the lines of the file', () => {
  const text = [
    '// gateway',
    '{',
    "  gateway: { bind: 'loopback', port: 0x10, },",
    '  /* two',
    '     lines */',
    "  'quoted key': \"it's\",",
    "  long: 'a\\",
    "b',",
    '  after: +.5, __proto__: [NaN, -Infinity, true,],',
    '}',
  ].join('\n');
  const { root, problems } = parseJson5(text);
  expect(problems).toEqual([]);
  expect(plainOf(root)).toEqual(
    JSON.parse(
      '{"gateway":{"bind":"loopback","port":16},"quoted key":"it\'s","long":"ab","after":0.5,"__proto__":[null,null,true]}',
    ),
  );
  expect([entryOf(root, 'gateway')?.line, entryOf(root, 'quoted key')?.line, entryOf(root, 'after')?.line]).toEqual([
    3, 6, 9,
  ]);
});

test('words for values are keys before a colon', () => {
  const { root, problems } = parseJson5('{true: null, null: false, Infinity: 1}');
  expect(problems).toEqual([]);
  expect(plainOf(root)).toEqual({ true: null, null: false, Infinity: 1 });
});

test('what is broken is told with its line, and what could be read stays', () => {
  const { root, problems } = parseJson5("{\n  a: 'x',\n  b: nonsense,\n}");
  expect(problems.map(({ kind, line }) => [kind, line])).toEqual([['syntax', 3]]);
  expect(textOf(nodeOf(root, 'a'))).toBe('x');
  expect(parseJson5('{a: ').problems[0]).toMatchObject({ kind: 'syntax' });
});

test('limits are limits, not crashes', () => {
  expect(parseJson5(`{a: '${'x'.repeat(300 * 1024)}'}`).problems[0]).toMatchObject({ kind: 'limit' });
  expect(parseJson5(`{a: '${'x'.repeat(40 * 1024)}'}`).problems[0]).toMatchObject({ kind: 'limit' });
  expect(parseJson5('['.repeat(5000)).problems[0]).toMatchObject({ kind: 'limit', line: 1 });
  expect(parseJson5('').problems[0]).toMatchObject({ kind: 'empty' });
});

test('reads what the library writes, as the library reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom("'", '"'), (value, quote) => {
      const text = JSON5.stringify(value, { space: 2, quote });
      const { root, problems } = parseJson5(text);
      expect(problems).toEqual([]);
      expect(JSON.stringify(plainOf(root))).toBe(JSON.stringify(value));
    }),
    { numRuns: 300 },
  );
});

test('never throws', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    "'",
    '"',
    '\\',
    '\n',
    '//',
    '/*',
    '*/',
    'a',
    '0x',
    '-',
    '.',
    ' ',
    '\u2028',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      expect(Array.isArray(parseJson5(parts.join('')).problems)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
