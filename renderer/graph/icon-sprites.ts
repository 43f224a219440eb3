import { assetKinds } from '../../shared/kinds.ts';
import { kindLook } from '../ui/kind-icon.tsx';
import { kindPath, mixedPath } from './kind-paths.ts';
import type { GraphTheme } from './theme.ts';

/** Icons of all kinds, drawn once per size and theme: a picture is copied many times faster than a path is drawn. */
export type IconSprites = {
  /** Draws the icon of a kind (index into assetKinds, -1 for a mixed group) into a square of the present transform. */
  draw(context: CanvasRenderingContext2D, kind: number, x: number, y: number, size: number): void;
};

const outlines: Path2D[] = [];

/** Path of an icon in a 24 x 24 box. */
export function iconOutline(kind: number): Path2D {
  const slot = kind + 1;
  let path = outlines[slot];
  if (path === undefined) {
    const name = assetKinds[kind];
    path = new Path2D(name === undefined ? mixedPath : kindPath(name));
    outlines[slot] = path;
  }
  return path;
}

export function iconColour(theme: GraphTheme, kind: number): string {
  const name = assetKinds[kind];
  return name === undefined ? theme.text2 : theme.family[kindLook(name).family];
}

/** `pixels`: edge of an icon in device pixels. */
export function createIconSprites(theme: GraphTheme, pixels: number): IconSprites {
  const edge = Math.max(4, Math.ceil(pixels));
  const sheet = new OffscreenCanvas(edge * (assetKinds.length + 1), edge);
  const context = sheet.getContext('2d');
  if (context !== null) {
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.lineWidth = edge < 12 ? 3 : 2;
    for (let kind = -1; kind < assetKinds.length; kind++) {
      context.setTransform(edge / 24, 0, 0, edge / 24, (kind + 1) * edge, 0);
      context.strokeStyle = iconColour(theme, kind);
      context.stroke(iconOutline(kind));
    }
  }
  return {
    draw(target, kind, x, y, size) {
      target.drawImage(sheet, (kind + 1) * edge, 0, edge, edge, x, y, size, size);
    },
  };
}
