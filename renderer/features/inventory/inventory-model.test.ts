import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetColumns } from '../../../shared/contract/assets.ts';
import { packText } from '../../../shared/contract/columns.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { InventoryColumns, LifecycleEvent } from '../../../shared/contract/inventory.ts';
import type { Comparison } from '../../../shared/model/changes.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { inventoryTableOf } from '../../client/inventory-table.ts';
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
import { frameworkText, freshnessText, hostText, lastSeenText, ownerText, stateOf } from './inventory-words.ts';

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

const columns = columnsOf([
  { name: 'support', kind: 'agent', host: 'cursor' },
  { name: 'mail', kind: 'tool', host: 'cursor' },
  { name: 'ops', kind: 'agent', host: 'codex', origin: 1 },
  { name: 'mailbox', kind: 'data-store', host: '' },
]);
const table = inventoryTableOf({ columns, beside: null, comparison: null, events: [] });

/** What stands beside the four rows; every column as a list of four. */
function besideOf(more: { readonly [K in keyof InventoryColumns]?: readonly string[] }): InventoryColumns {
  const column = (name: keyof InventoryColumns, otherwise = ''): string =>
    packText(more[name] ?? Array<string>(columns.count).fill(otherwise));
  return {
    scan: 1,
    count: columns.count,
    ids: columns.ids,
    owners: column('owners'),
    ownedBy: column('ownedBy'),
    ownerGuessed: Uint8Array.from([0, 0, 1, 0]),
    states: column('states'),
    registered: column('registered'),
    domains: column('domains'),
    environments: column('environments'),
    environmentGuessed: new Uint8Array(columns.count),
    classes: column('classes'),
    classGuessed: new Uint8Array(columns.count),
    origins: column('origins', 'scanned'),
    frameworks: column('frameworks'),
    locations: column('locations'),
    firstSeen: column('firstSeen', '1'),
    lastSeen: column('lastSeen', '2'),
  };
}

const event = (asset: string, type: LifecycleEvent['type'], at: number): LifecycleEvent => ({
  type,
  asset,
  kind: 'agent',
  name: `name of ${asset}`,
  at,
  scan: at,
  by: '',
  detail: [],
});

const comparison = (changes: readonly { change: 'added' | 'changed'; kind: string; id: string }[], leftOut = 0) =>
  ({
    schemaVersion: '1',
    before: { name: '1', status: 'complete', at: 1, roots: [] },
    after: { name: '2', status: 'complete', at: 2, roots: [] },
    counts: {},
    changes: changes.map((change) => ({ ...change, name: change.id, fields: [], before: [], after: [] })),
    relations: [],
    leftOut,
  }) satisfies Comparison;
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

describe('what stands beside the facts', () => {
  const full = inventoryTableOf({
    columns,
    beside: besideOf({
      owners: ['sre', '', 'ada', ''],
      ownedBy: ['codeowners', '', 'git-recent', ''],
      states: ['approved', '', '', ''],
      registered: ['yes', '', 'no', ''],
      frameworks: ['', 'langgraph', 'codex', ''],
      locations: ['', 'source', '', ''],
    }),
    comparison: comparison([
      { change: 'added', kind: 'agent', id: 'id-2' },
      { change: 'added', kind: 'rule', id: 'id-0' },
    ]),
    events: [
      event('old', 'gone', 2),
      event('old', 'found', 1),
      event('back', 'found-again', 2),
      event('back', 'gone', 1),
    ],
  });
  const rows = [0, 1, 2, 3, 4];

  it('tells state, lifecycle and what is silent, row by row', () => {
    expect(rows.map((row) => stateOf(full, row))).toEqual([
      'approved',
      'not-applicable',
      'unregistered',
      'not-applicable',
      'gone',
    ]);
    // A rule that came is a change of its agent.
    expect(rows.map((row) => full.lifecycle(row))).toEqual(['changed', 'unchanged', 'new', 'unchanged', 'gone']);
    expect(rows.map((row) => ownerText(full, row))).toEqual(['sre', 'unknown', 'guess: ada', 'unknown', 'unknown']);
    // The host column repeats the framework where there is no host.
    expect(rows.map((row) => hostText(full, row))).toEqual([
      'cursor',
      'cursor',
      'not applicable',
      'not applicable',
      'unknown',
    ]);
    expect(rows.map((row) => frameworkText(full, row))).toEqual([
      'not applicable',
      'langgraph',
      'codex',
      'not applicable',
      'not applicable',
    ]);
  });

  it('says how old the last look is', () => {
    const day = 24 * 60 * 60 * 1000;
    expect(freshnessText(full, 0, 2 + 3 * day)).toBe('current');
    expect(freshnessText(full, 0, 2 + 30 * day)).toBe('stale, 30 days');
    expect(freshnessText(full, 4, 2)).toBe('gone');
    expect(lastSeenText(full, 4, 2)).toMatch(/^before /);
  });

  it('holds back what is gone until somebody asks for it, and says how much there is', () => {
    expect(full.live).toBe(4);
    expect(full.names[4]).toBe('name of old');
    expect(narrow(full, noQuery).rows).toEqual([0, 1, 2, 3]);
    expect(narrow(full, search('lifecycle=gone')).rows).toEqual([4]);
    expect(narrow(full, search('lifecycle=gone&lifecycle=new')).rows).toEqual([2, 4]);
    expect(narrow(full, search('kind=agent')).options.lifecycle.map(({ value, count }) => [value, count])).toEqual([
      ['new', 1],
      ['changed', 1],
      ['gone', 1],
    ]);
    expect(narrow(full, search('kind=tool&lifecycle=gone')).rows).toEqual([]);
  });

  it('never takes what was not read for a fact', () => {
    const blind = inventoryTableOf({ columns, beside: null, comparison: undefined, events: [] });
    expect([0, 1].map((row) => stateOf(blind, row))).toEqual(['unknown', 'unknown']);
    expect([blind.lifecycle(0), lastSeenText(blind, 0, 1), freshnessText(blind, 0, 1)]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
    const cut = inventoryTableOf({ columns, beside: besideOf({}), comparison: comparison([], 7), events: [] });
    expect(cut.lifecycle(0)).toBe('unknown');
    const other = inventoryTableOf({ columns, beside: { ...besideOf({}), ids: 'x' }, comparison: null, events: [] });
    expect(other.knowsBeside).toBe(false);
  });
});
