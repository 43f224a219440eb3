import { realpathSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { Platform } from '../sources/source.ts';

/** A folder that places are counted from, with its two addresses: inside the scanned file system and on this disk. */
export type RootContext = {
  /** Row of the root table. */
  readonly id: number;
  readonly type: 'scan' | 'home' | 'machine';
  /** First part of every place below it: the folder's name, `~`, or '' for the machine. Unique among the roots of a scan. */
  readonly label: string;
  readonly path: string;
  readonly disk: string;
};

export type RootPlan = Omit<RootContext, 'id'>;

const trimmed = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);

/** Forward slashes, no trailing slash; `.` and `..` resolved. */
export const normalisePath = (path: string): string => trimmed(posix.normalize(path.replaceAll('\\', '/')));

/** Where a path inside the scanned file system lies on this disk. */
export const onDisk = (fsRoot: string | null, path: string): string =>
  fsRoot === null ? path : path === '/' ? trimmed(fsRoot) : `${trimmed(fsRoot)}/${path.replace(/^\/+/, '')}`;

/**
 * Roots of a scan, in order: the paths asked for, then the home, then the machine (whose managed settings apply to that home).
 * Labels are folder names; where two are the same, as many parents are added as tell them apart, whatever the order.
 */
export function planRoots(request: {
  roots: readonly string[];
  home: string | null;
  fsRoot: string | null;
}): RootPlan[] {
  const paths = [...new Set(request.roots.map(normalisePath))];
  const labels = labelsFor(paths);
  const plans: RootPlan[] = paths.map((path) => ({
    type: 'scan',
    label: labels.get(path) ?? path,
    path,
    disk: onDisk(request.fsRoot, path),
  }));
  if (request.home !== null) {
    const home = normalisePath(request.home);
    plans.push({ type: 'home', label: '~', path: home, disk: onDisk(request.fsRoot, home) });
  }
  if (request.home !== null || request.fsRoot !== null) {
    plans.push({ type: 'machine', label: '', path: '/', disk: onDisk(request.fsRoot, '/') });
  }
  return plans;
}

type Labelling = { readonly path: string; readonly segments: readonly string[]; count: number; stuck: boolean };

/**
 * No label may be another's or the begin of another's: places of two roots would become one. Whoever is in the way takes
 * one more parent, all in the same turn, until nobody is. `~` is the home's.
 */
function labelsFor(paths: readonly string[]): Map<string, string> {
  const all = paths.map(
    (path): Labelling => ({ path, segments: path.split('/').filter(Boolean), count: 1, stuck: false }),
  );
  for (;;) {
    const labelled = all.map((each) => ({ each, label: labelOf(each) }));
    const inTheWay = new Set<Labelling>();
    for (const { each, label } of labelled) {
      if (label === '~' || label.startsWith('~/')) inTheWay.add(each);
      for (const other of labelled) {
        if (other.each === each) continue;
        if (other.label === label) inTheWay.add(each);
        else if (other.label.startsWith(`${label}/`))
          inTheWay.add(
            each.count < each.segments.length || other.each.count >= other.each.segments.length ? each : other.each,
          );
      }
    }
    if (inTheWay.size === 0) return new Map(labelled.map(({ each, label }) => [each.path, label]));
    const growing = [...inTheWay].filter((each) => each.count < each.segments.length);
    for (const each of growing) each.count++;
    // The whole path does not tell them apart: no folder is called `.` or `..`.
    if (growing.length === 0) for (const each of inTheWay) each.stuck = true;
  }
}

function labelOf({ segments, count, stuck }: Labelling): string {
  if (segments.length === 0) return stuck ? '..' : 'root';
  return stuck ? `./${segments.map(encodeURIComponent).join('+')}` : segments.slice(-count).join('/');
}

/** Platform of a file system that is not this machine's own, told by where homes lie in it. */
export function platformOf(fsRoot: string | null, home: string | null, own: Platform): Platform {
  if (fsRoot === null) return own;
  const path = home === null ? '' : normalisePath(home);
  if (path.startsWith('/home/') || path === '/root') return 'linux';
  if (/^\/?[A-Za-z]:?\/Users\//.test(path)) return 'windows';
  if (path.startsWith('/Users/')) return 'macos';
  return isFolder(`${trimmed(fsRoot)}/Windows`)
    ? 'windows'
    : isFolder(`${trimmed(fsRoot)}/Applications`)
      ? 'macos'
      : 'linux';
}

export const leadsOut = 'a symbolic link on its way leads out of the scanned file system';

/** Whether a link inside the file system that stands for a machine leads this root to the machine that scans. */
export const leavesFsRoot = (fsRoot: string | null, root: Pick<RootContext, 'path'>): boolean =>
  fsRoot !== null && resolveInside(fsRoot, root.path).status === 'outside';

export type ResolvedPlace =
  | { readonly status: 'inside'; readonly path: string }
  | { readonly status: 'absent' | 'outside' };

/** Where a path below a folder of this disk really lies, all links followed: inside that folder, or not. */
export function resolveInside(folder: string, path: string): ResolvedPlace {
  try {
    const base = realpathSync(folder);
    const target = realpathSync(`${folder}/${path}`);
    return target === base || target.startsWith(base === '/' ? '/' : `${base}/`)
      ? { status: 'inside', path: target }
      : { status: 'outside' };
  } catch {
    return { status: 'absent' };
  }
}

export const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
