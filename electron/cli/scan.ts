import { posix, resolve } from 'node:path';
import { type ScanRequest, scanRequestSchema } from '../../shared/contract/scans.ts';
import { AppError } from '../engine/errors.ts';
import type { ScanOutcome } from '../engine/scan/scan-types.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import { failing, judged, readJudging } from './judge-scan.ts';
import type { ScanFlags } from './program.ts';
import { writeReport } from './report.ts';
import { checkWorkspaceName, scanWorkspace } from './scan-workspace.ts';
import { printable } from './terminal-text.ts';

export type ScanCommand = ScanFlags & { readonly paths: readonly string[] };

/** `countersign scan`: facts into a workspace (a temporary one unless named), a report to stdout or a file. */
export async function scanCommand(command: ScanCommand, io: CommandIo): Promise<ExitCode> {
  const workspace = command.workspace === undefined ? null : resolve(io.folder, command.workspace);
  if (workspace !== null) checkWorkspaceName(workspace);
  const judging = readJudging(command, io);
  const { outcome, result, snapshot } = await scanWorkspace(
    { request: scanRequest(command, io.folder), workspace, isSample: false, isQuiet: command.quiet },
    findAppFolders(),
    io,
  );
  const findings = judged(result, judging);
  writeReport({ ...snapshot, findings }, command.format, command.output, io);
  if (!command.quiet) {
    for (const note of notes(command, outcome, workspace)) io.note(`${printable(note)}\n`);
  }
  return failing(findings, judging) ?? exitCodeFor(outcome, command.allowIncomplete);
}

/** A scan that was cancelled is incomplete whatever was allowed: nobody decided to leave the rest out. */
export function exitCodeFor(outcome: Pick<ScanOutcome, 'cancelled' | 'complete'>, allowIncomplete: boolean): ExitCode {
  if (outcome.cancelled) return exitCodes.incomplete;
  return outcome.complete || allowIncomplete ? exitCodes.clean : exitCodes.incomplete;
}

/** Paths as the scan wants them: absolute on this machine, or absolute inside the folder that stands for one. */
export function scanRequest(
  command: Pick<ScanCommand, 'paths' | 'home' | 'fsRoot' | 'exclude'>,
  folder: string,
): ScanRequest {
  const fsRoot = command.fsRoot === undefined ? null : resolve(folder, command.fsRoot);
  const place = (path: string): string => (fsRoot === null ? resolve(folder, path) : posix.resolve('/', path));
  const request = {
    roots: [...new Set(command.paths.map(place))],
    home: command.home === undefined ? null : place(command.home),
    fsRoot,
    exclude: [...command.exclude],
  };
  const parsed = scanRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new AppError(
    'bad-request',
    `The scan cannot be asked for like this: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`,
  );
}

function notes(command: ScanCommand, outcome: ScanOutcome, workspace: string | null): string[] {
  const lines = outcome.unreadableRoots.map((root) => `error: ${root} could not be read`);
  if (outcome.status === 'partial') {
    lines.push(
      `cancelled: this is what was found until then${workspace === null ? '' : `; it is kept in ${workspace} as a partial scan`}`,
    );
  } else if (!outcome.complete && outcome.status !== 'failed') {
    lines.push(
      command.allowIncomplete
        ? 'incomplete: not everything under the paths could be looked at (allowed)'
        : 'incomplete: not everything under the paths could be looked at; the report says what (exit 3, --allow-incomplete for 0)',
    );
  }
  return lines;
}
