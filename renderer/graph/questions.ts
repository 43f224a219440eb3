import { assetKinds } from '../../shared/kinds.ts';
import { type GraphData, kindOf } from './graph-data.ts';
import { type GraphView, ViewBuilder } from './graph-view.ts';
import { kindWord, sentenceCase } from '../ui/kind-words.ts';
import { isTurned, type LensId, lensOf } from './lenses.ts';

export const groupings = ['auto', 'host', 'repository', 'kind', 'none'] as const;
export type Grouping = (typeof groupings)[number];

/** What the screen asks of the graph. The whole of it stands in the address. */
export type GraphQuestion = {
  readonly lens: LensId;
  /** Asset whose neighbourhood is asked for; null: the estate, in groups. */
  readonly focus: string | null;
  readonly hops: number;
  readonly group: Grouping;
  /** Bit sets of kinds that are filtered out. */
  readonly hiddenKinds: number;
  readonly hiddenRelations: number;
  /** Keys of groups opened in place, and ids of assets whose neighbours are shown beyond the hops. */
  readonly open: ReadonlySet<string>;
  /** Ids of assets whose neighbours are not followed, and keys of groups that stay closed. */
  readonly closed: ReadonlySet<string>;
};

/** Limits that keep an answer readable; each is said on the screen when it bites. */
export type ViewLimits = {
  /** Neighbours of one kind that are shown one by one, at the focus and at other assets. */
  readonly foldAboveAtFocus: number;
  readonly foldAbove: number;
  /** Of more than that, how many alarming ones still stand alone. */
  readonly alarmsAlone: number;
  /** Cards of a neighbourhood, beyond which what comes is folded. */
  readonly neighbourhood: number;
  /** Members up to which a group opens in place; a larger one opens as a table. */
  readonly openMembers: number;
  /** Assets up to which an estate is shown opened from the start. */
  readonly smallEstate: number;
  /** Assets up to which all flows are shown at once, without groups. */
  readonly smallFlows: number;
  /** Items of the estate drawn one by one when that is asked for. */
  readonly everything: number;
};
export const defaultLimits: ViewLimits = {
  foldAboveAtFocus: 14,
  foldAbove: 6,
  alarmsAlone: 5,
  neighbourhood: 80,
  openMembers: 200,
  smallEstate: 60,
  smallFlows: 80,
  everything: 10_000,
};

export const largestHops = 5;

/** The bounded answer to a question. Pure; the same question on the same facts gives the same view. */
export function answerQuestion(
  data: GraphData,
  question: GraphQuestion,
  limits: ViewLimits = defaultLimits,
): GraphView {
  const focus = question.focus === null ? undefined : data.rowOf.get(question.focus);
  return focus === undefined
    ? answerEstate(data, question, limits)
    : answerNeighbourhood(data, question, focus, limits);
}

type Scope = { readonly assetAllowed: (row: number) => boolean; readonly edgeAllowed: (edge: number) => boolean };

/** What lens and filters let through. */
function scopeOf(data: GraphData, question: GraphQuestion): Scope {
  const lens = lensOf(question.lens);
  const assets = lens.assets & ~question.hiddenKinds;
  const relations = lens.relations & ~question.hiddenRelations;
  const assetAllowed = (row: number): boolean => ((assets >> (data.kinds[row] as number)) & 1) === 1;
  return {
    assetAllowed,
    edgeAllowed: (edge) =>
      ((relations >> (data.edgeKinds[edge] as number)) & 1) === 1 &&
      assetAllowed(data.from[edge] as number) &&
      assetAllowed(data.to[edge] as number),
  };
}

type Bucket = { readonly key: string; readonly side: 'out' | 'in'; readonly kind: number; readonly rows: number[] };

