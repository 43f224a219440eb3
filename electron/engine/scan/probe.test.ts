import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedFolder, type Tree } from '../../../test/fixtures/temporary-tree.ts';
import { compileLocations } from './location-matcher.ts';
import { probe } from './probe.ts';

function probed(folder: string, places: readonly string[], boundary = folder) {
  const start = compileLocations(
    places.map((path, source) => ({ source, location: { scope: 'user', base: 'home', path } })),
    (location) => location.path,
  );
  const found: Record<string, string> = {};
  const skipped: Record<string, string> = {};
  probe(
    folder,
    boundary,
    start,
    ({ path, open }) => (found[path] = open.replace(folder, '')),
    ({ path, status, detail }) => (skipped[path] = `${status}: ${detail}`),
  );
  return { found, skipped };
}
const inTree = (tree: Tree, ...places: string[]) => probed(plantedFolder(tree), places);

test('only named places are looked at, wildcards by listing their folder', () => {
  const tree = {
    '.a/s.json': '',
    '.a/other.json': '',
    'deep/.a/s.json': '',
    '.a/agents/x/y.md': '',
    '.a/agents/z.md': '',
    '.a/skills/one/S.md': '',
    '.a/skills/S.md': '',
  };
  expect(inTree(tree, '.a/s.json', '.a/agents/**/*.md', '.a/skills/*/S.md', '.none/x')).toEqual({
    found: {
      '.a/s.json': '/.a/s.json',
      '.a/agents/x/y.md': '/.a/agents/x/y.md',
      '.a/agents/z.md': '/.a/agents/z.md',
      '.a/skills/one/S.md': '/.a/skills/one/S.md',
    },
    skipped: {},
  });
});

test('links are followed inside the boundary only', () => {
  const tree: Tree = {
    'home/s.json': { link: 'dotfiles/s.json' },
    'home/dotfiles/s.json': '',
    'home/.a': { link: 'dotfiles/a' },
    'home/dotfiles/a/t.json': '',
    'home/out.json': { link: '../secret.json' },
    'home/.b': { link: '..' },
    'home/gone.json': { link: 'nothing' },
    'home/.c/loop.json': { link: 'loop.json' },
    'secret.json': 'FAKE',
  };
  const folder = plantedFolder(tree);
  const places = ['s.json', '.a/t.json', 'out.json', '.b/secret.json', 'gone.json', '.c/loop.json'];
  expect(probed(join(folder, 'home'), places)).toEqual({
    found: { 's.json': '/dotfiles/s.json', '.a/t.json': '/dotfiles/a/t.json' },
    skipped: {
      'out.json': 'skipped: symbolic link out of the scanned place, not followed',
      '.b': 'skipped: symbolic link out of the scanned place, not followed',
      'gone.json': 'skipped: symbolic link to nothing',
      '.c/loop.json': 'skipped: symbolic link to nothing',
    },
  });
  expect(Object.keys(probed(join(folder, 'home'), places, folder).found)).toContain('out.json');
});

test('a folder where a file is wanted, a pipe, and a file on the way are no files', () => {
  const folder = plantedFolder({ 's.json/x': '', '.a': 'file' });
  execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  expect(probed(folder, ['s.json', '.a/t.json', 'pipe.json'])).toEqual({
    found: {},
    skipped: { 'pipe.json': 'skipped: not a regular file' },
  });
});

test('folders that link to themselves and to each other come to an end, and say so', () => {
  const tree: Tree = { '.a/agents/real.md': '' };
  const links: Tree = Object.fromEntries(['one', 'two', 'three'].map((name) => [`.a/agents/${name}`, { link: '.' }]));
  const mutual: Tree = Object.fromEntries(
    ['x', 'y', 'z'].flatMap((from) =>
      ['x', 'y', 'z'].filter((to) => to !== from).map((to) => [`.a/agents/${from}/${to}`, { link: `../${to}` }]),
    ),
  );
  const started = performance.now();
  const { found, skipped } = inTree({ ...tree, ...links, ...mutual, '.a/agents/x/m.md': '' }, '.a/agents/**/*.md');
  expect(performance.now() - started).toBeLessThan(2000);
  expect(found['.a/agents/real.md']).toBe('/.a/agents/real.md');
  expect(found['.a/agents/x/m.md']).toBe('/.a/agents/x/m.md');
  expect(skipped['.a/agents/one']).toBe('skipped: symbolic link to a folder above it, not followed');
  expect(Object.values(skipped)).toContain('skipped: too many symbolic links on the way, not followed');
});

test('what lies too deep is said, not left out', () => {
  const deep = `.a/agents/${'d/'.repeat(40)}x.md`;
  const { found, skipped } = inTree({ [deep]: '' }, '.a/agents/**/*.md');
  expect(found).toEqual({});
  expect(Object.values(skipped)).toEqual(['skipped: more than 24 folders deep']);
});

test('what links lead to inside the base is told by its own path', () => {
  const folder = plantedFolder({
    'home/.a': { link: 'dotfiles/a' },
    'home/dotfiles/a/agents/x.md': '',
    'home/.b/s.json': { link: '../dotfiles/s.json' },
    'home/dotfiles/s.json': '',
    'home/.c/s.json': { link: '../../other/s.json' },
    'home/.d/s.json': '',
    'other/s.json': '',
    alias: { link: 'home' },
  });
  const places = ['.a/agents/*.md', '.b/s.json', '.c/s.json', '.d/s.json'];
  const start = compileLocations(
    places.map((path, source) => ({ source, location: { scope: 'user', base: 'home', path } })),
    (location) => location.path,
  );
  for (const base of ['home', 'alias']) {
    const targets: Record<string, string | null> = {};
    const failures: unknown[] = [];
    const found = ({ path, target }: { path: string; target: string | null }) => (targets[path] = target);
    probe(`${folder}/${base}`, folder, start, found, (skip) => failures.push(skip));
    expect({ targets, failures }).toEqual({
      targets: {
        '.a/agents/x.md': 'dotfiles/a/agents/x.md',
        '.b/s.json': 'dotfiles/s.json',
        '.c/s.json': null,
        '.d/s.json': null,
      },
      failures: [],
    });
  }
});
