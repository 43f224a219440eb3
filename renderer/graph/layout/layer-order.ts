import { adjacency, type Adjacency } from './layer-ranks.ts';

/** Nodes and the bends of long edges, column by column, in the order from top to bottom. */
export type Layers = {
  readonly layerCount: number;
  /** Real nodes are 0 .. count-1, bends count .. total-1. */
  readonly count: number;
  readonly total: number;
  /** Slice of `nodes` that is a layer. */
  readonly start: Uint32Array;
  readonly nodes: Uint32Array;
  readonly layerOf: Int32Array;
  readonly band: Uint8Array;
  /** Neighbours one column to the left and to the right, with the weight of each link. */
  readonly left: Adjacency;
  readonly right: Adjacency;
  readonly weight: Float64Array;
  /** First bend of each edge and how many follow it, from left to right; -1 where an edge has none. */
  readonly firstBend: Int32Array;
  readonly bends: Int32Array;
};

export type OrderInput = {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weight: Float64Array;
  readonly ranks: Int32Array;
  readonly band: Uint8Array;
};

/** Bends that one layout may hold for each of its nodes; longer edges beyond them only count at their ends. */
const bendsPerNode = 6;

/** Splits long edges and orders every column so that few edges cross. Deterministic: the effort depends on the size only. */
export function orderLayers(input: OrderInput): Layers {
  const layers = splitLongEdges(input);
  const sorter = createSorter(layers);
  const size = layers.total + layers.weight.length;
  const starts = size <= 1_500 ? 8 : size <= 6_000 ? 3 : 1;
  const sweeps = size <= 1_500 ? 24 : size <= 12_000 ? 16 : 8;
  let best: Uint32Array | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < starts; attempt++) {
    sorter.begin(attempt);
    let bestHere = sorter.snapshot();
    let fewestHere = sorter.crossings();
    let stale = 0;
    for (let sweep = 0; sweep < sweeps && stale < 4; sweep++) {
      sorter.sweep((sweep + attempt) % 2 === 0, sweep % 4 >= 2);
      const now = sorter.crossings();
      if (now < fewestHere) {
        fewestHere = now;
        bestHere = sorter.snapshot();
        stale = 0;
      } else stale += 1;
    }
    sorter.restore(bestHere);
    const rounds = size <= 6_000 ? 12 : size <= 25_000 ? 4 : 1;
    for (let round = 0; round < rounds; round++) if (!sorter.swapNeighbours(round % 2 === 0)) break;
    const after = sorter.crossings();
    if (after < fewest) {
      fewest = after;
      best = sorter.snapshot();
    }
    if (fewest === 0) break;
  }
  if (best !== null) sorter.restore(best);
  return layers;
}

function splitLongEdges({ count, from, to, weight, ranks, band }: OrderInput): Layers {
  let layerCount = 0;
  for (let node = 0; node < count; node++) layerCount = Math.max(layerCount, (ranks[node] as number) + 1);
  const edges = from.length;
  // Short edges first: when the bends run out, it is the longest edges that go without.
  const bySpan = Array.from({ length: edges }, (_, edge) => edge).sort((a, b) => span(a) - span(b) || a - b);
  function span(edge: number): number {
    return (ranks[to[edge] as number] as number) - (ranks[from[edge] as number] as number);
  }
  let room = count * bendsPerNode;
  const layerOf: number[] = Array.from(ranks);
  const bands: number[] = Array.from(band);
  const linkFrom: number[] = [];
  const linkTo: number[] = [];
  const linkWeight: number[] = [];
  let total = count;
  const firstBend = new Int32Array(edges).fill(-1);
  const bendCount = new Int32Array(edges);
  for (const edge of bySpan) {
    const bends = span(edge) - 1;
    if (bends > room) break;
    room -= bends;
    if (bends > 0) firstBend[edge] = total;
    bendCount[edge] = bends;
    let last = from[edge] as number;
    const lowest = Math.min(band[from[edge] as number] as number, band[to[edge] as number] as number);
    for (let step = 1; step <= bends; step++) {
      layerOf.push((ranks[from[edge] as number] as number) + step);
      bands.push(lowest);
      linkFrom.push(last);
      linkTo.push(total);
      linkWeight.push(weight[edge] as number);
      last = total;
      total += 1;
    }
    linkFrom.push(last);
    linkTo.push(to[edge] as number);
    linkWeight.push(weight[edge] as number);
  }
  const start = new Uint32Array(layerCount + 1);
  for (const layer of layerOf) start[layer + 1] = (start[layer + 1] as number) + 1;
  for (let layer = 0; layer < layerCount; layer++)
    start[layer + 1] = (start[layer + 1] as number) + (start[layer] as number);
  const fill = start.slice();
  const nodes = new Uint32Array(total);
  layerOf.forEach((layer, node) => {
    const at = fill[layer] as number;
    nodes[at] = node;
    fill[layer] = at + 1;
  });
  const a = Uint32Array.from(linkFrom);
  const b = Uint32Array.from(linkTo);
  return {
    layerCount,
    count,
    total,
    start,
    nodes,
    layerOf: Int32Array.from(layerOf),
    band: Uint8Array.from(bands),
    left: adjacency(total, b, a),
    right: adjacency(total, a, b),
    weight: Float64Array.from(linkWeight),
    firstBend,
    bends: bendCount,
  };
}

