import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseXml, type XmlElement } from './xml-elements.ts';

const shown = (element: XmlElement): unknown => [
  element.name,
  Object.fromEntries(element.attributes),
  ...element.children.map(shown),
];

test('elements, attributes and entities, with their lines', () => {
  const { root, problems } = parseXml(
    '<?xml version="1.0"?>\n<!-- <x> -->\n<application>\n  <component name="A &amp; B">\n    <option value=\'it&#39;s\' />\n  </component>\n</application>\n',
  );
  expect(problems).toEqual([]);
  expect(root === null ? null : shown(root)).toEqual([
    'application',
    {},
    ['component', { name: 'A & B' }, ['option', { value: "it's" }]],
  ]);
  expect([root?.line, root?.endLine, root?.children[0]?.line, root?.children[0]?.endLine]).toEqual([3, 7, 4, 6]);
});

test('no entity of the file is expanded, no external one is read', () => {
  const { root } = parseXml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a b="&x;&amp;lt;&nope;"/>');
  expect(root?.attributes.get('b')).toBe('&x;&lt;&nope;');
});

test.each([
  ['<a><b></a>', 1],
  ['<a>', null],
  ['', null],
  ['<a/><b/>', 1],
  ['<a b="x>', 1],
])('%j is broken', (text, line) =>
  expect(parseXml(text).problems).toEqual([{ kind: 'syntax', line, message: 'broken XML' }]),
);

test('limits', () => {
  expect(parseXml('<a>'.repeat(100)).problems[0]).toMatchObject({ kind: 'limit' });
  expect(parseXml(`<a>${'<b/>'.repeat(100_001)}</a>`).problems[0]).toMatchObject({ kind: 'limit' });
});

test('a worst case is as fast as any other', () => {
  const started = performance.now();
  parseXml(`<a ${'b '.repeat(50_000)}`);
  parseXml(`<a ${'b="c" '.repeat(20_000)}/>`);
  parseXml('<a <a '.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(1000);
});

test('never throws', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    '"',
    "'",
    '=',
    ' ',
    '<!--',
    '-->',
    '<?',
    '&#x110000;',
    '&amp;',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 50 }), (parts) => {
      expect(Array.isArray(parseXml(parts.join('')).problems)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
