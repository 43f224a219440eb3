import type { AssetDetail, AssetVersion } from '../../../shared/contract/assets.ts';
import type { LifecycleEvent } from '../../../shared/contract/inventory.ts';
import { type Difference, differenceOf, differencesOf } from '../../facts/differences.ts';
import { propertyWord } from '../../facts/property-words.ts';

/** One thing that happened to an asset, in words. `scans`: the two whose forms of it can be held against each other. */
export type HistoryRow = {
  readonly key: string;
  readonly text: string;
  readonly at: number;
  /** Scan or person that it is known from. */
  readonly from: string;
  readonly scans: { readonly before: number; readonly after: number } | null;
};

/** Newest first. */
export function historyRows(
  events: readonly LifecycleEvent[],
  versions: readonly AssetVersion[],
): readonly HistoryRow[] {
  const ordered = versions.toSorted((first, second) => first.sinceScan - second.sinceScan);
  return events.map((event, index) => ({
    key: `${event.at} ${event.type} ${index}`,
    text: eventText(event),
    at: event.at,
    from: event.scan === null ? (event.by === '' ? 'a person' : event.by) : `scan ${event.scan}`,
    scans: event.scan === null ? null : scansOf(event, event.scan, ordered),
  }));
}

function scansOf(event: LifecycleEvent, scan: number, versions: readonly AssetVersion[]): HistoryRow['scans'] {
  if (event.type !== 'changed' && event.type !== 'enabled' && event.type !== 'disabled') return null;
  const at = versions.findIndex(({ sinceScan }) => sinceScan === scan);
  const before = versions[at - 1];
  return before === undefined ? null : { before: before.untilScan ?? before.sinceScan, after: scan };
}

function eventText({ type, detail }: LifecycleEvent): string {
  const names = detail.map((name) => propertyWord(name)).join(', ');
  switch (type) {
    case 'found':
      return 'Found';
    case 'changed':
      return names === '' ? 'Changed' : `Changed: ${names}`;
    case 'disabled':
      return 'Switched off';
    case 'enabled':
      return 'Switched on';
    case 'gone':
      return 'Gone: the scan did not find it any more';
    case 'found-again':
      return 'Found again';
    case 'declared':
      return detail[0] === undefined || detail[0] === '' ? 'State taken back' : `State set to ${detail[0]}`;
    case 'owner-set':
      return detail[0] === undefined ? 'Owner left to what files say' : `Owner set to ${detail[0] || 'nobody'}`;
    case 'reviewed':
      return detail[0] === undefined || detail[0] === ''
        ? 'Review taken back'
        : `Reviewed: ${detail[0].replaceAll('-', ' ')}`;
  }
}

/** What differs between two forms of one asset, the marks of the fact itself first. */
export function formDifferences(before: AssetDetail, after: AssetDetail): readonly Difference[] {
  const own = (['name', 'origin', 'confidence', 'dynamic'] as const).flatMap(
    (name) => differenceOf(name, before.asset[name], after.asset[name]) ?? [],
  );
  return [...own, ...differencesOf(before.asset.properties, after.asset.properties)];
}
