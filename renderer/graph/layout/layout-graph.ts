import { defaultLayeredOptions, type LayeredInput, layeredLayout, type LayeredOptions } from './layered.ts';
import { keepPlaces } from './keep-places.ts';

/** What is to be placed: items, edges between them, and boxes around some of them. All arrays are copied, not shared. */
export type LayoutRequest = {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly width: Float32Array;
  readonly height: Float32Array;
  readonly band: Uint8Array;
  readonly early: Uint8Array;
  /** Box of each item, -1 for none. */
  readonly container: Int32Array;
  readonly containers: number;
  /** Top left corners of the last layout, NaN for what is new; null to start over. */
  readonly previous: { readonly x: Float64Array; readonly y: Float64Array } | null;
};

export type LayoutAnswer = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly boxX: Float64Array;
  readonly boxY: Float64Array;
  readonly boxWidth: Float64Array;
  readonly boxHeight: Float64Array;
  readonly bendStart: Uint32Array;
  readonly bendX: Float64Array;
  readonly bendY: Float64Array;
};

/** Room of a box around its members: the title stands in the top one. */
export const boxPadding = { top: 40, side: 16, bottom: 16 } as const;

/** Columns stay classic up to this many items; more become rows and columns near the shape of a screen. */
const classicUpTo = 150;
/** Share of items with a known place above which the others are placed around them. */
const keepAbove = 0.6;

export function layoutGraph(request: LayoutRequest): LayoutAnswer {
  if (request.previous !== null && request.containers === 0 && knownShare(request.previous.x) >= keepAbove) {
    return { ...keepPlaces(request, request.previous), ...noBoxes(), ...noBends(request.from.length) };
  }
  if (request.containers === 0) {
    const placed = layeredLayout(request, optionsFor(request.count));
    return {
      x: placed.x,
      y: placed.y,
      ...noBoxes(),
      bendStart: placed.bendStart,
      bendX: placed.bendX,
      bendY: placed.bendY,
    };
  }
  return layoutBoxes(request);
}

function optionsFor(count: number): LayeredOptions {
  if (count <= classicUpTo) return { ...defaultLayeredOptions, columnGap: 100, rowGap: 20 };
  return { ...defaultLayeredOptions, columnGap: 100, maxRows: Math.max(12, Math.ceil(1.25 * Math.sqrt(1.5 * count))) };
}

const knownShare = (x: Float64Array): number =>
  x.length === 0 ? 0 : x.reduce((known, value) => known + (Number.isNaN(value) ? 0 : 1), 0) / x.length;

const noBoxes = (): Pick<LayoutAnswer, 'boxX' | 'boxY' | 'boxWidth' | 'boxHeight'> => ({
  boxX: new Float64Array(0),
  boxY: new Float64Array(0),
  boxWidth: new Float64Array(0),
  boxHeight: new Float64Array(0),
});

const noBends = (edges: number): Pick<LayoutAnswer, 'bendStart' | 'bendX' | 'bendY'> => ({
  bendStart: new Uint32Array(edges + 1),
  bendX: new Float64Array(0),
  bendY: new Float64Array(0),
});

