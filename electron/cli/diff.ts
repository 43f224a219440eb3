import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Comparison } from '../../shared/model/changes.ts';
import { compareSides, type DiffSide } from '../engine/diff/compare-sides.ts';
import { compareStoredScans, lastTwoScans, namedRelations, wholeSide } from '../engine/diff/diff-sides.ts';
import { AppError } from '../engine/errors.ts';
import { type Report, reportSchema } from '../engine/exporters/json/report-schema.ts';
import { type Connection, connect } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { getScan, latestScan } from '../engine/store/repos/scans.ts';
import { writeDiffText } from './diff-report.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import { writeOutputFile } from './output-file.ts';
import type { DiffFlags } from './program.ts';
import { plainStyle } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

export type DiffCommand = DiffFlags & { readonly before: string; readonly after: string | null };

const maxReportBytes = 512 * 1024 * 1024;

/**
 * `countersign diff`: two reports, two scans of a workspace, or one of each. Differences are no findings: exit 0, unless
 * --exit-code asks for 1. A side that is not complete is exit 3, because what it lacks looks removed.
 */
export async function diffCommand(command: DiffCommand, io: CommandIo): Promise<ExitCode> {
  const comparison = await compare(command, io);
  const write = (style: CommandIo['style'], out: (text: string) => void): void => {
    if (command.format === 'json') out(`${JSON.stringify(comparison, null, 2)}\n`);
    else writeDiffText(comparison, style, out);
  };
  if (command.output === undefined) write(io.style, (text) => io.out(text));
  else writeOutputFile(resolve(io.folder, command.output), (out) => write(plainStyle, out));
  const isDifferent = comparison.changes.length + comparison.relations.length > 0;
  if (isDifferent && command.exitCode) return exitCodes.findings;
  const partial = [comparison.before, comparison.after].filter(({ status }) => status !== 'complete');
  for (const { name } of partial)
    io.note(
      `${name} is not complete: what it lacks looks removed${command.allowIncomplete ? ' (allowed)' : ' (exit 3, --allow-incomplete for 0)'}\n`,
    );
  return partial.length > 0 && !command.allowIncomplete ? exitCodes.incomplete : exitCodes.clean;
}

type Named =
  | { readonly type: 'report'; readonly path: string }
  | { readonly type: 'workspace'; readonly path: string; readonly scan: number | null };

/** `report.json`, `team.countersign` (its latest scan) or `team.countersign#3`; with --workspace also just the number of a scan. */
function named(given: string, command: DiffCommand, io: CommandIo): Named {
  if (command.workspace !== undefined && /^\d{1,9}$/.test(given))
    return { type: 'workspace', path: resolve(io.folder, command.workspace), scan: Number(given) };
  const numbered = /^(.*\.countersign)#(\d{1,9})$/.exec(given);
  const path = resolve(io.folder, numbered?.[1] ?? given);
  if (!path.endsWith('.countersign')) return { type: 'report', path };
  return { type: 'workspace', path, scan: numbered === null ? null : Number(numbered[2]) };
}

async function compare(command: DiffCommand, io: CommandIo): Promise<Comparison> {
  const before = named(command.before, command, io);
  if (command.after === null) {
    if (before.type !== 'workspace')
      throw new UsageError('A report is compared with another one: countersign diff A B.');
    return reading(before.path, (connection) => {
      const scans = lastTwoScans(connection, before.scan);
      if (scans === null)
        throw new AppError('not-found', `${before.path} does not hold two complete scans to compare.`);
      return compareStoredScans(connection, scans.from, scans.to);
    });
  }
  const after = named(command.after, command, io);
  if (before.type === 'workspace' && after.type === 'workspace' && before.path === after.path) {
    return reading(before.path, (connection) => {
      const latest = latestScan(connection);
      const numbers = [before.scan ?? latest, after.scan ?? latest];
      const [from, to] = numbers;
      if (from == null || to == null) throw new AppError('not-found', `${before.path} holds no scan.`);
      return compareStoredScans(connection, from, to);
    });
  }
  return compareSides(await sideOf(before), await sideOf(after));
}

const sideOf = (given: Named): Promise<DiffSide> | DiffSide =>
  given.type === 'report'
    ? reportSide(given.path)
    : reading(given.path, (connection) => {
        const number = given.scan ?? latestScan(connection);
        if (number === null) throw new AppError('not-found', `${given.path} holds no scan.`);
        if (getScan(connection, number) === undefined)
          throw new AppError('not-found', `${given.path} holds no scan ${number}.`);
        return wholeSide(connection, number, basename(given.path));
      });

/** Checked and, where it is of an older schema, brought up to date by the one place that may do so; then read. */
async function reading<T>(path: string, read: (connection: Connection) => T): Promise<T> {
  if (!existsSync(path)) throw new AppError('not-found', `${path} is not there.`);
  const workspace = await openWorkspace(path);
  workspace.close();
  const connection = connect(path, 'reader');
  try {
    return read(connection);
  } finally {
    connection.close();
  }
}

function reportSide(path: string): DiffSide {
  let report: Report;
  try {
    if (statSync(path).size > maxReportBytes)
      throw new AppError('file-unreadable', `${path} is larger than a report can be.`);
    const parsed = reportSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success)
      throw new AppError('file-unreadable', `${path} is not a report that countersign wrote with --format json.`);
    report = parsed.data;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isJson = error instanceof SyntaxError;
    throw new AppError(
      'file-unreadable',
      isJson ? `${path} is not a report that countersign wrote with --format json.` : `${path} cannot be read.`,
      { cause: error },
    );
  }
  return {
    name: basename(path),
    status: report.status,
    at: null,
    roots: report.roots,
    assets: report.assets,
    relations: namedRelations(report.assets, report.relations),
  };
}
