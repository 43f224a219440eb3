import type { Layers } from './layer-order.ts';
import type { LayeredOptions } from './layered.ts';

export type Rows = {
  /** Top of each node, bends included; 0 is the highest. */
  readonly y: Float64Array;
  /** Which of the side-by-side columns of its layer a node stands in. */
  readonly slot: Int32Array;
  /** Side-by-side columns of each layer. */
  readonly split: Int32Array;
};

/** Vertical room of a bend: an edge passes, no card stands there. */
export const bendHeight = 8;

/**
 * Heights on the page: every column wants to stand beside its neighbours in the columns next to it, in its order and
 * without overlap. The nearest such placement in the sense of least squares is an isotonic regression (pool adjacent
 * violators), linear per column.
 */
export function placeRows(layers: Layers, height: Float64Array, options: LayeredOptions): Rows {
  const { layerCount, start, nodes, total, count, left, right, weight } = layers;
  const y = new Float64Array(total);
  const slot = new Int32Array(total);
  const split = new Int32Array(layerCount).fill(1);
  const size = (node: number): number => (node < count ? (height[node] as number) : bendHeight);
  const group = new Int32Array(total);

  // Nodes of one row of a split column share a group and a height; bends stay between rows.
  for (let layer = 0; layer < layerCount; layer++) {
    let cards = 0;
    for (let at = start[layer] as number; at < (start[layer + 1] as number); at++)
      if ((nodes[at] as number) < count) cards += 1;
    const columns = Math.max(1, Math.ceil(cards / options.maxRows));
    split[layer] = columns;
    let used = 0;
    let row = 0;
    for (let at = start[layer] as number; at < (start[layer + 1] as number); at++) {
      const node = nodes[at] as number;
      if (node >= count) {
        if (columns === 1) used = columns;
        slot[node] = 0;
        if (columns > 1) {
          group[node] = row;
          continue;
        }
      }
      if (used === columns || at === start[layer]) {
        if (at !== start[layer]) row += 1;
        used = 0;
      }
      group[node] = row;
      if (node < count) {
        slot[node] = used;
        used += 1;
      } else used = columns;
    }
  }

  let widest = 0;
  for (let layer = 0; layer < layerCount; layer++)
    widest = Math.max(widest, (start[layer + 1] as number) - (start[layer] as number));
  const wanted = new Float64Array(widest);
  const power = new Float64Array(widest);
  const offset = new Float64Array(widest);
  const members = new Float64Array(widest);
  const tall = new Float64Array(widest);
  const blockValue = new Float64Array(widest);
  const blockPower = new Float64Array(widest);
  const blockEnd = new Int32Array(widest);

  const placeLayer = (layer: number, useLeft: boolean, useRight: boolean): void => {
    const first = start[layer] as number;
    const end = start[layer + 1] as number;
    if (first === end) return;
    const rows = (group[nodes[end - 1] as number] as number) + 1;
    wanted.fill(0, 0, rows);
    power.fill(0, 0, rows);
    members.fill(0, 0, rows);
    tall.fill(0, 0, rows);
    for (let at = first; at < end; at++) {
      const node = nodes[at] as number;
      const row = group[node] as number;
      let sum = 0;
      let parts = 0;
      for (const [use, side] of [
        [useLeft, left],
        [useRight, right],
      ] as const) {
        if (!use) continue;
        for (let link = side.start[node] as number; link < (side.start[node + 1] as number); link++) {
          const other = side.node[link] as number;
          const pull =
            (weight[side.edge[link] as number] as number) *
            (node >= count && other >= count ? 8 : node >= count || other >= count ? 2 : 1);
          sum += ((y[other] as number) + size(other) / 2 - size(node) / 2) * pull;
          parts += pull;
        }
      }
      if (parts === 0) {
        sum = (y[node] as number) * 0.01;
        parts = 0.01;
      }
      wanted[row] = (wanted[row] as number) + sum;
      power[row] = (power[row] as number) + parts;
      members[row] = (members[row] as number) + 1;
      tall[row] = Math.max(tall[row] as number, size(node));
    }
    let below = 0;
    for (let row = 0; row < rows; row++) {
      offset[row] = below;
      below += (tall[row] as number) + ((tall[row] as number) <= bendHeight ? options.rowGap / 2 : options.rowGap);
    }
    let blocks = 0;
    for (let row = 0; row < rows; row++) {
      blockValue[blocks] = (wanted[row] as number) / (power[row] as number) - (offset[row] as number);
      blockPower[blocks] = power[row] as number;
      blockEnd[blocks] = row;
      while (blocks > 0 && (blockValue[blocks - 1] as number) > (blockValue[blocks] as number)) {
        const joined = (blockPower[blocks - 1] as number) + (blockPower[blocks] as number);
        blockValue[blocks - 1] =
          ((blockValue[blocks - 1] as number) * (blockPower[blocks - 1] as number) +
            (blockValue[blocks] as number) * (blockPower[blocks] as number)) /
          joined;
        blockPower[blocks - 1] = joined;
        blockEnd[blocks - 1] = row;
        blocks -= 1;
      }
      blocks += 1;
    }
    let block = 0;
    for (let at = first; at < end; at++) {
      const node = nodes[at] as number;
      const row = group[node] as number;
      while ((blockEnd[block] as number) < row) block += 1;
      y[node] = (blockValue[block] as number) + (offset[row] as number) + ((tall[row] as number) - size(node)) / 2;
    }
  };

  for (let layer = 0; layer < layerCount; layer++) {
    let below = 0;
    for (let at = start[layer] as number; at < (start[layer + 1] as number); at++) {
      const node = nodes[at] as number;
      y[node] = below / (split[layer] as number);
      below += size(node) + options.rowGap;
    }
  }
  const passes = total <= 20_000 ? 6 : 3;
  for (let pass = 0; pass < passes; pass++) {
    if (pass % 2 === 0) for (let layer = 1; layer < layerCount; layer++) placeLayer(layer, true, pass >= 2);
    else for (let layer = layerCount - 2; layer >= 0; layer--) placeLayer(layer, pass >= 2, true);
  }
  for (let layer = 0; layer < layerCount; layer++) placeLayer(layer, true, true);

  let top = Number.POSITIVE_INFINITY;
  for (let node = 0; node < count; node++) top = Math.min(top, y[node] as number);
  for (let node = 0; node < total; node++) y[node] = (y[node] as number) - top;
  return { y, slot, split };
}
