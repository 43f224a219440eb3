import { resolve } from 'node:path';
import { AppError } from '../engine/errors.ts';
import type { Snapshot } from '../engine/exporters/exporter.ts';
import { escapedJson } from '../../shared/escaped-json.ts';
import { reportFinding } from '../engine/exporters/json/report-finding.ts';
import { sarifExporter } from '../engine/exporters/sarif/write.ts';
import type { Connection } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { latestScan, scanRequestOf } from '../engine/store/repos/scans.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { findingLines } from './findings-text.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import { failing, judged, judgeScan, type Judging, readJudging } from './judge-scan.ts';
import { writeOutputFile } from './output-file.ts';
import type { FindingsFlags } from './program.ts';
import { exitCodeFor, scanRequest } from './scan.ts';
import { snapshotOf, withScan } from './scan-workspace.ts';
import { plainStyle, type Style } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

export type FindingsCommand = FindingsFlags & { readonly paths: readonly string[] };

/** `countersign findings`: what rules say of a workspace's newest scan, or of folders that are scanned now. */
export async function findingsCommand(command: FindingsCommand, io: CommandIo): Promise<ExitCode> {
  const judging = readJudging(command, io);
  const scanned = command.paths.length > 0;
  if (scanned === (command.workspace !== undefined))
    throw new UsageError('Name folders to look at, or --workspace FILE, not both.');
  const { text, code } = scanned ? await ofFolders(command, judging, io) : await ofWorkspace(command, judging, io);
  if (command.output === undefined) io.out(text);
  else writeOutputFile(resolve(io.folder, command.output), (out) => out(text));
  return code;
}

type Answer = { readonly text: string; readonly code: ExitCode };

async function ofWorkspace(command: FindingsCommand, judging: Judging, io: CommandIo): Promise<Answer> {
  const workspace = await openWorkspace(resolve(io.folder, command.workspace ?? ''), { mustWrite: false });
  try {
    const scan = latestScan(workspace.connection);
    if (scan === null) throw new AppError('not-found', 'Nothing has been scanned into this workspace yet.');
    const fsRoot = scanRequestOf(workspace.connection, scan)?.fsRoot ?? null;
    return await answer(command, judging, io, workspace.connection, { number: scan, status: 'complete' }, fsRoot);
  } finally {
    workspace.close();
  }
}

async function ofFolders(command: FindingsCommand, judging: Judging, io: CommandIo): Promise<Answer> {
  const request = scanRequest(command, io.folder);
  return withScan(
    { request, workspace: null, isSample: false, isQuiet: command.quiet },
    findAppFolders(),
    io,
    async (connection, outcome) => {
      const found = await answer(command, judging, io, connection, outcome, request.fsRoot);
      return found.code === exitCodes.clean ? { ...found, code: exitCodeFor(outcome, command.allowIncomplete) } : found;
    },
  );
}

async function answer(
  command: FindingsCommand,
  judging: Judging,
  io: CommandIo,
  connection: Connection,
  scan: { readonly number: number; readonly status: Exclude<Snapshot['status'], 'running'> },
  fsRoot: string | null,
): Promise<Answer> {
  const result = await judgeScan(connection, scan.number, fsRoot);
  const findings = judged(result, judging);
  const snapshot = { ...snapshotOf(connection, scan, findAppFolders()), findings };
  const style: Style = command.output === undefined ? io.style : plainStyle;
  const code = failing(findings, judging) ?? exitCodes.clean;
  switch (command.format) {
    case 'sarif': {
      const chunks: string[] = [];
      sarifExporter.write(snapshot, {}, (chunk) => chunks.push(chunk));
      return { text: chunks.join(''), code };
    }
    case 'json':
      return {
        text: `${escapedJson({
          schemaVersion: '1',
          tool: snapshot.tool,
          status: snapshot.status,
          roots: snapshot.roots,
          findings: findings.map((finding) => ({ ...reportFinding(finding), new: !judging.known.has(finding.id) })),
          undecided: result.undecided,
          rules: result.rules,
        })}\n`,
        code,
      };
    case 'text':
      return {
        text: `${findingLines(findings, result, snapshot.roots, judging.known, style).join('\n')}\n`,
        code,
      };
  }
}
