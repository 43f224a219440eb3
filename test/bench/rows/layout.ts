import { createRequire } from 'node:module';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { layeredLayout } from '../../../renderer/graph/layout/layered.ts';
import type { BenchRow, Figure } from '../bench-row.ts';

const sizes = [100, 500, 2000] as const;
const rounds = 5;
const card = { width: 148, height: 48 };

/** ELK with its defaults, where most graph tools end up: the quality and the time that an own layout has to beat. */
export const row: BenchRow = {
  id: 'P13',
  what: 'layered layout of an agent graph, 1.5 relations an asset',
  yardstick: 'elkjs layered with its defaults',
  must: '0.05x',
  moonshot: '0.01x',
  needs: async () => null,
  async run() {
    const Elk = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js') as new () => ELK;
    const elk = new Elk();
    const figures: Figure[] = [];
    for (const count of sizes) {
      const graph = makeGraph(count);
      const ours: number[] = [];
      const theirs: number[] = [];
      let crossings = { own: 0, elk: 0 };
      for (let round = 0; round < (count > 1000 ? 3 : rounds); round++) {
        let started = performance.now();
        const placement = layeredLayout({ ...graph, count });
        ours.push(performance.now() - started);
        started = performance.now();
        const laid = await elk.layout(asElk(graph, count));
        theirs.push(performance.now() - started);
        if (round > 0) continue;
        const places = new Map((laid.children ?? []).map((node) => [Number(node.id), node]));
        const x = Float64Array.from({ length: count }, (_, index) => places.get(index)?.x ?? 0);
        const y = Float64Array.from({ length: count }, (_, index) => places.get(index)?.y ?? 0);
        crossings = { own: countCrossings(graph, placement.x, placement.y), elk: countCrossings(graph, x, y) };
      }
      figures.push({
        what: `${count} nodes`,
        unit: 'ms',
        ours,
        yardstick: theirs,
        against: 'elkjs',
        judged: 'ratio',
        must: 0.05,
        moonshot: 0.01,
        note: `straight-line crossings ${crossings.own} against ${crossings.elk}`,
      });
    }
    return { figures, wrong: [] };
  },
};

type Graph = {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly width: Float32Array;
  readonly height: Float32Array;
};

/** Seeded: columns of assets with relations mostly to the next columns, as agents, tools and stores have them. */
function makeGraph(count: number): Graph {
  let state = 42;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const from: number[] = [];
  const to: number[] = [];
  for (let index = 0; index < count * 1.5; index++) {
    const start = Math.floor(random() * count);
    const end = Math.min(count - 1, start + 1 + Math.floor(random() * columns * 2));
    if (start === end) continue;
    from.push(start);
    to.push(end);
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    width: new Float32Array(count).fill(card.width),
    height: new Float32Array(count).fill(card.height),
  };
}

const asElk = ({ from, to }: Graph, count: number): ElkNode => ({
  id: 'root',
  layoutOptions: { 'elk.algorithm': 'layered' },
  children: Array.from({ length: count }, (_, index) => ({ id: String(index), ...card })),
  edges: Array.from(from, (start, index) => ({
    id: `e${index}`,
    sources: [String(start)],
    targets: [String(to[index])],
  })),
});

/** Pairs of straight lines between card middles that cross. */
function countCrossings({ from, to }: Graph, x: Float64Array, y: Float64Array): number {
  const at = (values: Float64Array, index: number): number => values[index] ?? 0;
  let crossings = 0;
  for (let a = 0; a < from.length; a++) {
    const a1 = from[a] ?? 0;
    const a2 = to[a] ?? 0;
    for (let b = a + 1; b < from.length; b++) {
      const b1 = from[b] ?? 0;
      const b2 = to[b] ?? 0;
      if (a1 === b1 || a1 === b2 || a2 === b1 || a2 === b2) continue;
      const side = (p: number, q: number, r: number): number =>
        (at(x, q) - at(x, p)) * (at(y, r) - at(y, p)) - (at(y, q) - at(y, p)) * (at(x, r) - at(x, p));
      if (side(a1, a2, b1) * side(a1, a2, b2) < 0 && side(b1, b2, a1) * side(b1, b2, a2) < 0) crossings++;
    }
  }
  return crossings;
}
