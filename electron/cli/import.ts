import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ImportSummary } from '../../shared/contract/imports.ts';
import type { ListAttachment } from '../../shared/contract/introspection.ts';
import type { RegistryComparison } from '../../shared/contract/registry.ts';
import type { Change } from '../../shared/model/changes.ts';
import { AppError } from '../engine/errors.ts';
import { serversOf } from '../engine/imports/mcp-tools/attach.ts';
import { attachmentsOf, latestDrift } from '../engine/introspect/attachments.ts';
import { goneThings, lastSeenBy } from '../engine/owners/last-seen.ts';
import { readWorkspaceFacts } from '../engine/owners/workspace-facts.ts';
import { importSummary } from '../engine/registry-files/import-summary.ts';
import { forServer, readImportFile } from '../engine/registry-files/recognise.ts';
import { registryComparison } from '../engine/registry-files/registry-view.ts';
import type { Connection } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { putImport, type StoredImport } from '../engine/store/repos/imports.ts';
import { readSnapshot } from '../engine/store/repos/facts-reader.ts';
import { latestScan } from '../engine/store/repos/scans.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import { writeImportText } from './import-report.ts';
import { writeOutputFile } from './output-file.ts';
import type { ImportFlags } from './program.ts';
import { checkWorkspaceName } from './scan-workspace.ts';
import { plainStyle, printable } from './terminal-text.ts';

export type ImportCommand = ImportFlags & { readonly files: readonly string[] };

/** What `--format json` prints. */
export type ImportReport = {
  readonly schemaVersion: '1';
  readonly imports: readonly ImportSummary[];
  /** What was found against what is registered; null where no register or no scan is in the workspace. */
  readonly registry: RegistryComparison | null;
  /** Lists of MCP tools of these files: the server that each belongs to, and what is different from the list before. */
  readonly toolLists: readonly ListAttachment[];
  readonly drift: readonly Change[];
};

/** `countersign import`: lists of the organisation into a workspace. A file that is none of them is exit 3; the others are imported. */
export async function importCommand(command: ImportCommand, io: CommandIo): Promise<ExitCode> {
  const file = resolve(io.folder, command.workspace);
  checkWorkspaceName(file);
  const said = { by: command.by ?? userOf(io), at: Date.now() };
  const create = { name: basename(file).replace(/\.countersign$/, ''), sample: false, now: said.at };
  const workspace = await openWorkspace(file, { mustWrite: true, ...(existsSync(file) ? {} : { create }) });
  try {
    const imported: StoredImport[] = [];
    let isWhole = true;
    const serverId = command.server === undefined ? undefined : serverNamed(workspace.connection, command.server);
    for (const name of command.files) {
      try {
        const read = forServer(readImportFile(resolve(io.folder, name)), serverId);
        imported.push(putImport(workspace.connection, { ...read, ...said }));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        io.note(`error: ${printable(error.message)}\n`);
        isWhole = false;
      }
    }
    const report: ImportReport = {
      schemaVersion: '1',
      imports: imported.map(importSummary),
      registry: imported.length === 0 ? null : comparisonOf(workspace.connection),
      ...toolListsOf(workspace.connection, imported),
    };
    writeImportReport(report, command, io);
    return isWhole ? exitCodes.clean : exitCodes.incomplete;
  } finally {
    workspace.close();
  }
}

const userOf = (io: CommandIo): string => io.environment['USER'] || io.environment['LOGNAME'] || 'command line';

function comparisonOf(connection: Connection): RegistryComparison | null {
  const scan = latestScan(connection);
  if (scan === null) return null;
  const facts = readWorkspaceFacts(connection, scan);
  if (!facts.sources.imports.some(({ content }) => content.type === 'registry')) return null;
  return registryComparison(facts, lastSeenBy(connection), goneThings(connection, scan));
}

function serverNamed(connection: Connection, given: string): string {
  const scan = latestScan(connection);
  const servers = scan === null ? [] : serversOf(readSnapshot(connection, scan).assets);
  const fitting = servers.filter(({ id, name }) => id === given || name === given);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only.id;
  throw new AppError(
    'bad-request',
    fitting.length === 0
      ? `No server of the newest scan is called "${given}".`
      : `${fitting.length} servers are called "${given}". Name one by its id: ${fitting.map(({ id }) => id).join(', ')}.`,
  );
}

function toolListsOf(
  connection: Connection,
  imported: readonly StoredImport[],
): Pick<ImportReport, 'toolLists' | 'drift'> {
  const scan = latestScan(connection);
  const ids = new Set(imported.filter(({ type }) => type === 'tools').map(({ id }) => id));
  if (scan === null || ids.size === 0) return { toolLists: [], drift: [] };
  return {
    toolLists: attachmentsOf(connection, scan).filter((list) => ids.has(list.import)),
    drift: latestDrift(connection, scan, ids),
  };
}

function writeImportReport(report: ImportReport, command: ImportCommand, io: CommandIo): void {
  const write = (style: CommandIo['style'], out: (text: string) => void): void => {
    if (command.format === 'json') out(`${JSON.stringify(report, null, 2)}\n`);
    else writeImportText(report, style, out);
  };
  if (command.output === undefined) write(io.style, (text) => io.out(text));
  else writeOutputFile(resolve(io.folder, command.output), (out) => write(plainStyle, out));
}
