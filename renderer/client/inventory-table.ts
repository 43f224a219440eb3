import type { AssetColumns } from '../../shared/contract/assets.ts';
import { unpackText } from '../../shared/contract/columns.ts';
import type { InventoryColumns, LifecycleEvent } from '../../shared/contract/inventory.ts';
import type { AssetKind } from '../../shared/kinds.ts';
import type { Comparison } from '../../shared/model/changes.ts';
import { type AssetTable, assetTableOf } from './asset-table.ts';

/** What became of a thing at the latest scan. `first`: there is no scan before it; `unscanned`: no scan can see it. */
export const lifecycles = ['new', 'changed', 'unchanged', 'gone', 'first', 'unscanned', 'unknown'] as const;
export type Lifecycle = (typeof lifecycles)[number];

/**
 * The assets of the latest scan with what people, registers and former scans say of them. Rows from `live` on are things
 * that an earlier scan saw and the latest did not: of them only name, kind and time are known.
 */
export type InventoryTable = AssetTable & {
  readonly live: number;
  /** Host alone, without the framework. */
  readonly hostNames: readonly string[];
  readonly frameworks: readonly string[];
  readonly locations: readonly string[];
  readonly owners: readonly string[];
  readonly ownedBy: readonly string[];
  readonly environments: readonly string[];
  readonly classes: readonly string[];
  readonly domains: readonly string[];
  /** proposed, approved, retired or ''. */
  readonly states: readonly string[];
  /** yes, no, ambiguous, or '' where no register speaks of such things. */
  readonly registered: readonly string[];
  /** False while, or where, what stands beside the facts could not be read. */
  readonly knowsBeside: boolean;
  ownerGuessed(row: number): boolean;
  /** scanned, saas or manual. */
  provenance(row: number): string;
  firstSeen(row: number): number | null;
  lastSeen(row: number): number | null;
  /** Start of the first scan that did not see it any more; null for what is there. */
  goneSince(row: number): number | null;
  lifecycle(row: number): Lifecycle;
};

type Parts = {
  readonly columns: AssetColumns;
  /** Null where it could not be read. */
  readonly beside: InventoryColumns | null;
  /** Null where there are no two scans; undefined where that is not known. */
  readonly comparison: Comparison | null | undefined;
  /** Events of things of all kinds, newest first. */
  readonly events: readonly LifecycleEvent[];
};

export function inventoryTableOf({ columns, beside: given, comparison, events }: Parts): InventoryTable {
  const table = assetTableOf(columns);
  const live = table.count;
  // The two answers are of the same rows, except for the moment in which one of them was asked again.
  const beside = given !== null && given.ids === columns.ids ? given : null;
  const gone = goneThings(events, table);
  const text = (column: string | undefined): readonly string[] => [
    ...(column === undefined ? Array<string>(live).fill('') : unpackText(column, live)),
    ...gone.map(() => ''),
  ];
  const padded = (values: readonly string[]): readonly string[] => [...values, ...gone.map(() => '')];
  const frameworks = text(beside?.frameworks);
  const provenances = text(beside?.origins);
  const firsts = text(beside?.firstSeen);
  const lasts = text(beside?.lastSeen);
  const ids = [...table.ids, ...gone.map(({ asset }) => asset)];
  const changed = new Set(
    (comparison?.changes ?? []).flatMap(({ change, kind, id }) =>
      change === 'changed' || kind === 'rule' ? [id] : [],
    ),
  );
  const added = new Set(
    (comparison?.changes ?? []).flatMap(({ change, kind, id }) => (change === 'added' && kind !== 'rule' ? [id] : [])),
  );
  const goneAt = (row: number): LifecycleEvent | undefined => gone[row - live];
  const lifecycle = (row: number): Lifecycle => {
    if (row >= live) return 'gone';
    if (beside !== null && provenances[row] !== 'scanned') return 'unscanned';
    if (comparison === undefined) return 'unknown';
    if (comparison === null) return 'first';
    const id = ids[row] ?? '';
    if (added.has(id)) return 'new';
    if (changed.has(id)) return 'changed';
    // Differences beyond the limit are counted and not listed, so that being absent from the list says nothing.
    return comparison.leftOut > 0 ? 'unknown' : 'unchanged';
  };
  let rows: Map<string, number> | undefined;
  return {
    ...table,
    count: live + gone.length,
    live,
    ids,
    names: [...table.names, ...gone.map(({ name }) => name)],
    hosts: padded(table.hosts),
    hostNames: padded(table.hosts.map((host, row) => (host === frameworks[row] ? '' : host))),
    frameworks,
    locations: text(beside?.locations),
    repositories: padded(table.repositories),
    places: padded(table.places),
    sources: padded(table.sources),
    notes: padded(table.notes),
    owners: text(beside?.owners),
    ownedBy: text(beside?.ownedBy),
    environments: text(beside?.environments),
    classes: text(beside?.classes),
    domains: text(beside?.domains),
    states: text(beside?.states),
    registered: text(beside?.registered),
    knowsBeside: beside !== null,
    kind: (row): AssetKind => goneAt(row)?.kind ?? table.kind(row),
    ownerGuessed: (row) => beside?.ownerGuessed[row] === 1,
    provenance: (row) => (row >= live ? 'scanned' : (provenances[row] ?? '')),
    firstSeen: (row) => numberOf(firsts[row]),
    lastSeen: (row) => numberOf(lasts[row]),
    goneSince: (row) => goneAt(row)?.at ?? null,
    lifecycle,
    rowOf: (id) => {
      rows ??= new Map(ids.map((known, row) => [known, row]));
      return rows.get(id) ?? -1;
    },
  };
}

const numberOf = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text));

/** The last event of each thing that is not in the table and was there once. */
function goneThings(events: readonly LifecycleEvent[], table: AssetTable): readonly LifecycleEvent[] {
  const seen = new Set<string>();
  const gone: LifecycleEvent[] = [];
  for (const event of events) {
    if (event.scan === null || seen.has(event.asset)) continue;
    seen.add(event.asset);
    if (event.type === 'gone' && table.rowOf(event.asset) < 0) gone.push(event);
  }
  return gone;
}
