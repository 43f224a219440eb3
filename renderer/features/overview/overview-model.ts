import type { AssetDetail } from '../../../shared/contract/assets.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { Change, Comparison } from '../../../shared/model/changes.ts';
import type { ScanIssue } from '../../../shared/model/facts.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { AssetTable } from '../../client/asset-table.ts';

/** The scan that counts: the latest complete one, else the newest partial one. */
export function shownScan(scans: readonly ScanSummary[]): ScanSummary | null {
  const newest = scans.toSorted((first, second) => second.number - first.number);
  return newest.find((scan) => scan.status === 'complete') ?? newest.find((scan) => scan.status === 'partial') ?? null;
}

/** The complete scan before it, to compare with; null when there is none or the shown one is not complete. */
export function scanBefore(scans: readonly ScanSummary[], shown: ScanSummary): ScanSummary | null {
  if (shown.status !== 'complete') return null;
  return (
    scans
      .filter((scan) => scan.status === 'complete' && scan.number < shown.number)
      .toSorted((first, second) => second.number - first.number)[0] ?? null
  );
}

/** Kinds that were found, with their number, in the order of the kinds. */
export function kindCounts(table: AssetTable): readonly { readonly kind: AssetKind; readonly count: number }[] {
  const counts = new Map<AssetKind, number>();
  for (let row = 0; row < table.count; row += 1) counts.set(table.kind(row), (counts.get(table.kind(row)) ?? 0) + 1);
  return assetKinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
}

export function credentialIds(table: AssetTable): readonly string[] {
  const ids: string[] = [];
  for (let row = 0; row < table.count; row += 1) if (table.kind(row) === 'credential') ids.push(table.ids[row] ?? '');
  return ids;
}

/** A file that holds the value of a credential itself. */
export type LiteralSecret = {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly line: number;
};

/** Places where a credential stands with its value; the value itself is never part of a fact. */
export function literalSecrets({ asset }: AssetDetail): readonly LiteralSecret[] {
  if (asset.properties['literal'] !== true) return [];
  const { forms } = asset.properties;
  const places = (Array.isArray(forms) ? forms : []).flatMap((form: unknown) => {
    if (typeof form !== 'object' || form === null) return [];
    const {
      form: kind,
      place,
      line,
    } = form as { readonly form?: unknown; readonly place?: unknown; readonly line?: unknown };
    return kind === 'literal' && typeof place === 'string' && typeof line === 'number'
      ? [{ id: asset.id, name: asset.name, place, line }]
      : [];
  });
  if (places.length > 0) return places;
  const first = asset.evidence[0];
  return first === undefined ? [] : [{ id: asset.id, name: asset.name, place: first.file, line: first.line }];
}

const changeSigns: { readonly [C in Change['change']]: string } = { added: '+', removed: '−', changed: '±' };
export const changeSign = (change: Pick<Change, 'change'>): string => changeSigns[change.change];

/** "3 added, 1 removed, 2 changed", without what is none. */
export function countWords(counts: Comparison['counts']): string {
  const total = { added: 0, removed: 0, changed: 0 };
  for (const { added, removed, changed } of Object.values(counts)) {
    total.added += added;
    total.removed += removed;
    total.changed += changed;
  }
  return (Object.entries(total) as [string, number][])
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${name}`)
    .join(', ');
}

/** What is new first, then what is gone, then what differs; agents and servers before the rest. */
export function orderChanges<C extends Pick<Change, 'change' | 'kind'>>(changes: readonly C[]): readonly C[] {
  const order = { added: 0, removed: 1, changed: 2 } as const;
  const kindRank = (kind: string): number => {
    const index = (assetKinds as readonly string[]).indexOf(kind);
    return index < 0 ? assetKinds.length : index;
  };
  return changes.toSorted(
    (first, second) => order[first.change] - order[second.change] || kindRank(first.kind) - kindRank(second.kind),
  );
}

export type IssueLine = {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly more: number;
};

/** One line per file: its first issue and how many more it has. */
export function issueLines(issues: readonly ScanIssue[]): readonly IssueLine[] {
  const files = new Map<string, { first: ScanIssue; count: number }>();
  for (const issue of issues) {
    const file = files.get(issue.path);
    if (file === undefined) files.set(issue.path, { first: issue, count: 1 });
    else file.count += 1;
  }
  return [...files.values()].map(({ first, count }) => ({
    path: first.path,
    line: first.line,
    message: first.message,
    more: count - 1,
  }));
}
