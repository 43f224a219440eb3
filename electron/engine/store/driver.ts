import Database from 'better-sqlite3';

const [major = 0] = process.versions.node.split('.').map(Number);
// better-sqlite3 13 needs Node-API 10; on Node 20 the first call would end the process without a word.
if (major < 22)
  throw new Error(`Countersign needs Node 22 or newer; this is ${process.version}. Start it through npm.`);

export type Connection = Database.Database;
export type Statement<P extends unknown[] = unknown[]> = Database.Statement<P>;

/**
 * `facts`: rebuildable rows, synchronous NORMAL. `ledger`: what people wrote, synchronous FULL. `reader`: never writes.
 * The three may be open on one file at the same time; SQLite's own locks order the writers.
 */
export type ConnectionPurpose = 'facts' | 'ledger' | 'reader';

export function connect(file: string, purpose: ConnectionPurpose): Connection {
  const connection = new Database(file, { readonly: purpose === 'reader' });
  try {
    connection.pragma('busy_timeout = 10000');
    connection.pragma('trusted_schema = OFF');
    connection.pragma('foreign_keys = ON');
    connection.pragma('cache_size = -16384');
    if (purpose !== 'reader') {
      connection.pragma('journal_mode = WAL');
      // A first scan writes the same pages again and again: copied into the file once at its end rather than every 4 MB.
      if (purpose === 'facts') connection.pragma('wal_autocheckpoint = 4096');
      connection.pragma(`synchronous = ${purpose === 'ledger' ? 'FULL' : 'NORMAL'}`);
    }
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

export const isSqliteError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && error.name === 'SqliteError';
