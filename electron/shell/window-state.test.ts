import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fitBounds, readWindowState, smallest, type WindowState, writeWindowState } from './window-state.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const kept = (bounds: Partial<WindowState>): WindowState => ({
  x: 100,
  y: 100,
  width: 1200,
  height: 800,
  maximized: false,
  theme: 'system',
  ...bounds,
});

describe('bounds that can be shown', () => {
  test('are those of the last time where a display is still under them', () => {
    expect(fitBounds(kept({}), [primary, second])).toEqual({ x: 100, y: 100, width: 1200, height: 800 });
    expect(fitBounds(kept({ x: 2000, y: 10 }), [primary, second])).toEqual({
      x: 2000,
      y: 10,
      width: 1200,
      height: 800,
    });
  });

  test('are centred on the first display when theirs is gone', () => {
    expect(fitBounds(kept({ x: 2000, y: 10 }), [primary])).toEqual({ x: 360, y: 152, width: 1200, height: 800 });
    expect(fitBounds(kept({ y: -700 }), [primary])).toEqual({ x: 360, y: 152, width: 1200, height: 800 });
  });

  test('are usual ones at the first start, and fit a small display', () => {
    expect(fitBounds(null, [primary])).toEqual({ x: 240, y: 102, width: 1440, height: 900 });
    expect(fitBounds(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 600,
    });
    expect(fitBounds(null, [])).toEqual({ x: 0, y: 0, width: 1440, height: 900 });
  });

  test('always leave a piece of the title bar that can be taken hold of', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 });
    const bounds = fc.record({ x: number, y: number, width: number, height: number });
    fc.assert(
      fc.property(bounds, (random) => {
        const fitted = fitBounds(kept(random), [primary, second]);
        expect(fitted.width).toBeGreaterThanOrEqual(smallest.width);
        expect(fitted.height).toBeGreaterThanOrEqual(smallest.height);
        const grips = [primary, second].some(
          (area) =>
            Math.min(fitted.x + fitted.width, area.x + area.width) - Math.max(fitted.x, area.x) >= 120 &&
            fitted.y >= area.y &&
            fitted.y <= area.y + area.height - 40,
        );
        expect(grips).toBe(true);
      }),
      { numRuns: 5000, seed: 20_261_120 },
    );
  });
});

describe('the file', () => {
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'countersign-window-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };

  test('gives back what was written, and leaves nothing else behind', () => {
    const at = folder();
    const state = kept({ maximized: true, theme: 'dark' });
    expect(writeWindowState(join(at, 'deeper', 'window.json'), state)).toBe(true);
    expect(readWindowState(join(at, 'deeper', 'window.json'))).toEqual(state);
    expect(readdirSync(join(at, 'deeper'))).toEqual(['window.json']);
  });

  test.each([
    '',
    '{',
    '[]',
    '{"x":1}',
    '{"x":1e999}',
    '{"x":0,"y":0,"width":"9","height":9,"maximized":false,"theme":"dark"}',
  ])('holding %s is no state', (text) => {
    const file = join(folder(), 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeNull();
  });

  test('that is absent or cannot be written does not throw', () => {
    const at = folder();
    expect(readWindowState(join(at, 'absent.json'))).toBeNull();
    writeFileSync(join(at, 'file'), '');
    expect(writeWindowState(join(at, 'file', 'window.json'), kept({}))).toBe(false);
  });
});
