/** What a table does, without drawing: order, selection, widths, copying. Rows are named by their key. */

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  /** Start width in pixels. The last visible column takes what is left. */
  readonly width: number;
  readonly minWidth?: number;
  readonly align?: 'start' | 'end';
  /** False for the naming column. */
  readonly hideable?: boolean;
  readonly hiddenAtFirst?: boolean;
  /** What is copied, read out and, without `compare`, sorted by. */
  text(row: Row): string;
  compare?(first: Row, second: Row): number;
};

export type Sort = { readonly column: string; readonly descending: boolean };

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
export const compareText = (first: string, second: string): number => collator.compare(first, second);

/** A head that is pressed: up, then down, then as it came. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** Sorted copy; equal rows keep their order. Texts are made once per row, not once per comparison. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const column = columns.find((candidate) => candidate.id === sort?.column);
  if (sort === null || column === undefined) return rows;
  const direction = sort.descending ? -1 : 1;
  if (column.compare !== undefined) {
    const { compare } = column;
    return rows.toSorted((first, second) => direction * compare(first, second));
  }
  const texts = new Map(rows.map((row) => [row, column.text(row)]));
  const ranks = new Map([...new Set(texts.values())].sort(compareText).map((text, rank) => [text, rank]));
  const rank = (row: Row): number => ranks.get(texts.get(row) ?? '') ?? 0;
  return rows.toSorted((first, second) => direction * (rank(first) - rank(second)));
}

/** `active` is the row the keyboard stands on and the inspector shows; `anchor` is where a range starts. */
export type Selection = {
  readonly keys: ReadonlySet<string>;
  readonly active: string | null;
  readonly anchor: string | null;
};

export const noSelection: Selection = { keys: new Set(), active: null, anchor: null };

export const selectOne = (key: string): Selection => ({ keys: new Set([key]), active: key, anchor: key });

export function toggleKey(selection: Selection, key: string): Selection {
  const keys = new Set(selection.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, active: key, anchor: key };
}

/** From the anchor to the row, in the order on screen. */
export function extendTo(
  selection: Selection,
  index: number,
  keyAt: (index: number) => string,
  indexOf: (key: string) => number,
): Selection {
  const key = keyAt(index);
  const anchorIndex = selection.anchor === null ? -1 : indexOf(selection.anchor);
  if (anchorIndex < 0) return selectOne(key);
  const keys = new Set<string>();
  for (let at = Math.min(anchorIndex, index); at <= Math.max(anchorIndex, index); at += 1) keys.add(keyAt(at));
  return { keys, active: key, anchor: selection.anchor };
}

export type Step = 'next' | 'previous' | 'first' | 'last' | 'page-down' | 'page-up';

/** Row number after a step; -1 for an empty table. From nowhere, next and previous come in at the near end. */
export function stepFrom(index: number, step: Step, length: number, pageRows: number): number {
  if (length === 0) return -1;
  const within = (value: number): number => Math.min(length - 1, Math.max(0, value));
  switch (step) {
    case 'next':
      return within(index + 1);
    case 'previous':
      return index < 0 ? length - 1 : within(index - 1);
    case 'first':
      return 0;
    case 'last':
      return length - 1;
    case 'page-down':
      return within(Math.max(0, index) + pageRows);
    case 'page-up':
      return within(index - pageRows);
  }
}

/** What a person chose for one table, kept on this machine. */
export type TableLayout = {
  readonly widths: Readonly<Record<string, number>>;
  /** Columns by name: true shown, false hidden; absent as the column says. */
  readonly shown: Readonly<Record<string, boolean>>;
};

export const noLayout: TableLayout = { widths: {}, shown: {} };

/** Reads a stored layout; anything unexpected falls back to what the columns say. */
export function parseLayout(text: string | null): TableLayout {
  if (text === null) return noLayout;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return noLayout;
    const { widths, shown } = value as { readonly widths?: unknown; readonly shown?: unknown };
    return {
      widths: entriesOf(widths, (entry): entry is number => typeof entry === 'number' && entry >= 40 && entry <= 2000),
      shown: entriesOf(shown, (entry): entry is boolean => typeof entry === 'boolean'),
    };
  } catch {
    return noLayout;
  }
}

function entriesOf<Value>(value: unknown, fits: (entry: unknown) => entry is Value): Readonly<Record<string, Value>> {
  const kept: Record<string, Value> = Object.create(null);
  if (typeof value !== 'object' || value === null) return kept;
  for (const [key, entry] of Object.entries(value)) if (fits(entry)) kept[key] = entry;
  return kept;
}

export const isShown = <Row>(column: Column<Row>, layout: TableLayout): boolean =>
  column.hideable === false || (layout.shown[column.id] ?? column.hiddenAtFirst !== true);

export const visibleColumns = <Row, C extends Column<Row>>(columns: readonly C[], layout: TableLayout): readonly C[] =>
  columns.filter((column) => isShown(column, layout));

export const widthOf = <Row>(column: Column<Row>, layout: TableLayout): number =>
  Math.max(column.minWidth ?? 56, layout.widths[column.id] ?? column.width);

/** Tab-separated, with heads: a tab or line feed inside a cell becomes a space. */
export function rowsAsTsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cell = (text: string): string => text.replaceAll(/[\t\r\n\u2028]+/g, ' ');
  const lines = [
    columns.map((column) => cell(column.title)),
    ...rows.map((row) => columns.map((column) => cell(column.text(row)))),
  ];
  return lines.map((line) => line.join('\t')).join('\n');
}

/** A Markdown table. Names come from scanned files: what Markdown would read as markup is escaped. */
export function rowsAsMarkdown<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cell = (text: string): string =>
    text.replaceAll(/[\t\r\n\u2028]+/g, ' ').replaceAll(/[\\`*_[\]<>|#!&]/g, '\\$&');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => cell(column.title))),
    line(columns.map((column) => (column.align === 'end' ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => cell(column.text(row))))),
  ].join('\n');
}
