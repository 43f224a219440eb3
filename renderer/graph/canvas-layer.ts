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

/** From this many items and edges on, a picture that moves is a copy of one that was drawn with room around it. */
const snapshotFrom = 1_500;
/** Nearer than this only part of a large graph is in sight, which is drawn as it is. */
const snapshotUntil = 0.36;

type Snapshot = { readonly picture: OffscreenCanvas; readonly viewport: Viewport; readonly margin: number };

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
  let snapshot: Snapshot | null = null;

  function paint(
    target: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    drawn: Scene,
    colours: GraphTheme,
    { x, y, zoom }: Viewport,
    margin: number,
    moving: boolean,
  ): void {
    target.setTransform(zoom * ratio, 0, 0, zoom * ratio, (x + margin) * ratio, (y + margin) * ratio);
    const options: PaintOptions = {
      area: {
        x: -(x + margin) / zoom,
        y: -(y + margin) / zoom,
        width: (width + 2 * margin) / zoom,
        height: (height + 2 * margin) / zoom,
      },
      zoom,
      theme: colours,
      state,
      covered,
      moving,
      sprites: tools.sprites(colours, zoom, ratio),
      texts: tools.texts,
    };
    // An offscreen context draws everything that is used here.
    paintScene(target as CanvasRenderingContext2D, drawn, options);
  }

  function takeSnapshot(drawn: Scene, colours: GraphTheme, viewport: Viewport): Snapshot {
    const margin = Math.round(Math.max(width, height) / 4);
    const picture = new OffscreenCanvas(
      Math.max(1, Math.round((width + 2 * margin) * ratio)),
      Math.max(1, Math.round((height + 2 * margin) * ratio)),
    );
    const target = picture.getContext('2d', { alpha: false });
    if (target !== null) {
      target.fillStyle = colours.canvas;
      target.fillRect(0, 0, picture.width, picture.height);
      paint(target, drawn, colours, viewport, margin, true);
    }
    return { picture, viewport, margin };
  }

  /** True while the snapshot, scaled to the new zoom, reaches over the whole canvas and is not blown up too far. */
  function covers({ viewport: taken, margin }: Snapshot, { x, y, zoom }: Viewport): boolean {
    const scale = zoom / taken.zoom;
    if (scale > 1.6 || scale < 0.6) return false;
    const left = x - (taken.x + margin) * scale;
    const top = y - (taken.y + margin) * scale;
    return (
      left <= 0 &&
      top <= 0 &&
      left + (width + 2 * margin) * scale >= width &&
      top + (height + 2 * margin) * scale >= height
    );
  }

  return {
    setScene(next) {
      snapshot = null;
      scene = next;
      covered = null;
    },
    setTheme(next) {
      snapshot = null;
      theme = next;
    },
    setState(next) {
      snapshot = null;
      state = next;
    },
    setCovered(items) {
      covered = items;
    },
    resize(nextWidth, nextHeight, nextRatio) {
      snapshot = null;
      width = nextWidth;
      height = nextHeight;
      ratio = nextRatio;
      canvas.width = Math.max(1, Math.round(width * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
    },
    draw(viewport, moving) {
      if (theme === null) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = theme.canvas;
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (scene === null) return;
      if (!moving || scene.view.count + scene.view.edgeCount < snapshotFrom || viewport.zoom > snapshotUntil) {
        snapshot = null;
        paint(context, scene, theme, viewport, 0, moving);
        return;
      }
      if (snapshot === null || !covers(snapshot, viewport)) snapshot = takeSnapshot(scene, theme, viewport);
      const scale = viewport.zoom / snapshot.viewport.zoom;
      context.drawImage(
        snapshot.picture,
        (viewport.x - (snapshot.viewport.x + snapshot.margin) * scale) * ratio,
        (viewport.y - (snapshot.viewport.y + snapshot.margin) * scale) * ratio,
        snapshot.picture.width * scale,
        snapshot.picture.height * scale,
      );
    },
  };
}
