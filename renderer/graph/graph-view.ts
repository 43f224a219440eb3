import { assetKinds, origins, type RelationKind, relationKinds } from '../../shared/kinds.ts';
import { alarmClasses, type GraphData, kindOf } from './graph-data.ts';
import { kindWord } from '../ui/kind-words.ts';
import { counted, kindsByWeight } from './kind-order.ts';
import { isTurned, type Lens } from './lenses.ts';

/** Several assets drawn as one card. */
export type FoldedGroup = {
  /** Stable name of the group, for the address: `host:claude-code`, `fold:<asset id>:out:tool`. */
  readonly key: string;
  readonly label: string;
  readonly rows: readonly number[];
  /** Index into assetKinds when all members are of one kind, else -1. */
  readonly kind: number;
  /** What matters inside, worst first: "2 run code", "3 credentials". */
  readonly facts: readonly GroupFact[];
};
export type GroupFact = { readonly text: string; readonly alarming: boolean };

/** A box around items that belong together: an opened group, or a host or repository. */
export type Container = {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly closable: boolean;
};

/**
 * What is drawn: the answer to one question. Items are assets (`row` >= 0) or groups (`row` -1, see `group`). Edges are
 * merged per pair and direction and point the way they are drawn.
 */
export type GraphView = {
  readonly data: GraphData;
  readonly lens: Lens;
  readonly count: number;
  readonly row: Int32Array;
  readonly group: Int32Array;
  readonly groups: readonly FoldedGroup[];
  readonly container: Int32Array;
  readonly containers: readonly Container[];
  /** Item of each asset row, -1 when it is not drawn. */
  readonly itemOf: Int32Array;
  readonly edgeCount: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Bit set of relation kinds in the edge. */
  readonly edgeKinds: Uint32Array;
  /** Index into origins: the strongest of the merged relations. */
  readonly edgeOrigins: Uint8Array;
  /** Relations merged into the edge. */
  readonly edgeSizes: Uint32Array;
  /** Assets shown on their own, and assets that the question is about. */
  readonly shown: number;
  readonly total: number;
};

/** Collects items, then merges the edges between them. */
export class ViewBuilder {
  readonly #data: GraphData;
  readonly #lens: Lens;
  readonly #rows: number[] = [];
  readonly #group: number[] = [];
  readonly #container: number[] = [];
  readonly #groups: FoldedGroup[] = [];
  readonly #containers: Container[] = [];
  readonly itemOf: Int32Array;
  #shown = 0;

  constructor(data: GraphData, lens: Lens) {
    this.#data = data;
    this.#lens = lens;
    this.itemOf = new Int32Array(data.count).fill(-1);
  }

  get size(): number {
    return this.#rows.length;
  }

  addAsset(row: number, container = -1): void {
    this.itemOf[row] = this.#rows.length;
    this.#rows.push(row);
    this.#group.push(-1);
    this.#container.push(container);
    this.#shown += 1;
  }

  addGroup(key: string, label: string, rows: readonly number[], container = -1): void {
    const item = this.#rows.length;
    for (const row of rows) this.itemOf[row] = item;
    this.#rows.push(-1);
    this.#group.push(this.#groups.length);
    this.#container.push(container);
    this.#groups.push({ key, label, rows, kind: sharedKind(this.#data, rows), facts: groupFacts(this.#data, rows) });
  }

  addContainer(container: Container): number {
    return this.#containers.push(container) - 1;
  }

