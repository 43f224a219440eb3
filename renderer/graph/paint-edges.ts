import { origins } from '../../shared/kinds.ts';
import { pointOnEdge } from './edge-curves.ts';
import { edgeLabel } from './graph-view.ts';
import type { PaintOptions } from './paint-scene.ts';
import { cardHeight, cardWidth, type Rectangle } from './card-geometry.ts';
import type { Scene } from './scene.ts';

/** Dash of each origin: declared solid, derived dashed, observed dotted. */
export const originDash: readonly (readonly number[])[] = origins.map((origin) =>
  origin === 'declared' ? [] : origin === 'derived' ? [6, 4] : [1.5, 4],
);

/** Above this many visible edges they are drawn as straight hairlines without dash, arrow and label: those cannot be told apart anyway. */
const detailedUpTo = 700;
const labelsUpTo = 300;
/** While the picture moves, more edges than this lose dash and label until it stands still: both cost more than the rest together. */
const plainWhileMovingAbove = 60;

export function paintEdges(context: CanvasRenderingContext2D, scene: Scene, options: PaintOptions): void {
  const { state, zoom } = options;
  const edges = visibleEdges(scene, options);
  const detailed = edges.length <= detailedUpTo && zoom >= 0.3;
  const touches = (edge: number): boolean =>
    edge === state.selectedEdge || scene.view.from[edge] === state.selected || scene.view.to[edge] === state.selected;
  const chosen = state.selected >= 0 || state.selectedEdge >= 0 ? edges.filter(touches) : [];
  const rest = chosen.length === 0 ? edges : edges.filter((edge) => !touches(edge));
  const dim = chosen.length > 0 || state.related !== null;
  if (detailed) paintCurves(context, scene, rest, options, dim);
  else paintLines(context, scene, rest, options, dim);
  if (chosen.length > 0) paintCurves(context, scene, chosen, options, false);
  if (options.moving && edges.length > plainWhileMovingAbove) return;
  if (zoom >= 0.5 && edges.length <= labelsUpTo) paintLabels(context, scene, chosen, rest, options, dim);
  else if (zoom >= 0.3 && chosen.length > 0 && chosen.length <= 60)
    paintLabels(context, scene, chosen, [], options, dim);
}

function visibleEdges(scene: Scene, { area }: PaintOptions): number[] {
  const { areas } = scene.curves;
  const right = area.x + area.width;
  const bottom = area.y + area.height;
  const found: number[] = [];
  for (let edge = 0; edge < scene.view.edgeCount; edge++) {
    const at = edge * 4;
    if (
      (areas[at] as number) <= right &&
      (areas[at + 2] as number) >= area.x &&
      (areas[at + 1] as number) <= bottom &&
      (areas[at + 3] as number) >= area.y
    )
      found.push(edge);
  }
  return found;
}

