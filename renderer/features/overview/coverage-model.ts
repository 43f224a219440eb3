import type { CoverageCell } from '../../../shared/contract/scans.ts';
import { type Scope, scopes } from '../../../shared/kinds.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { counted } from '../../ui/words.ts';

/**
 * What became of the places of one row in one scope. `untold` wins over `found`: three files that were read do not make
 * good for one that was not.
 */
export type CellOutcome = 'found' | 'absent' | 'untold' | 'no-such-place';

export type BoardCell = {
  readonly scope: Scope;
  readonly outcome: CellOutcome;
  readonly read: number;
  readonly absent: number;
  readonly couldNotTell: number;
  readonly assets: number;
  /** First reason of what could not be told, '' otherwise. */
  readonly reason: string;
};

/** Step that would close a gap. */
export type Step = 'add-home' | 'see-places' | 'none';

export type BoardRow = {
  readonly key: string;
  readonly title: string;
  readonly cells: readonly BoardCell[];
  readonly meaning: string;
  readonly step: Step;
  /** Rows of the single sources, for a product. */
  readonly sources: readonly BoardRow[];
};

/**
 * Rows that say something of their own, and the rest: looked for and not there, or not told for want of a home alone.
 * A hundred products that nobody uses are one line.
 */
export function splitRows(rows: readonly BoardRow[]): {
  readonly telling: readonly BoardRow[];
  readonly quiet: readonly BoardRow[];
} {
  const tells = (row: BoardRow): boolean => row.step === 'see-places' || row.cells.some((cell) => cell.read > 0);
  return { telling: rows.filter(tells), quiet: rows.filter((row) => !tells(row)) };
}

/** What the quiet rows have in common, in words. */
export function quietSentence(rows: readonly BoardRow[]): string {
  const untold = rows.filter((row) => row.cells.some((cell) => cell.outcome === 'untold')).length;
  const absent = rows.length - untold;
  return [
    untold === 0 ? '' : `${counted(untold, 'further product')} whose user or managed settings could not be told`,
    absent === 0 ? '' : `${counted(absent, untold === 0 ? 'further product' : 'product')} looked for and not there`,
  ]
    .filter(Boolean)
    .join(', ');
}

export type BoardTotals = { readonly read: number; readonly absent: number; readonly couldNotTell: number };

type Sums = { read: number; absent: number; couldNotTell: number; assets: number; reasons: string[]; known: boolean };

const emptySums = (): Sums => ({ read: 0, absent: 0, couldNotTell: 0, assets: 0, reasons: [], known: false });

/** One row per product, its sources below it; in the order in which the sources come. */
export function boardRows(cells: readonly CoverageCell[], scan: Pick<ScanSummary, 'home'>): readonly BoardRow[] {
  const products = new Map<string, CoverageCell[]>();
  for (const cell of cells) {
    const list = products.get(cell.product) ?? [];
    list.push(cell);
    products.set(cell.product, list);
  }
  return [...products].map(([product, own]) => {
    const sources = new Map<string, CoverageCell[]>();
    for (const cell of own) {
      const list = sources.get(cell.source) ?? [];
      list.push(cell);
      sources.set(cell.source, list);
    }
    const rows = [...sources].map(([source, list]) => rowOf(source, list[0]?.title ?? source, list, scan, []));
    return rowOf(product, product, own, scan, rows.length > 1 ? rows : []);
  });
}

function rowOf(
  key: string,
  title: string,
  cells: readonly CoverageCell[],
  scan: Pick<ScanSummary, 'home'>,
  sources: readonly BoardRow[],
): BoardRow {
  const board = scopes.map((scope) => cellOf(scope, cells));
  return { key, title, cells: board, sources, ...meaningOf(board, scan) };
}

function cellOf(scope: Scope, cells: readonly CoverageCell[]): BoardCell {
  const sums = emptySums();
  for (const cell of cells) {
    if (cell.scope !== scope) continue;
    sums.known = true;
    sums.read += cell.read;
    sums.absent += cell.absent;
    sums.couldNotTell += cell.couldNotTell;
    sums.assets += cell.assets;
    if (cell.couldNotTell > 0 && cell.reason !== '') sums.reasons.push(cell.reason);
  }
  const { read, absent, couldNotTell, assets } = sums;
  const outcome: CellOutcome =
    couldNotTell > 0 ? 'untold' : read > 0 ? 'found' : sums.known ? 'absent' : 'no-such-place';
  return { scope, outcome, read, absent, couldNotTell, assets, reason: sums.reasons[0] ?? '' };
}

