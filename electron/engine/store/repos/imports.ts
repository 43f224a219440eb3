import { z } from 'zod';
import {
  type ImportContent,
  importContentSchema,
  type ImportIssue,
  importIssueSchema,
  type ImportType,
} from '../../../../shared/model/imports.ts';
import type { Connection } from '../driver.ts';

export type StoredImport = {
  readonly id: number;
  readonly type: ImportType;
  readonly name: string;
  readonly sha256: string;
  readonly content: ImportContent;
  readonly issues: readonly ImportIssue[];
  readonly by: string;
  readonly at: number;
  /** Null while it counts. */
  readonly endedAt: number | null;
  readonly endedBy: string | null;
};

type Row = {
  id: number;
  type: ImportType;
  name: string;
  sha256: string;
  content: string;
  issues: string;
  imported_by: string;
  imported_at: number;
  ended_by: string | null;
  ended_at: number | null;
};

const toImport = (row: Row): StoredImport => ({
  id: row.id,
  type: row.type,
  name: row.name,
  sha256: row.sha256,
  content: importContentSchema.parse(JSON.parse(row.content)),
  issues: z.array(importIssueSchema).parse(JSON.parse(row.issues)),
  by: row.imported_by,
  at: row.imported_at,
  endedAt: row.ended_at,
  endedBy: row.ended_by,
});

/** Imports that count, in the order in which they came; with `ended` the ones of before as well. */
export const readImports = (connection: Connection, which: 'current' | 'all' = 'current'): StoredImport[] =>
  (
    connection
      .prepare(`SELECT * FROM import ${which === 'current' ? 'WHERE ended_at IS NULL' : ''} ORDER BY id`)
      .all() as Row[]
  ).map(toImport);

/** Adds an import; one of the same type and name ends with it. The same content again changes nothing. */
export function putImport(
  connection: Connection,
  added: Pick<StoredImport, 'name' | 'sha256' | 'content' | 'issues' | 'by' | 'at'>,
): StoredImport {
  const { type } = added.content;
  return connection
    .transaction(() => {
      const before = connection
        .prepare('SELECT * FROM import WHERE type = ? AND name = ? AND ended_at IS NULL')
        .get(type, added.name) as Row | undefined;
      const content = JSON.stringify(added.content);
      if (before !== undefined && before.content === content) return toImport(before);
      if (before !== undefined) endImport(connection, before.id, added.by, added.at);
      const row = connection
        .prepare(
          'INSERT INTO import(type, name, sha256, content, issues, imported_by, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *',
        )
        .get(type, added.name, added.sha256, content, JSON.stringify(added.issues), added.by, added.at) as Row;
      return toImport(row);
    })
    .immediate();
}

/** False where there is none that counts. */
export const endImport = (connection: Connection, id: number, by: string, at: number): boolean =>
  connection.prepare('UPDATE import SET ended_by = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL').run(by, at, id)
    .changes === 1;
