import type { Rectangle } from './card-geometry.ts';

/** Items by their top left corner in a grid of cells: culling and hit testing look at what is near only. */
export type SpatialIndex = {
  /** Calls back for every item whose top left corner may lie in the area; a few outside it come along. */
  visit(area: Rectangle, found: (item: number) => void): void;
};

export function createSpatialIndex(
  x: Float64Array,
  y: Float64Array,
  cellWidth: number,
  cellHeight: number,
): SpatialIndex {
  const count = x.length;
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < count; item++) {
    left = Math.min(left, x[item] as number);
    top = Math.min(top, y[item] as number);
    right = Math.max(right, x[item] as number);
    bottom = Math.max(bottom, y[item] as number);
  }
  if (count === 0) return { visit: () => {} };
  // Never more cells than a small multiple of the items, however far apart they are.
  const wide = Math.max(cellWidth * 2, (right - left) / Math.max(1, Math.sqrt(count) * 2));
  const high = Math.max(cellHeight * 4, (bottom - top) / Math.max(1, Math.sqrt(count) * 2));
  const columns = Math.floor((right - left) / wide) + 1;
  const rows = Math.floor((bottom - top) / high) + 1;
  const cellOf = (item: number): number =>
    Math.floor(((y[item] as number) - top) / high) * columns + Math.floor(((x[item] as number) - left) / wide);
  const start = new Uint32Array(columns * rows + 1);
  for (let item = 0; item < count; item++) start[cellOf(item) + 1] = (start[cellOf(item) + 1] as number) + 1;
  for (let cell = 0; cell < columns * rows; cell++)
    start[cell + 1] = (start[cell + 1] as number) + (start[cell] as number);
  const fill = start.slice();
  const items = new Uint32Array(count);
  for (let item = 0; item < count; item++) {
    const cell = cellOf(item);
    const at = fill[cell] as number;
    items[at] = item;
    fill[cell] = at + 1;
  }
  const within = (value: number, highest: number): number => Math.min(highest, Math.max(0, value));
  return {
    visit(area, found) {
      if (area.x > right || area.y > bottom || area.x + area.width < left || area.y + area.height < top) return;
      const firstColumn = within(Math.floor((area.x - left) / wide), columns - 1);
      const lastColumn = within(Math.floor((area.x + area.width - left) / wide), columns - 1);
      const firstRow = within(Math.floor((area.y - top) / high), rows - 1);
      const lastRow = within(Math.floor((area.y + area.height - top) / high), rows - 1);
      for (let row = firstRow; row <= lastRow; row++) {
        const from = start[row * columns + firstColumn] as number;
        const to = start[row * columns + lastColumn + 1] as number;
        for (let at = from; at < to; at++) found(items[at] as number);
      }
    },
  };
}
