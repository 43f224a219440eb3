import type { CoverageStatus, Scope } from '../../../shared/kinds.ts';
import type { ScanIssue } from '../../../shared/model/facts.ts';
import type { CoverageRow } from '../store/repos/scans.ts';

/** Gathers what was looked at and what was not. Nothing that a source wanted is left out. */
export type CoverageBook = {
  add(entry: {
    source: string;
    scope: Scope;
    path: string;
    status: CoverageStatus;
    detail: string;
    assets?: number;
    underScanRoot?: boolean;
  }): void;
  issue(issue: ScanIssue): void;
  readonly entries: readonly CoverageRow[];
  readonly issues: readonly ScanIssue[];
  /** False once something under a scan path could not be read whole. */
  readonly complete: boolean;
};

/** Statuses that leave a scan path only partly looked at. What is skipped by design is listed and does not count. */
const incomplete: ReadonlySet<CoverageStatus> = new Set(['unreadable', 'malformed', 'too-large']);

/** More issues than this are counted, not kept: one hostile folder must not fill the workspace. */
const maxIssues = 20_000;

export function createCoverageBook(): CoverageBook {
  const entries: CoverageRow[] = [];
  const issues: ScanIssue[] = [];
  let complete = true;
  let dropped = 0;
  /** One broken bracket can be reported several times with the same words. */
  const seen = new Set<string>();
  return {
    add({ underScanRoot = false, assets = 0, ...entry }) {
      if (underScanRoot && incomplete.has(entry.status)) complete = false;
      entries.push({ ...entry, assets });
    },
    issue(issue) {
      const text = `${issue.source}\0${issue.path}\0${issue.line}\0${issue.message}`;
      if (seen.has(text)) return;
      if (issues.length < maxIssues) {
        seen.add(text);
        issues.push(issue);
      } else {
        dropped++;
        issues[maxIssues - 1] = {
          source: 'scan',
          path: issue.path,
          line: null,
          message: `${dropped + 1} further issues are not listed`,
        };
      }
    },
    entries,
    issues,
    get complete() {
      return complete;
    },
  };
}
