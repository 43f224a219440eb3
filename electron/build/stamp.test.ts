import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Part, parts, withNeeds } from './parts.ts';
import { isFresh, recordPath, stampOf } from './stamp.ts';

const part: Part = {
  name: 'cli',
  needs: [],
  entries: {},
  preload: null,
  pages: null,
  copies: {},
  inputs: ['source', 'lock.json', 'absent'],
};

function makeCheckout(): { folder: string; out: string; write(file: string, text: string): void } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-stamp-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    utimesSync(join(folder, file), 1_000_000_000, 1_000_000_000);
  };
  write('source/a.ts', 'a');
  write('source/deep/b.ts', 'b');
  write('lock.json', '{}');
  write('out/cli.js', '');
  const out = join(folder, 'out');
  writeFileSync(recordPath(part, out), JSON.stringify({ stamp: stampOf(part, folder), files: ['cli.js'] }));
  return { folder, out, write };
}

test('what nobody touched is fresh', () => {
  const { folder, out } = makeCheckout();
  expect(isFresh(part, folder, out)).toBe(true);
});

test.each([
  ['a changed file', (at: ReturnType<typeof makeCheckout>) => at.write('source/deep/b.ts', 'bb')],
  ['a new file', (at: ReturnType<typeof makeCheckout>) => at.write('source/c.ts', '')],
  ['a file that is gone', (at: ReturnType<typeof makeCheckout>) => rmSync(join(at.folder, 'source/a.ts'))],
  [
    'a file of the same size and a new time',
    (at: ReturnType<typeof makeCheckout>) => utimesSync(join(at.folder, 'source/a.ts'), 1_000_000_001, 1_000_000_001),
  ],
  ['another lockfile', (at: ReturnType<typeof makeCheckout>) => at.write('lock.json', '{ }')],
  ['an input that appears', (at: ReturnType<typeof makeCheckout>) => at.write('absent/d.ts', '')],
  ['an output that is gone', (at: ReturnType<typeof makeCheckout>) => rmSync(join(at.out, 'cli.js'))],
  ['a broken record', (at: ReturnType<typeof makeCheckout>) => writeFileSync(recordPath(part, at.out), '{"stamp":')],
])('%s makes it stale', (_what, change) => {
  const at = makeCheckout();
  change(at);
  expect(isFresh(part, at.folder, at.out)).toBe(false);
});

test('tests and their data do not', () => {
  const { folder, out, write } = makeCheckout();
  write('source/a.test.ts', '');
  write('source/testdata/x.json', '');
  write('source/README.md', '');
  expect(isFresh(part, folder, out)).toBe(true);
});

test('the window needs the command line part, whose workers it uses', () => {
  expect(withNeeds(['desktop', 'renderer', 'cli']).map(({ name }) => name)).toEqual(['cli', 'desktop', 'renderer']);
  expect(Object.entries(parts).every(([name, { name: own }]) => name === own)).toBe(true);
});
