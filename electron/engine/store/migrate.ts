import { AppError } from '../errors.ts';
import type { Connection } from './driver.ts';
import { initial } from './migrations/0010-initial.ts';
import { records } from './migrations/0020-records.ts';
import { toolLists } from './migrations/0030-tool-lists.ts';

/** One step of the schema: forward only, one transaction, never changed after it was released. */
export type Migration = {
  /** In tens; stored as SQLite's user_version. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
};

/** In order. A released migration is frozen: migrate.test.ts compares its digest. */
export const migrations: readonly Migration[] = [initial, records, toolLists];

export const newestSchema = migrations.at(-1)?.number ?? 0;

export const schemaVersion = (connection: Connection): number =>
  connection.pragma('user_version', { simple: true }) as number;

const newestOf = (steps: readonly Migration[]): number => steps.at(-1)?.number ?? 0;

export const needsMigration = (connection: Connection, steps: readonly Migration[] = migrations): boolean =>
  schemaVersion(connection) < newestOf(steps);

/** Brings the schema to the newest version, step by step; a step that fails leaves the step before untouched. */
export function migrate(connection: Connection, steps: readonly Migration[] = migrations): void {
  for (const migration of steps) {
    if (migration.number <= schemaVersion(connection)) continue;
    try {
      connection.transaction(() => {
        connection.exec(migration.sql);
        const broken = connection.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`${broken.length} rows point to rows that are not there`);
        connection.pragma(`user_version = ${migration.number}`);
      })();
    } catch (error) {
      throw new AppError(
        'workspace-damaged',
        `The workspace could not be brought to schema ${migration.number} (${migration.name}). Nothing was changed.`,
        { cause: error },
      );
    }
  }
}
