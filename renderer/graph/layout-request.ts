import { itemKey, type GraphView } from './graph-view.ts';
import { relationBit } from './lenses.ts';
import type { LayoutRequest } from './layout/layout-graph.ts';
import { isData } from './questions.ts';
import { cardHeight, cardWidth } from './card-geometry.ts';

/** Top left corner of items by their key, of the picture before and from people. */
export type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** What the layout needs to know about a view. Data stores stand below, as in every picture of flows. */
export function layoutRequest(view: GraphView, previous: Places | null): LayoutRequest {
  const before =
    previous === null
      ? null
      : { x: new Float64Array(view.count).fill(Number.NaN), y: new Float64Array(view.count).fill(Number.NaN) };
  const band = new Uint8Array(view.count);
  const early = new Uint8Array(view.count);
  for (let item = 0; item < view.count; item++) {
    const row = view.row[item] as number;
    if (row >= 0 && isData(view.data, row)) band[item] = 1;
    if (row >= 0 && view.data.bringsIn[row] === 1) early[item] = 1;
    const place = previous?.get(itemKey(view, item));
    if (before !== null && place !== undefined) {
      before.x[item] = place.x;
      before.y[item] = place.y;
    }
  }
  // What content comes in from stands left of everything it reaches.
  const ingests = relationBit('ingests');
  for (let edge = 0; edge < view.edgeCount; edge++)
    if (((view.edgeKinds[edge] as number) & ingests) !== 0 && view.lens.turned !== 0)
      early[view.from[edge] as number] = 2;
  return {
    count: view.count,
    from: view.from.slice(),
    to: view.to.slice(),
    width: new Float32Array(view.count).fill(cardWidth),
    height: new Float32Array(view.count).fill(cardHeight),
    band,
    early,
    container: view.container.slice(),
    containers: view.containers.length,
    previous: before,
  };
}
