import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ScanRequest } from '../../shared/contract/scans.ts';
import type { FindingsResult } from '../../shared/model/findings.ts';
import { scanLimitsSchema } from '../../shared/model/scan.ts';
import { AppError } from '../engine/errors.ts';
import type { Snapshot } from '../engine/exporters/exporter.ts';
import { readFullSnapshot } from '../engine/owners/workspace-facts.ts';
import { runScan } from '../engine/scan/run-scan.ts';
import type { ScanOutcome } from '../engine/scan/scan-types.ts';
import { linkers, sources } from '../engine/sources/registry.ts';
import { connect, type Connection } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { readCoverage, readIssues } from '../engine/store/repos/scans.ts';
import type { AppFolders } from '../host/app-folders.ts';
import { type CommandIo, commandLog } from './io.ts';
import { createProgressLine } from './progress-line.ts';

export type WorkspaceScan = {
  readonly request: ScanRequest;
  /** File that keeps the facts; null = a temporary one that is gone afterwards. */
  readonly workspace: string | null;
  readonly isSample: boolean;
  readonly isQuiet: boolean;
};

export type ScannedWorkspace = {
  readonly outcome: ScanOutcome;
  readonly snapshot: Snapshot;
  readonly result: FindingsResult;
};

/** Scans into a workspace file in this process and reads the facts of that scan back. Throws AppError. */
export const scanWorkspace = (scan: WorkspaceScan, folders: AppFolders, io: CommandIo): Promise<ScannedWorkspace> =>
  withScan(scan, folders, io, async (connection, outcome) => {
    // Rules, shell grammar and evaluators are loaded by those who want findings.
    const result = await import('./judge-scan.ts').then(({ judgeScan }) =>
      judgeScan(connection, outcome.number, scan.request.fsRoot),
    );
    return { outcome, result, snapshot: snapshotOf(connection, outcome, folders) };
  });

/** The same, for what else is to be read while the workspace is open. */
export async function withScan<T>(
  scan: WorkspaceScan,
  folders: AppFolders,
  io: CommandIo,
  use: (connection: Connection, outcome: ScanOutcome) => T | Promise<T>,
): Promise<T> {
  if (scan.workspace !== null) return scanInto(scan.workspace, scan, folders, io, use);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // The second interrupt ends the process in the middle of things.
  process.once('exit', remove);
  try {
    return await scanInto(join(folder, 'scan.countersign'), scan, folders, io, use);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function scanInto<T>(
  file: string,
  scan: WorkspaceScan,
  folders: AppFolders,
  io: CommandIo,
  use: (connection: Connection, outcome: ScanOutcome) => T | Promise<T>,
): Promise<T> {
  const name = basename(file).replace(/\.countersign$/, '');
  const create = { name, sample: scan.isSample, now: Date.now() };
  const workspace = await openWorkspace(file, { mustWrite: true, ...(existsSync(file) ? {} : { create }) });
  const facts = connect(file, 'facts');
  const progress = createProgressLine(io, scan.isQuiet);
  // Worker threads do not keep a process alive, and nothing else may be open while they parse.
  const alive = setInterval(() => {}, 60_000);
  try {
    const outcome = await runScan(
      {
        connection: facts,
        sources,
        linkers,
        parseWorker: folders.parseWorker,
        now: Date.now,
        log: commandLog(io),
        tool: `countersign ${folders.version}`,
        platform: process.platform === 'darwin' ? 'macos' : process.platform === 'win32' ? 'windows' : 'linux',
      },
      {
        request: scan.request,
        limits: scanLimitsSchema.parse(scan.request.limits ?? {}),
        signal: io.signal,
        progress: (state) => progress.show(state),
      },
    );
    progress.clear();
    return await use(facts, outcome);
  } finally {
    clearInterval(alive);
    progress.clear();
    facts.close();
    workspace.close();
  }
}

export function snapshotOf(
  connection: Connection,
  outcome: Pick<ScanOutcome, 'number' | 'status'>,
  folders: AppFolders,
): Snapshot {
  const found = readFullSnapshot(connection, outcome.number);
  return {
    tool: { name: 'countersign', version: folders.version },
    status: outcome.status,
    roots: found.roots,
    coverage: readCoverage(connection, outcome.number).map(({ source, scope, path, status, detail }) => ({
      source,
      scope,
      path,
      status,
      detail,
    })),
    issues: readIssues(connection, outcome.number),
    assets: found.assets,
    relations: found.relations,
  };
}

/** Readable as a file name by people and scripts: never a folder, never a path that names nothing. */
export function checkWorkspaceName(file: string): void {
  if (!file.endsWith('.countersign'))
    throw new AppError('bad-request', `A workspace is a file that ends in .countersign; '${file}' does not.`);
}
