import type { JsonValue } from '../../../../shared/model/facts.ts';
import {
  type AssetRecord,
  assetRecordSchema,
  emptyRecord,
  type RecordChanges,
  type RecordEntry,
  type RecordField,
  recordFields,
} from '../../../../shared/model/records.ts';
import type { Connection } from '../driver.ts';

type Row = { id: number; asset: string; field: RecordField; value: string; said_by: string; said_at: number };

/** A record with who said each of its fields last, and when. */
export type SaidRecord = {
  readonly record: AssetRecord;
  readonly said: { readonly [F in RecordField]?: { readonly by: string; readonly at: number } };
};

/** Records of all assets that anybody said anything about, by public id. */
export function readRecords(connection: Connection): Map<string, SaidRecord> {
  const rows = connection
    .prepare(
      `SELECT id, asset, field, value, said_by, said_at FROM asset_record
       WHERE id IN (SELECT max(id) FROM asset_record GROUP BY asset, field) ORDER BY asset`,
    )
    .all() as Row[];
  const byAsset = new Map<string, Row[]>();
  for (const row of rows) {
    const known = byAsset.get(row.asset);
    if (known === undefined) byAsset.set(row.asset, [row]);
    else known.push(row);
  }
  return new Map(
    [...byAsset].map(([asset, fields]) => [
      asset,
      {
        record: recordOf(new Map(fields.map(({ field, value }) => [field, JSON.parse(value) as JsonValue]))),
        said: Object.fromEntries(fields.map((row) => [row.field, { by: row.said_by, at: row.said_at }])),
      },
    ]),
  );
}

export function readRecord(connection: Connection, asset: string): AssetRecord {
  const rows = connection
    .prepare('SELECT field, value FROM asset_record WHERE asset = ? ORDER BY id')
    .all(asset) as Pick<Row, 'field' | 'value'>[];
  return recordOf(new Map(rows.map(({ field, value }) => [field, JSON.parse(value) as JsonValue])));
}

const recordOf = (values: ReadonlyMap<string, JsonValue>): AssetRecord =>
  assetRecordSchema.parse({
    ...emptyRecord,
    ...Object.fromEntries([...values].filter(([field]) => (recordFields as readonly string[]).includes(field))),
  });

/** Every change of the record of an asset, or of all assets where none is named; newest first. */
export function readRecordHistory(connection: Connection, asset: string | null): RecordEntry[] {
  const rows = connection
    .prepare(
      `SELECT id, asset, field, value, said_by, said_at FROM asset_record ${asset === null ? '' : 'WHERE asset = @asset'} ORDER BY id`,
    )
    .all({ asset }) as Row[];
  const before = new Map<string, JsonValue>();
  const entries = rows.map((row): RecordEntry => {
    const key = `${row.asset}\0${row.field}`;
    const after = JSON.parse(row.value) as RecordEntry['after'];
    const entry: RecordEntry = {
      number: row.id,
      asset: row.asset,
      field: row.field,
      before: (before.get(key) ?? emptyRecord[row.field]) as RecordEntry['before'],
      after,
      by: row.said_by,
      at: row.said_at,
    };
    before.set(key, after as JsonValue);
    return entry;
  });
  return entries.reverse();
}

/** Writes what differs from what is there; in one transaction for all assets. */
export function putRecords(
  connection: Connection,
  assets: readonly string[],
  changes: RecordChanges,
  said: { readonly by: string; readonly at: number },
): void {
  const add = connection.prepare(
    'INSERT INTO asset_record(asset, field, value, said_by, said_at) VALUES (?, ?, ?, ?, ?)',
  );
  connection
    .transaction(() => {
      for (const asset of new Set(assets)) {
        const known = readRecord(connection, asset);
        for (const field of recordFields) {
          const value = changes[field];
          if (value === undefined || JSON.stringify(value) === JSON.stringify(known[field])) continue;
          add.run(asset, field, JSON.stringify(value), said.by, said.at);
        }
      }
    })
    .immediate();
}

/** Changes with every record and every import: what was made from them is then out of date. */
export const recordsVersion = (connection: Connection): string =>
  connection
    .prepare(
      "SELECT ifnull((SELECT max(id) FROM asset_record), 0) || ' ' || ifnull((SELECT max(id) || ' ' || count(ended_at) FROM import), '')",
    )
    .pluck()
    .get() as string;
