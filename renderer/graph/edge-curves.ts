import type { GraphView } from './graph-view.ts';
import { type Bends, cardHeight, cardWidth } from './card-geometry.ts';

/**
 * Edges as cubic curves. Those of edge e are `points[start[e]] .. points[start[e + 1] - 1]`: a first point, then three
 * points (two handles, one end) for each piece.
 */
export type EdgeCurves = { readonly start: Uint32Array; readonly points: Float64Array; readonly areas: Float64Array };

const RIGHT = 0;
const LEFT = 1;
const BOTTOM = 2;
const TOP = 3;
type Side = typeof RIGHT | typeof LEFT | typeof BOTTOM | typeof TOP;

/** How far a loop beside two cards of one column goes out. */
const loopReach = 44;
/** Above this many edges the places where they leave a card are not spread. */
const spreadUpTo = 3_000;

export function curveEdges(view: GraphView, x: Float64Array, y: Float64Array, bends: Bends): EdgeCurves {
  const { edgeCount, from, to } = view;
  const sourceSide = new Uint8Array(edgeCount);
  const targetSide = new Uint8Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    const sides = chooseSides(x, y, from[edge] as number, to[edge] as number);
    sourceSide[edge] = sides[0];
    targetSide[edge] = sides[1];
  }
  const shift =
    edgeCount <= spreadUpTo ? spreadPorts(view, x, y, sourceSide, targetSide) : new Float64Array(edgeCount * 2);
  const start = new Uint32Array(edgeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) {
    const count = (bends.start[edge + 1] ?? 0) - (bends.start[edge] ?? 0);
    start[edge + 1] = (start[edge] as number) + 2 + 6 * (count + 1);
  }
  const points = new Float64Array(start[edgeCount] as number);
  const areas = new Float64Array(edgeCount * 4);
  for (let edge = 0; edge < edgeCount; edge++) {
    let at = start[edge] as number;
    const a = from[edge] as number;
    const b = to[edge] as number;
    const leaving = anchor(x, y, a, sourceSide[edge] as Side, shift[edge * 2] as number);
    const arriving = anchor(x, y, b, targetSide[edge] as Side, shift[edge * 2 + 1] as number);
    let lastX = leaving.x;
    let lastY = leaving.y;
    points[at++] = lastX;
    points[at++] = lastY;
    const first = bends.start[edge] ?? 0;
    const end = bends.start[edge + 1] ?? 0;
    const piece = (nextX: number, nextY: number, outX: number, outY: number, inX: number, inY: number): void => {
      points[at++] = lastX + outX;
      points[at++] = lastY + outY;
      points[at++] = nextX + inX;
      points[at++] = nextY + inY;
      points[at++] = nextX;
      points[at++] = nextY;
      lastX = nextX;
      lastY = nextY;
    };
    if (first === end) {
      const out = handle(sourceSide[edge] as Side, leaving, arriving);
      const into = handle(targetSide[edge] as Side, arriving, leaving);
      piece(arriving.x, arriving.y, out.x, out.y, into.x, into.y);
    } else {
      for (let bend = first; bend < end; bend++) {
        const nextX = bends.x[bend] as number;
        const half = (nextX - lastX) / 2;
        piece(nextX, bends.y[bend] as number, half, 0, -half, 0);
      }
      const half = (arriving.x - lastX) / 2;
      piece(arriving.x, arriving.y, half, 0, -half, 0);
    }
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let near = Number.POSITIVE_INFINITY;
    let far = Number.NEGATIVE_INFINITY;
    for (let point = start[edge] as number; point < at; point += 2) {
      near = Math.min(near, points[point] as number);
      far = Math.max(far, points[point] as number);
      low = Math.min(low, points[point + 1] as number);
      high = Math.max(high, points[point + 1] as number);
    }
    areas.set([near, low, far, high], edge * 4);
  }
  return { start, points, areas };
}

function chooseSides(x: Float64Array, y: Float64Array, a: number, b: number): readonly [Side, Side] {
  const ax = x[a] as number;
  const bx = x[b] as number;
  if (bx >= ax + cardWidth + 8) return [RIGHT, LEFT];
  if (bx + cardWidth + 8 <= ax) return [LEFT, RIGHT];
  const apart = (y[b] as number) - (y[a] as number);
  if (Math.abs(apart) > cardHeight && Math.abs(apart) < cardHeight * 2.5)
    return apart > 0 ? [BOTTOM, TOP] : [TOP, BOTTOM];
  return [RIGHT, RIGHT];
}

