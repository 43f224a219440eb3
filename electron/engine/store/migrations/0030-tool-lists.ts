import type { Migration } from '../migrate.ts';

/**
 * Lists of MCP tools are imports as well, from a file or from a server that was asked. The key is for digests of what an
 * introspection would run: a digest that is shown must not let anybody try out values of secrets against it.
 */
export const toolLists: Migration = {
  number: 30,
  name: 'tool-lists',
  sql: `
CREATE TABLE import_next(
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('registry', 'agents', 'context', 'tools')),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  issues TEXT NOT NULL CHECK (json_valid(issues)),
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  ended_by TEXT,
  ended_at INTEGER
) STRICT;
INSERT INTO import_next SELECT id, type, name, sha256, content, issues, imported_by, imported_at, ended_by, ended_at FROM import;
DROP TABLE import;
ALTER TABLE import_next RENAME TO import;

INSERT OR IGNORE INTO meta(key, value) VALUES ('introspection-key', lower(hex(randomblob(32))));
`,
};
