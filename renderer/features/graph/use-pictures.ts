import type { RefObject } from 'react';
import { reportProblem } from '../../actions/problem.ts';
import type { SurfaceHandle } from '../../graph/graph-surface.tsx';
import type { Scene } from '../../graph/scene.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { pictureFileName, pngBlob, saveFile, svgText } from './graph-export.ts';
import { summarySentence } from './graph-steps.ts';

/** Saving and copying the picture. Whatever fails is said. */
export function usePictures(
  scene: Scene | null,
  surface: RefObject<SurfaceHandle | null>,
  context: Parameters<typeof pictureFileName>[0],
) {
  const failed = (error: unknown): void =>
    reportProblem('The picture was not made.', {
      code: 'internal',
      message: error instanceof Error ? error.message : 'The browser refused.',
    });
  const title = `${context.subject}, ${context.lens}`;
  const withScene = (run: (scene: Scene, place: HTMLElement) => Promise<void>): void => {
    if (scene !== null) void run(scene, surface.current?.element() ?? document.body).catch(failed);
  };
  const svgOf = (drawn: Scene, place: HTMLElement): string =>
    svgText(
      drawn,
      place,
      title,
      `${summarySentence(drawn.view)}. Workspace ${context.workspace}, scan ${context.scan}.`,
    );
  const png = (scale: number): void =>
    withScene(async (drawn, place) => saveFile(await pngBlob(drawn, place, scale), pictureFileName(context, 'png')));
  const svg = (): void =>
    withScene(async (drawn, place) =>
      saveFile(new Blob([svgOf(drawn, place)], { type: 'image/svg+xml' }), pictureFileName(context, 'svg')),
    );
  const entries: readonly MenuEntry[] = [
    ...[1, 2, 3, 4].map(
      (scale): MenuEntry => ({
        type: 'item',
        id: `png-${scale}`,
        label: `Save as PNG, ${scale}\u00d7`,
        onSelect: () => png(scale),
      }),
    ),
    { type: 'item', id: 'svg', label: 'Save as SVG', onSelect: svg },
    { type: 'separator', id: 'copy' },
    {
      type: 'item',
      id: 'copy-png',
      label: 'Copy as PNG',
      onSelect: () =>
        withScene(async (drawn, place) =>
          navigator.clipboard.write([new ClipboardItem({ 'image/png': pngBlob(drawn, place, 2) })]),
        ),
    },
    {
      type: 'item',
      id: 'copy-svg',
      label: 'Copy as SVG',
      onSelect: () => withScene(async (drawn, place) => navigator.clipboard.writeText(svgOf(drawn, place))),
    },
  ];
  return { entries, png, svg };
}
