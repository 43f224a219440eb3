/** Edges turned so that there is no cycle left. `reversed` is 1 where an edge was turned. */
export type ForwardEdges = { readonly from: Uint32Array; readonly to: Uint32Array; readonly reversed: Uint8Array };

/**
 * Breaks cycles by the greedy heuristic of Eades, Lin and Smyth (1993): sinks go right, sources left, otherwise the node
 * with the most surplus of outgoing edges. Linear in nodes and edges. Nodes marked in `early` come before all others
 * (2 before 1): where a cycle must be broken, it is broken before them.
 */
export function breakCycles(
  count: number,
  from: Uint32Array,
  to: Uint32Array,
  early: Uint8Array | null = null,
): ForwardEdges {
  const edges = from.length;
  const out = adjacency(count, from, to);
  const into = adjacency(count, to, from);
  const outLeft = new Int32Array(count);
  const inLeft = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    outLeft[node] = (out.start[node + 1] as number) - (out.start[node] as number);
    inLeft[node] = (into.start[node + 1] as number) - (into.start[node] as number);
  }
  // Buckets of nodes by surplus, as doubly linked lists: the next node is found without sorting.
  const spread = 2 * edges + 1;
  const head = new Int32Array(spread + 2).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const previous = new Int32Array(count).fill(-1);
  const bucketOf = new Int32Array(count);
  const SOURCES = spread;
  const SINKS = spread + 1;
  let top = 0;
  const place = (node: number): void => {
    const bucket =
      outLeft[node] === 0
        ? SINKS
        : inLeft[node] === 0
          ? SOURCES
          : (outLeft[node] as number) - (inLeft[node] as number) + edges;
    bucketOf[node] = bucket;
    previous[node] = -1;
    next[node] = head[bucket] as number;
    if (head[bucket] !== -1) previous[head[bucket] as number] = node;
    head[bucket] = node;
    if (bucket < SOURCES && bucket > top) top = bucket;
  };
  const take = (node: number): void => {
    const before = previous[node] as number;
    const after = next[node] as number;
    if (before === -1) head[bucketOf[node] as number] = after;
    else next[before] = after;
    if (after !== -1) previous[after] = before;
  };
  for (let node = count - 1; node >= 0; node--) place(node);
  const slotOf = new Int32Array(count);
  const done = new Uint8Array(count);
  let leftEnd = 0;
  let rightEnd = count - 1;
  const release = (node: number): void => {
    done[node] = 1;
    for (let at = out.start[node] as number; at < (out.start[node + 1] as number); at++) {
      const other = out.node[at] as number;
      if (done[other] === 1) continue;
      take(other);
      inLeft[other] = (inLeft[other] as number) - 1;
      place(other);
    }
    for (let at = into.start[node] as number; at < (into.start[node + 1] as number); at++) {
      const other = into.node[at] as number;
      if (done[other] === 1) continue;
      take(other);
      outLeft[other] = (outLeft[other] as number) - 1;
      place(other);
    }
  };
  let remaining = count;
  const putLeft = (node: number): void => {
    take(node);
    slotOf[node] = leftEnd++;
    release(node);
    remaining -= 1;
  };
  // What has nothing before it any more comes first: that turns no edge.
  const putSources = (): void => {
    while (head[SOURCES] !== -1) putLeft(head[SOURCES] as number);
  };
  for (const wish of early === null ? [] : [2, 1]) {
    for (let node = 0; node < count; node++) {
      if (early?.[node] !== wish || done[node] === 1) continue;
      putSources();
      if (done[node] === 0) putLeft(node);
    }
  }
  for (; remaining > 0; remaining--) {
    let node = head[SINKS] as number;
    if (node !== -1) {
      take(node);
      slotOf[node] = rightEnd--;
    } else {
      node = head[SOURCES] as number;
      if (node === -1) {
        while (top > 0 && head[top] === -1) top--;
        node = head[top] as number;
      }
      take(node);
      slotOf[node] = leftEnd++;
    }
    release(node);
  }
  const newFrom = new Uint32Array(edges);
  const newTo = new Uint32Array(edges);
  const reversed = new Uint8Array(edges);
  for (let edge = 0; edge < edges; edge++) {
    const a = from[edge] as number;
    const b = to[edge] as number;
    const turn = (slotOf[a] as number) > (slotOf[b] as number);
    newFrom[edge] = turn ? b : a;
    newTo[edge] = turn ? a : b;
    reversed[edge] = turn ? 1 : 0;
  }
  return { from: newFrom, to: newTo, reversed };
}

