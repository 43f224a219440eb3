import { createPaintTools, paintScene, quietState } from './paint-scene.ts';
import type { Scene } from './scene.ts';
import type { GraphTheme } from './theme.ts';

const margin = 24;
/** What browsers draw into at most; larger pictures are made smaller, and that is said. */
const largestEdge = 16_000;
const largestArea = 120_000_000;

/** Scale that a picture of this size can have. */
export function possibleScale(scene: Scene, wanted: number): number {
  const width = scene.bounds.width + 2 * margin;
  const height = scene.bounds.height + 2 * margin;
  return Math.min(wanted, largestEdge / width, largestEdge / height, Math.sqrt(largestArea / (width * height)));
}

/** The whole picture, every card in full, at `scale` pixels per unit. */
export async function sceneAsPng(scene: Scene, theme: GraphTheme, scale: number, ground: boolean): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const { bounds } = scene;
  canvas.width = Math.max(1, Math.round((bounds.width + 2 * margin) * scale));
  canvas.height = Math.max(1, Math.round((bounds.height + 2 * margin) * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  if (ground) {
    context.fillStyle = theme.canvas;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.setTransform(scale, 0, 0, scale, (margin - bounds.x) * scale, (margin - bounds.y) * scale);
  const tools = createPaintTools(context);
  paintScene(context, scene, {
    area: {
      x: bounds.x - margin,
      y: bounds.y - margin,
      width: bounds.width + 2 * margin,
      height: bounds.height + 2 * margin,
    },
    // Cards are drawn in full whatever the scale.
    zoom: 1,
    theme,
    state: quietState,
    covered: null,
    moving: false,
    sprites: tools.sprites(theme, 1, scale),
    texts: tools.texts,
  });
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)),
      'image/png',
    ),
  );
}