const scopeWords: { readonly [S in Scope]: string } = {
  managed: 'Managed',
  user: 'User',
  project: 'Project',
  local: 'Local',
};
export const scopeWord = (scope: Scope): string => scopeWords[scope];

/** What the gaps of a row mean for the answers, and the one step that would close the widest. */
function meaningOf(
  cells: readonly BoardCell[],
  scan: Pick<ScanSummary, 'home'>,
): { readonly meaning: string; readonly step: Step } {
  const untold = cells.filter((cell) => cell.outcome === 'untold');
  const user = untold.find((cell) => cell.scope === 'user');
  if (user !== undefined && scan.home === null)
    return { meaning: 'User settings could overrule what was read.', step: 'add-home' };
  const first = untold[0];
  if (first !== undefined) {
    const places = untold.reduce((sum, cell) => sum + cell.couldNotTell, 0);
    const reason = first.reason === '' ? '' : `: ${first.reason}`;
    return { meaning: `${counted(places, 'place')} could not be told${reason}.`, step: 'see-places' };
  }
  const read = cells.reduce((sum, cell) => sum + cell.read, 0);
  const assets = cells.reduce((sum, cell) => sum + cell.assets, 0);
  if (read === 0) return { meaning: 'Looked for and not there.', step: 'none' };
  return { meaning: `${counted(assets, 'asset')} from ${counted(read, 'file')}.`, step: 'none' };
}

/** Words of a cell; the unit is the file, because files are what was looked at. */
export function cellWords(cell: BoardCell): string {
  switch (cell.outcome) {
    case 'found':
      return counted(cell.read, 'file');
    case 'absent':
      return 'not there';
    case 'no-such-place':
      return '';
    case 'untold':
      return cell.read > 0
        ? `${cell.couldNotTell} of ${cell.read + cell.couldNotTell}`
        : cell.reason === ''
          ? 'could not tell'
          : shortReason(cell.reason);
  }
}

/** All that is known about a cell, for its tooltip and for screen readers. */
export function cellSentence(cell: BoardCell): string {
  const scope = scopeWord(cell.scope);
  switch (cell.outcome) {
    case 'no-such-place':
      return `${scope}: does not apply, there are no such places.`;
    case 'absent':
      return `${scope}: looked, not there.`;
    case 'found':
      return `${scope}: ${counted(cell.read, 'file')} read, ${counted(cell.assets, 'asset')}.`;
    case 'untold':
      return `${scope}: ${counted(cell.couldNotTell, 'place')} could not be told${cell.reason === '' ? '' : `, ${cell.reason}`}; ${counted(cell.read, 'file')} read.`;
  }
}

const shortReasons: readonly (readonly [RegExp, string])[] = [
  [/not (?:scanned|asked|given)|no home|without a home/i, 'not scanned'],
  [/malformed|not valid|syntax|parse/i, 'malformed'],
  [/too large|larger/i, 'too large'],
  [/not supported/i, 'not supported'],
  [/permission|unreadable|denied|could not be read/i, 'unreadable'],
  [/skipped|limit/i, 'skipped'],
];

/** A reason has to fit a cell; the whole of it is in the tooltip and the last column. */
const shortReason = (reason: string): string =>
  shortReasons.find(([pattern]) => pattern.test(reason))?.[1] ?? 'could not tell';

export function boardTotals(cells: readonly CoverageCell[]): BoardTotals {
  return cells.reduce(
    (sums, cell) => ({
      read: sums.read + cell.read,
      absent: sums.absent + cell.absent,
      couldNotTell: sums.couldNotTell + cell.couldNotTell,
    }),
    { read: 0, absent: 0, couldNotTell: 0 },
  );
}

/** The board as a Markdown table, for a ticket or a report. */
export function boardAsMarkdown(rows: readonly BoardRow[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const words = (item: BoardCell): string =>
    item.outcome === 'untold' ? `? ${cellWords(item)}` : cellWords(item) || '·';
  return [
    `| Source | ${scopes.map(scopeWord).join(' | ')} | What this means |`,
    `| --- | ${scopes.map(() => '---').join(' | ')} | --- |`,
    ...rows.map(
      (row) =>
        `| ${cell(row.title)} | ${row.cells.map((item) => cell(words(item))).join(' | ')} | ${cell(row.meaning)} |`,
    ),
  ].join('\n');
}
