import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../engine/errors.ts';

/**
 * Writes a file whole or not at all, readable by its owner alone: a new file beside it (exclusive, 0600), synced, renamed
 * over it, folder synced. Throws AppError where the folder does not let us.
 */
export function writeOutputFile(path: string, write: (out: (chunk: string) => void) => void): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(temporary, 'wx', 0o600);
    const pending = new ChunkWriter(descriptor);
    write((chunk) => pending.add(chunk));
    pending.flush();
    fsyncSync(descriptor);
    closeSync(descriptor);
    descriptor = undefined;
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    rmSync(temporary, { force: true });
    if (error instanceof Error && 'code' in error) {
      throw new AppError('file-unreadable', `${path} could not be written (${String(error.code)}).`, { cause: error });
    }
    throw error;
  }
}

/** Reports come in small pieces; a system call for each would take longer than the scan. */
class ChunkWriter {
  readonly #descriptor: number;
  #chunks: string[] = [];
  #length = 0;
  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }
  add(chunk: string): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 1 << 16) this.flush();
  }
  flush(): void {
    const bytes = Buffer.from(this.#chunks.join(''));
    let offset = 0;
    while (offset < bytes.byteLength) offset += writeSync(this.#descriptor, bytes, offset);
    this.#chunks = [];
    this.#length = 0;
  }
}

function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Windows and some network file systems cannot sync a folder; the file itself is safe.
  }
}
