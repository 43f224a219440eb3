import { closeSync, constants, fstatSync, open, openSync, read, readSync, type Stats } from 'node:fs';

/** O_NONBLOCK: a FIFO must not hang the scan. O_NOFOLLOW: a link must not lead out of the root between walk and read. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A change this close to the moment of looking may have come after it: such a stamp must never look unchanged. */
export const tooFresh = 100;

export type FileStamp = {
  readonly size: number;
  /** Milliseconds since 1970 with fractions: modification, status change. */
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly mode: number;
};

export type SafeRead =
  | { readonly status: 'read'; readonly bytes: Buffer; readonly stamp: FileStamp }
  | {
      readonly status: 'absent' | 'unreadable' | 'too-large' | 'skipped';
      readonly detail: string;
      readonly stamp: FileStamp | null;
    };

export const stampOf = (stats: Stats): FileStamp => ({
  size: stats.size,
  modified: stats.mtimeMs,
  changed: stats.ctimeMs,
  inode: stats.ino,
  mode: stats.mode & 0o777,
});

/** A stamp that came from another thread as numbers. */
export const stampFrom = ([size, modified, changed, inode, mode]: readonly [
  number,
  number,
  number,
  number,
  number,
]): FileStamp => ({
  size,
  modified,
  changed,
  inode,
  mode,
});

export const sameStamp = (a: Omit<FileStamp, 'mode'>, b: Omit<FileStamp, 'mode'>): boolean =>
  a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode;

const failed = (error: unknown): SafeRead => {
  const code = (error as NodeJS.ErrnoException).code ?? 'error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { status: 'absent', detail: 'not there', stamp: null };
  if (code === 'ELOOP') return { status: 'skipped', detail: 'symbolic link, not followed', stamp: null };
  return { status: 'unreadable', detail: words.get(code) ?? `cannot be opened (${code})`, stamp: null };
};

const words = new Map([
  ['EACCES', 'no permission to read it'],
  ['EPERM', 'no permission to read it'],
  ['EIO', 'the disk reported an error'],
  ['ENAMETOOLONG', 'its path is too long'],
  ['EISDIR', 'it is a folder'],
  ['ENXIO', 'not a regular file'],
]);

function judge(stats: Stats, maxBytes: number): SafeRead | null {
  const stamp = stampOf(stats);
  if (!stats.isFile()) return { status: 'skipped', detail: 'not a regular file', stamp };
  if (stats.size > maxBytes)
    return { status: 'too-large', detail: `${stats.size} bytes, more than the limit of ${maxBytes}`, stamp };
  return null;
}

/**
 * Opens, checks and reads one file from the same descriptor, at most `maxBytes`. Never follows a link, never waits.
 * `into`: memory to read into where it is large enough; the bytes then hold until it is used again.
 */
export function readSafely(path: string | Buffer, maxBytes: number, into?: Buffer): SafeRead {
  let descriptor: number;
  try {
    descriptor = openSync(path, flags);
  } catch (error) {
    return failed(error);
  }
  try {
    const stats = fstatSync(descriptor);
    const refused = judge(stats, maxBytes);
    if (refused !== null) return refused;
    const bytes =
      into !== undefined && stats.size <= into.length ? into.subarray(0, stats.size) : Buffer.allocUnsafe(stats.size);
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, null);
      if (count === 0) break;
      length += count;
    }
    return {
      status: 'read',
      bytes: length === bytes.length ? bytes : bytes.subarray(0, length),
      stamp: stampOf(stats),
    };
  } catch (error) {
    return failed(error);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The same for disks whose answers take time: opening and reading wait on the thread pool. What the descriptor knows by
 * then, and closing it, takes no disk, and a trip through the pool would take longer than either.
 */
export function readSafelyLater(path: string | Buffer, maxBytes: number, done: (result: SafeRead) => void): void {
  open(path, flags, (openError, descriptor) => {
    if (openError !== null) return done(failed(openError));
    const end = (result: SafeRead): void => {
      try {
        closeSync(descriptor);
      } catch (error) {
        return done(failed(error));
      }
      done(result);
    };
    let stats: Stats;
    try {
      stats = fstatSync(descriptor);
    } catch (error) {
      return end(failed(error));
    }
    const refused = judge(stats, maxBytes);
    if (refused !== null) return end(refused);
    const stamp = stampOf(stats);
    const bytes = Buffer.allocUnsafe(stats.size);
    if (bytes.length === 0) return end({ status: 'read', bytes, stamp });
    let length = 0;
    const next = (): void => {
      read(descriptor, bytes, length, bytes.length - length, null, (readError, count) => {
        if (readError !== null) return end(failed(readError));
        length += count;
        if (count > 0 && length < bytes.length) return next();
        end({ status: 'read', bytes: length === bytes.length ? bytes : bytes.subarray(0, length), stamp });
      });
    };
    next();
  });
}
