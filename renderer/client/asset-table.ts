import type { AssetColumns } from '../../shared/contract/assets.ts';
import { unpackText } from '../../shared/contract/columns.ts';
import { type AssetKind, assetKinds, type Confidence, confidences, type Origin, origins } from '../../shared/kinds.ts';

/** All assets of one scan, one array per column; a row is an index. Nothing is made per row until it is looked at. */
export type AssetTable = {
  readonly scan: number;
  readonly count: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly hosts: readonly string[];
  readonly repositories: readonly string[];
  readonly places: readonly string[];
  readonly sources: readonly string[];
  readonly notes: readonly string[];
  kind(row: number): AssetKind;
  origin(row: number): Origin;
  confidence(row: number): Confidence;
  dynamic(row: number): boolean;
  /** -1 for an id that is not in this scan. */
  rowOf(id: string): number;
};

const tables = new WeakMap<AssetColumns, AssetTable>();

/** Unpacks the columns once per answer. */
export function assetTableOf(columns: AssetColumns): AssetTable {
  const known = tables.get(columns);
  if (known !== undefined) return known;
  const { count } = columns;
  const ids = unpackText(columns.ids, count);
  let rows: Map<string, number> | undefined;
  const table: AssetTable = {
    scan: columns.scan,
    count,
    ids,
    names: unpackText(columns.names, count),
    hosts: unpackText(columns.hosts, count),
    repositories: unpackText(columns.repositories, count),
    places: unpackText(columns.places, count),
    sources: unpackText(columns.sources, count),
    notes: unpackText(columns.notes, count),
    kind: (row) => assetKinds[columns.kinds[row] ?? 0] ?? 'agent',
    origin: (row) => origins[columns.origins[row] ?? 0] ?? 'declared',
    confidence: (row) => confidences[columns.confidences[row] ?? 0] ?? 'low',
    dynamic: (row) => columns.dynamic[row] === 1,
    rowOf: (id) => {
      rows ??= new Map(ids.map((known, row) => [known, row]));
      return rows.get(id) ?? -1;
    },
  };
  tables.set(columns, table);
  return table;
}
