import { statSync } from 'node:fs';
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
export function planRoots(request: { roots: readonly string[]; home: string | null; fsRoot: string | null }): RootPlan[] {
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

function labelsFor(paths: readonly string[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const path of paths) {
    const segments = path.split('/').filter(Boolean);
    for (let count = 1; ; count++) {
      const label = segments.slice(-count).join('/') || 'root';
      const taken = paths.some((other) => other !== path && other.split('/').filter(Boolean).slice(-count).join('/') === label);
      if (!taken || count >= segments.length) {
        labels.set(path, label);
        break;
      }
    }
  }
  return labels;
}

/** Platform of a file system that is not this machine's own, told by where homes lie in it. */
export function platformOf(fsRoot: string | null, home: string | null, own: Platform): Platform {
  if (fsRoot === null) return own;
  const path = home === null ? '' : normalisePath(home);
  if (path.startsWith('/home/') || path === '/root') return 'linux';
  if (/^\/?[A-Za-z]:?\/Users\//.test(path)) return 'windows';
  if (path.startsWith('/Users/')) return 'macos';
  return isFolder(`${trimmed(fsRoot)}/Windows`) ? 'windows' : isFolder(`${trimmed(fsRoot)}/Applications`) ? 'macos' : 'linux';
}

export const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
