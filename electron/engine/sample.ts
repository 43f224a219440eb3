import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from './errors.ts';

/** The sample as a real folder on disk: what a person would scan. Absolute paths. */
export type Sample = { readonly roots: readonly string[]; readonly home: string | null };

/**
 * Copies `resources/demo` to `target` and gives its files their real names: they are stored under neutral ones (`dot_claude`,
 * `AGENTS.fixture.md`), because tools that work on this repository would obey them. `projects/*` are the folders to
 * scan, `home` is the home that goes with them.
 */
export function prepareSample(resources: string, target: string): Sample {
  const source = join(resources, 'demo');
  if (!isFolder(source)) throw new AppError('not-found', 'The sample is not part of this installation.');
  mkdirSync(target, { recursive: true, mode: 0o700 });
  copyWithRealNames(source, target);
  const projects = join(target, 'projects');
  const roots = isFolder(projects)
    ? readdirSync(projects)
        .sort()
        .map((name) => join(projects, name))
        .filter(isFolder)
    : [target];
  const home = join(target, 'home');
  return { roots, home: isFolder(home) ? home : null };
}

/** `dot_claude` -> `.claude`, `AGENTS.fixture.md` -> `AGENTS.md`. */
export const realName = (name: string): string => name.replace(/^dot_/, '.').replace(/\.fixture(?=\.[a-z]+$)/, '');

function copyWithRealNames(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const target = join(to, realName(entry.name));
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true });
      copyWithRealNames(join(from, entry.name), target);
    } else if (entry.isFile()) {
      cpSync(join(from, entry.name), target);
    }
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