function answerNeighbourhood(data: GraphData, question: GraphQuestion, focus: number, limits: ViewLimits): GraphView {
  const scope = scopeOf(data, question);
  // The focus is shown whatever the filters say: it is what was asked about.
  const edgeAllowed = (edge: number): boolean => {
    const from = data.from[edge] as number;
    const to = data.to[edge] as number;
    if (from !== focus && to !== focus) return scope.edgeAllowed(edge);
    const relations = lensOf(question.lens).relations & ~question.hiddenRelations;
    return (
      ((relations >> (data.edgeKinds[edge] as number)) & 1) === 1 &&
      (from === focus ? scope.assetAllowed(to) || to === focus : scope.assetAllowed(from))
    );
  };
  const builder = new ViewBuilder(data, lensOf(question.lens));
  const containers = question.group === 'host' || question.group === 'repository' ? question.group : null;
  const boxes = new Map<string, number>();
  const boxOf = (row: number): number => {
    if (containers === null) return -1;
    const label = groupValue(data, row, containers);
    if (label === '') return -1;
    let box = boxes.get(label);
    if (box === undefined) {
      box = builder.addContainer({ key: `${containers}:${label}`, label, detail: containers, closable: false });
      boxes.set(label, box);
    }
    return box;
  };
  builder.addAsset(focus, boxOf(focus));
  let level = [focus];
  for (let hop = 0; level.length > 0; hop++) {
    const next: number[] = [];
    for (const row of level) {
      const id = data.ids[row] as string;
      if (question.closed.has(id) || (hop >= question.hops && !question.open.has(id))) continue;
      for (const bucket of neighbourBuckets(data, row, id, edgeAllowed, builder.itemOf, question.lens)) {
        const full = builder.size + bucket.rows.length > limits.neighbourhood;
        const crowded =
          bucket.rows.length > (row === focus ? limits.foldAboveAtFocus : limits.foldAbove) ||
          (full && bucket.rows.length > 1);
        const opened = question.open.has(bucket.key) && bucket.rows.length <= limits.openMembers;
        if (crowded && !opened) {
          const room = Math.max(0, Math.min(limits.alarmsAlone, limits.neighbourhood - builder.size - 1));
          const alone = bucket.rows.filter((other) => data.alarms[other] !== 0).slice(0, room);
          for (const other of alone) {
            builder.addAsset(other, boxOf(other));
            next.push(other);
          }
          const word = kindWord(assetKinds[bucket.kind] as (typeof assetKinds)[number], 2);
          const rest = bucket.rows.filter((other) => !alone.includes(other));
          builder.addGroup(bucket.key, alone.length === 0 ? sentenceCase(word) : `Other ${word}`, rest, boxOf(row));
          continue;
        }
        for (const other of bucket.rows) {
          builder.addAsset(other, boxOf(other));
          next.push(other);
        }
      }
    }
    level = next;
  }
  return builder.build(edgeAllowed, countReachable(data, focus, question, edgeAllowed));
}

/** Neighbours that are not drawn yet, by side and kind; inside a bucket the alarming ones first, then by name. */
function neighbourBuckets(
  data: GraphData,
  row: number,
  id: string,
  edgeAllowed: (edge: number) => boolean,
  itemOf: Int32Array,
  lens: LensId,
): Bucket[] {
  const buckets = new Map<string, Bucket>();
  const met = new Set<number>();
  const view = lensOf(lens);
  for (const [index, ends, outward] of [
    [data.out, data.to, true],
    [data.into, data.from, false],
  ] as const) {
    for (let at = index.start[row] as number; at < (index.start[row + 1] as number); at++) {
      const edge = index.edge[at] as number;
      const other = ends[edge] as number;
      if (other === row || itemOf[other] !== -1 || met.has(other) || !edgeAllowed(edge)) continue;
      met.add(other);
      const turned = isTurned(data, view, edge);
      const side = outward !== turned ? 'out' : 'in';
      const kind = data.kinds[other] as number;
      const key = `fold:${id}:${side}:${assetKinds[kind]}`;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, { key, side, kind, rows: [other] });
      else bucket.rows.push(other);
    }
  }
  const result = [...buckets.values()];
  for (const bucket of result) sortByWeight(data, bucket.rows);
  return result.sort((a, b) => a.rows.length - b.rows.length || a.kind - b.kind);
}

/** Worst first, then by name. */
export function sortByWeight(data: GraphData, rows: number[]): void {
  rows.sort((a, b) => {
    const byAlarm = (data.alarms[b] as number) - (data.alarms[a] as number);
    if (byAlarm !== 0) return byAlarm;
    const nameA = data.names[a] as string;
    const nameB = data.names[b] as string;
    return nameA < nameB ? -1 : nameA > nameB ? 1 : a - b;
  });
}

/** Assets within the hops, and within one more of every expanded one, folded or not. */
function countReachable(
  data: GraphData,
  focus: number,
  question: GraphQuestion,
  edgeAllowed: (edge: number) => boolean,
): number {
  const seen = new Uint8Array(data.count);
  seen[focus] = 1;
  let total = 1;
  let level = [focus];
  for (let hop = 0; level.length > 0; hop++) {
    const next: number[] = [];
    for (const row of level) {
      const id = data.ids[row] as string;
      if (question.closed.has(id) || (hop >= question.hops && !question.open.has(id))) continue;
      for (const [index, ends] of [
        [data.out, data.to],
        [data.into, data.from],
      ] as const) {
        for (let at = index.start[row] as number; at < (index.start[row + 1] as number); at++) {
          const other = ends[index.edge[at] as number] as number;
          if (seen[other] === 1 || !edgeAllowed(index.edge[at] as number)) continue;
          seen[other] = 1;
          total += 1;
          next.push(other);
        }
      }
    }
    level = next;
  }
  return total;
}

