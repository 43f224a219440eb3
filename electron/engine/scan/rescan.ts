import { lstatSync } from 'node:fs';
import type { CachedFolder } from '../store/repos/scan-cache.ts';

/** What has happened to the folders of the last walk. */
export type FolderChanges = { readonly changed: readonly string[]; readonly gone: readonly string[]; readonly same: readonly CachedFolder[] };

/** Looks at every known folder: a stat each, nothing is listed. A folder's times move when a name in it comes or goes. */
export function compareFolders(disk: string, folders: readonly CachedFolder[], signal: AbortSignal): FolderChanges {
  const changed: string[] = [];
  const gone: string[] = [];
  const same: CachedFolder[] = [];
  for (const [index, folder] of folders.entries()) {
    if (index % 4096 === 0 && signal.aborted) break;
    const stats = lstat(folder.path === '' ? disk : `${disk}/${folder.path}`);
    if (stats === undefined || !stats.isDirectory()) gone.push(folder.path);
    else if (stats.mtimeMs !== folder.modified || stats.ctimeMs !== folder.changed || stats.ino !== folder.inode) changed.push(folder.path);
    else same.push(folder);
  }
  return { changed, gone, same };
}

function lstat(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
