import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileScan } from '../fixtures/hostile-scan.ts';
import { plantedFolder } from '../fixtures/temporary-tree.ts';

test('links in circles and out of the root are said and not followed', async () => {
  const folder = plantedFolder({
    'outside/CLAUDE.md': '# FAKEoutside\n',
    'outside/agents/stolen.md': '---\nname: FAKEstolen\n---\n',
    'root/CLAUDE.md': '# inside\n',
    'root/a/CLAUDE.md': { link: '../../outside/CLAUDE.md' },
    'root/b/.claude/agents': { link: '../../../outside/agents' },
    'root/c/.claude': { link: '.claude' },
    'root/d/.claude': { link: '..' },
    'root/e/.mcp.json': { link: '/etc/passwd' },
    'root/f/.claude/agents/loop': { link: '.' },
    'root/f/.claude/agents/up': { link: '../../..' },
  });
  const root = join(folder, 'root');
  const { status, names, placeIn, milliseconds } = await hostileScan({ roots: [root] });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(10_000);
  expect(names.filter((name) => name.includes('FAKE'))).toEqual([]);
  const out = 'skipped: symbolic link out of the scanned folder, not followed';
  const above = 'skipped: symbolic link to a folder above it, not followed';
  expect(placeIn(root)).toMatchObject({
    'a/CLAUDE.md': out,
    'b/.claude/agents': out,
    'c/.claude': 'skipped: symbolic link to nothing',
    'd/.claude': above,
    'e/.mcp.json': out,
    'f/.claude/agents/loop': above,
    'f/.claude/agents/up': above,
  });
});

test('a home full of links that lead to each other is looked at in no time', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const links = Object.fromEntries(
    names.flatMap((from) =>
      names.filter((to) => to !== from).map((to) => [`home/.claude/agents/${from}/${to}`, { link: `../${to}` }]),
    ),
  );
  const self = Object.fromEntries(names.map((name) => [`home/.claude/skills/${name}`, { link: '.' }]));
  const folder = plantedFolder({
    ...links,
    ...self,
    'home/.claude/agents/a/x.md': '---\nname: x\n---\n',
    'root/CLAUDE.md': '',
  });
  const { status, milliseconds } = await hostileScan({ roots: [join(folder, 'root')], home: join(folder, 'home') });
  expect(status).toBe('complete');
  expect(milliseconds).toBeLessThan(10_000);
});
