import { create } from 'zustand';
import { readStored, writeStored } from '../ui/stored.ts';

/** Limits of the inspector in pixels, as the tokens have them. */
export const inspectorWidths = { min: 300, start: 360, max: 560 } as const;

export const clampWidth = (width: number): number =>
  Math.round(Math.min(inspectorWidths.max, Math.max(inspectorWidths.min, width)));

type Layout = {
  readonly railOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly inspectorWidth: number;
};

const storedWidth = Number(readStored('inspector-width'));

export const useLayout = create<Layout>(() => ({
  // Tables and canvases need the room more than the words do.
  railOpen: readStored('rail') === 'open' || (readStored('rail') === null && window.innerWidth >= 1360),
  inspectorOpen: readStored('inspector') !== 'closed',
  inspectorWidth: storedWidth > 0 ? clampWidth(storedWidth) : inspectorWidths.start,
}));

export function toggleRail(): void {
  const railOpen = !useLayout.getState().railOpen;
  useLayout.setState({ railOpen });
  writeStored('rail', railOpen ? 'open' : 'closed');
}

export function showInspector(inspectorOpen: boolean): void {
  useLayout.setState({ inspectorOpen });
  writeStored('inspector', inspectorOpen ? 'open' : 'closed');
}

export const toggleInspector = (): void => showInspector(!useLayout.getState().inspectorOpen);

export function setInspectorWidth(width: number): void {
  const inspectorWidth = clampWidth(width);
  useLayout.setState({ inspectorWidth });
  writeStored('inspector-width', String(inspectorWidth));
}
