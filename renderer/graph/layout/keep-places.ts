import type { LayoutRequest } from './layout-graph.ts';

const columnStep = 148 + 100;
const rowStep = 48 + 20;

/**
 * Leaves everything where it was and puts what is new beside its neighbours, at the nearest free place: a person keeps
 * the picture they know. Places of one call never overlap one another or a known item.
 */
export function keepPlaces(
  request: LayoutRequest,
  previous: { readonly x: Float64Array; readonly y: Float64Array },
): { readonly x: Float64Array; readonly y: Float64Array } {
  const { count, from, to, width, height } = request;
  const x = previous.x.slice();
  const y = previous.y.slice();
  const fresh: number[] = [];
  const taken = createOccupancy();
  let left = 0;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < count; item++) {
    if (Number.isNaN(x[item])) fresh.push(item);
    else {
      taken.add(x[item] as number, y[item] as number, width[item] as number, height[item] as number);
      left = Math.min(left, x[item] as number);
      bottom = Math.max(bottom, (y[item] as number) + (height[item] as number));
    }
  }
  if (!Number.isFinite(bottom)) bottom = 0;
  const waiting = new Set(fresh);
  // Those with placed neighbours come first; each one placed may give the next a neighbour.
  while (waiting.size > 0) {
    let placedOne = false;
    for (const item of waiting) {
      let sumX = 0;
      let sumY = 0;
      let parts = 0;
      for (let edge = 0; edge < from.length; edge++) {
        const isSource = from[edge] === item;
        if (!isSource && to[edge] !== item) continue;
        const other = (isSource ? to[edge] : from[edge]) as number;
        if (other === item || Number.isNaN(x[other])) continue;
        sumX += (x[other] as number) + (isSource ? -columnStep : columnStep);
        sumY += y[other] as number;
        parts += 1;
      }
      if (parts === 0) continue;
      place(item, sumX / parts, sumY / parts);
      waiting.delete(item);
      placedOne = true;
    }
    if (placedOne) continue;
    for (const item of waiting) place(item, left, bottom + rowStep);
    waiting.clear();
  }
  return { x, y };

  function place(item: number, wantedX: number, wantedY: number): void {
    const w = width[item] as number;
    const h = height[item] as number;
    for (let ring = 0; ; ring++) {
      for (const sign of ring === 0 ? [1] : [1, -1]) {
        for (const shift of [0, columnStep / 2, columnStep]) {
          const tryX = wantedX + shift;
          const tryY = wantedY + sign * ring * rowStep;
          if (ring < 64 && shift > 0 && ring % 4 !== 3) continue;
          if (taken.free(tryX, tryY, w, h)) {
            x[item] = tryX;
            y[item] = tryY;
            taken.add(tryX, tryY, w, h);
            return;
          }
        }
      }
    }
  }
}

type Occupancy = {
  add(x: number, y: number, w: number, h: number): void;
  free(x: number, y: number, w: number, h: number): boolean;
};

/** Rectangles in a grid of cells, so that asking whether a place is free looks at few of them. */
function createOccupancy(): Occupancy {
  const cell = 256;
  const gap = 12;
  const cells = new Map<string, number[][]>();
  const visit = (x: number, y: number, w: number, h: number, look: (key: string) => boolean): boolean => {
    for (let column = Math.floor((x - gap) / cell); column <= Math.floor((x + w + gap) / cell); column++)
      for (let row = Math.floor((y - gap) / cell); row <= Math.floor((y + h + gap) / cell); row++)
        if (look(`${column} ${row}`)) return true;
    return false;
  };
  return {
    add(x, y, w, h) {
      visit(x, y, w, h, (key) => {
        const list = cells.get(key);
        if (list === undefined) cells.set(key, [[x, y, w, h]]);
        else list.push([x, y, w, h]);
        return false;
      });
    },
    free(x, y, w, h) {
      return !visit(x, y, w, h, (key) =>
        (cells.get(key) ?? []).some(
          ([ox = 0, oy = 0, ow = 0, oh = 0]) =>
            x < ox + ow + gap && x + w + gap > ox && y < oy + oh + gap && y + h + gap > oy,
        ),
      );
    },
  };
}
