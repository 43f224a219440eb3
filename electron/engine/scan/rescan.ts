import { lstatSync, type Stats, statSync } from 'node:fs';
import type { CachedFolder } from '../store/repos/scan-cache.ts';

/** What has happened to the folders of the last walk. */
export type FolderChanges = {
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  readonly same: readonly CachedFolder[];
  /** A folder that was come to through a link is not what it was, or not where it was. */
  readonly linkedMoved: boolean;
};

/** Looks at every known folder: a stat each, nothing is listed. A folder's times move when a name in it comes or goes. */
export function compareFolders(disk: string, folders: readonly CachedFolder[], signal: AbortSignal): FolderChanges {
  const changed: string[] = [];
  const gone: string[] = [];
  const same: CachedFolder[] = [];
  let linkedMoved = false;
  for (const [index, folder] of folders.entries()) {
    if (index % 4096 === 0 && signal.aborted) break;
    const path = folder.path === '' ? disk : `${disk}/${folder.path}`;
    if (folder.followed) {
      linkedMoved ||= !isSame(look(path, statSync), folder);
      continue;
    }
    const stats = look(path, lstatSync);
    if (stats === undefined || !stats.isDirectory()) gone.push(folder.path);
    else if (!isSame(stats, folder)) changed.push(folder.path);
    else same.push(folder);
  }
  return { changed, gone, same, linkedMoved };
}

const isSame = (stats: Stats | undefined, folder: CachedFolder): boolean =>
  stats !== undefined &&
  stats.mtimeMs === folder.modified &&
  stats.ctimeMs === folder.changed &&
  stats.ino === folder.inode;

function look(path: string, how: typeof lstatSync | typeof statSync): Stats | undefined {
  try {
    return how(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
