import type { Connection } from '../driver.ts';

/**
 * What the last scan saw on disk and what sources made of it. Only a speed-up: every row can be thrown away. The folder
 * rows of a root count as complete while its walk signature stands; a walk takes the signature away and puts it back last.
 */
export type CachedFolder = {
  readonly path: string;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly files: number;
  readonly repository: boolean;
};

/** sha256 '' = a code file that was searched and holds no keyword. */
export type CachedFile = {
  readonly id: number;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly sha256: string;
};

export type FileStampRow = Omit<CachedFile, 'id' | 'sha256'>;

export type ScanCache = {
  /** Null when the folder rows are not those of a complete walk with this signature. */
  loadFolders(root: number, signature: string): CachedFolder[] | null;
  loadFiles(root: number): Map<string, CachedFile>;
  clearSignature(root: number): void;
  setSignature(root: number, signature: string): void;
  dropFolders(root: number): void;
  putFolder(root: number, folder: CachedFolder): void;
  removeFolder(root: number, path: string): void;
  putFile(root: number, path: string, stamp: FileStampRow, sha256: string): number;
  removeFile(id: number): void;
  getReading(file: number, source: string, version: number, context: string, sha256: string): string | undefined;
  putReading(file: number, source: string, version: number, context: string, sha256: string, result: string): void;
};

/** `beforeWrite` is called before every change, so that the caller can keep a transaction open over many of them. */
export function scanCache(connection: Connection, beforeWrite: () => void): ScanCache {
  const folderRows = connection.prepare('SELECT path, modified, changed, inode, files, repository FROM folder WHERE root = ?').raw();
  const fileRows = connection.prepare('SELECT path, id, size, modified, changed, inode, sha256 FROM file WHERE root = ?').raw();
  const getMeta = connection.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const setMeta = connection.prepare('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value');
  const dropMeta = connection.prepare('DELETE FROM meta WHERE key = ?');
  const dropFolders = connection.prepare('DELETE FROM folder WHERE root = ?');
  const putFolder = connection.prepare('INSERT OR REPLACE INTO folder(root, path, modified, changed, inode, files, repository) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const removeFolder = connection.prepare('DELETE FROM folder WHERE root = ? AND path = ?');
  const putFile = connection
    .prepare(
      `INSERT INTO file(root, path, size, modified, changed, inode, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(root, path) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
         inode = excluded.inode, sha256 = excluded.sha256 RETURNING id`,
    )
    .pluck();
  const addFile = connection.prepare('INSERT OR IGNORE INTO file(root, path, size, modified, changed, inode, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const removeFile = connection.prepare('DELETE FROM file WHERE id = ?');
  const getReading = connection
    .prepare('SELECT result FROM reading WHERE file = ? AND source = ? AND context = ? AND version = ? AND sha256 = ?')
    .pluck();
  const putReading = connection.prepare('INSERT OR REPLACE INTO reading(file, source, version, context, sha256, result) VALUES (?, ?, ?, ?, ?, ?)');
  const signatureKey = (root: number): string => `walk:${root}`;

  return {
    loadFolders(root, signature) {
      if (getMeta.get(signatureKey(root)) !== signature) return null;
      const folders: CachedFolder[] = [];
      for (const [path, modified, changed, inode, files, repository] of folderRows.iterate(root) as IterableIterator<
        [string, number, number, number, number, number]
      >) {
        folders.push({ path, modified, changed, inode, files, repository: repository === 1 });
      }
      return folders;
    },
    loadFiles(root) {
      const files = new Map<string, CachedFile>();
      for (const [path, id, size, modified, changed, inode, sha256] of fileRows.iterate(root) as IterableIterator<
        [string, number, number, number, number, number, string]
      >) {
        files.set(path, { id, size, modified, changed, inode, sha256 });
      }
      return files;
    },
    clearSignature(root) {
      beforeWrite();
      dropMeta.run(signatureKey(root));
    },
    setSignature(root, signature) {
      beforeWrite();
      setMeta.run(signatureKey(root), signature);
    },
    dropFolders(root) {
      beforeWrite();
      dropFolders.run(root);
    },
    putFolder(root, folder) {
      beforeWrite();
      putFolder.run(root, folder.path, folder.modified, folder.changed, folder.inode, folder.files, folder.repository ? 1 : 0);
    },
    removeFolder(root, path) {
      beforeWrite();
      removeFolder.run(root, path);
    },
    putFile(root, path, stamp, sha256) {
      beforeWrite();
      const added = addFile.run(root, path, stamp.size, stamp.modified, stamp.changed, stamp.inode, sha256);
      if (added.changes === 1) return Number(added.lastInsertRowid);
      return putFile.get(root, path, stamp.size, stamp.modified, stamp.changed, stamp.inode, sha256) as number;
    },
    removeFile(id) {
      beforeWrite();
      removeFile.run(id);
    },
    getReading: (file, source, version, context, sha256) => getReading.get(file, source, context, version, sha256) as string | undefined,
    putReading(file, source, version, context, sha256, result) {
      beforeWrite();
      putReading.run(file, source, version, context, sha256, result);
    },
  };
}
