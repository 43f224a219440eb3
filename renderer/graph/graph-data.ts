import type { AssetColumns, RelationColumns } from '../../shared/contract/assets.ts';
import { unpackText } from '../../shared/contract/columns.ts';
import { type AssetKind, assetKinds, type RelationKind, relationKinds } from '../../shared/kinds.ts';

/** Edges of every node in one array: those of node n are `edge[start[n]] .. edge[start[n + 1] - 1]`. */
export type EdgeIndex = { readonly start: Uint32Array; readonly edge: Uint32Array };

/** The facts of one scan as the graph needs them: columns and edge lists, no object per node. Rows are those of the asset columns. */
export type GraphData = {
  readonly scan: number;
  readonly count: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly notes: readonly string[];
  readonly places: readonly string[];
  readonly kinds: Uint8Array;
  readonly origins: Uint8Array;
  readonly confidences: Uint8Array;
  readonly dynamic: Uint8Array;
  /** Index into `hosts`, and into `repositories`; index 0 is '' = none. */
  readonly host: Uint32Array;
  readonly hosts: readonly string[];
  readonly repository: Uint32Array;
  readonly repositories: readonly string[];
  /** Bit set of `alarmClasses` that the note of the asset names. */
  readonly alarms: Uint8Array;
  /** 1 for what reads or brings in and neither writes, sends, deletes nor executes. */
  readonly bringsIn: Uint8Array;
  readonly edgeCount: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly edgeKinds: Uint8Array;
  readonly edgeOrigins: Uint8Array;
  readonly out: EdgeIndex;
  readonly into: EdgeIndex;
  readonly rowOf: ReadonlyMap<string, number>;
  /** Relations that name no row or no known kind; they are counted and not drawn. */
  readonly relationsLeftOut: number;
};

/** Capabilities worth an alarm, worst first, with the words for "3 of them". */
export const alarmClasses = [
  { id: 'executes-code', words: 'run code' },
  { id: 'spends-money', words: 'spend money' },
  { id: 'deletes', words: 'delete' },
  { id: 'sends-outside', words: 'send outside' },
  { id: 'changes-own-configuration', words: 'change own configuration' },
] as const;

export const kindOf = (data: GraphData, row: number): AssetKind => assetKinds[data.kinds[row] as number] as AssetKind;

/** Builds the graph of one scan. Both columns must be of the same scan; rows out of range are left out and counted. */
export function buildGraphData(assets: AssetColumns, relations: RelationColumns): GraphData {
  const { count } = assets;
  const ids = unpackText(assets.ids, count);
  const notes = unpackText(assets.notes, count);
  const host = internColumn(unpackText(assets.hosts, count));
  const repository = internColumn(unpackText(assets.repositories, count));
  const rowOf = new Map<string, number>();
  ids.forEach((id, row) => {
    rowOf.set(id, row);
  });
  const alarms = new Uint8Array(count);
  notes.forEach((note, row) => {
    alarmClasses.forEach((alarm, bit) => {
      if (note.includes(alarm.id)) alarms[row] = (alarms[row] as number) | (1 << bit);
    });
  });
  const kept: number[] = [];
  for (let edge = 0; edge < relations.count; edge++) {
    const from = relations.from[edge] ?? count;
    const to = relations.to[edge] ?? count;
    if (from < count && to < count && (relations.kinds[edge] ?? 255) < relationKinds.length) kept.push(edge);
  }
  const from = Uint32Array.from(kept, (edge) => relations.from[edge] as number);
  const to = Uint32Array.from(kept, (edge) => relations.to[edge] as number);
  const edgeKinds = Uint8Array.from(kept, (edge) => relations.kinds[edge] as number);
  return {
    scan: assets.scan,
    count,
    ids,
    names: unpackText(assets.names, count),
    notes,
    places: unpackText(assets.places, count),
    kinds: assets.kinds,
    origins: assets.origins,
    confidences: assets.confidences,
    dynamic: assets.dynamic,
    host: host.index,
    hosts: host.values,
    repository: repository.index,
    repositories: repository.values,
    alarms,
    bringsIn: findBringsIn(count, from, edgeKinds),
    edgeCount: kept.length,
    from,
    to,
    edgeKinds,
    edgeOrigins: Uint8Array.from(kept, (edge) => relations.origins[edge] ?? 0),
    out: indexEdges(count, from),
    into: indexEdges(count, to),
    rowOf,
    relationsLeftOut: relations.count - kept.length,
  };
}

function findBringsIn(count: number, from: Uint32Array, edgeKinds: Uint8Array): Uint8Array {
  const result = new Uint8Array(count);
  const bits = (kinds: readonly RelationKind[]): number =>
    kinds.reduce((set, kind) => set | (1 << relationKinds.indexOf(kind)), 0);
  const inward = bits(['reads', 'ingests']);
  const outward = bits(['writes', 'egresses-to', 'deletes', 'executes']);
  const seen = new Uint32Array(count);
  from.forEach((row, edge) => {
    seen[row] = (seen[row] as number) | (1 << (edgeKinds[edge] as number));
  });
  seen.forEach((set, row) => {
    if ((set & inward) !== 0 && (set & outward) === 0) result[row] = 1;
  });
  return result;
}

function indexEdges(count: number, end: Uint32Array): EdgeIndex {
  const start = new Uint32Array(count + 1);
  for (const node of end) start[node + 1] = (start[node + 1] as number) + 1;
  for (let node = 0; node < count; node++) start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  const fill = start.slice(0, count);
  const edge = new Uint32Array(end.length);
  end.forEach((node, number) => {
    const at = fill[node] as number;
    edge[at] = number;
    fill[node] = at + 1;
  });
  return { start, edge };
}

function internColumn(column: readonly string[]): { index: Uint32Array; values: string[] } {
  const values = [''];
  const known = new Map<string, number>([['', 0]]);
  const index = new Uint32Array(column.length);
  column.forEach((value, row) => {
    let at = known.get(value);
    if (at === undefined) {
      at = values.length;
      values.push(value);
      known.set(value, at);
    }
    index[row] = at;
  });
  return { index, values };
}

/**
 * Rows whose name, then note or place, contains the text, best first: whole name, start of the name, inside the name,
 * elsewhere. An empty text finds nothing.
 */
export function searchRows(data: GraphData, text: string, limit: number): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const buckets: number[][] = [[], [], [], []];
  for (let row = 0; row < data.count; row++) {
    const name = (data.names[row] as string).toLowerCase();
    const at = name.indexOf(wanted);
    if (at === 0) buckets[name.length === wanted.length ? 0 : 1]?.push(row);
    else if (at > 0) buckets[2]?.push(row);
    else if (
      (data.notes[row] as string).toLowerCase().includes(wanted) ||
      (data.places[row] as string).toLowerCase().includes(wanted)
    )
      buckets[3]?.push(row);
  }
  return buckets.flat().slice(0, limit);
}
