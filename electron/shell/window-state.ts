import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** Theme the window is painted in before the page has drawn anything. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  maximized: z.boolean(),
  theme: z.enum(themes),
});
export type WindowState = z.infer<typeof stateSchema>;

/** Smallest window the layout is made for (rail, main part and an overlaying inspector). */
export const smallest = { width: 760, height: 480 } as const;
const usual = { width: 1440, height: 900 } as const;
/** At least this much of the title bar has to be on a display, or nobody can move the window back. */
const reachable = { width: 120, height: 40 } as const;

/**
 * Bounds that can be shown: what was kept when enough of it lies on a display that is still there, else centred on the
 * first display. `displays` are work areas, the primary one first.
 */
export function fitBounds(kept: WindowState | null, displays: readonly Rectangle[]): Rectangle {
  const primary = displays[0] ?? { x: 0, y: 0, ...usual };
  if (kept !== null) {
    // The size first: a window made smaller for a display may not reach it any more.
    const fitting = displays
      .map((area) => ({ area, bounds: { x: kept.x, y: kept.y, ...sizeFor(kept, area) } }))
      .find(({ area, bounds }) => isReachable(bounds, area));
    if (fitting !== undefined) return fitting.bounds;
  }
  const { width, height } = sizeFor(kept ?? usual, primary);
  return {
    x: primary.x + Math.max(0, Math.floor((primary.width - width) / 2)),
    y: primary.y + Math.max(0, Math.floor((primary.height - height) / 2)),
    width,
    height,
  };
}

type Size = { readonly width: number; readonly height: number };

const sizeFor = (wanted: Size, area: Size): Size => ({
  width: clamp(wanted.width, smallest.width, area.width),
  height: clamp(wanted.height, smallest.height, area.height),
});

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/** The title bar is the top edge: it must not lie above the display, and part of it must be inside. */
function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const shownWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const below = area.y + area.height - bounds.y;
  return shownWidth >= reachable.width && bounds.y >= area.y && below >= reachable.height;
}

/** A file that is missing or was tampered with is no reason not to start. */
export function readWindowState(file: string): WindowState | null {
  try {
    const text = readFileSync(file, 'utf8');
    const parsed = stateSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Written whole or not at all; a disk that is full costs the position of a window and nothing else. */
export function writeWindowState(file: string, state: WindowState): boolean {
  const fresh = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(fresh, JSON.stringify(state), { mode: 0o600 });
    renameSync(fresh, file);
    return true;
  } catch {
    return false;
  }
}
