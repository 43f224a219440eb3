import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../errors.ts';
import { type Connection, connect, isSqliteError } from './driver.ts';
import { migrate, type Migration, migrations, needsMigration, schemaVersion } from './migrate.ts';

/** "CSGN" in SQLite's header: tells a workspace from any other SQLite file. */
export const applicationId = 0x4353474e;

/** Holds the right to write a workspace; the operating system gives it back when this process dies, however it dies. */
export type WriteLock = { release(): void };

/** A workspace that is open: the ledger connection, or a reader when another process holds the right to write. */
export type OpenWorkspace = {
  readonly file: string;
  readonly connection: Connection;
  readonly readOnly: boolean;
  /** Copy made before a migration; null when none was needed. */
  readonly backup: string | null;
  close(): void;
};

export type OpenOptions = {
  /** Fail with workspace-locked instead of opening read-only. */
  readonly mustWrite?: boolean;
  readonly create?: { readonly name: string; readonly sample: boolean; readonly now: number };
  /** Steps of the schema, for tests of steps that do not exist yet. */
  readonly migrations?: readonly Migration[];
};

/**
 * Opens a workspace file: foreign, newer and damaged files are refused without touching them; older ones are copied
 * (`FILE.before-schema-N`) and then migrated. Throws AppError with a sentence for people.
 */
export async function openWorkspace(file: string, options: OpenOptions = {}): Promise<OpenWorkspace> {
  const isNew = options.create !== undefined;
  const steps = options.migrations ?? migrations;
  const newest = steps.at(-1)?.number ?? 0;
  if (isNew && existsSync(file)) throw new AppError('bad-request', `${file} exists already. Nothing was overwritten.`);
  if (!isNew) checkHeader(file, newest);

  const lock = acquireLock(file, isNew);
  if (lock === null && options.mustWrite === true) {
    throw new AppError(
      'workspace-locked',
      `${file} is open in another Countersign. Close it there, or use another workspace.`,
    );
  }
  let connection: Connection | undefined;
  try {
    if (isNew) stamp(file);
    connection = connect(file, lock === null ? 'reader' : 'ledger');
    let backup: string | null = null;
    if (options.create !== undefined) {
      migrate(connection, steps);
      writeMeta(connection, options.create);
      connection.pragma('wal_checkpoint(TRUNCATE)');
    } else {
      check(connection, file, newest);
      if (needsMigration(connection, steps)) {
        if (lock === null)
          throw new AppError('workspace-locked', `${file} needs an update, and another Countersign has it open.`);
        backup = await backUp(connection, file, newest);
        migrate(connection, steps);
      }
      if (lock !== null) markInterruptedScans(connection);
    }
    const opened = connection;
    return {
      file,
      connection: opened,
      readOnly: lock === null,
      backup,
      close() {
        opened.close();
        lock?.release();
      },
    };
  } catch (error) {
    connection?.close();
    lock?.release();
    if (error instanceof AppError) throw error;
    if (isSqliteError(error)) throw sqliteFailure(error, file);
    throw error;
  }
}

/**
 * Marks a new file as ours before anything is written through the log beside it: a process that dies while the file is
 * being made must not leave one that looks like another program's.
 */
function stamp(file: string): void {
  const fresh = new Database(file);
  try {
    fresh.pragma(`application_id = ${applicationId}`);
  } finally {
    fresh.close();
  }
}

/** The first 100 bytes tell what the file is, without SQLite writing a journal beside a file that is not ours. */
function checkHeader(file: string, newest: number): void {
  const header = Buffer.alloc(100);
  let bytes: number;
  try {
    if (!statSync(file).isFile()) throw new AppError('file-unreadable', `${file} is not a file.`);
    const descriptor = openSync(file, 'r');
    try {
      bytes = readSync(descriptor, header, 0, 100, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(
      absent ? 'not-found' : 'file-unreadable',
      absent ? `${file} is not there.` : `${file} cannot be read.`,
      { cause: error },
    );
  }
  if (bytes < 100 || header.toString('latin1', 0, 15) !== 'SQLite format 3') {
    throw new AppError('workspace-foreign', `${file} is not a Countersign workspace.`);
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw new AppError('workspace-foreign', `${file} is a database of another program, not a Countersign workspace.`);
  }
  const version = header.readUInt32BE(60);
  if (version > newest) throw newer(file, version, newest);
}

const newer = (file: string, version: number, newest: number): AppError =>
  new AppError(
    'workspace-newer',
    `${file} was written by a newer Countersign (schema ${version}, this one knows ${newest}). It was not touched.`,
  );

function check(connection: Connection, file: string, newest: number): void {
  const version = schemaVersion(connection);
  if (version > newest) throw newer(file, version, newest);
  const result = connection.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw damaged(file, String(result));
}

const damaged = (file: string, detail: string, cause?: unknown): AppError =>
  new AppError(
    'workspace-damaged',
    `${file} is damaged (${detail}). It was left as it is; copy it aside, then scan into a new workspace.`,
    { cause },
  );

function sqliteFailure(error: Error & { code: string }, file: string): AppError {
  if (error.code.startsWith('SQLITE_NOTADB') || error.code.startsWith('SQLITE_CORRUPT'))
    return damaged(file, error.code, error);
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) {
    return new AppError('workspace-locked', `${file} is in use by another program.`, { cause: error });
  }
  return new AppError('file-unreadable', `${file} cannot be opened (${error.code}).`, { cause: error });
}

async function backUp(connection: Connection, file: string, newest: number): Promise<string> {
  const from = schemaVersion(connection);
  for (let attempt = 0; ; attempt++) {
    const copy = `${file}.before-schema-${newest}-from-${from}${attempt === 0 ? '' : `-${attempt}`}`;
    if (existsSync(copy)) continue;
    await connection.backup(copy);
    return copy;
  }
}

function writeMeta(connection: Connection, create: NonNullable<OpenOptions['create']>): void {
  const put = connection.prepare('INSERT INTO meta(key, value) VALUES (?, ?)');
  connection.transaction(() => {
    put.run('name', create.name);
    put.run('sample', create.sample ? '1' : '0');
    put.run('created_at', String(create.now));
  })();
}

/** A scan that was running when its process died stays as a partial version; what it read is in the cache. */
function markInterruptedScans(connection: Connection): void {
  connection.prepare("UPDATE scan SET status = 'partial' WHERE status = 'running'").run();
}

/**
 * The right to write is an exclusive lock on a small SQLite file beside the workspace: it works the same on all three
 * systems and ends with the process. Null when another process (or this one) holds it.
 */
function acquireLock(file: string, isNew: boolean): WriteLock | null {
  let lock: Connection | undefined;
  try {
    // A link to a workspace is that workspace: two names of it must not give two writers.
    lock = new Database(`${isNew ? file : realpathSync(file)}-lock`);
    lock.pragma('busy_timeout = 0');
    lock.pragma('journal_mode = DELETE');
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    const held = lock;
    return { release: () => held.close() };
  } catch (error) {
    lock?.close();
    if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')) return null;
    throw new AppError('file-unreadable', `${file} cannot be opened: no lock file can be made beside it.`, {
      cause: error,
    });
  }
}
