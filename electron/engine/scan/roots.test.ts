import fc from 'fast-check';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedFolder } from '../../../test/fixtures/temporary-tree.ts';
import { leavesFsRoot, normalisePath, onDisk, planRoots, platformOf, resolveInside } from './roots.ts';

const plan = (roots: string[], home: string | null = null, fsRoot: string | null = null) =>
  planRoots({ roots, home, fsRoot });
const labels = (...roots: string[]): string[] => plan(roots).map(({ label }) => label);

test('paths are normalised and asked for once', () => {
  expect(['/a/b/', '/a/./b', '/a/x/../b', '/', '//a//b', 'C:\\Users\\me'].map(normalisePath)).toEqual([
    '/a/b',
    '/a/b',
    '/a/b',
    '/',
    '/a/b',
    'C:/Users/me',
  ]);
  expect(plan(['/a/b', '/a/b/', '/a/./b'])).toEqual([{ type: 'scan', label: 'b', path: '/a/b', disk: '/a/b' }]);
});

test('a home brings its machine with it, a scanned file system always has one', () => {
  expect(plan(['/w'], '/home/me')).toEqual([
    { type: 'scan', label: 'w', path: '/w', disk: '/w' },
    { type: 'home', label: '~', path: '/home/me', disk: '/home/me' },
    { type: 'machine', label: '', path: '/', disk: '/' },
  ]);
  expect(plan(['/w'], null, '/mnt/image/')).toEqual([
    { type: 'scan', label: 'w', path: '/w', disk: '/mnt/image/w' },
    { type: 'machine', label: '', path: '/', disk: '/mnt/image' },
  ]);
  expect(onDisk('/mnt/image', '/')).toBe('/mnt/image');
  expect(onDisk(null, '/x')).toBe('/x');
});

test('folders of the same name are told apart by as many parents as it takes', () => {
  expect(labels('/a/app', '/b/app', '/c/web')).toEqual(['a/app', 'b/app', 'web']);
  expect(labels('/x/a/app', '/y/a/app')).toEqual(['x/a/app', 'y/a/app']);
  expect(labels('/app', '/a/app')).toEqual(['app', 'a/app']);
  expect(labels('/')).toEqual(['root']);
  expect(labels('/', '/root')).toEqual(['..', './root']);
});

test('a folder that is called like the home is not taken for it', () => {
  expect(labels('/a/~')).toEqual(['a/~']);
});

const path = fc
  .array(fc.constantFrom('a', 'b', 'app', 'root', '~'), { maxLength: 4 })
  .map((segments) => `/${segments.join('/')}`);

test('labels are unique, none lies inside another, and neither depends on the order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), (paths) => {
      const plans = plan(paths);
      const names = plans.map(({ label }) => label);
      expect(new Set(names).size).toBe(names.length);
      for (const one of names) for (const other of names) expect(other.startsWith(`${one}/`)).toBe(false);
      const byPath = (list: typeof plans) => new Map(list.map((each) => [each.path, each.label]));
      expect(byPath(plan([...paths].reverse()))).toEqual(byPath(plans));
    }),
  );
});

test('a platform is told by where homes lie', () => {
  expect(platformOf(null, '/Users/me', 'linux')).toBe('linux');
  expect(platformOf('/x', '/home/me', 'macos')).toBe('linux');
  expect(platformOf('/x', '/root', 'macos')).toBe('linux');
  expect(platformOf('/x', '/Users/me', 'linux')).toBe('macos');
  expect(platformOf('/x', '/C/Users/me', 'linux')).toBe('windows');
  expect(platformOf('/x', 'C:\\Users\\me', 'linux')).toBe('windows');
  const folder = plantedFolder({ 'w/Windows': null, 'm/Applications': null, 'l/etc': null });
  expect(['w', 'm', 'l'].map((name) => platformOf(join(folder, name), null, 'linux'))).toEqual([
    'windows',
    'macos',
    'linux',
  ]);
});

test('where a path leads is decided after all links', () => {
  const folder = plantedFolder({
    'in/file': 'x',
    'out/file': 'x',
    'in/good': { link: 'file' },
    'in/bad': { link: '../out/file' },
    'in/folder': { link: '../out' },
    'in/loop': { link: 'loop' },
  });
  const root = join(folder, 'in');
  const status = (name: string): string => resolveInside(root, name).status;
  expect(['file', 'good', 'bad', 'folder/file', 'loop', 'none', '../out/file'].map(status)).toEqual([
    'inside',
    'inside',
    'outside',
    'outside',
    'absent',
    'absent',
    'outside',
  ]);
  const image = plantedFolder({ home: { link: '/' }, 'srv/app': null });
  expect(leavesFsRoot(image, { path: '/home' })).toBe(true);
  expect(leavesFsRoot(image, { path: '/srv/app' })).toBe(false);
  expect(leavesFsRoot(null, { path: '/home' })).toBe(false);
});
