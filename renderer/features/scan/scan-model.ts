import type { CoverageStatus } from '../../../shared/kinds.ts';
import type { CoverageEntry, ScanIssue } from '../../../shared/model/facts.ts';
import type { ScanProgress, ScanStatus, ScanSummary } from '../../../shared/model/scan.ts';
import { compareText } from '../../ui/data-table-model.ts';
import { count, counted } from '../../ui/words.ts';

const phases: { readonly [P in ScanProgress['phase']]: string } = {
  walking: 'Looking for files',
  reading: 'Reading files',
  linking: 'Connecting facts',
  storing: 'Storing facts',
};
export const phaseWord = (phase: ScanProgress['phase']): string => phases[phase];

/** How much is done, 0 to 1; null while the number of files is still growing. */
export const progressShare = (progress: ScanProgress): number | null =>
  progress.phase === 'walking' || progress.filesRead > progress.filesWanted || progress.filesWanted === 0
    ? null
    : progress.filesRead / progress.filesWanted;

/** "312 of 1,204 files"; without the whole where more was read than was asked for at first. */
export const filesRead = (progress: ScanProgress): string =>
  progress.filesRead > progress.filesWanted
    ? `${counted(progress.filesRead, 'file')} read`
    : `${count(progress.filesRead)} of ${counted(progress.filesWanted, 'file')}`;

/** "312 of 1,204 files, 9 agents so far". */
export const progressSentence = (progress: ScanProgress): string => {
  const files =
    progress.phase === 'walking'
      ? `${counted(progress.files, 'file')} in ${counted(progress.folders, 'folder')}`
      : filesRead(progress);
  const found = `${counted(progress.agents, 'agent')} so far`;
  return progress.issues === 0 ? `${files}, ${found}` : `${files}, ${found}, ${counted(progress.issues, 'issue')}`;
};

/** What a scan is worth. Partial and failed never look like complete. */
export const statusWords: { readonly [S in ScanStatus]: string } = {
  running: 'running',
  complete: 'complete',
  partial: 'partial: stopped before the end',
  failed: 'failed: nothing could be read',
};

/** The scan whose issues are shown: the one of the address, else the newest that ended. */
export function chosenScan(scans: readonly ScanSummary[], parameter: string): ScanSummary | null {
  const wanted = Number(parameter);
  return scans.find((scan) => scan.number === wanted) ?? scans.find((scan) => scan.status !== 'running') ?? null;
}

export const newestFirst = (scans: readonly ScanSummary[]): readonly ScanSummary[] =>
  scans.toSorted((first, second) => second.number - first.number);

const placeWords: { readonly [S in CoverageStatus]: string } = {
  read: 'read',
  absent: 'not there',
  unreadable: 'unreadable',
  malformed: 'malformed',
  'too-large': 'too large',
  skipped: 'skipped',
  'not-supported': 'not supported',
};
export const placeWord = (status: CoverageStatus): string => placeWords[status];

/** Whether the outcome leaves a question open. Looked and not there is an answer. */
export const isUntold = (status: CoverageStatus): boolean => status !== 'read' && status !== 'absent';

/** What could not be told first, then what was read, then what is not there; paths in order. */
export function orderPlaces(places: readonly CoverageEntry[]): readonly CoverageEntry[] {
  const rank = (status: CoverageStatus): number => (isUntold(status) ? 0 : status === 'read' ? 1 : 2);
  return places.toSorted(
    (first, second) => rank(first.status) - rank(second.status) || compareText(first.path, second.path),
  );
}

/** Issues of one file together, files with the most first, lines in order. */
export function issuesByFile(
  issues: readonly ScanIssue[],
): readonly { readonly path: string; readonly issues: readonly ScanIssue[] }[] {
  const files = new Map<string, ScanIssue[]>();
  for (const issue of issues) {
    const list = files.get(issue.path) ?? [];
    list.push(issue);
    files.set(issue.path, list);
  }
  return [...files]
    .map(([path, list]) => ({ path, issues: list.toSorted((first, second) => (first.line ?? 0) - (second.line ?? 0)) }))
    .sort((first, second) => second.issues.length - first.issues.length || first.path.localeCompare(second.path));
}
