import type { Viewport } from './canvas-layer.ts';
import type { Rectangle } from './card-geometry.ts';

export const smallestZoom = 0.02;
export const largestZoom = 3;

const clampZoom = (zoom: number): number => Math.min(largestZoom, Math.max(smallestZoom, zoom));

export type Size = { readonly width: number; readonly height: number };
/** Room at the edges that overlays take. */
export type Insets = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

/** Zooms so that the point of the plane under (px, py) stays where it is. */
export function zoomAt(viewport: Viewport, px: number, py: number, zoom: number): Viewport {
  const next = clampZoom(zoom);
  const scale = next / viewport.zoom;
  return { x: px - (px - viewport.x) * scale, y: py - (py - viewport.y) * scale, zoom: next };
}

export const panBy = (viewport: Viewport, dx: number, dy: number): Viewport => ({
  ...viewport,
  x: viewport.x + dx,
  y: viewport.y + dy,
});

/** Shows an area whole and in the middle, never larger than `most`. */
export function fitArea(area: Rectangle, size: Size, insets: Insets, most = 1): Viewport {
  const wide = Math.max(1, size.width - insets.left - insets.right);
  const high = Math.max(1, size.height - insets.top - insets.bottom);
  const zoom = clampZoom(Math.min(most, wide / Math.max(1, area.width), high / Math.max(1, area.height)));
  return {
    x: insets.left + (wide - area.width * zoom) / 2 - area.x * zoom,
    y: insets.top + (high - area.height * zoom) / 2 - area.y * zoom,
    zoom,
  };
}

/** Moves as little as possible so that the area is inside; the zoom stays. */
export function reveal(viewport: Viewport, area: Rectangle, size: Size, insets: Insets): Viewport {
  const shift = (low: number, high: number, from: number, to: number): number => {
    if (low < from) return from - low;
    return high > to ? Math.max(from - low, to - high) : 0;
  };
  const left = area.x * viewport.zoom + viewport.x;
  const top = area.y * viewport.zoom + viewport.y;
  return panBy(
    viewport,
    shift(left, left + area.width * viewport.zoom, insets.left, size.width - insets.right),
    shift(top, top + area.height * viewport.zoom, insets.top, size.height - insets.bottom),
  );
}

/** A turn of the wheel as a factor: the same for mice that count lines and pads that count pixels. */
export function wheelFactor(deltaY: number, deltaMode: number, pinch: boolean): number {
  const pixels = deltaMode === 1 ? deltaY * 24 : deltaMode === 2 ? deltaY * 400 : deltaY;
  return 2 ** (-Math.max(-240, Math.min(240, pixels)) * (pinch ? 0.01 : 0.002));
}