function answerEstate(data: GraphData, question: GraphQuestion, limits: ViewLimits): GraphView {
  const scope = scopeOf(data, question);
  const rows: number[] = [];
  // A lens of flows is about what takes part in one; alone-standing assets belong to the whole estate only.
  const inFlow = question.lens === 'all' ? null : rowsWithEdges(data, scope);
  for (let row = 0; row < data.count; row++)
    if (scope.assetAllowed(row) && (inFlow === null || inFlow[row] === 1)) rows.push(row);
  const builder = new ViewBuilder(data, lensOf(question.lens));
  // Flows read from left to right; boxes by host would tear them apart where all of them can be seen.
  const flows = question.lens === 'data-flow' && rows.length <= limits.smallFlows;
  const grouping = question.group !== 'auto' ? question.group : flows ? 'none' : bestGrouping(data, rows);
  if (grouping === 'none' && rows.length <= limits.everything) {
    for (const row of rows) builder.addAsset(row);
    return builder.build(scope.edgeAllowed, rows.length);
  }
  const by = grouping === 'none' ? 'kind' : grouping;
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const value = groupValue(data, row, by);
    const members = groups.get(value);
    if (members === undefined) groups.set(value, [row]);
    else members.push(row);
  }
  const small = question.group === 'auto' && rows.length <= limits.smallEstate;
  for (const [value, members] of [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))) {
    const key = `${by}:${value}`;
    const label = groupLabel(by, value);
    const wanted = question.open.has(key) || (small && !question.closed.has(key));
    sortByWeight(data, members);
    if (members.length === 1) {
      builder.addAsset(members[0] as number);
      continue;
    }
    if (!wanted || members.length > limits.openMembers) {
      builder.addGroup(key, label, members);
      continue;
    }
    const box = builder.addContainer({ key, label, detail: `${members.length} items`, closable: true });
    for (const row of members) builder.addAsset(row, box);
  }
  return builder.build(scope.edgeAllowed, rows.length);
}

function rowsWithEdges(data: GraphData, scope: Scope): Uint8Array {
  const linked = new Uint8Array(data.count);
  for (let edge = 0; edge < data.edgeCount; edge++) {
    if (!scope.edgeAllowed(edge)) continue;
    linked[data.from[edge] as number] = 1;
    linked[data.to[edge] as number] = 1;
  }
  return linked;
}

/** The first of host, repository, kind that tells things apart without being as long as the list itself. */
export function bestGrouping(data: GraphData, rows: readonly number[]): 'host' | 'repository' | 'kind' {
  for (const by of ['host', 'repository'] as const) {
    const values = new Set(rows.map((row) => groupValue(data, row, by)));
    if (values.size >= 2 && values.size <= 40) return by;
  }
  return 'kind';
}

/** Grouping that an estate view really has, for the control that shows it. */
export function effectiveGrouping(data: GraphData, question: GraphQuestion): Exclude<Grouping, 'auto'> {
  if (question.group !== 'auto') return question.group;
  if (question.focus !== null && data.rowOf.has(question.focus)) return 'none';
  const { assetAllowed } = scopeOf(data, question);
  const rows: number[] = [];
  const inFlow = question.lens === 'all' ? null : rowsWithEdges(data, scopeOf(data, question));
  for (let row = 0; row < data.count; row++)
    if (assetAllowed(row) && (inFlow === null || inFlow[row] === 1)) rows.push(row);
  return question.lens === 'data-flow' && rows.length <= defaultLimits.smallFlows ? 'none' : bestGrouping(data, rows);
}

function groupValue(data: GraphData, row: number, by: 'host' | 'repository' | 'kind'): string {
  if (by === 'host') return data.hosts[data.host[row] as number] as string;
  if (by === 'repository') return data.repositories[data.repository[row] as number] as string;
  return kindOf(data, row);
}

function groupLabel(by: 'host' | 'repository' | 'kind', value: string): string {
  if (by === 'kind') return sentenceCase(kindWord(value as (typeof assetKinds)[number], 2));
  if (value !== '') return value;
  return by === 'host' ? 'Of no host' : 'In no repository';
}

/** Columns of the picture: data below, everything else above. */
export const isData = (data: GraphData, row: number): boolean => assetKinds[data.kinds[row] as number] === 'data-store';

/** Neighbours of an asset that lens and filters let through and the view does not show, folded or not. */
export function hiddenNeighbours(data: GraphData, question: GraphQuestion, itemOf: Int32Array, row: number): number {
  const { edgeAllowed } = scopeOf(data, question);
  const hidden = new Set<number>();
  for (const [index, ends] of [
    [data.out, data.to],
    [data.into, data.from],
  ] as const) {
    for (let at = index.start[row] as number; at < (index.start[row + 1] as number); at++) {
      const edge = index.edge[at] as number;
      const other = ends[edge] as number;
      if (other !== row && itemOf[other] === -1 && edgeAllowed(edge)) hidden.add(other);
    }
  }
  return hidden.size;
}
