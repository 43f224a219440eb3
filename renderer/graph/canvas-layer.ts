import { createPaintTools, type PaintOptions, paintScene, quietState, type SceneState } from './paint-scene.ts';
import type { Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';

/** Screen position = plane position * zoom + (x, y), in CSS pixels of the canvas. */
export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number };

export type CanvasLayer = {
  setScene(scene: Scene): void;
  setTheme(theme: GraphTheme): void;
  setState(state: SceneState): void;
  /** Items whose cards stand on top, in the document. */
  setCovered(items: Uint8Array | null): void;
  resize(width: number, height: number, ratio: number): void;
  draw(viewport: Viewport, moving: boolean): void;
};

/** The overview: one canvas under everything, drawn without React. */
export function createCanvasLayer(canvas: HTMLCanvasElement): CanvasLayer {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  const tools = createPaintTools(context);
  let scene: Scene | null = null;
  let theme: GraphTheme | null = null;
  let state = quietState;
  let covered: Uint8Array | null = null;
  let width = 0;
  let height = 0;
  let ratio = 1;

  return {
    setScene(next) {
      scene = next;
      covered = null;
    },
    setTheme(next) {
      theme = next;
    },
    setState(next) {
      state = next;
    },
    setCovered(items) {
      covered = items;
    },
    resize(nextWidth, nextHeight, nextRatio) {
      width = nextWidth;
      height = nextHeight;
      ratio = nextRatio;
      canvas.width = Math.max(1, Math.round(width * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
    },
    draw({ x, y, zoom }, moving) {
      if (theme === null) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = theme.canvas;
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (scene === null) return;
      context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
      const options: PaintOptions = {
        area: { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom },
        zoom,
        theme,
        state,
        covered,
        moving,
        sprites: tools.sprites(theme, zoom, ratio),
        texts: tools.texts,
      };
      paintScene(context, scene, options);
    },
  };
}
