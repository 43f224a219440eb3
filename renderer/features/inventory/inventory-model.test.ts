import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetColumns } from '../../../shared/contract/assets.ts';
import { packText } from '../../../shared/contract/columns.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import {
  countSentence,
  facetNames,
  formatQuery,
  isNarrowed,
  narrow,
  noQuery,
  parseQuery,
  toggleFacet,
} from './inventory-model.ts';

type Row = { readonly name: string; readonly kind: AssetKind; readonly host: string; readonly origin?: number };

function columnsOf(rows: readonly Row[]): AssetColumns {
  const empty = packText(rows.map(() => ''));
  return {
    scan: 1,
    count: rows.length,
    ids: packText(rows.map((_, index) => `id-${index}`)),
    names: packText(rows.map((row) => row.name)),
    kinds: Uint8Array.from(rows, (row) => assetKinds.indexOf(row.kind)),
    origins: Uint8Array.from(rows, (row) => row.origin ?? 0),
    confidences: new Uint8Array(rows.length),
    dynamic: new Uint8Array(rows.length),
    hosts: packText(rows.map((row) => row.host)),
    repositories: empty,
    places: packText(rows.map((row) => `src/${row.name}.py:3`)),
    sources: empty,
    notes: empty,
  };
}

const table = assetTableOf(
  columnsOf([
    { name: 'support', kind: 'agent', host: 'cursor' },
    { name: 'mail', kind: 'tool', host: 'cursor' },
    { name: 'ops', kind: 'agent', host: 'codex', origin: 1 },
    { name: 'mailbox', kind: 'data-store', host: '' },
  ]),
);
const search = (text: string) => parseQuery(new URLSearchParams(text));

describe('inventory', () => {
  it('unpacks a column with one empty value, and an empty scan', () => {
    expect(assetTableOf(columnsOf([{ name: 'a', kind: 'agent', host: '' }])).hosts).toEqual(['']);
    expect(assetTableOf(columnsOf([])).ids).toEqual([]);
    expect(table.rowOf('id-2')).toBe(2);
    expect(table.rowOf('gone')).toBe(-1);
  });

  it('narrows by every word and every facet', () => {
    expect(narrow(table, noQuery).rows).toEqual([0, 1, 2, 3]);
    expect(narrow(table, search('q=mail')).rows).toEqual([1, 3]);
    expect(narrow(table, search('q=mail+tool')).rows).toEqual([1]);
    expect(narrow(table, search('kind=agent&kind=tool&host=cursor')).rows).toEqual([0, 1]);
    expect(narrow(table, search('origin=derived')).rows).toEqual([2]);
    expect(narrow(table, search('host=')).rows).toEqual([3]);
  });

  it('counts each facet under the other filters only', () => {
    const { options } = narrow(table, search('kind=agent&host=cursor'));
    expect(options.kind).toEqual([
      { value: 'agent', count: 1, chosen: true },
      { value: 'tool', count: 1, chosen: false },
    ]);
    expect(options.host).toEqual([
      { value: 'codex', count: 1, chosen: false },
      { value: 'cursor', count: 1, chosen: true },
    ]);
  });

  it('keeps a chosen value that nothing fits any more, so that it can be taken away', () => {
    expect(narrow(table, search('host=gone')).options.host).toContainEqual({ value: 'gone', count: 0, chosen: true });
  });

  it('gives for a choice as many rows as the facet promised', () => {
    for (const name of facetNames) {
      for (const { value, count } of narrow(table, noQuery).options[name]) {
        expect(narrow(table, toggleFacet(noQuery, name, value)).rows.length).toBe(count);
      }
    }
  });

  it('writes every query so that it reads back the same', () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 3 });
    const facets = fc.record(Object.fromEntries(facetNames.map((name) => [name, values])));
    const sort = fc.option(fc.record({ column: fc.constantFrom('name', 'kind'), descending: fc.boolean() }));
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), facets, sort, (text, chosen, order) => {
        const query = { text, facets: chosen as never, sort: order };
        expect(parseQuery(new URLSearchParams(formatQuery(query).toString()))).toEqual(query);
      }),
    );
  });

  it('says the count with its doubt', () => {
    expect([countSentence(4, 197, false), countSentence(197, 197, true), countSentence(1204, 1204, false)]).toEqual([
      '4 of 197',
      '197 or more',
      '1,204',
    ]);
    expect([isNarrowed(noQuery), isNarrowed(search('q=+')), isNarrowed(search('kind=agent'))]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
