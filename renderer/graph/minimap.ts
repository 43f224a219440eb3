import type { Viewport } from './canvas-layer.ts';
import { iconColour } from './icon-sprites.ts';
import { groupAt } from './graph-view.ts';
import { cardHeight, cardWidth } from './card-geometry.ts';
import type { Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';
import type { Size } from './viewport.ts';

export type Minimap = {
  /** Draws the small picture again. */
  setScene(scene: Scene, theme: GraphTheme): void;
  /** Moves the frame of what is in sight. */
  show(viewport: Viewport, size: Size): void;
  /** Plane position of a point of the minimap. */
  toPlane(px: number, py: number): { readonly x: number; readonly y: number };
};

const padding = 4;

/** The whole graph in a corner, drawn once per scene; in a frame only the rectangle moves. */
export function createMinimap(canvas: HTMLCanvasElement, width: number, height: number): Minimap {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  const picture = new OffscreenCanvas(canvas.width, canvas.height);
  let scale = 1;
  let left = 0;
  let top = 0;
  let theme: GraphTheme | null = null;

  return {
    setScene(scene, next) {
      theme = next;
      const { bounds, view } = scene;
      scale = Math.min(
        (width - 2 * padding) / Math.max(1, bounds.width),
        (height - 2 * padding) / Math.max(1, bounds.height),
        0.2,
      );
      left = (width - bounds.width * scale) / 2 - bounds.x * scale;
      top = (height - bounds.height * scale) / 2 - bounds.y * scale;
      const paint = picture.getContext('2d');
      if (paint === null) return;
      paint.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint.fillStyle = next.raised;
      paint.fillRect(0, 0, width, height);
      paint.strokeStyle = next.edge;
      for (const box of scene.boxes)
        paint.strokeRect(box.x * scale + left, box.y * scale + top, box.width * scale, box.height * scale);
      const paths = new Map<string, Path2D>();
      for (let item = 0; item < view.count; item++) {
        const row = view.row[item] as number;
        const colour = iconColour(
          next,
          row >= 0 ? (view.data.kinds[row] as number) : (groupAt(view, item)?.kind ?? -1),
        );
        let path = paths.get(colour);
        if (path === undefined) {
          path = new Path2D();
          paths.set(colour, path);
        }
        path.rect(
          (scene.x[item] as number) * scale + left,
          (scene.y[item] as number) * scale + top,
          Math.max(1, cardWidth * scale),
          Math.max(1, cardHeight * scale),
        );
      }
      for (const [colour, path] of paths) {
        paint.fillStyle = colour;
        paint.fill(path);
      }
    },
    show({ x, y, zoom }, size) {
      if (context === null || theme === null) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(picture, 0, 0);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.strokeStyle = theme.focus;
      context.lineWidth = 1;
      const frameLeft = Math.max(0.5, (-x / zoom) * scale + left);
      const frameTop = Math.max(0.5, (-y / zoom) * scale + top);
      const frameRight = Math.min(width - 0.5, ((size.width - x) / zoom) * scale + left);
      const frameBottom = Math.min(height - 0.5, ((size.height - y) / zoom) * scale + top);
      context.strokeRect(frameLeft, frameTop, Math.max(2, frameRight - frameLeft), Math.max(2, frameBottom - frameTop));
    },
    toPlane: (px, py) => ({ x: (px - left) / scale, y: (py - top) / scale }),
  };
}
