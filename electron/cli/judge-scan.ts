import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Severity, severities } from '../../shared/kinds.ts';
import type { FindingsResult, JudgedFinding } from '../../shared/model/findings.ts';
import { AppError } from '../engine/errors.ts';
import { reportSchema } from '../engine/exporters/json/report-schema.ts';
import { runRules } from '../engine/findings/run-rules.ts';
import { applyWaivers, counts, maxWaiverBytes, parseWaivers, type Waiver } from '../engine/findings/waivers.ts';
import { createAsker } from '../engine/permissions/ask.ts';
import { loadShellGrammar } from '../engine/permissions/shell/grammar.ts';
import { storedFacts } from '../engine/permissions/stored-facts.ts';
import type { Connection } from '../engine/store/driver.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';

export const failLevels = ['low', 'medium', 'high', 'critical', 'never'] as const;
export type FailLevel = (typeof failLevels)[number];

/** What people say of findings: what does not count, and from where on it does. */
export type Judging = {
  readonly failOn: FailLevel;
  /** Ids of findings that were there before. */
  readonly known: ReadonlySet<string>;
  readonly waivers: readonly Waiver[];
};

/** Reads files before anything is scanned: a mistake in them should not cost a scan. Throws AppError. */
export function readJudging(
  flags: { readonly failOn?: string; readonly baseline?: string; readonly waivers?: string },
  io: CommandIo,
): Judging {
  return {
    failOn: failLevels.find((level) => level === flags.failOn) ?? 'high',
    known: flags.baseline === undefined ? new Set() : baselineIds(resolve(io.folder, flags.baseline)),
    waivers: flags.waivers === undefined ? [] : readWaivers(resolve(io.folder, flags.waivers)),
  };
}

export async function judgeScan(connection: Connection, scan: number, fsRoot: string | null): Promise<FindingsResult> {
  const platform =
    fsRoot !== null
      ? 'linux'
      : process.platform === 'darwin'
        ? 'macos'
        : process.platform === 'win32'
          ? 'windows'
          : 'linux';
  const facts = storedFacts(connection, scan, fsRoot);
  return runRules(facts, createAsker(facts, await loadShellGrammar(), platform), scan);
}

export const judged = (result: FindingsResult, { waivers }: Judging): readonly JudgedFinding[] =>
  applyWaivers(result.findings, waivers, new Date().toISOString().slice(0, 10));

/** 1 where a finding counts and is at the threshold or above it; null where none is. */
export function failing(findings: readonly JudgedFinding[], { failOn, known }: Judging): ExitCode | null {
  if (failOn === 'never') return null;
  const from = severities.indexOf(failOn satisfies Severity);
  const found = findings.some((finding) => counts(finding, known) && severities.indexOf(finding.severity) >= from);
  return found ? exitCodes.findings : null;
}

/** A baseline is a report of an earlier run; a file that is none must not look like "nothing new". */
function baselineIds(path: string): ReadonlySet<string> {
  const text = read(path, 'baseline', 512 * 1024 * 1024);
  try {
    const parsed = reportSchema.safeParse(JSON.parse(text));
    if (parsed.success) return new Set(parsed.data.findings.map(({ id }) => id));
  } catch {
    // Said below.
  }
  throw new AppError(
    'file-unreadable',
    `The baseline ${path} is not a report that countersign wrote with --format json.`,
  );
}

const readWaivers = (path: string): readonly Waiver[] =>
  parseWaivers(read(path, 'file of waivers', maxWaiverBytes), path);

function read(path: string, what: string, limit: number): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new AppError('file-unreadable', `The ${what} ${path} cannot be read.`);
  if (size > limit) throw new AppError('file-unreadable', `The ${what} ${path} is too large.`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('file-unreadable', `The ${what} ${path} cannot be read.`, { cause: error });
  }
}
