import { scanLimitsSchema } from '../../shared/model/scan.ts';
import { createLogger } from '../../electron/engine/log.ts';
import { runScan } from '../../electron/engine/scan/run-scan.ts';
import type { ScanOutcome } from '../../electron/engine/scan/scan-types.ts';
import { linkers, sources } from '../../electron/engine/sources/registry.ts';
import { connect } from '../../electron/engine/store/driver.ts';
import { openWorkspace } from '../../electron/engine/store/open.ts';
import { findAppFolders } from '../../electron/host/app-folders.ts';

/** Milliseconds of a first scan and of a scan again, and what the second one did. */
export type InProcessScan = {
  readonly first: number;
  readonly again: number;
  readonly unchanged: boolean;
  readonly opened: number;
  readonly listed: number;
};

/** One scan into the workspace, as a host would run it. */
export async function scanOnce(folder: string, workspace: string): Promise<ScanOutcome> {
  const connection = connect(workspace, 'facts');
  try {
    return await runScan(
      {
        connection,
        sources,
        linkers,
        parseWorker: findAppFolders().parseWorker,
        now: Date.now,
        log: createLogger(() => {}, Date.now),
        tool: 'countersign bench',
        platform: 'linux',
      },
      {
        request: { roots: [folder], home: null, fsRoot: null, exclude: [] },
        limits: scanLimitsSchema.parse({}),
        signal: new AbortController().signal,
        progress: () => {},
      },
    );
  } finally {
    connection.close();
  }
}

// node scan-in-process.ts FOLDER WORKSPACE: both scans, timed from the inside, as JSON on stdout.
const [, script, folder, workspace] = process.argv;
if (script === import.meta.filename && folder !== undefined && workspace !== undefined) {
  const opened = await openWorkspace(workspace, { create: { name: 'bench', sample: false, now: Date.now() } });
  const started = performance.now();
  await scanOnce(folder, workspace);
  const between = performance.now();
  const outcome = await scanOnce(folder, workspace);
  const ended = performance.now();
  opened.close();
  const result: InProcessScan = {
    first: between - started,
    again: ended - between,
    unchanged: outcome.unchanged,
    opened: outcome.work.filesOpened,
    listed: outcome.work.foldersListed,
  };
  process.stdout.write(JSON.stringify(result));
}