/** One path for all: the overview of thousands. */
function paintLines(
  context: CanvasRenderingContext2D,
  scene: Scene,
  edges: readonly number[],
  { theme, zoom }: PaintOptions,
  dim: boolean,
): void {
  const { points, start } = scene.curves;
  context.strokeStyle = theme.control;
  // The more lines, the fainter each: what is dense still shows as dense, and cards stay in front.
  context.globalAlpha = (dim ? 0.35 : 1) * Math.min(0.8, Math.max(0.12, 350 / edges.length));
  context.lineWidth = 1 / zoom;
  context.beginPath();
  for (const edge of edges) {
    const first = start[edge] as number;
    const last = (start[edge + 1] as number) - 2;
    context.moveTo(points[first] as number, points[first + 1] as number);
    context.lineTo(points[last] as number, points[last + 1] as number);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function paintCurves(
  context: CanvasRenderingContext2D,
  scene: Scene,
  edges: readonly number[],
  { theme, zoom, state, area, moving }: PaintOptions,
  dim: boolean,
): void {
  const { points, start } = scene.curves;
  const chosen = !dim && (state.selected >= 0 || state.selectedEdge >= 0);
  const width = Math.max(chosen ? 2 : 1.25, 0.8 / zoom);
  context.strokeStyle = chosen ? theme.focus : dim ? theme.edge : theme.control;
  context.fillStyle = context.strokeStyle;
  const arrow = Math.min(18, Math.max(7, 5 / zoom));
  const arrows = new Path2D();
  const plain = moving && edges.length > plainWhileMovingAbove;
  originDash.forEach((dash, origin) => {
    const path = new Path2D();
    let any = false;
    for (const edge of edges) {
      if (scene.view.edgeOrigins[edge] !== origin) continue;
      any = true;
      addCurve(path, scene, edge, area);
      addArrow(arrows, points, start[edge + 1] as number, arrow);
    }
    if (!any) return;
    const dotted = !plain && origins[origin] === 'observed';
    context.setLineDash(plain ? [] : (dash as number[]));
    context.lineCap = dotted ? 'round' : 'butt';
    context.lineWidth = dotted ? Math.max(2, width) : width;
    context.stroke(path);
  });
  context.setLineDash([]);
  context.lineCap = 'butt';
  context.fill(arrows);
}

/** Straight pieces that a curve is cut into when part of it is out of sight. */
const cuts = 16;

/**
 * A curve, or the pieces of it that are in sight: the dashes of a line many screens long are otherwise all computed.
 */
function addCurve(path: Path2D, scene: Scene, edge: number, area: Rectangle): void {
  const { points, start, areas } = scene.curves;
  const right = area.x + area.width;
  const bottom = area.y + area.height;
  const at = edge * 4;
  const wide =
    (areas[at + 2] as number) - (areas[at] as number) + (areas[at + 3] as number) - (areas[at + 1] as number);
  const first = start[edge] as number;
  const end = start[edge + 1] as number;
  if (wide < (area.width + area.height) * 1.5) {
    path.moveTo(points[first] as number, points[first + 1] as number);
    for (let point = first + 2; point < end; point += 6)
      path.bezierCurveTo(
        points[point] as number,
        points[point + 1] as number,
        points[point + 2] as number,
        points[point + 3] as number,
        points[point + 4] as number,
        points[point + 5] as number,
      );
    return;
  }
  const pieces = ((end - first - 2) / 6) * cuts;
  let last = pointOnEdge(scene.curves, edge, 0);
  let drawing = false;
  for (let piece = 1; piece <= pieces; piece++) {
    const next = pointOnEdge(scene.curves, edge, piece / pieces);
    const outside =
      Math.max(last.x, next.x) < area.x ||
      Math.min(last.x, next.x) > right ||
      Math.max(last.y, next.y) < area.y ||
      Math.min(last.y, next.y) > bottom;
    if (!outside) {
      // A straight piece is cut to the neighbourhood of what is seen.
      const length = Math.hypot(next.x - last.x, next.y - last.y);
      const reach = area.width + area.height;
      if (length > reach * 2) addCut(path, last, next, area);
      else {
        if (!drawing) path.moveTo(last.x, last.y);
        path.lineTo(next.x, next.y);
      }
    }
    drawing = !outside;
    last = next;
  }
}

/** The part of a line inside the area and a little around it (Liang and Barsky). */
function addCut(
  path: Path2D,
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
  area: Rectangle,
): void {
  const margin = 32;
  let from = 0;
  let to = 1;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  for (const [p, q] of [
    [-dx, a.x - (area.x - margin)],
    [dx, area.x + area.width + margin - a.x],
    [-dy, a.y - (area.y - margin)],
    [dy, area.y + area.height + margin - a.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  if (from >= to) return;
  path.moveTo(a.x + dx * from, a.y + dy * from);
  path.lineTo(a.x + dx * to, a.y + dy * to);
}

/** Triangle at the end of a curve, pointing the way its last handle points. */
function addArrow(path: Path2D, points: Float64Array, end: number, size: number): void {
  const x = points[end - 2] as number;
  const y = points[end - 1] as number;
  const dx = x - (points[end - 4] as number);
  const dy = y - (points[end - 3] as number);
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  path.moveTo(x, y);
  path.lineTo(x - ux * size - uy * size * 0.45, y - uy * size + ux * size * 0.45);
  path.lineTo(x - ux * size + uy * size * 0.45, y - uy * size - ux * size * 0.45);
  path.closePath();
}

/** Verbs at the middle of the edges; one that would lie on another or on a card is left out, the chosen ones come first. */
function paintLabels(
  context: CanvasRenderingContext2D,
  scene: Scene,
  chosen: readonly number[],
  rest: readonly number[],
  { theme, texts, zoom }: PaintOptions,
  dim: boolean,
): void {
  // Readable from a little further away than it is drawn.
  const size = Math.min(18, Math.max(11, 8.5 / zoom));
  const high = size + 3;
  const placed: number[][] = [];
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const [edges, bright] of [
    [chosen, true],
    [rest, false],
  ] as const) {
    const font = `${bright ? 600 : 400} ${size}px ${theme.font}`;
    context.font = font;
    for (const edge of edges) {
      const label = texts.fit(edgeLabel(scene.view, edge), font, size * 12);
      const half = context.measureText(label).width / 2 + 4;
      const spot = [0.5, 0.42, 0.58, 0.34, 0.66]
        .map((part) => pointOnEdge(scene.curves, edge, part))
        .find(
          ({ x, y }) =>
            !placed.some(([px = 0, py = 0, ph = 0]) => Math.abs(px - x) < ph + half && Math.abs(py - y) < high) &&
            !liesOnCard(scene, x, y, half),
        );
      if (spot === undefined) continue;
      placed.push([spot.x, spot.y, half]);
      context.fillStyle = theme.canvas;
      context.fillRect(spot.x - half, spot.y - high / 2, half * 2, high);
      context.fillStyle = bright ? theme.focus : dim ? theme.text3 : theme.text2;
      context.fillText(label, spot.x, spot.y + 0.5);
    }
  }
  context.textAlign = 'left';
}

function liesOnCard(scene: Scene, x: number, y: number, half: number): boolean {
  let lies = false;
  scene.index.visit(
    { x: x - half - cardWidth, y: y - 7 - cardHeight, width: 2 * half + cardWidth, height: 14 + cardHeight },
    (item) => {
      const left = scene.x[item] as number;
      const top = scene.y[item] as number;
      if (x + half > left && x - half < left + cardWidth && y + 7 > top && y - 7 < top + cardHeight) lies = true;
    },
  );
  return lies;
}
