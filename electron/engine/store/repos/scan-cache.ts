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
  /** Come to through a link: looked at behind the link, and never listed by itself. */
  readonly followed: boolean;
};

/** sha256 is a digest, or a mark of the gatherer for files that nothing was read from. */
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
  /** The scan whose coverage tells what the last complete walk skipped. */
  walkedBy(root: number): number | null;
  loadFiles(root: number): Map<string, CachedFile>;
  clearSignature(root: number): void;
  setSignature(root: number, signature: string, scan: number): void;
  dropFolders(root: number): void;
  putFolder(root: number, folder: CachedFolder): void;
  removeFolder(root: number, path: string): void;
  putFile(root: number, path: string, stamp: FileStampRow, sha256: string): number;
  /** The same for a file of which nothing but the row is kept: written with others, at the latest by `flush`. */
  noteFile(root: number, path: string, stamp: FileStampRow, sha256: string): void;
  /** Writes what waits. Folder rows count only with the signature, which writes them first. */
  flush(): void;
  removeFile(id: number): void;
  getReading(file: number, source: string, version: number, context: string, sha256: string): string | undefined;
  putReading(file: number, source: string, version: number, context: string, sha256: string, result: string): void;
};

/** Rows that are written together, in the order of the index: one by one in the order of a walk they would touch every page. */
const rowsTogether = 2048;

type WaitingFolder = { readonly root: number; readonly folder: CachedFolder };
type WaitingFile = {
  readonly root: number;
  readonly path: string;
  readonly stamp: FileStampRow;
  readonly sha256: string;
};

/** `beforeWrite` is called before every change, so that the caller can keep a transaction open over many of them. */
export function scanCache(connection: Connection, beforeWrite: () => void): ScanCache {
  const folderRows = connection
    .prepare('SELECT path, modified, changed, inode, files, repository, followed FROM folder WHERE root = ?')
    .raw();
  const fileRows = connection
    .prepare('SELECT path, id, size, modified, changed, inode, sha256 FROM file WHERE root = ?')
    .raw();
  const getMeta = connection.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const setMeta = connection.prepare(
    'INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  );
  const dropMeta = connection.prepare('DELETE FROM meta WHERE key = ?');
  const dropFolders = connection.prepare('DELETE FROM folder WHERE root = ?');
  const putFolder = connection.prepare(
    'INSERT OR REPLACE INTO folder(root, path, modified, changed, inode, files, repository, followed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const removeFolder = connection.prepare('DELETE FROM folder WHERE root = ? AND path = ?');
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
  const removeFile = connection.prepare('DELETE FROM file WHERE id = ?');
  const getReading = connection
    .prepare('SELECT result FROM reading WHERE file = ? AND source = ? AND context = ? AND version = ? AND sha256 = ?')
    .pluck();
  const putReading = connection.prepare(
    'INSERT OR REPLACE INTO reading(file, source, version, context, sha256, result) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const signatureKey = (root: number): string => `walk:${root}`;
  let folders: WaitingFolder[] = [];
  let files: WaitingFile[] = [];

  function writeFolders(): void {
    const waiting = folders.sort((a, b) => a.root - b.root || (a.folder.path < b.folder.path ? -1 : 1));
    folders = [];
    for (const { root, folder } of waiting) {
      beforeWrite();
      putFolder.run(
        root,
        folder.path,
        folder.modified,
        folder.changed,
        folder.inode,
        folder.files,
        folder.repository ? 1 : 0,
        folder.followed ? 1 : 0,
      );
    }
  }

  function writeFiles(): void {
    const waiting = files.sort((a, b) => a.root - b.root || (a.path < b.path ? -1 : 1));
    files = [];
    for (const { root, path, stamp, sha256 } of waiting) writeFile(root, path, stamp, sha256);
  }

  function writeFile(root: number, path: string, stamp: FileStampRow, sha256: string): number {
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
    loadFolders(root, signature) {
      if (walkOf(root)?.signature !== signature) return null;
      writeFolders();
      const found: CachedFolder[] = [];
      for (const [path, modified, changed, inode, files, repository, followed] of folderRows.iterate(
        root,
      ) as IterableIterator<[string, number, number, number, number, number, number]>) {
        found.push({ path, modified, changed, inode, files, repository: repository === 1, followed: followed === 1 });
      }
      return found;
    },
    loadFiles(root) {
      writeFiles();
      const found = new Map<string, CachedFile>();
      for (const [path, id, size, modified, changed, inode, sha256] of fileRows.iterate(root) as IterableIterator<
        [string, number, number, number, number, number, string]
      >) {
        found.set(path, { id, size, modified, changed, inode, sha256 });
      }
      return found;
    },
    clearSignature(root) {
      beforeWrite();
      dropMeta.run(signatureKey(root));
    },
    walkedBy: (root) => walkOf(root)?.scan ?? null,
    setSignature(root, signature, scan) {
      writeFolders();
      writeFiles();
      beforeWrite();
      setMeta.run(signatureKey(root), `${signature} ${scan}`);
    },
    dropFolders(root) {
      folders = folders.filter((waiting) => waiting.root !== root);
      beforeWrite();
      dropFolders.run(root);
    },
    putFolder(root, folder) {
      folders.push({ root, folder });
      if (folders.length >= rowsTogether) writeFolders();
    },
    removeFolder(root, path) {
      writeFolders();
      beforeWrite();
      removeFolder.run(root, path);
    },
    putFile: writeFile,
    noteFile(root, path, stamp, sha256) {
      files.push({ root, path, stamp, sha256 });
      if (files.length >= rowsTogether) writeFiles();
    },
    flush() {
      writeFolders();
      writeFiles();
    },
    removeFile(id) {
      beforeWrite();
      removeFile.run(id);
    },
    getReading: (file, source, version, context, sha256) =>
      getReading.get(file, source, context, version, sha256) as string | undefined,
    putReading(file, source, version, context, sha256, result) {
      beforeWrite();
      putReading.run(file, source, version, context, sha256, result);
    },
  };
}