/** Two levels: each box is laid out on its own, then boxes and loose items together. */
function layoutBoxes(request: LayoutRequest): LayoutAnswer {
  const { count, containers, container, from, to } = request;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const members: number[][] = Array.from({ length: containers }, () => []);
  const loose: number[] = [];
  for (let item = 0; item < count; item++) {
    const box = container[item] as number;
    if (box >= 0) members[box]?.push(item);
    else loose.push(item);
  }
  const local = new Uint32Array(count);
  const innerEdges: number[][] = Array.from({ length: containers }, () => []);
  for (let edge = 0; edge < from.length; edge++) {
    const box = container[from[edge] as number] as number;
    if (box >= 0 && box === container[to[edge] as number]) innerEdges[box]?.push(edge);
  }
  const boxWidth = new Float64Array(containers);
  const boxHeight = new Float64Array(containers);
  const bendsOf = new Map<number, { x: number[]; y: number[]; box: number }>();
  members.forEach((items, box) => {
    items.forEach((item, index) => {
      local[item] = index;
    });
    const edges = innerEdges[box] as number[];
    const placed = layeredLayout(pick(request, items, edges, local), { ...optionsFor(items.length), aspect: 1.4 });
    items.forEach((item, index) => {
      x[item] = (placed.x[index] as number) + boxPadding.side;
      y[item] = (placed.y[index] as number) + boxPadding.top;
    });
    edges.forEach((edge, index) => {
      const start = placed.bendStart[index] as number;
      const end = placed.bendStart[index + 1] as number;
      if (end === start) return;
      bendsOf.set(edge, {
        box,
        x: Array.from(placed.bendX.subarray(start, end), (value) => value + boxPadding.side),
        y: Array.from(placed.bendY.subarray(start, end), (value) => value + boxPadding.top),
      });
    });
    boxWidth[box] = Math.max(placed.width, 180) + boxPadding.side * 2;
    boxHeight[box] = placed.height + boxPadding.top + boxPadding.bottom;
  });
  // Outer graph: boxes first, then loose items.
  const outerOf = new Uint32Array(count);
  loose.forEach((item, index) => {
    outerOf[item] = containers + index;
  });
  for (let item = 0; item < count; item++)
    if ((container[item] as number) >= 0) outerOf[item] = container[item] as number;
  const outerCount = containers + loose.length;
  const outerEdges: number[] = [];
  for (let edge = 0; edge < from.length; edge++)
    if (outerOf[from[edge] as number] !== outerOf[to[edge] as number]) outerEdges.push(edge);
  const outer = layeredLayout(
    {
      count: outerCount,
      from: Uint32Array.from(outerEdges, (edge) => outerOf[from[edge] as number] as number),
      to: Uint32Array.from(outerEdges, (edge) => outerOf[to[edge] as number] as number),
      width: Float32Array.from({ length: outerCount }, (_, node) =>
        node < containers ? (boxWidth[node] as number) : (request.width[loose[node - containers] as number] as number),
      ),
      height: Float32Array.from({ length: outerCount }, (_, node) =>
        node < containers
          ? (boxHeight[node] as number)
          : (request.height[loose[node - containers] as number] as number),
      ),
    },
    { ...optionsFor(outerCount), rowGap: 32 },
  );
  for (let item = 0; item < count; item++) {
    const node = outerOf[item] as number;
    x[item] = (x[item] as number) + (outer.x[node] as number);
    y[item] = (y[item] as number) + (outer.y[node] as number);
  }
  outerEdges.forEach((edge, index) => {
    const start = outer.bendStart[index] as number;
    const end = outer.bendStart[index + 1] as number;
    if (end > start)
      bendsOf.set(edge, {
        box: -1,
        x: Array.from(outer.bendX.subarray(start, end)),
        y: Array.from(outer.bendY.subarray(start, end)),
      });
  });
  const boxX = outer.x.slice(0, containers);
  const boxY = outer.y.slice(0, containers);
  const bendStart = new Uint32Array(from.length + 1);
  const bendX: number[] = [];
  const bendY: number[] = [];
  for (let edge = 0; edge < from.length; edge++) {
    const bends = bendsOf.get(edge);
    if (bends !== undefined) {
      const shiftX = bends.box === -1 ? 0 : (boxX[bends.box] as number);
      const shiftY = bends.box === -1 ? 0 : (boxY[bends.box] as number);
      for (const value of bends.x) bendX.push(value + shiftX);
      for (const value of bends.y) bendY.push(value + shiftY);
    }
    bendStart[edge + 1] = bendX.length;
  }
  return {
    x,
    y,
    boxX,
    boxY,
    boxWidth,
    boxHeight,
    bendStart,
    bendX: Float64Array.from(bendX),
    bendY: Float64Array.from(bendY),
  };
}

function pick(
  request: LayoutRequest,
  items: readonly number[],
  edges: readonly number[],
  local: Uint32Array,
): LayeredInput {
  return {
    count: items.length,
    from: Uint32Array.from(edges, (edge) => local[request.from[edge] as number] as number),
    to: Uint32Array.from(edges, (edge) => local[request.to[edge] as number] as number),
    width: Float32Array.from(items, (item) => request.width[item] as number),
    height: Float32Array.from(items, (item) => request.height[item] as number),
    band: Uint8Array.from(items, (item) => request.band[item] as number),
    early: Uint8Array.from(items, (item) => request.early[item] as number),
  };
}
