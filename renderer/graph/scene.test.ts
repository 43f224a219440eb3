import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSpatialIndex } from './spatial-index.ts';
import { fitArea, reveal, zoomAt } from './viewport.ts';

const places = fc.array(fc.tuple(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: -5_000, max: 5_000 })), {
  maxLength: 80,
});

it('finds everything in an area that a look at all would find', () => {
  fc.assert(
    fc.property(
      places,
      fc.integer({ min: -5_500, max: 5_500 }),
      fc.integer({ min: -5_500, max: 5_500 }),
      fc.nat({ max: 4_000 }),
      (list, left, top, edge) => {
        const index = createSpatialIndex(
          Float64Array.from(list, ([x]) => x),
          Float64Array.from(list, ([, y]) => y),
          148,
          48,
        );
        const found = new Set<number>();
        index.visit({ x: left, y: top, width: edge, height: edge }, (item) => found.add(item));
        list.forEach(([x, y], item) => {
          if (x >= left && x <= left + edge && y >= top && y <= top + edge) expect(found).toContain(item);
        });
      },
    ),
  );
});

const size = { width: 1_000, height: 600 };
const insets = { top: 50, right: 20, bottom: 50, left: 20 };

it('keeps the point under the pointer while zooming', () => {
  const before = { x: 13, y: -40, zoom: 0.7 };
  const after = zoomAt(before, 300, 200, 1.4);
  expect((300 - after.x) / after.zoom).toBeCloseTo((300 - before.x) / before.zoom);
  expect((200 - after.y) / after.zoom).toBeCloseTo((200 - before.y) / before.zoom);
});

it('fits an area between the overlays and never enlarges it', () => {
  const wide = fitArea({ x: 100, y: 100, width: 9_600, height: 100 }, size, insets);
  expect(wide.zoom).toBeCloseTo(0.1);
  expect(100 * wide.zoom + wide.x).toBeCloseTo(20);
  expect(fitArea({ x: 0, y: 0, width: 10, height: 10 }, size, insets).zoom).toBe(1);
});

it('moves only as far as an item needs to be seen', () => {
  const viewport = { x: 0, y: 0, zoom: 1 };
  expect(reveal(viewport, { x: 100, y: 100, width: 148, height: 48 }, size, insets)).toEqual(viewport);
  expect(reveal(viewport, { x: 1_100, y: 100, width: 148, height: 48 }, size, insets).x).toBe(980 - 1_248);
});
