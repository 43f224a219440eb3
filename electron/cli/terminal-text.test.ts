import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScanProgress } from '../../shared/model/scan.ts';
import { progressText } from './progress-line.ts';
import { printable } from './terminal-text.ts';

test('no text makes a terminal do anything, and none is longer than the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const shown = printable(text, 50);
      expect(shown).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/,
      );
      expect(shown.length).toBeLessThanOrEqual(50);
    }),
  );
});

test('ordinary text stays as it is', () => {
  for (const text of ['plain', 'Grüße, 世界 🙂', '/home/dev/a b/.claude']) expect(printable(text)).toBe(text);
});

test('the progress line fits its terminal', () => {
  const progress: ScanProgress = {
    number: 1,
    phase: 'reading',
    folders: 1200,
    files: 54_321,
    filesRead: 50,
    filesWanted: 100,
    agents: 3,
    issues: 0,
    current: `/home/dev/${'x'.repeat(300)}\u001b[2J`,
  };
  expect(progressText(progress, 79)).toHaveLength(79);
  expect(progressText(progress, 500)).toMatch(
    /^\[#{10}\.{10}\] reading · 50 of 100 files, 3 agents · \/home\/dev\/x+\[2J$/,
  );
  expect(progressText({ ...progress, phase: 'walking', current: '/x' }, 79)).toBe(
    'walking · 54,321 files in 1,200 folders · /x',
  );
});
