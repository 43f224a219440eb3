/**
 * Folders and files of a walk as they stand in blocks (`walk_block`): flat lists of texts and numbers, so that a block is
 * one JSON text. Free of SQLite: threads that walk make the text of blocks themselves.
 */
export type FlatRow = (string | number)[];

export type CachedFolder = {
  readonly path: string;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly files: number;
  readonly repository: boolean;
  /** Come to through a link: looked at behind the link, and never listed by itself. */
  readonly followed: boolean;
};

/** sha256 is a digest, or a mark of the gatherer for files that nothing was read from. `id` 0: no row, and so no readings. */
export type CachedFile = {
  readonly id: number;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly sha256: string;
};

export const folderWidth = 7;
export const fileWidth = 6;

export function encodeFolder(folder: CachedFolder, into: FlatRow): void {
  const { path, modified, changed, inode, files, repository, followed } = folder;
  into.push(path, modified, changed, inode, files, repository ? 1 : 0, followed ? 1 : 0);
}

export const decodeFolder = (values: FlatRow, at: number): CachedFolder => ({
  path: String(values[at]),
  modified: Number(values[at + 1]),
  changed: Number(values[at + 2]),
  inode: Number(values[at + 3]),
  files: Number(values[at + 4]),
  repository: values[at + 5] === 1,
  followed: values[at + 6] === 1,
});

export function encodeFile(path: string, file: Omit<CachedFile, 'id'>, into: FlatRow): void {
  into.push(path, file.size, file.modified, file.changed, file.inode, file.sha256);
}

export const decodeFile = (values: FlatRow, at: number): CachedFile => ({
  id: 0,
  size: Number(values[at + 1]),
  modified: Number(values[at + 2]),
  changed: Number(values[at + 3]),
  inode: Number(values[at + 4]),
  sha256: String(values[at + 5]),
});
