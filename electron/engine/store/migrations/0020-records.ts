import type { Migration } from '../migrate.ts';

/**
 * What people declare about assets, and the files that they import: never touched by a scan, kept with synchronous FULL. Beside
 * them a cache of git histories, which a scan may throw away.
 */
export const records: Migration = {
  number: 20,
  name: 'records',
  sql: `
-- One row for each thing that somebody said about an asset; the newest row of a field counts, the older ones are its history.
-- Assets are named by their public id, so that a record outlives the asset's absence from a scan.
CREATE TABLE asset_record(
  id INTEGER PRIMARY KEY,
  asset TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  said_by TEXT NOT NULL,
  said_at INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_record_of_asset ON asset_record(asset, field, id);

-- A file of the organisation as it was read: rows in the agreed form with their lines, never the file itself. A newer import of
-- the same name and type takes the place of the older one, which stays as history.
CREATE TABLE import(
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('registry', 'agents', 'context')),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  issues TEXT NOT NULL CHECK (json_valid(issues)),
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  ended_by TEXT,
  ended_at INTEGER
) STRICT;

-- Authors of files of a checkout at one commit: reading a history again takes longer than all of a scan that changed little.
CREATE TABLE git_history(
  root INTEGER NOT NULL REFERENCES root(id),
  path TEXT NOT NULL,
  head TEXT NOT NULL,
  wanted TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result)),
  PRIMARY KEY (root, path)
) STRICT, WITHOUT ROWID;
`,
};
