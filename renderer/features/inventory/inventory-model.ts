import { type AssetKind, assetKinds, confidences, origins } from '../../../shared/kinds.ts';
import { declaredStates } from '../../../shared/model/records.ts';
import { type InventoryTable, lifecycles } from '../../client/inventory-table.ts';
import type { Sort } from '../../ui/data-table-model.ts';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { lifecycleWord, locationWord, stateOf, stateWord, stateWords } from './inventory-words.ts';

/** What the inventory can be narrowed by. The names are the parameters of the address. */
export const facetNames = [
  'kind',
  'host',
  'framework',
  'repository',
  'owner',
  'state',
  'lifecycle',
  'confidence',
  'source',
  'location',
  'origin',
] as const;
export type FacetName = (typeof facetNames)[number];

export const facetTitles: { readonly [F in FacetName]: string } = {
  kind: 'Kind',
  host: 'Host',
  framework: 'Framework',
  repository: 'Repository',
  owner: 'Owner',
  state: 'State',
  lifecycle: 'Lifecycle',
  confidence: 'Confidence',
  source: 'Source',
  location: 'Location',
  origin: 'Origin',
};

/** Filters and order, as the address holds them. No value of a facet chosen = all. */
export type InventoryQuery = {
  readonly text: string;
  readonly facets: { readonly [F in FacetName]: readonly string[] };
  readonly sort: Sort | null;
};

export function parseQuery(search: URLSearchParams): InventoryQuery {
  const sort = search.get('sort');
  return {
    text: search.get('q') ?? '',
    facets: Object.fromEntries(
      facetNames.map((name) => [name, [...new Set(search.getAll(name))]] as const),
    ) as unknown as InventoryQuery['facets'],
    sort: sort === null || sort === '' ? null : { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') },
  };
}

/** The address parameters of a query, in a fixed order; with nothing chosen there are none. */
export function formatQuery(query: InventoryQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (query.text !== '') search.set('q', query.text);
  for (const name of facetNames) for (const value of query.facets[name]) search.append(name, value);
  if (query.sort !== null) search.set('sort', `${query.sort.descending ? '-' : ''}${query.sort.column}`);
  return search;
}

export const isNarrowed = (query: InventoryQuery): boolean =>
  query.text.trim() !== '' || facetNames.some((name) => query.facets[name].length > 0);

export const noQuery: InventoryQuery = parseQuery(new URLSearchParams());

export function toggleFacet(query: InventoryQuery, name: FacetName, value: string): InventoryQuery {
  const chosen = query.facets[name];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...query, facets: { ...query.facets, [name]: next } };
}

export function facetValue(table: InventoryTable, name: FacetName, row: number): string {
  switch (name) {
    case 'kind':
      return table.kind(row);
    case 'host':
      return table.hostNames[row] ?? '';
    case 'framework':
      return table.frameworks[row] ?? '';
    case 'repository':
      return table.repositories[row] ?? '';
    case 'owner':
      return table.owners[row] ?? '';
    case 'state':
      return stateOf(table, row);
    case 'lifecycle':
      return table.lifecycle(row);
    case 'source':
      return table.sources[row] ?? '';
    case 'location':
      return table.provenance(row) === 'scanned' || table.provenance(row) === ''
        ? (table.locations[row] ?? '')
        : table.provenance(row);
    case 'origin':
      return table.origin(row);
    case 'confidence':
      return table.confidence(row);
  }
}

/** Words for the empty value, which is a value too: nobody knows, or there can be none. */
const emptyWords: { readonly [F in FacetName]?: string } = {
  host: 'No host',
  framework: 'No framework',
  repository: 'No repository',
  owner: 'Owner unknown',
  source: 'No source',
  location: 'Location unknown',
};

/** Word for a value of a facet, as menus and chips say it. */
export function facetWord(name: FacetName, value: string): string {
  if (value === '') return emptyWords[name] ?? 'Unknown';
  switch (name) {
    case 'kind':
      return (assetKinds as readonly string[]).includes(value) ? sentenceCase(kindWord(value as AssetKind)) : value;
    case 'state':
      return sentenceCase(stateWord(value));
    case 'lifecycle':
      return sentenceCase(lifecycleWord(value));
    case 'location':
      return sentenceCase(locationWord(value));
    default:
      return value;
  }
}

