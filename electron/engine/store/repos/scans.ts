import { z } from 'zod';
import type { CoverageEntry, ScanIssue } from '../../../../shared/model/facts.ts';
import type { ScanStatus, ScanSummary } from '../../../../shared/model/scan.ts';
import { type ScanRequest, scanRequestSchema } from '../../../../shared/contract/scans.ts';
import type { Connection } from '../driver.ts';

/** A folder that places of a scan are counted from. `path` is absolute inside the scanned file system. */
export const scanRootSchema = z.strictObject({
  id: z.int(),
  label: z.string(),
  path: z.string(),
  type: z.enum(['scan', 'home', 'machine']),
});
export type ScanRoot = z.infer<typeof scanRootSchema>;

export type ScanCounts = {
  readonly files: number;
  readonly filesRead: number;
  readonly folders: number;
  readonly assets: number;
  readonly relations: number;
};

export type CoverageRow = CoverageEntry & { readonly assets: number };

/**
 * Number of a root. What was read below it is kept under this number and holds its label, so the same folder under another
 * label, as a home or in another file system has a number of its own.
 */
export function putRoot(connection: Connection, root: Omit<ScanRoot, 'id'>, fsRoot: string | null): number {
  const key = [root.type, root.label, root.path, fsRoot ?? ''];
  connection.prepare('INSERT OR IGNORE INTO root(type, label, path, fs_root) VALUES (?, ?, ?, ?)').run(...key);
  return connection
    .prepare('SELECT id FROM root WHERE type = ? AND label = ? AND path = ? AND fs_root = ?')
    .pluck()
    .get(...key) as number;
}

export function beginScan(
  connection: Connection,
  scan: { request: ScanRequest; home: string | null; fsRoot: string | null; tool: string; now: number },
): number {
  const number = ((connection.prepare('SELECT max(number) FROM scan').pluck().get() as number | null) ?? 0) + 1;
  connection
    .prepare(
      "INSERT INTO scan(number, status, started_at, request, roots, home, fs_root, tool) VALUES (?, 'running', ?, ?, '[]', ?, ?, ?)",
    )
    .run(number, scan.now, JSON.stringify(scan.request), scan.home, scan.fsRoot, scan.tool);
  return number;
}

export const setScanRoots = (connection: Connection, number: number, roots: readonly ScanRoot[]): void => {
  connection.prepare('UPDATE scan SET roots = ? WHERE number = ?').run(JSON.stringify(roots), number);
};

const couldTell = new Set(['read', 'absent']);

