import type { Change, Comparison } from '../../../shared/model/changes.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { type Difference, differenceOf } from '../../facts/differences.ts';
import { propertyWord } from '../../facts/property-words.ts';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';

/** What people ask for first: things that act, and what they may do. */
const firstKinds: readonly string[] = ['agent', 'mcp-server', 'tool', 'rule', 'model', 'prompt'];
const kindRank = (kind: string): number => {
  const first = firstKinds.indexOf(kind);
  if (first >= 0) return first;
  const later = (assetKinds as readonly string[]).indexOf(kind);
  return firstKinds.length + (later < 0 ? assetKinds.length : later);
};

export const isAssetKind = (kind: string): kind is AssetKind => (assetKinds as readonly string[]).includes(kind);

export const changedKindWord = (kind: string, count = 1): string =>
  kind === 'rule'
    ? count === 1
      ? 'permission rule'
      : 'permission rules'
    : isAssetKind(kind)
      ? kindWord(kind, count)
      : kind;

export type KindRow = {
  readonly kind: string;
  readonly title: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
};

/** Numbers per kind, the kinds that people ask for first always, the others where something differs. */
export function kindRows({ counts }: Pick<Comparison, 'counts'>): readonly KindRow[] {
  const kinds = [...new Set([...firstKinds, ...Object.keys(counts)])].sort(
    (first, second) => kindRank(first) - kindRank(second),
  );
  return kinds.map((kind) => {
    const { added, removed, changed } = counts[kind] ?? { added: 0, removed: 0, changed: 0 };
    return { kind, title: sentenceCase(changedKindWord(kind, 2)), added, removed, changed };
  });
}

export type ChangeQuery = { readonly kind: string; readonly change: string };

/** Changes that fit, in the order of the kinds; what is new first, then what is gone, then what differs. */
export function chooseChanges(changes: readonly Change[], { kind, change }: ChangeQuery): readonly Change[] {
  const order = { added: 0, removed: 1, changed: 2 } as const;
  return changes
    .filter((item) => (kind === '' || item.kind === kind) && (change === '' || item.change === change))
    .toSorted(
      (first, second) => kindRank(first.kind) - kindRank(second.kind) || order[first.change] - order[second.change],
    );
}

const signs = { added: '+', removed: '−', changed: '±' } as const;
export const changeSign = (change: Change['change']): string => signs[change];

export const changeDifferences = ({ fields }: Change): readonly Difference[] =>
  fields.flatMap(({ name, before, after }) => differenceOf(name, before, after) ?? []);

/** One line about a change, for the folded row. */
export function changeSummary(change: Change): string {
  if (change.change === 'added') return 'added';
  if (change.change === 'removed') return 'removed';
  const names = change.fields.map(({ name }) => propertyWord(name));
  return names.length === 0 ? 'changed' : `changed: ${names.join(', ')}`;
}

export const keyOfChange = (change: Change): string => `${change.kind} ${change.id} ${change.name} ${change.change}`;

/** Scan number of a side, which is called "scan 4"; null for the file of a report. */
export function scanOfSide(name: string): number | null {
  const number = /^scan (\d+)$/.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}

export function totalOf({ counts }: Pick<Comparison, 'counts'>): KindRow {
  const total = { kind: '', title: 'All kinds', added: 0, removed: 0, changed: 0 };
  for (const { added, removed, changed } of Object.values(counts)) {
    total.added += added;
    total.removed += removed;
    total.changed += changed;
  }
  return total;
}

/** Complete scans, newest first: only those are worth comparing. */
export const comparableScans = (scans: readonly ScanSummary[]): readonly ScanSummary[] =>
  scans.filter((scan) => scan.status === 'complete').toSorted((first, second) => second.number - first.number);

/** The two scans to compare: those of the address, else the newest two. Null where there are no two. */
export function chosenScans(
  scans: readonly ScanSummary[],
  from: string,
  to: string,
): { readonly from: number; readonly to: number } | null {
  const known = comparableScans(scans);
  const after = known.find(({ number }) => number === Number(to)) ?? known[0];
  if (after === undefined) return null;
  const before =
    known.find(({ number }) => number === Number(from) && number !== after.number) ??
    known.find(({ number }) => number < after.number);
  return before === undefined ? null : { from: before.number, to: after.number };
}
