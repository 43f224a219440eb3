import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGraph, type LayoutRequest } from './layout-graph.ts';
import { defaultLayeredOptions, layeredLayout } from './layered.ts';

type Graph = { readonly count: number; readonly edges: readonly (readonly [number, number])[] };

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 60 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: count * 2 }),
  }),
);

const input = ({ count, edges }: Graph) => ({
  count,
  from: Uint32Array.from(edges, ([a]) => a),
  to: Uint32Array.from(edges, ([, b]) => b),
  width: new Float32Array(count).fill(148),
  height: new Float32Array(count).fill(48),
});

const request = (graph: Graph, part: Partial<LayoutRequest> = {}): LayoutRequest => ({
  ...input(graph),
  band: new Uint8Array(graph.count),
  early: new Uint8Array(graph.count),
  container: new Int32Array(graph.count).fill(-1),
  containers: 0,
  previous: null,
  ...part,
});

function overlaps(x: Float64Array, y: Float64Array): [number, number][] {
  const found: [number, number][] = [];
  for (let a = 0; a < x.length; a++)
    for (let b = a + 1; b < x.length; b++)
      if (Math.abs((x[a] as number) - (x[b] as number)) < 147.9 && Math.abs((y[a] as number) - (y[b] as number)) < 47.9)
        found.push([a, b]);
  return found;
}

describe('layeredLayout', () => {
  it('places every node inside the picture, none on another, whatever the graph', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(Number.POSITIVE_INFINITY, 3), (graph, maxRows) => {
        const placed = layeredLayout(input(graph), { ...defaultLayeredOptions, maxRows });
        expect(overlaps(placed.x, placed.y)).toEqual([]);
        for (let node = 0; node < graph.count; node++) {
          expect(placed.x[node]).toBeGreaterThanOrEqual(-0.001);
          expect(placed.y[node]).toBeGreaterThanOrEqual(-0.001);
          expect((placed.x[node] as number) + 148).toBeLessThanOrEqual(placed.width + 0.001);
          expect((placed.y[node] as number) + 48).toBeLessThanOrEqual(placed.height + 0.001);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same picture for the same graph', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(layeredLayout(input(graph))).toEqual(layeredLayout(input(graph)));
      }),
      { numRuns: 50 },
    );
  });

  it('draws an acyclic graph from left to right', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const forward = { count: graph.count, edges: graph.edges.filter(([a, b]) => a < b) };
        const { x } = layeredLayout(input(forward));
        for (const [a, b] of forward.edges) expect(x[a]).toBeLessThan(x[b] as number);
      }),
      { numRuns: 100 },
    );
  });

  it('draws a planar ladder without a crossing', () => {
    const edges: [number, number][] = [];
    for (let step = 0; step < 6; step++) edges.push([step * 2, step * 2 + 2], [step * 2 + 1, step * 2 + 3]);
    const { y } = layeredLayout(input({ count: 14, edges }));
    const upper = (y[0] as number) < (y[1] as number);
    for (let step = 0; step <= 6; step++) expect((y[step * 2] as number) < (y[step * 2 + 1] as number)).toBe(upper);
  });

  it('leads an edge past the columns between its ends', () => {
    const placed = layeredLayout(
      input({
        count: 4,
        edges: [
          [0, 1],
          [1, 2],
          [2, 3],
          [0, 3],
        ],
      }),
    );
    const from = placed.bendStart[3] as number;
    const bends = Array.from(placed.bendX.subarray(from, placed.bendStart[4]));
    expect(bends).toEqual([placed.x[1], (placed.x[1] as number) + 148, placed.x[2], (placed.x[2] as number) + 148]);
  });

  it('breaks a cycle before the node that wants to stand left', () => {
    const edges: [number, number][] = [
      [0, 1],
      [1, 2],
      [2, 0],
    ];
    for (const first of [0, 1, 2]) {
      const early = new Uint8Array(3);
      early[first] = 1;
      const { x } = layeredLayout({ ...input({ count: 3, edges }), early });
      expect(x[first]).toBe(Math.min(...x));
    }
  });
});

describe('layoutGraph', () => {
  it('keeps members inside their box and boxes apart', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 4 }), (graph, containers) => {
        const container = Int32Array.from({ length: graph.count }, (_, item) => (item % (containers + 1)) - 1);
        const used = new Set(container);
        used.delete(-1);
        const answer = layoutGraph(request(graph, { container, containers }));
        expect(overlaps(answer.x, answer.y)).toEqual([]);
        for (let item = 0; item < graph.count; item++) {
          const box = container[item] as number;
          if (box < 0) continue;
          expect(answer.x[item]).toBeGreaterThanOrEqual(answer.boxX[box] as number);
          expect((answer.x[item] as number) + 148).toBeLessThanOrEqual(
            (answer.boxX[box] as number) + (answer.boxWidth[box] as number),
          );
          expect(answer.y[item]).toBeGreaterThanOrEqual(answer.boxY[box] as number);
          expect((answer.y[item] as number) + 48).toBeLessThanOrEqual(
            (answer.boxY[box] as number) + (answer.boxHeight[box] as number),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('moves nothing that was there when one node is added, and puts the new one on free ground', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (graph, other) => {
        const before = layoutGraph(request(graph));
        const grown = { count: graph.count + 1, edges: [...graph.edges, [other % graph.count, graph.count] as const] };
        const previous = {
          x: Float64Array.from([...before.x, Number.NaN]),
          y: Float64Array.from([...before.y, Number.NaN]),
        };
        if (graph.count < 2) return;
        const after = layoutGraph(request(grown, { previous }));
        expect(after.x.subarray(0, graph.count)).toEqual(before.x);
        expect(after.y.subarray(0, graph.count)).toEqual(before.y);
        expect(overlaps(after.x, after.y)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('starts over when most is new', () => {
    const graph = {
      count: 4,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
      ] as const,
    };
    const previous = {
      x: Float64Array.from([5_000, Number.NaN, Number.NaN, Number.NaN]),
      y: new Float64Array(4).fill(Number.NaN),
    };
    expect(layoutGraph(request(graph, { previous }))).toEqual(layoutGraph(request(graph)));
  });
});
