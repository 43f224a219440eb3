import type { Migration } from '../migrate.ts';

/**
 * Facts are kept as versions: a row holds from scan `since` (inclusive) to scan `until` (exclusive, NULL = still so).
 * Rows of a partial scan p hold for p alone (until = p + 1, and only `since = p` is read for it).
 */
export const initial: Migration = {
  number: 10,
  name: 'initial',
  sql: `
CREATE TABLE meta(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scan(
  number INTEGER PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('running', 'complete', 'partial', 'failed')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  request TEXT NOT NULL CHECK (json_valid(request)),
  roots TEXT NOT NULL CHECK (json_valid(roots)),
  home TEXT,
  fs_root TEXT,
  files INTEGER NOT NULL DEFAULT 0,
  files_read INTEGER NOT NULL DEFAULT 0,
  folders INTEGER NOT NULL DEFAULT 0,
  assets INTEGER NOT NULL DEFAULT 0,
  relations INTEGER NOT NULL DEFAULT 0,
  issues INTEGER NOT NULL DEFAULT 0,
  could_not_tell INTEGER NOT NULL DEFAULT 0,
  tool TEXT NOT NULL
) STRICT;

-- Folders that places are counted from: scan roots, the home, the machine. 'label' is the stable first part of a place.
-- The same folder under another label, as a home or in another file system is another root: places and readings hold its label.
CREATE TABLE root(
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('scan', 'home', 'machine')),
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  fs_root TEXT NOT NULL,
  UNIQUE (type, label, path, fs_root)
) STRICT;

-- A file that evidence points to, and the names of sources: evidence is stored as [place, line, endLine, source] numbers.
CREATE TABLE place(
  id INTEGER PRIMARY KEY,
  root INTEGER NOT NULL REFERENCES root(id),
  path TEXT NOT NULL,
  UNIQUE (root, path)
) STRICT;

CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- What the last complete walk of a root saw: its folders, and the files that were looked at and hold nothing to keep. Always
-- read and written whole, so many entries stand in one row; a row each would take most of the time of storing a scan.
CREATE TABLE walk_block(
  root INTEGER NOT NULL REFERENCES root(id),
  type TEXT NOT NULL CHECK (type IN ('folders', 'files')),
  number INTEGER NOT NULL,
  entries TEXT NOT NULL CHECK (json_valid(entries)),
  PRIMARY KEY (root, type, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE file(
  id INTEGER PRIMARY KEY,
  root INTEGER NOT NULL REFERENCES root(id),
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified REAL NOT NULL,
  changed REAL NOT NULL,
  inode REAL NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (root, path)
) STRICT;

-- What a source made of a file with this content; read again only when the content or the source's version changed.
CREATE TABLE reading(
  file INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  version INTEGER NOT NULL,
  context TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (file, source, context)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset(
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL
) STRICT;

CREATE TABLE asset_version(
  id INTEGER PRIMARY KEY,
  asset INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  name TEXT NOT NULL,
  origin INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  dynamic INTEGER NOT NULL,
  properties TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX asset_version_of_asset ON asset_version(asset, since);

CREATE TABLE relation(
  id INTEGER PRIMARY KEY,
  from_asset INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  to_asset INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  discriminator TEXT NOT NULL,
  origin INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  dynamic INTEGER NOT NULL,
  properties TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX relation_from ON relation(from_asset, kind, to_asset);
CREATE INDEX relation_to ON relation(to_asset, kind, from_asset);

CREATE TABLE coverage(
  scan INTEGER NOT NULL REFERENCES scan(number) ON DELETE CASCADE,
  source TEXT NOT NULL,
  scope TEXT NOT NULL,
  path TEXT NOT NULL,
  status TEXT NOT NULL,
  detail TEXT NOT NULL,
  assets INTEGER NOT NULL
) STRICT;
CREATE INDEX coverage_of_scan ON coverage(scan, source, scope);

CREATE TABLE issue(
  scan INTEGER NOT NULL REFERENCES scan(number) ON DELETE CASCADE,
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  line INTEGER,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX issue_of_scan ON issue(scan);

-- What people made: kept with synchronous FULL, never touched by a scan.
CREATE TABLE saved_view(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  screen TEXT NOT NULL CHECK (screen IN ('inventory', 'graph')),
  search TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE position(
  layout TEXT NOT NULL,
  asset TEXT NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  PRIMARY KEY (layout, asset)
) STRICT, WITHOUT ROWID;
`,
};
