import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
};
const all = { ...manifest.dependencies, ...manifest.devDependencies };

test('every direct dependency has a written reason', () => {
  const reasons =
    readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8').split('## Why each dependency is here')[1] ?? '';
  expect(Object.keys(all).filter((name) => !reasons.includes(name))).toEqual([]);
});

test('versions are exact', () => {
  expect(Object.entries(all).filter(([, version]) => !/^(?:\d+\.\d+\.\d+|file:[a-z/-]+)$/.test(version))).toEqual([]);
});

test('what the bundles leave out is all that a packaged app installs', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3']);
});
