import type { CoverageCell } from '../../../shared/contract/scans.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import type { ScanJobs } from '../scan/scan-jobs.ts';
import type { Session } from '../session.ts';
import { sources } from '../sources/registry.ts';
import { compareScans } from '../store/repos/facts-compare.ts';
import { type CoverageRow, getScan, lastRequest, listScans, readCoverage, readIssues } from '../store/repos/scans.ts';
import type { UserFiles } from '../user-files.ts';

export type ScanHandlerDeps = { readonly session: Session; readonly jobs: ScanJobs; readonly userFiles: UserFiles };

type ScanCalls = Extract<keyof Handlers, `scans.${string}`>;

export function createScanHandlers({ session, jobs, userFiles }: ScanHandlerDeps): Pick<Handlers, ScanCalls> {
  return {
    'scans.list': () => listScans(session.require().connection),
    'scans.start': async (request) => {
      const limits = { ...userFiles.settings().limits, ...request.limits };
      return { number: await jobs.start(session.requireWritable(), { ...request, limits }) };
    },
    'scans.lastRequest': () => lastRequest(session.require().connection),
    'scans.cancel': ({ number }) => {
      jobs.cancel(number);
      return null;
    },
    'scans.running': () => jobs.running(),
    'scans.coverage': ({ number }) =>
      readCoverage(session.require().connection, known(session, number)).map(({ assets: _assets, ...entry }) => entry),
    'scans.coverageBoard': ({ number }) =>
      coverageBoard(readCoverage(session.require().connection, known(session, number))),
    'scans.issues': ({ number }) => readIssues(session.require().connection, known(session, number)),
    'scans.compare': ({ from, to }) => {
      const { connection } = session.require();
      for (const number of [from, to]) {
        if (getScan(connection, number)?.status !== 'complete')
          throw new AppError('not-found', `There is no complete scan ${number}.`);
      }
      return compareScans(connection, from, to);
    },
  };
}

function known(session: Session, number: number): number {
  if (getScan(session.require().connection, number) === undefined)
    throw new AppError('not-found', `There is no scan ${number}.`);
  return number;
}

const titles = new Map(sources.map((source) => [source.id, { title: source.title, product: source.productTitle }]));

/** One cell per source and scope: how many places were read, were not there, or could not be told, with the first reason. */
export function coverageBoard(entries: readonly CoverageRow[]): CoverageCell[] {
  const cells = new Map<string, { -readonly [K in keyof CoverageCell]: CoverageCell[K] }>();
  for (const entry of entries) {
    const key = `${entry.source}\0${entry.scope}`;
    let cell = cells.get(key);
    if (cell === undefined) {
      const { title, product } = titles.get(entry.source) ?? { title: entry.source, product: 'Folders' };
      cell = {
        source: entry.source,
        title,
        product,
        scope: entry.scope,
        read: 0,
        absent: 0,
        couldNotTell: 0,
        reason: '',
        assets: 0,
      };
      cells.set(key, cell);
    }
    cell.assets += entry.assets;
    if (entry.status === 'read') cell.read++;
    else if (entry.status === 'absent') cell.absent++;
    else {
      cell.couldNotTell++;
      if (cell.reason === '') cell.reason = entry.detail === '' ? entry.status : entry.detail;
    }
  }
  return [...cells.values()];
}
