import type { CoverageStatus, Scope } from '../../../shared/kinds.ts';
import { coverageStatuses } from '../../../shared/kinds.ts';
import type { CoverageEntry } from '../../../shared/model/facts.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { compareText } from '../../ui/data-table-model.ts';
import { counted } from '../../ui/words.ts';

/** `any`: places inside a project, which are the same on every platform. */
export const platforms = ['any', 'linux', 'macos', 'windows'] as const;
export type MatrixPlatform = (typeof platforms)[number];

/** Columns of the matrix, in order. Project and local files do not depend on the platform. */
export const columns: readonly { readonly platform: MatrixPlatform; readonly scope: Scope }[] = [
  { platform: 'any', scope: 'project' },
  { platform: 'any', scope: 'local' },
  ...(['linux', 'macos', 'windows'] as const).flatMap((platform) => [
    { platform, scope: 'user' as const },
    { platform, scope: 'managed' as const },
  ]),
];

export const platformWord: { readonly [P in MatrixPlatform]: string } = {
  any: 'Any platform',
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
};

/** Which platform a scan looked at: told by its home and roots, else that of this machine. */
export function platformOfScan(
  scan: Pick<ScanSummary, 'home' | 'roots' | 'fsRoot'>,
  machine: string,
): Exclude<MatrixPlatform, 'any'> {
  for (const path of [scan.home ?? '', ...(scan.fsRoot === null ? [] : scan.roots)]) {
    if (/^\/?[A-Za-z]:?[\\/]/.test(path)) return 'windows';
    if (path.startsWith('/Users/')) return 'macos';
    if (path.startsWith('/home/') || path.startsWith('/root')) return 'linux';
  }
  return machine === 'darwin' || machine === 'macos' ? 'macos' : machine.startsWith('win') ? 'windows' : 'linux';
}

export type StatusCounts = { readonly [S in CoverageStatus]: number };
export const noCounts: StatusCounts = {
  read: 0,
  absent: 0,
  unreadable: 0,
  malformed: 0,
  'too-large': 0,
  skipped: 0,
  'not-supported': 0,
};

/**
 * What became of the places of one product in one column. `not-looked`: no scan looked at that platform. `none`: a scan
 * did, and the product has no places there that it knows of.
 */
export type MatrixCell = {
  readonly outcome: 'found' | 'absent' | 'untold' | 'none' | 'not-looked';
  readonly counts: StatusCounts;
};

export type MatrixRow = {
  readonly product: string;
  readonly cells: readonly MatrixCell[];
  readonly counts: StatusCounts;
};

/** Coverage of one scan, as one part of the matrix. */
export type CoveragePart = {
  readonly scan: number;
  readonly platform: Exclude<MatrixPlatform, 'any'>;
  readonly entries: readonly CoverageEntry[];
};

export type Place = CoverageEntry & {
  readonly scan: number;
  readonly platform: MatrixPlatform;
  readonly product: string;
};

const isUntold = (status: CoverageStatus): boolean => status !== 'read' && status !== 'absent';

/**
 * Every place with its product and platform. The newest part speaks for what does not depend on the platform; of each
 * platform the first part that has it speaks.
 */
export function placesOf(parts: readonly CoveragePart[], productOf: (source: string) => string): readonly Place[] {
  const [newest] = parts;
  const taken = new Set<MatrixPlatform>();
  return parts.flatMap((part) => {
    const speaks = !taken.has(part.platform);
    taken.add(part.platform);
    return part.entries.flatMap((entry): Place[] => {
      const platform: MatrixPlatform = entry.scope === 'project' || entry.scope === 'local' ? 'any' : part.platform;
      if (platform === 'any' ? part !== newest : !speaks) return [];
      return [{ ...entry, scan: part.scan, platform, product: productOf(entry.source) }];
    });
  });
}

export function countsOf(places: readonly Pick<CoverageEntry, 'status'>[]): StatusCounts {
  const counts = { ...noCounts };
  for (const { status } of places) counts[status] += 1;
  return counts;
}

function cellOf(places: readonly Place[], looked: boolean): MatrixCell {
  const counts = countsOf(places);
  const untold = places.some(({ status }) => isUntold(status));
  const outcome =
    places.length === 0 ? (looked ? 'none' : 'not-looked') : untold ? 'untold' : counts.read > 0 ? 'found' : 'absent';
  return { outcome, counts };
}

