import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWithSources } from '../../../test/fixtures/read-with-sources.ts';
import type { PermissionFacts, Setting } from './evaluator.ts';

/** Facts of a laid-out file system, read by every file source; `repository` and `home` as inside of it. */
export function permissionFacts(laid: {
  readonly fsRoot: string;
  readonly home: string;
  readonly repository: string;
}): PermissionFacts {
  const { assets, relations } = readWithSources(laid);
  const label = laid.repository.split('/').at(-1) ?? '';
  const pathOf = (place: string): string | null => {
    if (place === '~' || place.startsWith('~/')) return `${laid.home}${place.slice(1)}`;
    if (place === label || place.startsWith(`${label}/`)) return `${laid.repository}${place.slice(label.length)}`;
    return place.startsWith('/') ? place : null;
  };
  return {
    assets: (kind) => assets.filter((asset) => asset.kind === kind),
    relations: (kind) => relations.filter((relation) => relation.kind === kind),
    pathOf,
    readText: (path) => {
      try {
        return readFileSync(join(laid.fsRoot, path), 'utf8');
      } catch {
        return null;
      }
    },
  };
}

export const settingOf = (more: Partial<Setting> = {}): Setting => ({
  version: null,
  context: 'interactive',
  mode: null,
  trusted: null,
  home: '/home/dev',
  workingDirectory: '/home/dev/app',
  sandboxAvailable: null,
  flags: [],
  environment: {},
  platform: 'linux',
  ...more,
});
