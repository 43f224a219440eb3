import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from './csv-document.ts';
import { entriesOf, itemsOf, scalarText } from './node.ts';

const rows = (text: string): unknown[] =>
  itemsOf(parseCsv(text).root).map((item) => [
    item.line,
    item.endLine,
    Object.fromEntries(entriesOf(item).map(({ key, node }) => [key, scalarText(node)])),
  ]);

test('records with their lines; quotes, doubled quotes and line feeds in values', () => {
  expect(rows('Store, kind\r\n"a ""b"", c",x\r\n"two\nlines",y\n\nlast\n')).toEqual([
    [2, 2, { store: 'a "b", c', kind: 'x' }],
    [3, 4, { store: 'two\nlines', kind: 'y' }],
    [6, 6, { store: 'last', kind: '' }],
  ]);
});

test('semicolons or tabs separate where the header has no comma', () => {
  expect(rows('a;b\n1,5;2\n')).toEqual([[2, 2, { a: '1,5', b: '2' }]]);
  expect(rows('a\tb\n1\t2\n')).toEqual([[2, 2, { a: '1', b: '2' }]]);
});

test('what is wrong is told: rows of another width, a quote that does not end, nothing at all', () => {
  expect(parseCsv('a,b\n1\n').problems).toEqual([{ kind: 'lenient', line: 2, message: '1 values under 2 columns' }]);
  expect(parseCsv('a,b\n"x,1\ny,2\n').problems).toEqual([
    { kind: 'syntax', line: 2, message: 'a quoted value does not end, or the record is too long' },
    { kind: 'lenient', line: 2, message: '1 values under 2 columns' },
  ]);
  expect(parseCsv('').root).toBeNull();
});

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '\t', '*'), maxLength: 8 });

test('whatever was written as CSV is read back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (records) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = `first,second\n${records.map((record) => `${record.map(quoted).join(',')}\n`).join('')}`;
      const read = itemsOf(parseCsv(text).root).map((item) => entriesOf(item).map(({ node }) => scalarText(node)));
      expect(read).toEqual(records.map((record) => record.map((value) => value.trim())));
    }),
    { numRuns: 300 },
  );
});
