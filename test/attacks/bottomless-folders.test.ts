import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder } from '../fixtures/temporary-tree.ts';

test('three thousand folders inside each other and sixty thousand in one are said, and the rest is read', async () => {
  const root = plantedFolder({ 'ok/CLAUDE.md': '# ok\n' });
  // Node removes by whole paths, which are too long here.
  onTestFinished(() => void execFileSync('rm', ['-rf', root]));
  // Deeper than any path may be long: made step by step, from inside, which needs a process of its own.
  const dig =
    "process.chdir(process.argv[1]); for (let n = 0; n < 3000; n++) { fs.mkdirSync('d'); process.chdir('d'); } fs.writeFileSync('CLAUDE.md', '');";
  execFileSync(process.execPath, ['-e', dig, root]);
  mkdirSync(join(root, 'many'));
  for (let index = 0; index < 60_000; index++) closeSync(openSync(join(root, 'many', String(index)), 'w'));
  const { status, placeIn, milliseconds, issues } = await hostileScan({ roots: [root], limits: { maxDepth: 1000 } });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(20_000);
  const places = placeIn(root);
  expect(places['ok/CLAUDE.md']).toMatch(/^read/);
  expect(places['many']).toBe('too-large: 60000 entries, only 50000 were looked at');
  expect(places[Array<string>(1001).fill('d').join('/')]).toBe('skipped: more than 1000 folders deep');
  expect(issues.map(({ message }) => message)).toEqual(expect.arrayContaining(['more than 1000 folders deep']));
});
