import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { ActiveState, FileMatch, MatchState } from './location-matcher.ts';
import { descend, matchFile } from './location-matcher.ts';

export type ProbedFile = {
  readonly path: string;
  readonly open: string;
  readonly matches: readonly FileMatch[];
  /** Come to through a link: path of the file itself, relative to the base. Null where `path` is its own. */
  readonly target: string | null;
};
export type ProbeSkip = { readonly path: string; readonly status: 'skipped' | 'unreadable'; readonly detail: string };

const maxProbeDepth = 24;
/** Links to folders that are followed one inside the other, and at all: folders that link to each other must come to an end. */
const maxLinksInPath = 3;
const maxLinks = 2000;

/**
 * Looks for known places below a folder (a home, the machine) without walking it: literal names are looked up, folders are
 * listed only where a place holds a wildcard. Links may lead anywhere inside `boundary`.
 */
export function probe(
  base: string,
  boundary: string,
  start: MatchState,
  found: (file: ProbedFile) => void,
  skip: (skipped: ProbeSkip) => void,
): void {
  const realBoundary = real(boundary) ?? boundary;
  const realBase = real(base) ?? base;
  const inBase = (path: string): string | null => {
    const start = realBase === '/' ? '/' : `${realBase}/`;
    return path.startsWith(start) ? path.slice(start.length) : null;
  };
  let followed = 0;

  function visit(folder: string, path: string, active: readonly ActiveState[], depth: number, links: number): void {
    if (depth > maxProbeDepth)
      return skip({ path, status: 'skipped', detail: `more than ${maxProbeDepth} folders deep` });
    const names = new Set<string>();
    let list = false;
    for (const { state } of active) {
      for (const name of state.files.keys()) names.add(name);
      for (const name of state.folders.keys()) names.add(name);
      if (state.wildFiles.size > 0 || state.wildFolders.length > 0 || state.repeats) list = true;
    }
    if (list) {
      try {
        for (const name of readdirSync(folder)) names.add(name);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== 'ENOENT' && code !== 'ENOTDIR') skip({ path, status: 'unreadable', detail: 'cannot be listed' });
        return;
      }
    }
    for (const name of [...names].sort()) {
      const below = descend(active, name);
      const matches = matchFile(active, name);
      if (below.length === 0 && matches === undefined) continue;
      const here = path === '' ? name : `${path}/${name}`;
      look(folder, name, here, below, matches, depth, links);
    }
  }

  function look(
    folder: string,
    name: string,
    path: string,
    below: readonly ActiveState[],
    matches: FileMatch[] | undefined,
    depth: number,
    links: number,
  ): void {
    const disk = `${folder}/${name}`;
    let stats = lstat(disk);
    let open = disk;
    if (stats === 'unreadable') return skip({ path, status: 'unreadable', detail: 'no permission to look at it' });
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) {
      const target = real(disk);
      if (target === undefined) return skip({ path, status: 'skipped', detail: 'symbolic link to nothing' });
      if (target !== realBoundary && !target.startsWith(realBoundary === '/' ? '/' : `${realBoundary}/`)) {
        return skip({ path, status: 'skipped', detail: 'symbolic link out of the scanned place, not followed' });
      }
      open = target;
      stats = statSync(target, { throwIfNoEntry: false });
      if (stats === undefined) return;
      if (stats.isDirectory() && below.length > 0) {
        const holder = real(folder) ?? folder;
        if (holder === target || holder.startsWith(target === '/' ? '/' : `${target}/`)) {
          return skip({ path, status: 'skipped', detail: 'symbolic link to a folder above it, not followed' });
        }
        followed++;
        if (links >= maxLinksInPath || followed > maxLinks)
          return skip({ path, status: 'skipped', detail: 'too many symbolic links on the way, not followed' });
        return visit(open, path, below, depth + 1, links + 1);
      }
    }
    if (stats.isDirectory()) {
      if (below.length > 0) visit(open, path, below, depth + 1, links);
    } else if (matches !== undefined) {
      if (stats.isFile()) found({ path, open, matches, target: links > 0 || open !== disk ? inBase(open) : null });
      else skip({ path, status: 'skipped', detail: 'not a regular file' });
    }
  }

  visit(base, '', [{ state: start, anchorDepth: 0 }], 0, 0);
}

function lstat(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : ('unreadable' as const);
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