export type FacetOption = { readonly value: string; readonly count: number; readonly chosen: boolean };

export type Narrowed = {
  readonly rows: readonly number[];
  /** Counts of each facet under all the other filters, so that a choice says what it would give. */
  readonly options: { readonly [F in FacetName]: readonly FacetOption[] };
};

const haystacks = new WeakMap<InventoryTable, string[]>();

function haystackOf(table: InventoryTable): string[] {
  let haystack = haystacks.get(table);
  if (haystack === undefined) {
    haystack = Array.from({ length: table.count }, (_, row) =>
      [
        table.names[row],
        kindWord(table.kind(row)),
        table.places[row],
        table.notes[row],
        table.hosts[row],
        table.frameworks[row],
        table.owners[row],
      ]
        .join('\n')
        .toLowerCase(),
    );
    haystacks.set(table, haystack);
  }
  return haystack;
}

/**
 * Rows that fit all filters, in stored order. Every word of the text has to occur in name, kind, place, note, host,
 * framework or owner. What is gone is only among them where somebody asks for what is gone.
 */
export function narrow(table: InventoryTable, query: InventoryQuery): Narrowed {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = words.length === 0 ? [] : haystackOf(table);
  const chosen = facetNames.map((name) => new Set(query.facets[name]));
  const counts = facetNames.map(() => new Map<string, number>());
  const lifecycleFacet = facetNames.indexOf('lifecycle');
  const wantsGone = query.facets.lifecycle.includes('gone');
  const rows: number[] = [];

  for (let row = 0; row < table.count; row += 1) {
    const text = haystack[row] ?? '';
    if (words.length > 0 && !words.every((word) => text.includes(word))) continue;
    const isHidden = row >= table.live && !wantsGone;
    let misses = isHidden ? 1 : 0;
    let missed = isHidden ? lifecycleFacet : -1;
    for (const [index, name] of facetNames.entries()) {
      const wanted = chosen[index];
      if (wanted === undefined || wanted.size === 0 || wanted.has(facetValue(table, name, row))) continue;
      if (index === missed) continue;
      misses += 1;
      missed = index;
      if (misses > 1) break;
    }
    if (misses > 1) continue;
    if (misses === 0) rows.push(row);
    for (const [index, name] of facetNames.entries()) {
      if (misses === 1 && index !== missed) continue;
      const value = facetValue(table, name, row);
      const map = counts[index];
      map?.set(value, (map.get(value) ?? 0) + 1);
    }
  }

  const options = Object.fromEntries(
    facetNames.map((name, index) => [name, facetOptions(name, counts[index] ?? new Map(), query.facets[name])]),
  ) as Narrowed['options'];
  return { rows, options };
}

const fixedOrder: { readonly [F in FacetName]?: readonly string[] } = {
  kind: assetKinds,
  origin: origins,
  confidence: confidences,
  state: [...declaredStates, ...Object.keys(stateWords)],
  lifecycle: lifecycles,
};

function facetOptions(
  name: FacetName,
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
): readonly FacetOption[] {
  const values = [...new Set([...counts.keys(), ...chosen])];
  const order = fixedOrder[name];
  const rank = (value: string): number => order?.indexOf(value) ?? -(counts.get(value) ?? 0);
  return values
    .toSorted((first, second) => rank(first) - rank(second) || first.localeCompare(second))
    .map((value) => ({ value, count: counts.get(value) ?? 0, chosen: chosen.includes(value) }));
}

/** "4 of 197", "197", "197 or more" where some places could not be told. */
export function countSentence(shown: number, all: number, more: boolean): string {
  const total = `${all.toLocaleString('en-US')}${more ? ' or more' : ''}`;
  return shown === all ? total : `${shown.toLocaleString('en-US')} of ${total}`;
}
