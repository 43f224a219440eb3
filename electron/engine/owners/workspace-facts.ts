import { assetKinds } from '../../../shared/kinds.ts';
import type { Connection } from '../store/driver.ts';
import { readRecords, recordsVersion } from '../store/repos/asset-records.ts';
import { type FactSnapshot, readSnapshot } from '../store/repos/facts-reader.ts';
import { readImports } from '../store/repos/imports.ts';
import { getScan } from '../store/repos/scans.ts';
import { type Additions, type AdditionSources, additionsFor, nothingAdded, withAdditions } from './additions.ts';

export type WorkspaceFacts = {
  /** Facts of the scan alone. */
  readonly scanned: FactSnapshot;
  /** Facts with what people and imports say. */
  readonly all: FactSnapshot;
  readonly additions: Additions;
  readonly sources: AdditionSources;
};

const sourcesOf = (connection: Connection): AdditionSources => ({
  records: readRecords(connection),
  imports: readImports(connection),
});

/** Facts of a scan with everything that people and imported files say of them. */
export function readWorkspaceFacts(connection: Connection, scan: number): WorkspaceFacts {
  const scanned = readSnapshot(connection, scan);
  const sources = sourcesOf(connection);
  const additions = additionsFor(scanned, sources);
  return { scanned, all: withAdditions(scanned, additions, assetKinds), additions, sources };
}

/** The snapshot that reports and exports are made from. */
export const readFullSnapshot = (connection: Connection, scan: number): FactSnapshot =>
  nothingAdded(sourcesOf(connection)) ? readSnapshot(connection, scan) : readWorkspaceFacts(connection, scan).all;

/** Remembers the facts of one scan until a record, an import or another scan is asked about. */
export type WorkspaceFactsReader = {
  of(connection: Connection, scan: number): WorkspaceFacts;
  /** Null where nobody said anything: nothing has to be read then. */
  additions(connection: Connection, scan: number): Additions | null;
};

export function createWorkspaceFactsReader(): WorkspaceFactsReader {
  let kept: { connection: Connection; scan: number; version: string; facts: WorkspaceFacts } | null = null;
  const of = (connection: Connection, scan: number): WorkspaceFacts => {
    const version = recordsVersion(connection);
    if (kept?.connection === connection && kept.scan === scan && kept.version === version) return kept.facts;
    const facts = readWorkspaceFacts(connection, scan);
    if (getScan(connection, scan)?.status !== 'running') kept = { connection, scan, version, facts };
    return facts;
  };
  return {
    of,
    additions: (connection, scan) => (nothingAdded(sourcesOf(connection)) ? null : of(connection, scan).additions),
  };
}