function createSorter(layers: Layers) {
  const { start, nodes, layerCount, total, band, left, right, weight } = layers;
  const position = new Float64Array(total);
  const key = new Float64Array(total);
  let widest = 0;
  for (let layer = 0; layer < layerCount; layer++)
    widest = Math.max(widest, (start[layer + 1] as number) - (start[layer] as number));
  const tree = new Float64Array(widest + 2);
  // Neighbour positions of one layer, sorted, for the swaps.
  const sortedAt = new Float64Array(Math.max(left.node.length, 1));
  const sortedWeight = new Float64Array(Math.max(left.node.length, 1));

  const number = (layer: number): void => {
    const first = start[layer] as number;
    for (let at = first; at < (start[layer + 1] as number); at++) position[nodes[at] as number] = at - first;
  };
  const numberAll = (): void => {
    for (let layer = 0; layer < layerCount; layer++) number(layer);
  };
  const sortLayer = (layer: number): void => {
    const slice = nodes.subarray(start[layer], start[layer + 1]);
    slice.sort(
      (a, b) =>
        (band[a] as number) - (band[b] as number) ||
        (key[a] as number) - (key[b] as number) ||
        (position[a] as number) - (position[b] as number),
    );
    number(layer);
  };

  /** Start order: depth first from the left (attempt 0) or right, or seeded shuffles of it. */
  function begin(attempt: number): void {
    nodes.set(
      Uint32Array.from({ length: total }, (_, node) => node).sort(
        (a, b) => (layers.layerOf[a] as number) - (layers.layerOf[b] as number) || a - b,
      ),
    );
    numberAll();
    const seen = new Uint8Array(total);
    let clock = 0;
    let seed = attempt * 2_654_435_761 + 1;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 4_294_967_296;
    };
    const links = attempt % 2 === 0 ? right : left;
    const back = attempt % 2 === 0 ? left : right;
    const stack: number[] = [];
    const roots = Array.from(
      { length: total },
      (_, index) => nodes[attempt % 2 === 0 ? index : total - 1 - index] as number,
    );
    if (attempt >= 2) for (const root of roots) key[root] = random();
    if (attempt >= 2) roots.sort((a, b) => (key[a] as number) - (key[b] as number));
    for (const root of roots) {
      if (seen[root] === 1) continue;
      stack.push(root);
      seen[root] = 1;
      while (stack.length > 0) {
        const node = stack.pop() as number;
        key[node] = clock++;
        for (const side of [back, links]) {
          for (let at = (side.start[node + 1] as number) - 1; at >= (side.start[node] as number); at--) {
            const other = side.node[at] as number;
            if (seen[other] === 1) continue;
            seen[other] = 1;
            stack.push(other);
          }
        }
      }
    }
    for (let layer = 0; layer < layerCount; layer++) sortLayer(layer);
  }

  /** One pass over all columns; each is sorted by the mean (or median) place of its neighbours in the column before. */
  function sweep(rightwards: boolean, bothSides: boolean): void {
    const near = rightwards ? left : right;
    const far = rightwards ? right : left;
    for (let step = 1; step < layerCount; step++) {
      const layer = rightwards ? step : layerCount - 1 - step;
      const first = start[layer] as number;
      const end = start[layer + 1] as number;
      const scale = end - first;
      const nearLayer = rightwards ? layer - 1 : layer + 1;
      const nearScale = (start[nearLayer + 1] as number) - (start[nearLayer] as number);
      const farLayer = rightwards ? layer + 1 : layer - 1;
      const farScale =
        farLayer >= 0 && farLayer < layerCount ? (start[farLayer + 1] as number) - (start[farLayer] as number) : 1;
      for (let at = first; at < end; at++) {
        const node = nodes[at] as number;
        let sum = 0;
        let parts = 0;
        for (let link = near.start[node] as number; link < (near.start[node + 1] as number); link++) {
          const power = weight[near.edge[link] as number] as number;
          sum += (((position[near.node[link] as number] as number) + 0.5) / nearScale) * power;
          parts += power;
        }
        if (bothSides || parts === 0) {
          for (let link = far.start[node] as number; link < (far.start[node + 1] as number); link++) {
            const power = (weight[far.edge[link] as number] as number) * (parts === 0 ? 1 : 0.5);
            sum += (((position[far.node[link] as number] as number) + 0.5) / farScale) * power;
            parts += power;
          }
        }
        key[node] = parts === 0 ? ((position[node] as number) + 0.5) / scale : sum / parts;
      }
      sortLayer(layer);
    }
  }

  /** Weighted number of crossings between neighbouring columns, by inversions in a Fenwick tree. */
  function crossings(): number {
    let result = 0;
    for (let layer = 0; layer + 1 < layerCount; layer++) {
      const size = (start[layer + 2] as number) - (start[layer + 1] as number);
      tree.fill(0, 0, size + 2);
      let entered = 0;
      for (let at = start[layer] as number; at < (start[layer + 1] as number); at++) {
        const node = nodes[at] as number;
        for (let link = right.start[node] as number; link < (right.start[node + 1] as number); link++) {
          const target = position[right.node[link] as number] as number;
          let above = 0;
          for (let slot = target + 1; slot > 0; slot -= slot & -slot) above += tree[slot] as number;
          result += (entered - above) * (weight[right.edge[link] as number] as number);
        }
        for (let link = right.start[node] as number; link < (right.start[node + 1] as number); link++) {
          const power = weight[right.edge[link] as number] as number;
          entered += power;
          for (let slot = (position[right.node[link] as number] as number) + 1; slot <= size; slot += slot & -slot)
            tree[slot] = (tree[slot] as number) + power;
        }
      }
    }
    return result;
  }

  /** Swaps neighbours of a column while that removes crossings; true when something was swapped. */
  function swapNeighbours(rightwards: boolean): boolean {
    let changed = false;
    for (let step = 0; step < layerCount; step++) {
      const layer = rightwards ? step : layerCount - 1 - step;
      const first = start[layer] as number;
      const end = start[layer + 1] as number;
      for (let pass = 0; pass < 6; pass++) {
        let swapped = false;
        for (let at = first; at + 1 < end; at++) {
          const upper = nodes[at] as number;
          const lower = nodes[at + 1] as number;
          if (band[upper] !== band[lower]) continue;
          const gain = pairCrossings(left, upper, lower) + pairCrossings(right, upper, lower);
          if (gain > 0) {
            nodes[at] = lower;
            nodes[at + 1] = upper;
            position[lower] = at - first;
            position[upper] = at + 1 - first;
            swapped = true;
          }
        }
        if (!swapped) break;
        changed = true;
      }
    }
    return changed;
  }

  /** Crossings of the links of two neighbours as they stand, minus those after a swap. */
  function pairCrossings(side: Adjacency, upper: number, lower: number): number {
    const sizeUpper = (side.start[upper + 1] as number) - (side.start[upper] as number);
    const sizeLower = (side.start[lower + 1] as number) - (side.start[lower] as number);
    if (sizeUpper === 0 || sizeLower === 0) return 0;
    if (sizeUpper * sizeLower <= 24) {
      let gain = 0;
      for (let a = side.start[upper] as number; a < (side.start[upper + 1] as number); a++) {
        const placeA = position[side.node[a] as number] as number;
        const powerA = weight[side.edge[a] as number] as number;
        for (let b = side.start[lower] as number; b < (side.start[lower + 1] as number); b++) {
          const placeB = position[side.node[b] as number] as number;
          if (placeA !== placeB)
            gain += Math.sign(placeA - placeB) * powerA * (weight[side.edge[b] as number] as number);
        }
      }
      return gain;
    }
    const endUpper = gather(side, upper, 0);
    const endLower = gather(side, lower, endUpper);
    let before = 0;
    let after = 0;
    let total = 0;
    let passed = 0;
    for (let b = endUpper; b < endLower; b++) total += sortedWeight[b] as number;
    let b = endUpper;
    for (let a = 0; a < endUpper; a++) {
      while (b < endLower && (sortedAt[b] as number) < (sortedAt[a] as number)) passed += sortedWeight[b++] as number;
      let equal = 0;
      for (let c = b; c < endLower && sortedAt[c] === sortedAt[a]; c++) equal += sortedWeight[c] as number;
      before += passed * (sortedWeight[a] as number);
      after += (total - passed - equal) * (sortedWeight[a] as number);
    }
    return before - after;
  }

  function gather(side: Adjacency, node: number, into: number): number {
    let end = into;
    for (let link = side.start[node] as number; link < (side.start[node + 1] as number); link++) {
      const place = position[side.node[link] as number] as number;
      const power = weight[side.edge[link] as number] as number;
      let at = end++;
      while (at > into && (sortedAt[at - 1] as number) > place) {
        sortedAt[at] = sortedAt[at - 1] as number;
        sortedWeight[at] = sortedWeight[at - 1] as number;
        at -= 1;
      }
      sortedAt[at] = place;
      sortedWeight[at] = power;
    }
    return end;
  }

  return {
    begin,
    sweep,
    crossings,
    swapNeighbours,
    snapshot: (): Uint32Array => nodes.slice(),
    restore(order: Uint32Array): void {
      nodes.set(order);
      numberAll();
    },
  };
}