export function endScan(
  connection: Connection,
  number: number,
  status: ScanStatus,
  now: number,
  counts: ScanCounts,
  coverage: readonly CoverageRow[],
  issues: readonly ScanIssue[],
): void {
  const addCoverage = connection.prepare(
    'INSERT INTO coverage(scan, source, scope, path, status, detail, assets) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let couldNotTell = 0;
  for (const entry of coverage) {
    if (!couldTell.has(entry.status)) couldNotTell++;
    addCoverage.run(number, entry.source, entry.scope, entry.path, entry.status, entry.detail, entry.assets);
  }
  const addIssue = connection.prepare('INSERT INTO issue(scan, source, path, line, message) VALUES (?, ?, ?, ?, ?)');
  for (const issue of issues) addIssue.run(number, issue.source, issue.path, issue.line, issue.message);
  connection
    .prepare(
      'UPDATE scan SET status = ?, ended_at = ?, files = ?, files_read = ?, folders = ?, assets = ?, relations = ?, issues = ?, could_not_tell = ? WHERE number = ?',
    )
    .run(
      status,
      now,
      counts.files,
      counts.filesRead,
      counts.folders,
      counts.assets,
      counts.relations,
      issues.length,
      couldNotTell,
      number,
    );
}

type SummaryRow = {
  number: number;
  status: ScanStatus;
  started_at: number;
  ended_at: number | null;
  roots: string;
  home: string | null;
  fs_root: string | null;
  files: number;
  files_read: number;
  folders: number;
  assets: number;
  relations: number;
  issues: number;
  could_not_tell: number;
  tool: string;
};

const toSummary = (row: SummaryRow): ScanSummary => ({
  number: row.number,
  status: row.status,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  roots: parseRoots(row.roots)
    .filter((root) => root.type === 'scan')
    .map((root) => root.path),
  home: row.home,
  fsRoot: row.fs_root,
  files: row.files,
  filesRead: row.files_read,
  folders: row.folders,
  assets: row.assets,
  relations: row.relations,
  issues: row.issues,
  couldNotTell: row.could_not_tell,
  tool: row.tool,
});

const parseRoots = (text: string): ScanRoot[] => z.array(scanRootSchema).parse(JSON.parse(text));

export const listScans = (connection: Connection): ScanSummary[] =>
  (connection.prepare('SELECT * FROM scan ORDER BY number DESC').all() as SummaryRow[]).map(toSummary);

export function getScan(connection: Connection, number: number): ScanSummary | undefined {
  const row = connection.prepare('SELECT * FROM scan WHERE number = ?').get(number) as SummaryRow | undefined;
  return row === undefined ? undefined : toSummary(row);
}

export const scanRoots = (connection: Connection, number: number): ScanRoot[] =>
  parseRoots(
    (connection.prepare('SELECT roots FROM scan WHERE number = ?').pluck().get(number) as string | undefined) ?? '[]',
  );

/** The newest complete scan; where there is none, the newest that ended at all; null when nothing was scanned. */
export function latestScan(connection: Connection): number | null {
  const complete = connection.prepare("SELECT max(number) FROM scan WHERE status = 'complete'").pluck().get() as
    | number
    | null;
  return (
    complete ??
    (connection.prepare("SELECT max(number) FROM scan WHERE status = 'partial'").pluck().get() as number | null)
  );
}

export const latestCompleteScan = (connection: Connection): number | null =>
  connection.prepare("SELECT max(number) FROM scan WHERE status = 'complete'").pluck().get() as number | null;

/** The last complete scan before this one; null where there is none. */
export const lastCompleteBefore = (connection: Connection, number: number): number | null =>
  connection.prepare("SELECT max(number) FROM scan WHERE status = 'complete' AND number < ?").pluck().get(number) as
    | number
    | null;

export function lastRequest(connection: Connection): ScanRequest | null {
  const text = connection.prepare('SELECT request FROM scan ORDER BY number DESC LIMIT 1').pluck().get() as
    | string
    | undefined;
  return text === undefined ? null : scanRequestSchema.parse(JSON.parse(text));
}

/** What a scan was asked. */
export function scanRequestOf(connection: Connection, number: number): ScanRequest | null {
  const text = connection.prepare('SELECT request FROM scan WHERE number = ?').pluck().get(number) as
    | string
    | undefined;
  return text === undefined ? null : scanRequestSchema.parse(JSON.parse(text));
}

export const readCoverage = (connection: Connection, number: number): CoverageRow[] =>
  connection
    .prepare(
      'SELECT source, scope, path, status, detail, assets FROM coverage WHERE scan = ? ORDER BY source, scope, path',
    )
    .all(number) as CoverageRow[];

/** `wanted`: a source wanted to look there, so it is an issue too. */
export type SkipRow = CoverageRow & { readonly wanted: boolean };

/** What a scan skipped on its way through folders; null when it died before it could say so. */
export function readSkips(connection: Connection, number: number): SkipRow[] | null {
  const told = connection
    .prepare("SELECT 1 FROM scan WHERE number = ? AND ended_at IS NOT NULL AND status IN ('complete', 'partial')")
    .get(number);
  if (told === undefined) return null;
  const issues = connection
    .prepare("SELECT path, message FROM issue WHERE scan = ? AND source = 'scan/folders'")
    .raw()
    .all(number) as [string, string][];
  const wanted = new Set(issues.map(([path, message]) => `${path}\0${message}`));
  const rows = connection
    .prepare(
      "SELECT source, scope, path, status, detail, assets FROM coverage WHERE scan = ? AND source = 'scan/folders' ORDER BY path, status, detail",
    )
    .all(number) as CoverageRow[];
  return rows.map((row) => ({ ...row, wanted: wanted.has(`${row.path}\0${row.detail}`) }));
}

export const readIssues = (connection: Connection, number: number): ScanIssue[] =>
  connection
    .prepare('SELECT source, path, line, message FROM issue WHERE scan = ? ORDER BY path, line, source, message')
    .all(number) as ScanIssue[];