/** Distances from the middle of a side, so that edges of one card do not lie on one another: ordered by where they go. */
function spreadPorts(
  view: GraphView,
  x: Float64Array,
  y: Float64Array,
  sourceSide: Uint8Array,
  targetSide: Uint8Array,
): Float64Array {
  const shift = new Float64Array(view.edgeCount * 2);
  const ports = new Map<number, number[]>();
  const add = (item: number, side: number, end: number): void => {
    const key = item * 4 + side;
    const list = ports.get(key);
    if (list === undefined) ports.set(key, [end]);
    else list.push(end);
  };
  for (let edge = 0; edge < view.edgeCount; edge++) {
    add(view.from[edge] as number, sourceSide[edge] as number, edge * 2);
    add(view.to[edge] as number, targetSide[edge] as number, edge * 2 + 1);
  }
  for (const [key, ends] of ports) {
    if (ends.length < 2) continue;
    const vertical = key % 4 >= BOTTOM;
    const place = vertical ? x : y;
    const otherEnd = (end: number): number =>
      place[(end % 2 === 0 ? view.to[end >> 1] : view.from[end >> 1]) as number] as number;
    ends.sort((p, q) => otherEnd(p) - otherEnd(q) || p - q);
    const step = Math.min(10, (vertical ? 80 : 30) / (ends.length - 1));
    ends.forEach((end, index) => {
      shift[end] = (index - (ends.length - 1) / 2) * step;
    });
  }
  return shift;
}

function anchor(
  x: Float64Array,
  y: Float64Array,
  item: number,
  side: Side,
  shift: number,
): { readonly x: number; readonly y: number } {
  const left = x[item] as number;
  const top = y[item] as number;
  switch (side) {
    case RIGHT:
      return { x: left + cardWidth, y: top + cardHeight / 2 + shift };
    case LEFT:
      return { x: left, y: top + cardHeight / 2 + shift };
    case BOTTOM:
      return { x: left + cardWidth / 2 + shift, y: top + cardHeight };
    case TOP:
      return { x: left + cardWidth / 2 + shift, y: top };
  }
}

/** Where a curve leaves its end: straight away from the card. */
function handle(
  side: Side,
  here: { x: number; y: number },
  there: { x: number; y: number },
): { readonly x: number; readonly y: number } {
  const reach = Math.max(24, Math.abs(there.x - here.x) / 2);
  switch (side) {
    case RIGHT:
      return { x: there.x > here.x + 8 ? reach : loopReach, y: 0 };
    case LEFT:
      return { x: -reach, y: 0 };
    case BOTTOM:
      return { x: 0, y: Math.abs(there.y - here.y) / 2 };
    case TOP:
      return { x: 0, y: -Math.abs(there.y - here.y) / 2 };
  }
}

/** Point and direction on the curve of an edge; `part` 0 is its source, 1 its target. */
export function pointOnEdge(
  curves: EdgeCurves,
  edge: number,
  part: number,
): { readonly x: number; readonly y: number; readonly angle: number } {
  const first = curves.start[edge] as number;
  const pieces = ((curves.start[edge + 1] as number) - first - 2) / 6;
  const scaled = Math.min(part * pieces, pieces - 1e-6);
  const piece = Math.floor(scaled);
  const t = scaled - piece;
  const at = first + piece * 6;
  const p = curves.points;
  const u = 1 - t;
  const mix = (offset: number): number =>
    u * u * u * (p[at + offset] as number) +
    3 * u * u * t * (p[at + offset + 2] as number) +
    3 * u * t * t * (p[at + offset + 4] as number) +
    t * t * t * (p[at + offset + 6] as number);
  const slope = (offset: number): number =>
    u * u * ((p[at + offset + 2] as number) - (p[at + offset] as number)) +
    2 * u * t * ((p[at + offset + 4] as number) - (p[at + offset + 2] as number)) +
    t * t * ((p[at + offset + 6] as number) - (p[at + offset + 4] as number));
  return { x: mix(0), y: mix(1), angle: Math.atan2(slope(1), slope(0)) };
}

/** Nearest edge within `reach` of a point, -1 for none. */
export function edgeAt(curves: EdgeCurves, px: number, py: number, reach: number): number {
  let best = -1;
  let nearest = reach;
  for (let edge = 0; edge + 1 < curves.start.length; edge++) {
    const area = edge * 4;
    if (
      px < (curves.areas[area] as number) - reach ||
      py < (curves.areas[area + 1] as number) - reach ||
      px > (curves.areas[area + 2] as number) + reach ||
      py > (curves.areas[area + 3] as number) + reach
    )
      continue;
    const pieces = ((curves.start[edge + 1] as number) - (curves.start[edge] as number) - 2) / 6;
    const samples = pieces * 12;
    let last = pointOnEdge(curves, edge, 0);
    for (let sample = 1; sample <= samples; sample++) {
      const next = pointOnEdge(curves, edge, sample / samples);
      const distance = distanceToLine(px, py, last, next);
      if (distance < nearest) {
        nearest = distance;
        best = edge;
      }
      last = next;
    }
  }
  return best;
}

function distanceToLine(px: number, py: number, a: { x: number; y: number }, b: { x: number; y: number }): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - a.x) * dx + (py - a.y) * dy) / length));
  return Math.hypot(px - a.x - t * dx, py - a.y - t * dy);
}
