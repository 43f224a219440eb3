import { orderLayers } from './layer-order.ts';
import { breakCycles, rankNodes } from './layer-ranks.ts';
import { type PackedBoxes, packBoxes } from './pack-boxes.ts';
import { bendHeight, placeRows } from './row-placement.ts';

/** A graph to lay out as columns from left to right. Edges are pairs of node numbers; loops and repeats are allowed. */
export type LayeredInput = {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Size of each node in layout units (CSS pixels at 100 %). */
  readonly width: Float32Array;
  readonly height: Float32Array;
  /** Nodes of a higher band stand below those of a lower one in the same column; absent: all in one band. */
  readonly band?: Uint8Array;
  /** In a cycle, nodes marked here stand to the left of the others (2 before 1). */
  readonly early?: Uint8Array;
};

export type LayeredOptions = {
  readonly columnGap: number;
  readonly rowGap: number;
  /**
   * Most nodes below one another in a column; a fuller column becomes several side by side, filled row by row so that
   * the vertical order stays. Infinity keeps classic columns.
   */
  readonly maxRows: number;
  /** Width divided by height that separate parts are packed towards. */
  readonly aspect: number;
};

export const defaultLayeredOptions: LayeredOptions = {
  columnGap: 96,
  rowGap: 24,
  maxRows: Number.POSITIVE_INFINITY,
  aspect: 1.6,
};

/** Top left corners, all at or right and below of 0, 0, and the size of everything. */
export type Placement = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
  /** Slices of `bendX` and `bendY`: where an edge passes columns between its ends, from its source to its target. */
  readonly bendStart: Uint32Array;
  readonly bendX: Float64Array;
  readonly bendY: Float64Array;
};

/**
 * Layered layout on typed arrays: cycles broken, ranks tightened, bends of long edges ordered as nodes, barycentre sweeps
 * with swaps of neighbours, rows placed by isotonic regression. Deterministic. O((V+E) log V) for a fixed effort.
 */
export function layeredLayout(input: LayeredInput, options: LayeredOptions = defaultLayeredOptions): Placement {
  const { count } = input;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const parts = splitIntoParts(input);
  const boxWidth = new Float64Array(parts.length);
  const boxHeight = new Float64Array(parts.length);
  const local = new Uint32Array(count);
  const bends: EdgeBends[] = [];
  parts.forEach((part, index) => {
    const size =
      part.edges.length === 0
        ? placeGrid(part.nodes, input, options, x, y)
        : placePart({ part, input, options, local, x, y, bends, box: index });
    boxWidth[index] = size.width;
    boxHeight[index] = size.height;
  });
  const packed = packBoxes(boxWidth, boxHeight, options.rowGap * 2, options.aspect);
  parts.forEach((part, index) => {
    for (const node of part.nodes) {
      x[node] = (x[node] ?? 0) + (packed.x[index] ?? 0);
      y[node] = (y[node] ?? 0) + (packed.y[index] ?? 0);
    }
  });
  return { x, y, width: packed.width, height: packed.height, ...gatherBends(input.from.length, bends, packed) };
}

/** One part of the graph that hangs together: its nodes, and its edges by their number in the input. */
type Part = { readonly nodes: number[]; readonly edges: number[] };
/** Bends of one edge in the coordinates of its part. */
type EdgeBends = { readonly edge: number; readonly box: number; readonly x: number[]; readonly y: number[] };

function gatherBends(
  edges: number,
  bends: readonly EdgeBends[],
  packed: PackedBoxes,
): Pick<Placement, 'bendStart' | 'bendX' | 'bendY'> {
  const bendStart = new Uint32Array(edges + 1);
  for (const bend of bends) bendStart[bend.edge + 1] = bend.x.length;
  for (let edge = 0; edge < edges; edge++)
    bendStart[edge + 1] = (bendStart[edge + 1] as number) + (bendStart[edge] as number);
  const bendX = new Float64Array(bendStart[edges] as number);
  const bendY = new Float64Array(bendStart[edges] as number);
  for (const bend of bends) {
    bend.x.forEach((value, step) => {
      const at = (bendStart[bend.edge] as number) + step;
      bendX[at] = value + (packed.x[bend.box] as number);
      bendY[at] = (bend.y[step] as number) + (packed.y[bend.box] as number);
    });
  }
  return { bendStart, bendX, bendY };
}

/** Connected parts, largest first; nodes without any edge share one last part. */
function splitIntoParts(input: LayeredInput): Part[] {
  const { count, from, to } = input;
  const parent = new Int32Array(count);
  for (let node = 0; node < count; node++) parent[node] = node;
  const find = (start: number): number => {
    let node = start;
    while (parent[node] !== node) {
      const next = parent[node] as number;
      parent[node] = parent[next] as number;
      node = parent[node] as number;
    }
    return node;
  };
  const linked = new Uint8Array(count);
  for (let edge = 0; edge < from.length; edge++) {
    const a = from[edge] as number;
    const b = to[edge] as number;
    if (a === b) continue;
    linked[a] = 1;
    linked[b] = 1;
    const rootA = find(a);
    const rootB = find(b);
    if (rootA !== rootB) parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }
  const byRoot = new Map<number, Part>();
  const alone: Part = { nodes: [], edges: [] };
  for (let node = 0; node < count; node++) {
    if (linked[node] === 0) {
      alone.nodes.push(node);
      continue;
    }
    const root = find(node);
    const part = byRoot.get(root);
    if (part === undefined) byRoot.set(root, { nodes: [node], edges: [] });
    else part.nodes.push(node);
  }
  for (let edge = 0; edge < from.length; edge++) {
    if (from[edge] === to[edge]) continue;
    const part = byRoot.get(find(from[edge] as number)) as Part;
    part.edges.push(edge);
  }
  const parts = [...byRoot.values()].sort((a, b) => b.nodes.length - a.nodes.length);
  if (alone.nodes.length > 0) parts.push(alone);
  return parts;
}

