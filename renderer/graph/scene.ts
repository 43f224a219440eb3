import type { LayoutAnswer } from './layout/layout-graph.ts';
import { curveEdges, type EdgeCurves } from './edge-curves.ts';
import type { GraphView } from './graph-view.ts';
import { type Bends, cardHeight, cardWidth, type Rectangle } from './card-geometry.ts';
import { createSpatialIndex, type SpatialIndex } from './spatial-index.ts';

/** A view with places: all that drawing, hit testing and exports need. Lengths are CSS pixels at 100 %. */
export type Scene = {
  readonly view: GraphView;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Boxes of the view's containers, in their order. */
  readonly boxes: readonly Rectangle[];
  readonly curves: EdgeCurves;
  readonly index: SpatialIndex;
  readonly bounds: Rectangle;
  /** The layout's own bends, kept so that curves can be made again after a card was moved. */
  readonly bends: Bends;
};

export function buildScene(view: GraphView, placed: LayoutAnswer): Scene {
  const boxes = Array.from(placed.boxX, (x, box) => ({
    x,
    y: placed.boxY[box] as number,
    width: placed.boxWidth[box] as number,
    height: placed.boxHeight[box] as number,
  }));
  return assemble(view, placed.x, placed.y, boxes, { start: placed.bendStart, x: placed.bendX, y: placed.bendY });
}

/** The same scene with some items at other places. Edges of a moved item lose their bends, which led around its old place. */
export function moveItems(scene: Scene, moves: ReadonlyMap<number, { readonly x: number; readonly y: number }>): Scene {
  if (moves.size === 0) return scene;
  const x = scene.x.slice();
  const y = scene.y.slice();
  for (const [item, place] of moves) {
    x[item] = place.x;
    y[item] = place.y;
  }
  const { view } = scene;
  const start = new Uint32Array(view.edgeCount + 1);
  const keptX: number[] = [];
  const keptY: number[] = [];
  for (let edge = 0; edge < view.edgeCount; edge++) {
    if (!moves.has(view.from[edge] as number) && !moves.has(view.to[edge] as number)) {
      for (let at = scene.bends.start[edge] as number; at < (scene.bends.start[edge + 1] as number); at++) {
        keptX.push(scene.bends.x[at] as number);
        keptY.push(scene.bends.y[at] as number);
      }
    }
    start[edge + 1] = keptX.length;
  }
  const boxes = scene.boxes.map((box, index) => growToMembers(scene, index, box, moves));
  return assemble(view, x, y, boxes, { start, x: Float64Array.from(keptX), y: Float64Array.from(keptY) });
}

/** A box never loses a member that was moved out of it: it grows. */
function growToMembers(
  scene: Scene,
  box: number,
  place: Rectangle,
  moves: ReadonlyMap<number, { readonly x: number; readonly y: number }>,
): Rectangle {
  let { x, y } = place;
  let right = place.x + place.width;
  let bottom = place.y + place.height;
  for (const [item, to] of moves) {
    if (scene.view.container[item] !== box) continue;
    x = Math.min(x, to.x - 16);
    y = Math.min(y, to.y - 40);
    right = Math.max(right, to.x + cardWidth + 16);
    bottom = Math.max(bottom, to.y + cardHeight + 16);
  }
  return { x, y, width: right - x, height: bottom - y };
}

function assemble(view: GraphView, x: Float64Array, y: Float64Array, boxes: readonly Rectangle[], bends: Bends): Scene {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  const include = (area: Rectangle): void => {
    left = Math.min(left, area.x);
    top = Math.min(top, area.y);
    right = Math.max(right, area.x + area.width);
    bottom = Math.max(bottom, area.y + area.height);
  };
  for (let item = 0; item < view.count; item++)
    include({ x: x[item] as number, y: y[item] as number, width: cardWidth, height: cardHeight });
  for (const box of boxes) include(box);
  const bounds =
    view.count === 0 && boxes.length === 0
      ? { x: 0, y: 0, width: 0, height: 0 }
      : { x: left, y: top, width: right - left, height: bottom - top };
  return {
    view,
    x,
    y,
    boxes,
    bends,
    bounds,
    curves: curveEdges(view, x, y, bends),
    index: createSpatialIndex(x, y, cardWidth, cardHeight),
  };
}

/** Item under a point of the page of the graph, -1 for none. */
export function itemAt(scene: Scene, px: number, py: number, slack = 0): number {
  let found = -1;
  scene.index.visit(
    {
      x: px - cardWidth - slack,
      y: py - cardHeight - slack,
      width: cardWidth + 2 * slack,
      height: cardHeight + 2 * slack,
    },
    (item) => {
      const dx = px - (scene.x[item] as number);
      const dy = py - (scene.y[item] as number);
      if (dx >= -slack && dx <= cardWidth + slack && dy >= -slack && dy <= cardHeight + slack) found = item;
    },
  );
  return found;
}

/** Smallest box whose title line is under the point, -1 for none. */
export function boxTitleAt(scene: Scene, px: number, py: number, titleHeight: number): number {
  return scene.boxes.findIndex(
    (box) => px >= box.x && px <= box.x + box.width && py >= box.y && py <= box.y + titleHeight,
  );
}

const directions = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;
export type Direction = keyof typeof directions;

/**
 * The item that a person means by an arrow key: the nearest one on that side, where being off to the side counts three
 * times. Every item can be reached, because the nearest in one of the four directions always exists unless it is the edge.
 */
export function neighbourInDirection(scene: Scene, item: number, direction: Direction): number {
  const [dx, dy] = directions[direction];
  const x = scene.x[item] as number;
  const y = scene.y[item] as number;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < scene.view.count; other++) {
    if (other === item) continue;
    const along = ((scene.x[other] as number) - x) * dx + ((scene.y[other] as number) - y) * dy;
    if (along <= 1) continue;
    const across = Math.abs(((scene.x[other] as number) - x) * dy) + Math.abs(((scene.y[other] as number) - y) * dx);
    const cost = along + across * 3;
    if (cost < least) {
      least = cost;
      best = other;
    }
  }
  return best;
}

/** Items in the order of reading: columns from left to right, each from top to bottom. */
export function readingOrder(scene: Scene): Uint32Array {
  return Uint32Array.from({ length: scene.view.count }, (_, item) => item).sort((a, b) => {
    const columnA = Math.round((scene.x[a] as number) / cardWidth);
    const columnB = Math.round((scene.x[b] as number) / cardWidth);
    return columnA - columnB || (scene.y[a] as number) - (scene.y[b] as number) || a - b;
  });
}

/** 1 for the item and everything one edge away. */
export function relatedTo(view: GraphView, item: number): Uint8Array {
  const related = new Uint8Array(view.count);
  related[item] = 1;
  for (let edge = 0; edge < view.edgeCount; edge++) {
    if (view.from[edge] === item) related[view.to[edge] as number] = 1;
    else if (view.to[edge] === item) related[view.from[edge] as number] = 1;
  }
  return related;
}
