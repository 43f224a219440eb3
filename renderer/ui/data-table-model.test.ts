import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Column,
  extendTo,
  nextSort,
  noSelection,
  parseLayout,
  rowsAsMarkdown,
  rowsAsTsv,
  selectOne,
  sortRows,
  stepFrom,
  toggleKey,
  visibleColumns,
  widthOf,
} from './data-table-model.ts';

type Row = { readonly name: string; readonly size: number };
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', width: 200, hideable: false, text: (row) => row.name },
  {
    id: 'size',
    title: 'Size',
    width: 80,
    align: 'end',
    text: (row) => String(row.size),
    compare: (first, second) => first.size - second.size,
  },
  { id: 'more', title: 'More', width: 80, hiddenAtFirst: true, text: () => '' },
];
const rows: readonly Row[] = [
  { name: 'tool_10', size: 3 },
  { name: 'tool_2', size: 30 },
  { name: 'Agent', size: 3 },
];

describe('table order', () => {
  it('goes up, down, and back to as it came', () => {
    const up = nextSort(null, 'name');
    const down = nextSort(up, 'name');
    expect([up, down, nextSort(down, 'name')]).toEqual([
      { column: 'name', descending: false },
      { column: 'name', descending: true },
      null,
    ]);
    expect(nextSort(down, 'size')).toEqual({ column: 'size', descending: false });
  });

  it('sorts numbers in names as numbers and keeps equal rows in order', () => {
    const names = (sort: Parameters<typeof sortRows>[2]) => sortRows(rows, columns, sort).map((row) => row.name);
    expect(names({ column: 'name', descending: false })).toEqual(['Agent', 'tool_2', 'tool_10']);
    expect(names({ column: 'size', descending: true })).toEqual(['tool_2', 'tool_10', 'Agent']);
    expect(names({ column: 'gone', descending: true })).toEqual(['tool_10', 'tool_2', 'Agent']);
  });
});

describe('table selection', () => {
  const keys = ['a', 'b', 'c', 'd'];
  const keyAt = (index: number): string => keys[index] ?? '';
  const indexOf = (key: string): number => keys.indexOf(key);

  it('extends from the anchor in both directions', () => {
    const from = selectOne('c');
    expect([...extendTo(from, 0, keyAt, indexOf).keys]).toEqual(['a', 'b', 'c']);
    const down = extendTo(extendTo(from, 0, keyAt, indexOf), 3, keyAt, indexOf);
    expect([...down.keys]).toEqual(['c', 'd']);
    expect(down.active).toBe('d');
  });

  it('starts at the row itself when the anchor is not on screen', () => {
    expect(extendTo(selectOne('gone'), 1, keyAt, indexOf)).toEqual(selectOne('b'));
  });

  it('adds and takes away single rows', () => {
    const two = toggleKey(toggleKey(noSelection, 'a'), 'b');
    expect([...two.keys]).toEqual(['a', 'b']);
    expect([...toggleKey(two, 'a').keys]).toEqual(['b']);
  });

  it('never steps outside', () => {
    const steps = ['next', 'previous', 'first', 'last', 'page-down', 'page-up'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 50 }),
        fc.constantFrom(...steps),
        fc.integer({ min: 0, max: 50 }),
        (index, step, length) => {
          const next = stepFrom(Math.min(index, length - 1), step, length, 10);
          expect(length === 0 ? next === -1 : next >= 0 && next < length).toBe(true);
        },
      ),
    );
    expect(stepFrom(-1, 'next', 5, 10)).toBe(0);
    expect(stepFrom(-1, 'previous', 5, 10)).toBe(4);
  });
});

describe('table layout', () => {
  it('keeps only what makes sense of a stored layout', () => {
    expect(parseLayout('{"widths":{"name":300,"size":-4,"x":"wide"},"shown":{"more":true,"size":1}}')).toEqual({
      widths: { name: 300 },
      shown: { more: true },
    });
    for (const broken of [null, '', '[]', '{"widths":3}', 'null'])
      expect(parseLayout(broken)).toEqual({ widths: {}, shown: {} });
  });

  it('never hides the naming column and never goes below the least width', () => {
    const layout = parseLayout('{"shown":{"name":false,"more":true},"widths":{"size":41}}');
    expect(visibleColumns<Row, Column<Row>>(columns, layout).map((column) => column.id)).toEqual([
      'name',
      'size',
      'more',
    ]);
    expect(widthOf(columns[1] as Column<Row>, layout)).toBe(56);
  });
});

describe('copying', () => {
  it('keeps cells apart whatever names hold', () => {
    const hostile: readonly Row[] = [{ name: 'a\tb\nc', size: 1 }];
    expect(rowsAsTsv(hostile, columns.slice(0, 2))).toBe('Name\tSize\na b c\t1');
  });

  it('escapes what Markdown would read as markup', () => {
    const hostile: readonly Row[] = [{ name: '<img src=x> | [x](y)', size: 1 }];
    expect(rowsAsMarkdown(hostile, columns.slice(0, 2)).split('\n')).toEqual([
      '| Name | Size |',
      '| --- | ---: |',
      '| \\<img src=x\\> \\| \\[x\\](y) | 1 |',
    ]);
  });
});
