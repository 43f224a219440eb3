import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import type { ScanRequest } from '../../shared/contract/scans.ts';
import { prepareSample, type Sample } from '../engine/sample.ts';
import { findAppFolders } from '../host/app-folders.ts';
import type { CommandIo, ExitCode } from './io.ts';
import type { DemoFlags } from './program.ts';
import { writeReport } from './report.ts';
import { exitCodeFor } from './scan.ts';
import { checkWorkspaceName, scanWorkspace } from './scan-workspace.ts';

/** `countersign demo`: the sample as real files in a temporary folder, and a real scan of them. */
export async function demoCommand(flags: DemoFlags, io: CommandIo): Promise<ExitCode> {
  const folders = findAppFolders();
  const workspace = flags.workspace === undefined ? null : resolve(io.folder, flags.workspace);
  if (workspace !== null) checkWorkspaceName(workspace);
  // Beside a workspace that is kept the files are kept as well: its evidence points to them.
  const target =
    workspace === null
      ? mkdtempSync(join(tmpdir(), 'countersign-demo-'))
      : `${workspace.replace(/\.countersign$/, '')}-files`;
  const remove = (): void => {
    if (workspace === null) rmSync(target, { recursive: true, force: true });
  };
  process.once('exit', remove);
  try {
    const request = sampleRequest(prepareSample(folders.resources, target), workspace === null ? target : null);
    const { outcome, result, snapshot } = await scanWorkspace(
      { request, workspace, isSample: true, isQuiet: flags.quiet },
      folders,
      io,
    );
    writeReport(
      { ...snapshot, findings: result.findings.map((finding) => ({ ...finding, waived: null })) },
      flags.format,
      flags.output,
      io,
    );
    if (!flags.quiet && workspace !== null)
      io.note(`kept in ${workspace}; open it with: countersign open ${workspace}\n`);
    return exitCodeFor(outcome, false);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** A folder that is gone afterwards is no place to name: the sample then stands for a file system of its own. */
function sampleRequest(sample: Sample, fsRoot: string | null): ScanRequest {
  const place = (path: string): string => (fsRoot === null ? path : `/${relative(fsRoot, path).split(sep).join('/')}`);
  return {
    roots: sample.roots.map(place),
    home: sample.home === null ? null : place(sample.home),
    fsRoot,
    exclude: [],
  };
}