export type Adjacency = { readonly start: Uint32Array; readonly node: Uint32Array; readonly edge: Uint32Array };

/** Neighbours of every node in one array, with the number of the edge beside each. */
export function adjacency(count: number, from: Uint32Array, to: Uint32Array): Adjacency {
  const start = new Uint32Array(count + 1);
  for (let edge = 0; edge < from.length; edge++)
    start[(from[edge] as number) + 1] = (start[(from[edge] as number) + 1] as number) + 1;
  for (let node = 0; node < count; node++) start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  const fill = start.slice(0, count);
  const node = new Uint32Array(from.length);
  const edgeOf = new Uint32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) {
    const at = fill[from[edge] as number] as number;
    fill[from[edge] as number] = at + 1;
    node[at] = to[edge] as number;
    edgeOf[at] = edge;
  }
  return { start, node, edge: edgeOf };
}

/**
 * Columns of an acyclic graph: longest path from the left, then nodes move inside their room towards the side with more
 * edges until the sum of edge lengths stops falling. Ranks start at 0 and every one is used.
 */
export function rankNodes(count: number, from: Uint32Array, to: Uint32Array, weight: Float64Array): Int32Array {
  const out = adjacency(count, from, to);
  const into = adjacency(count, to, from);
  const order = new Int32Array(count);
  const waiting = new Int32Array(count);
  let filled = 0;
  for (let node = 0; node < count; node++) {
    waiting[node] = (into.start[node + 1] as number) - (into.start[node] as number);
    if (waiting[node] === 0) order[filled++] = node;
  }
  const rank = new Int32Array(count);
  for (let at = 0; at < filled; at++) {
    const node = order[at] as number;
    for (let edge = out.start[node] as number; edge < (out.start[node + 1] as number); edge++) {
      const other = out.node[edge] as number;
      if ((rank[other] as number) < (rank[node] as number) + 1) rank[other] = (rank[node] as number) + 1;
      waiting[other] = (waiting[other] as number) - 1;
      if (waiting[other] === 0) order[filled++] = other;
    }
  }
  for (let pass = 0; pass < 8; pass++) {
    let moved = false;
    for (let step = 0; step < count; step++) {
      const node = order[pass % 2 === 0 ? count - 1 - step : step] as number;
      let low = Number.NEGATIVE_INFINITY;
      let high = Number.POSITIVE_INFINITY;
      let pull = 0;
      for (let at = into.start[node] as number; at < (into.start[node + 1] as number); at++) {
        low = Math.max(low, (rank[into.node[at] as number] as number) + 1);
        pull -= weight[into.edge[at] as number] as number;
      }
      for (let at = out.start[node] as number; at < (out.start[node + 1] as number); at++) {
        high = Math.min(high, (rank[out.node[at] as number] as number) - 1);
        pull += weight[out.edge[at] as number] as number;
      }
      const wanted = pull > 0 ? high : pull < 0 ? low : (rank[node] as number);
      if (Number.isFinite(wanted) && wanted !== rank[node]) {
        rank[node] = wanted;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return withoutGaps(rank);
}

/** The same order of ranks from 0 on, every one in use. */
function withoutGaps(rank: Int32Array): Int32Array {
  const used = [...new Set(rank)].sort((a, b) => a - b);
  const dense = new Map(used.map((value, index) => [value, index]));
  return rank.map((value) => dense.get(value) as number);
}
