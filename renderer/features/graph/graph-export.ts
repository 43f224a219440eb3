import { possibleScale, sceneAsPng } from '../../graph/png-export.ts';
import type { Scene } from '../../graph/scene.ts';
import { sceneAsSvg } from '../../graph/svg-export.ts';
import { readTheme } from '../../graph/theme.ts';

export type PictureContext = {
  readonly workspace: string;
  readonly subject: string;
  readonly lens: string;
  readonly scan: number;
};

/** `acme-graph-data-flow-support-scan-3.png`: says what it shows when it lies in a folder of downloads. */
export function pictureFileName({ workspace, subject, lens, scan }: PictureContext, extension: string): string {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60);
  return `${[workspace, 'graph', lens, subject, `scan-${scan}`].map(plain).filter(Boolean).join('-')}.${extension}`;
}

/** Exports are light whatever the window is: they are read on paper and in documents. */
const exportTheme = (place: HTMLElement) => readTheme(place, 'light');

export function svgText(scene: Scene, place: HTMLElement, title: string, description: string): string {
  const context = document.createElement('canvas').getContext('2d');
  return sceneAsSvg(scene, {
    theme: exportTheme(place),
    title,
    description,
    scale: 1,
    ground: true,
    measure(text, font) {
      if (context === null) return text.length * 6;
      context.font = font;
      return context.measureText(text).width;
    },
  });
}

export const pngBlob = (scene: Scene, place: HTMLElement, scale: number): Promise<Blob> =>
  sceneAsPng(scene, exportTheme(place), possibleScale(scene, scale), true);

export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