/** One row per product: first what was there and could not be understood, then what was read, then the rest. */
export function matrixRows(places: readonly Place[], looked: ReadonlySet<MatrixPlatform>): readonly MatrixRow[] {
  const products = new Map<string, Place[]>();
  for (const place of places) {
    const list = products.get(place.product) ?? [];
    list.push(place);
    products.set(place.product, list);
  }
  return [...products]
    .map(([product, own]) => ({
      product,
      counts: countsOf(own),
      cells: columns.map(({ platform, scope }) =>
        cellOf(
          own.filter((place) => place.platform === platform && place.scope === scope),
          platform === 'any' || looked.has(platform),
        ),
      ),
    }))
    .sort((first, second) => rank(first) - rank(second) || compareText(first.product, second.product));
}

const untoldOf = (counts: StatusCounts): number =>
  coverageStatuses.reduce((sum, status) => sum + (isUntold(status) ? counts[status] : 0), 0);
const rank = ({ counts }: MatrixRow): number =>
  counts.unreadable + counts.malformed + counts['too-large'] > 0
    ? 0
    : counts.read > 0
      ? 1
      : untoldOf(counts) > 0
        ? 2
        : 3;

const statusWords: { readonly [S in CoverageStatus]: string } = {
  read: 'read',
  absent: 'not there',
  unreadable: 'unreadable',
  malformed: 'malformed',
  'too-large': 'too large',
  skipped: 'skipped',
  'not-supported': 'not supported',
};
export const statusWord = (status: CoverageStatus): string => statusWords[status];

/** "3 read", "1 of 4 malformed", "not there": short enough for a cell. */
export function cellWords({ outcome, counts }: MatrixCell): string {
  switch (outcome) {
    case 'found':
      return `${counts.read} read`;
    case 'absent':
      return 'not there';
    case 'none':
      return '';
    case 'not-looked':
      return 'not scanned';
    case 'untold': {
      const worst = coverageStatuses.filter((status) => isUntold(status) && counts[status] > 0);
      const [first] = worst;
      return worst.length === 1 && first !== undefined
        ? `${counts[first]} ${statusWords[first]}`
        : `${untoldOf(counts)} could not tell`;
    }
  }
}

/** All that is known about a cell, for its tooltip and for screen readers. */
export function cellSentence(product: string, column: (typeof columns)[number], cell: MatrixCell): string {
  const where = `${product}, ${column.scope} scope${column.platform === 'any' ? '' : `, ${platformWord[column.platform]}`}`;
  switch (cell.outcome) {
    case 'none':
      return `${where}: does not apply, no such places are known.`;
    case 'not-looked':
      return `${where}: not scanned. A scan sees the platform of one machine.`;
    default: {
      const words = coverageStatuses
        .filter((status) => cell.counts[status] > 0)
        .map((status) => `${cell.counts[status]} ${statusWords[status]}`);
      return `${where}: ${words.join(', ')}.`;
    }
  }
}

/** What the address chooses. '' = all. */
export type PlaceQuery = {
  readonly product: string;
  readonly column: string;
  readonly status: string;
};

export const columnKey = ({ platform, scope }: (typeof columns)[number]): string => `${scope}.${platform}`;

export function choosePlaces(places: readonly Place[], { product, column, status }: PlaceQuery): readonly Place[] {
  return places
    .filter(
      (place) =>
        (product === '' || place.product === product) &&
        (column === '' || columnKey(place) === column) &&
        (status === '' || place.status === status),
    )
    .toSorted(
      (first, second) => statusRank(first.status) - statusRank(second.status) || compareText(first.path, second.path),
    );
}

const statusRank = (status: CoverageStatus): number => (isUntold(status) ? 0 : status === 'read' ? 1 : 2);

/** "1,204 places, 3 could not be told". */
export function totalSentence(counts: StatusCounts): string {
  const all = coverageStatuses.reduce((sum, status) => sum + counts[status], 0);
  const untold = untoldOf(counts);
  return `${counted(all, 'place')}, ${untold === 0 ? 'all of them could be told' : `${counted(untold, 'place')} could not be told`}`;
}
