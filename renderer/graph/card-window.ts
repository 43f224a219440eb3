import type { Viewport } from './canvas-layer.ts';
import { visibleItems } from './paint-scene.ts';
import type { Scene } from './scene.ts';
import type { Size } from './viewport.ts';

/** Cards that may be mounted at once. */
export const mostCards = 100;
const cardsFrom = 0.7;
/** Already mounted cards stay a little longer, so that the border does not flicker. */
const cardsUntil = 0.66;

/** Items that are shown as cards, with the area they were chosen for; empty where the canvas alone draws. */
export type CardWindow = {
  readonly items: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
export const noCards: CardWindow = { items: [], left: 0, top: 0, right: 0, bottom: 0 };

/** The present window while it still covers what is in sight; a new one, with a margin, when not. */
export function nextCardWindow(scene: Scene, viewport: Viewport, size: Size, present: CardWindow): CardWindow {
  const mounted = present.items.length > 0;
  if (viewport.zoom < (mounted ? cardsUntil : cardsFrom)) return noCards;
  const left = -viewport.x / viewport.zoom;
  const top = -viewport.y / viewport.zoom;
  const right = left + size.width / viewport.zoom;
  const bottom = top + size.height / viewport.zoom;
  if (mounted && left >= present.left && top >= present.top && right <= present.right && bottom <= present.bottom)
    return present;
  for (const margin of [240, 0]) {
    const area = {
      x: left - margin,
      y: top - margin,
      width: right - left + 2 * margin,
      height: bottom - top + 2 * margin,
    };
    const items = visibleItems(scene, area);
    if (items.length > mostCards) continue;
    return {
      items: Array.from(items),
      left: area.x,
      top: area.y,
      right: area.x + area.width,
      bottom: area.y + area.height,
    };
  }
  return noCards;
}