  /** `allowed` says which relations (by number) may be drawn. */
  build(allowed: (edge: number) => boolean, total: number): GraphView {
    const data = this.#data;
    const index = new Map<number, number>();
    const count = this.#rows.length;
    const from: number[] = [];
    const to: number[] = [];
    const kinds: number[] = [];
    const origin: number[] = [];
    const sizes: number[] = [];
    for (let edge = 0; edge < data.edgeCount; edge++) {
      const source = this.itemOf[data.from[edge] as number] as number;
      const target = this.itemOf[data.to[edge] as number] as number;
      if (source === -1 || target === -1 || source === target || !allowed(edge)) continue;
      const kind = data.edgeKinds[edge] as number;
      const turned = isTurned(data, this.#lens, edge);
      const a = turned ? target : source;
      const b = turned ? source : target;
      const known = index.get(a * count + b);
      if (known === undefined) {
        index.set(a * count + b, from.length);
        from.push(a);
        to.push(b);
        kinds.push(1 << kind);
        origin.push(data.edgeOrigins[edge] as number);
        sizes.push(1);
      } else {
        kinds[known] = (kinds[known] as number) | (1 << kind);
        origin[known] = Math.min(origin[known] as number, data.edgeOrigins[edge] as number);
        sizes[known] = (sizes[known] as number) + 1;
      }
    }
    return {
      data,
      lens: this.#lens,
      count,
      row: Int32Array.from(this.#rows),
      group: Int32Array.from(this.#group),
      groups: this.#groups,
      container: Int32Array.from(this.#container),
      containers: this.#containers,
      itemOf: this.itemOf,
      edgeCount: from.length,
      from: Uint32Array.from(from),
      to: Uint32Array.from(to),
      edgeKinds: Uint32Array.from(kinds),
      edgeOrigins: Uint8Array.from(origin, (value) => Math.min(value, origins.length - 1)),
      edgeSizes: Uint32Array.from(sizes),
      shown: this.#shown,
      total,
    };
  }
}

function sharedKind(data: GraphData, rows: readonly number[]): number {
  const first = data.kinds[rows[0] ?? 0] ?? -1;
  return rows.every((row) => data.kinds[row] === first) ? first : -1;
}

/** Counts by what matters: alarming capabilities first, then kinds by weight. */
export function groupFacts(data: GraphData, rows: readonly number[]): GroupFact[] {
  const alarms = new Uint32Array(alarmClasses.length);
  const kinds = new Uint32Array(assetKinds.length);
  for (const row of rows) {
    kinds[data.kinds[row] as number] = (kinds[data.kinds[row] as number] ?? 0) + 1;
    alarmClasses.forEach((_, bit) => {
      if ((((data.alarms[row] as number) >> bit) & 1) === 1) alarms[bit] = (alarms[bit] as number) + 1;
    });
  }
  const facts: GroupFact[] = [];
  alarmClasses.forEach((alarm, bit) => {
    if ((alarms[bit] as number) > 0) facts.push({ text: `${alarms[bit]} ${alarm.words}`, alarming: true });
  });
  for (const kind of kindsByWeight) {
    const count = kinds[assetKinds.indexOf(kind)] as number;
    if (count > 0) facts.push({ text: counted(kind, count), alarming: kind === 'credential' });
  }
  return facts;
}

/** Stable name of an item, across questions and rescans. */
export function itemKey(view: GraphView, item: number): string {
  const row = view.row[item] as number;
  return row >= 0 ? (view.data.ids[row] as string) : (view.groups[view.group[item] as number]?.key ?? '');
}

export function itemName(view: GraphView, item: number): string {
  const row = view.row[item] as number;
  return row >= 0 ? (view.data.names[row] as string) : (view.groups[view.group[item] as number]?.label ?? '');
}

export const groupAt = (view: GraphView, item: number): FoldedGroup | null =>
  view.groups[view.group[item] as number] ?? null;

/** The one fact of a card: the note, else the host, else where it was found. */
export function itemFact(view: GraphView, item: number): string {
  const row = view.row[item] as number;
  if (row < 0) {
    const group = groupAt(view, item);
    return group === null ? '' : group.facts.map((fact) => fact.text).join(', ');
  }
  const { data } = view;
  return data.notes[row] || data.hosts[data.host[row] as number] || data.places[row] || kindWord(kindOf(data, row));
}

/** Verbs of an edge, for its label: "reads", "reads, writes", "uses +2"; with the number of merged relations. */
export function edgeLabel(view: GraphView, edge: number): string {
  const bits = view.edgeKinds[edge] as number;
  const verbs = verbsOf(bits);
  const size = view.edgeSizes[edge] as number;
  const words =
    verbs.length <= 2 ? verbs.map(verb).join(', ') : `${verb(verbs[0] as RelationKind)} +${verbs.length - 1}`;
  return size > verbs.length ? `${words} \u00d7${size}` : words;
}

const verb = (kind: RelationKind): string => kind.replaceAll('-', ' ');

export function verbsOf(bits: number): RelationKind[] {
  return relationKinds.filter((_, kind) => ((bits >> kind) & 1) === 1);
}

/** "agent support, 3 relations": what a screen reader says about an item. */
export function itemSentence(view: GraphView, item: number): string {
  let outgoing = 0;
  let incoming = 0;
  for (let edge = 0; edge < view.edgeCount; edge++) {
    if (view.from[edge] === item) outgoing += 1;
    else if (view.to[edge] === item) incoming += 1;
  }
  const group = groupAt(view, item);
  const what =
    group === null
      ? `${kindWord(kindOf(view.data, view.row[item] as number))} ${itemName(view, item)}, ${itemFact(view, item)}`
      : `group ${group.label}, ${group.rows.length} items: ${itemFact(view, item)}`;
  return `${what}. ${incoming} in, ${outgoing} out.`;
}
