export type PackedBoxes = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
};

/** Places boxes on shelves, in the given order, so that the whole comes near the wanted width to height. */
export function packBoxes(width: Float64Array, height: Float64Array, gap: number, aspect: number): PackedBoxes {
  const count = width.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  let area = 0;
  let widest = 0;
  for (let box = 0; box < count; box++) {
    area += ((width[box] as number) + gap) * ((height[box] as number) + gap);
    widest = Math.max(widest, width[box] as number);
  }
  const target = Math.max(widest, Math.sqrt(area * aspect));
  let left = 0;
  let top = 0;
  let shelf = 0;
  let right = 0;
  for (let box = 0; box < count; box++) {
    if (left > 0 && left + (width[box] as number) > target) {
      top += shelf + gap;
      left = 0;
      shelf = 0;
    }
    x[box] = left;
    y[box] = top;
    right = Math.max(right, left + (width[box] as number));
    left += (width[box] as number) + gap;
    shelf = Math.max(shelf, height[box] as number);
  }
  return { x, y, width: right, height: top + shelf };
}