type Size = { readonly width: number; readonly height: number };

/** Nodes without edges, in rows of a block. */
function placeGrid(
  nodes: readonly number[],
  input: LayeredInput,
  options: LayeredOptions,
  x: Float64Array,
  y: Float64Array,
): Size {
  let widest = 0;
  let tallest = 0;
  for (const node of nodes) {
    widest = Math.max(widest, input.width[node] as number);
    tallest = Math.max(tallest, input.height[node] as number);
  }
  const gap = options.rowGap;
  const columns = Math.max(
    1,
    Math.round(Math.sqrt((nodes.length * options.aspect * (tallest + gap)) / (widest + gap))),
  );
  nodes.forEach((node, index) => {
    x[node] = (index % columns) * (widest + gap);
    y[node] = Math.floor(index / columns) * (tallest + gap);
  });
  const rows = Math.ceil(nodes.length / columns);
  return { width: Math.min(columns, nodes.length) * (widest + gap) - gap, height: rows * (tallest + gap) - gap };
}

type PartPlace = {
  readonly part: Part;
  readonly input: LayeredInput;
  readonly options: LayeredOptions;
  /** Scratch: number of a node inside its part. */
  readonly local: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly bends: EdgeBends[];
  readonly box: number;
};

function placePart({ part, input, options, local, x, y, bends, box }: PartPlace): Size {
  const count = part.nodes.length;
  part.nodes.forEach((node, index) => {
    local[node] = index;
  });
  const edges = mergeEdges(part, input, local, count);
  const early = input.early === undefined ? null : Uint8Array.from(part.nodes, (node) => input.early?.[node] ?? 0);
  const forward = breakCycles(count, edges.from, edges.to, early);
  const ranks = rankNodes(count, forward.from, forward.to, edges.weight);
  const band = new Uint8Array(count);
  const width = new Float64Array(count);
  const height = new Float64Array(count);
  part.nodes.forEach((node, index) => {
    band[index] = input.band?.[node] ?? 0;
    width[index] = input.width[node] as number;
    height[index] = input.height[node] as number;
  });
  const layers = orderLayers({ count, ...forward, weight: edges.weight, ranks, band });
  const rows = placeRows(layers, height, options);

  // Columns: as wide as their widest node, split side by side where one would be too long.
  let left = 0;
  let bottom = 0;
  const columnLeft = new Float64Array(layers.layerCount);
  const columnRight = new Float64Array(layers.layerCount);
  for (let layer = 0; layer < layers.layerCount; layer++) {
    let widest = 0;
    for (let at = layers.start[layer] as number; at < (layers.start[layer + 1] as number); at++) {
      const node = layers.nodes[at] as number;
      if (node < count) widest = Math.max(widest, width[node] as number);
    }
    const step = widest + options.rowGap;
    const split = rows.split[layer] as number;
    for (let at = layers.start[layer] as number; at < (layers.start[layer + 1] as number); at++) {
      const node = layers.nodes[at] as number;
      if (node >= count) continue;
      const shown = part.nodes[node] as number;
      x[shown] = left + (rows.slot[node] as number) * step + (widest - (width[node] as number)) / 2;
      y[shown] = rows.y[node] as number;
      bottom = Math.max(bottom, (rows.y[node] as number) + (height[node] as number));
    }
    columnLeft[layer] = left;
    left += split * step - options.rowGap;
    columnRight[layer] = left;
    left += options.columnGap;
  }
  edges.members.forEach((members, merged) => {
    const first = layers.firstBend[merged] as number;
    if (first === -1) return;
    const pathX: number[] = [];
    const pathY: number[] = [];
    for (let bend = first; bend < first + (layers.bends[merged] as number); bend++) {
      const layer = layers.layerOf[bend] as number;
      pathX.push(columnLeft[layer] as number, columnRight[layer] as number);
      const middle = (rows.y[bend] as number) + bendHeight / 2;
      pathY.push(middle, middle);
    }
    if (forward.reversed[merged] === 1) {
      pathX.reverse();
      pathY.reverse();
    }
    for (const edge of members) bends.push({ edge, box, x: pathX, y: pathY });
  });
  return { width: left - options.columnGap, height: bottom };
}

type MergedEdges = {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weight: Float64Array;
  /** Edges of the input behind each merged one. */
  readonly members: readonly number[][];
};

/** Local node numbers, repeats merged into one edge with a weight. */
function mergeEdges(part: Part, input: LayeredInput, local: Uint32Array, count: number): MergedEdges {
  const seen = new Map<number, number>();
  const from: number[] = [];
  const to: number[] = [];
  const members: number[][] = [];
  for (const edge of part.edges) {
    const a = local[input.from[edge] as number] as number;
    const b = local[input.to[edge] as number] as number;
    const known = seen.get(a * count + b);
    if (known !== undefined) {
      members[known]?.push(edge);
      continue;
    }
    seen.set(a * count + b, from.length);
    from.push(a);
    to.push(b);
    members.push([edge]);
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    weight: Float64Array.from(members, (list) => list.length),
    members,
  };
}
