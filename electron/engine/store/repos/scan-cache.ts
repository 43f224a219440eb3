import type { Connection } from '../driver.ts';
import { walkTable } from './walk-blocks.ts';
import {
  type CachedFile,
  type CachedFolder,
  decodeFile,
  decodeFolder,
  encodeFile,
  encodeFolder,
  fileWidth,
  folderWidth,
} from './walk-rows.ts';

export type { CachedFile, CachedFolder } from './walk-rows.ts';

export type FileStampRow = Omit<CachedFile, 'id' | 'sha256'>;

/**
 * What the last scan saw on disk and what sources made of it. Only a speed-up: every row can be thrown away. The folder
 * rows of a root count as complete while its walk signature stands; a walk takes the signature away and puts it back last.
 */
export type ScanCache = {
  /** Null when the folder rows are not those of a complete walk with this signature. */
  loadFolders(root: number, signature: string): CachedFolder[] | null;
  /** The scan whose coverage tells what the last complete walk skipped. */
  walkedBy(root: number): number | null;
  loadFiles(root: number): Map<string, CachedFile>;
  clearSignature(root: number): void;
  setSignature(root: number, signature: string, scan: number): void;
  dropFolders(root: number): void;
  putFolder(root: number, folder: CachedFolder): void;
  /** Many folders at once, as `encodeFolder` writes them. */
  putFolderBlock(root: number, text: string): void;
  removeFolder(root: number, path: string): void;
  putFile(root: number, path: string, stamp: FileStampRow, sha256: string): number;
  /** For a file of which nothing but the stamp is kept: written with others by `flush` or `setSignature`. */
  noteFile(root: number, path: string, stamp: FileStampRow, sha256: string): void;
  /** Many of those at once, as `encodeFile` writes them; none of them may have been read before. */
  noteFileBlock(root: number, text: string): void;
  /** Writes what waits. Folder rows count only with the signature, which writes them first. */
  flush(): void;
  removeFile(root: number, path: string): void;
  getReading(file: number, source: string, version: number, context: string, sha256: string): string | undefined;
  putReading(file: number, source: string, version: number, context: string, sha256: string, result: string): void;
};

/** `beforeWrite` is called before every change, so that the caller can keep a transaction open over many of them. */
export function scanCache(connection: Connection, beforeWrite: () => void): ScanCache {
  const fileRows = connection
    .prepare('SELECT path, id, size, modified, changed, inode, sha256 FROM file WHERE root = ?')
    .raw();
  const getMeta = connection.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const setMeta = connection.prepare(
    'INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  );
  const dropMeta = connection.prepare('DELETE FROM meta WHERE key = ?');
  const putFile = connection
    .prepare(
      `INSERT INTO file(root, path, size, modified, changed, inode, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(root, path) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
         inode = excluded.inode, sha256 = excluded.sha256 RETURNING id`,
    )
    .pluck();
  const addFile = connection.prepare(
    'INSERT OR IGNORE INTO file(root, path, size, modified, changed, inode, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const dropFileRow = connection.prepare('DELETE FROM file WHERE root = ? AND path = ?');
  const getReading = connection
    .prepare('SELECT result FROM reading WHERE file = ? AND source = ? AND context = ? AND version = ? AND sha256 = ?')
    .pluck();
  const putReading = connection.prepare(
    'INSERT OR REPLACE INTO reading(file, source, version, context, sha256, result) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const signatureKey = (root: number): string => `walk:${root}`;
  const folders = walkTable<CachedFolder>(connection, 'folders', beforeWrite, {
    width: folderWidth,
    encode: (_path, folder, into) => encodeFolder(folder, into),
    decode: decodeFolder,
  });
  /**
   * Files of which only the stamp is kept. They have no row, and so no number: all share the number 0. Where a file has
   * both, because it was read after it was noted, the row counts.
   */
  const noted = walkTable<CachedFile>(connection, 'files', beforeWrite, {
    width: fileWidth,
    encode: encodeFile,
    decode: decodeFile,
  });

  /** Paths that have a row, of the roots whose files were loaded. */
  const withRows = new Map<number, Set<string>>();

  function putFileRow(root: number, path: string, stamp: FileStampRow, sha256: string): number {
    withRows.get(root)?.add(path);
    beforeWrite();
    const added = addFile.run(root, path, stamp.size, stamp.modified, stamp.changed, stamp.inode, sha256);
    if (added.changes === 1) return Number(added.lastInsertRowid);
    return putFile.get(root, path, stamp.size, stamp.modified, stamp.changed, stamp.inode, sha256) as number;
  }
  const walkOf = (root: number): { signature: string; scan: number } | null => {
    const text = getMeta.get(signatureKey(root)) as string | undefined;
    if (text === undefined) return null;
    const [signature = '', scan = ''] = text.split(' ');
    return { signature, scan: Number(scan) };
  };

  return {
    loadFolders: (root, signature) => (walkOf(root)?.signature === signature ? [...folders.all(root).values()] : null),
    loadFiles(root) {
      const found = new Map<string, CachedFile>(noted.all(root));
      const rows = new Set<string>();
      for (const [path, id, size, modified, changed, inode, sha256] of fileRows.iterate(root) as IterableIterator<
        [string, number, number, number, number, number, string]
      >) {
        found.set(path, { id, size, modified, changed, inode, sha256 });
        rows.add(path);
      }
      withRows.set(root, rows);
      return found;
    },
    clearSignature(root) {
      beforeWrite();
      dropMeta.run(signatureKey(root));
    },
    walkedBy: (root) => walkOf(root)?.scan ?? null,
    setSignature(root, signature, scan) {
      folders.write();
      noted.write();
      beforeWrite();
      setMeta.run(signatureKey(root), `${signature} ${scan}`);
    },
    dropFolders(root) {
      folders.reset(root);
    },
    putFolder(root, folder) {
      folders.put(root, folder.path, folder);
    },
    putFolderBlock: folders.putBlock,
    removeFolder(root, path) {
      folders.remove(root, path);
    },
    putFile: putFileRow,
    noteFile(root, path, stamp, sha256) {
      const { size, modified, changed, inode } = stamp;
      if (withRows.get(root)?.delete(path) === true) {
        beforeWrite();
        dropFileRow.run(root, path);
      }
      noted.put(root, path, { id: 0, size, modified, changed, inode, sha256 });
    },
    noteFileBlock: noted.putBlock,
    flush() {
      folders.write();
      noted.write();
    },
    removeFile(root, path) {
      noted.remove(root, path);
      beforeWrite();
      dropFileRow.run(root, path);
    },
    getReading: (file, source, version, context, sha256) =>
      getReading.get(file, source, context, version, sha256) as string | undefined,
    putReading(file, source, version, context, sha256, result) {
      beforeWrite();
      putReading.run(file, source, version, context, sha256, result);
    },
  };
}
