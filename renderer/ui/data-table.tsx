import './data-table.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import {
  type Column,
  extendTo,
  nextSort,
  rowsAsMarkdown,
  rowsAsTsv,
  type Selection,
  type Sort,
  selectOne,
  type Step,
  stepFrom,
  type TableLayout,
  toggleKey,
  visibleColumns,
  widthOf,
} from './data-table-model.ts';
import { useRowHeight } from './density.tsx';
import { ContextMenu, type MenuEntry } from './menu.tsx';

export type TableColumn<Row> = Column<Row> & {
  /** name: the naming column · code: typed text such as paths */
  readonly look?: 'name' | 'code';
  render?(row: Row): ReactNode;
};

/** What actions outside the table (keys, palette, menu) may ask of it. */
export type TableHandle = {
  step(step: Step): void;
  open(): void;
  copy(format: 'tsv' | 'markdown'): void;
  focus(): void;
};

type DataTableProps<Row> = {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  /** Already filtered and sorted. */
  readonly rows: readonly Row[];
  rowKey(row: Row): string;
  readonly sort: Sort | null;
  onSort(sort: Sort | null): void;
  readonly selection: Selection;
  onSelect(selection: Selection): void;
  /** Enter or a double click on a row. */
  onOpen?(row: Row): void;
  readonly layout: TableLayout;
  onLayout(layout: TableLayout): void;
  /** Further entries of the row's menu. */
  rowMenu?(row: Row): readonly MenuEntry[];
  readonly handle?: Ref<TableHandle>;
};

/** Pixels of the head with its line, as in the style sheet. */
const headHeight = 25;

const stepOfKey: Readonly<Record<string, Step>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page-down',
  PageUp: 'page-up',
};

/** A grid of any length: rows are mounted as they are seen; the keyboard stands on a row by `aria-activedescendant`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, selection, onSelect, layout } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const shown = useMemo(() => visibleColumns<Row, TableColumn<Row>>(columns, layout), [columns, layout]);
  const indexOfKey = useMemo(() => new Map(rows.map((row, index) => [rowKey(row), index])), [rows, rowKey]);
  const indexOf = useCallback((key: string | null) => (key === null ? -1 : (indexOfKey.get(key) ?? -1)), [indexOfKey]);
  const activeIndex = indexOf(selection.active);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head takes its room at the top of what scrolls and stays there, over the rows.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const { active } = selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scroll when another row becomes active, not when rows around it change
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [active]);

  const keyAt = (index: number): string => rowKey(rows[index] as Row);
  const step = (kind: Step, extend = false): void => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = stepFrom(activeIndex, kind, rows.length, pageRows);
    if (next < 0) return;
    onSelect(extend ? extendTo(selection, next, keyAt, indexOf) : selectOne(keyAt(next)));
  };
  const open = (): void => {
    const row = rows[activeIndex];
    if (row !== undefined) props.onOpen?.(row);
  };
  const chosenRows = (): readonly Row[] => {
    const chosen = rows.filter((row) => selection.keys.has(rowKey(row)));
    return chosen.length > 0 ? chosen : rows;
  };
  const copy = (format: 'tsv' | 'markdown'): void => {
    const text = format === 'tsv' ? rowsAsTsv(chosenRows(), shown) : rowsAsMarkdown(chosenRows(), shown);
    void navigator.clipboard.writeText(text);
  };
  useImperativeHandle(props.handle, () => ({ step, open, copy, focus: () => scroller.current?.focus() }));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return;
    const kind = stepOfKey[event.key];
    if (kind !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) step(kind, event.shiftKey);
    else if (event.key === 'Enter') open();
    else if (event.key === ' ' && active !== null) onSelect(toggleKey(selection, active));
    else if ((event.ctrlKey || event.metaKey) && event.key === 'a')
      onSelect({ ...selection, keys: new Set(indexOfKey.keys()) });
    else if ((event.ctrlKey || event.metaKey) && event.key === 'c' && selection.keys.size > 0) copy('tsv');
    else return;
    event.preventDefault();
  };
  const onRowClick = (event: MouseEvent, index: number): void => {
    const key = keyAt(index);
    if (event.shiftKey) onSelect(extendTo(selection, index, keyAt, indexOf));
    else if (event.ctrlKey || event.metaKey) onSelect(toggleKey(selection, key));
    else onSelect(selectOne(key));
  };

  const rowDomId = (index: number): string => `${id}-row-${index}`;
  const activeRow = rows[activeIndex];
  const copied =
    selection.keys.size > 1 ? `${selection.keys.size} rows` : selection.keys.size === 1 ? 'row' : 'all rows';
  const entries: readonly MenuEntry[] = [
    ...(activeRow === undefined ? [] : (props.rowMenu?.(activeRow) ?? [])),
    { type: 'item', id: 'copy-tsv', label: `Copy ${copied} as TSV`, keys: 'mod+c', onSelect: () => copy('tsv') },
    { type: 'item', id: 'copy-markdown', label: `Copy ${copied} as Markdown`, onSelect: () => copy('markdown') },
  ];

  return (
    <ContextMenu
      entries={entries}
      trigger={
        <div className="data-table">
          <div
            ref={scroller}
            className="data-table__scroll"
            role="grid"
            tabIndex={0}
            aria-label={props.label}
            aria-rowcount={rows.length + 1}
            aria-colcount={shown.length}
            aria-multiselectable
            aria-activedescendant={activeIndex >= 0 ? rowDomId(activeIndex) : undefined}
            onKeyDown={onKeyDown}
          >
            <div role="rowgroup" className="data-table__head-group">
              <Head {...props} shown={shown} />
            </div>
            <div className="data-table__body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map(({ index, start }) => {
                const row = rows[index] as Row;
                const key = rowKey(row);
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys, rows are its active descendants
                  <div
                    key={key}
                    id={rowDomId(index)}
                    role="row"
                    aria-rowindex={index + 2}
                    aria-selected={selection.keys.has(key)}
                    className={`data-table__row${key === active ? ' data-table__row--active' : ''}`}
                    style={{ height: rowHeight, transform: `translateY(${start - headHeight}px)` }}
                    onClick={(event) => onRowClick(event, index)}
                    onContextMenu={() => selection.keys.has(key) || onSelect(selectOne(key))}
                    onDoubleClick={() => props.onOpen?.(row)}
                  >
                    {shown.map((column, at) => (
                      <div
                        key={column.id}
                        role="gridcell"
                        aria-colindex={at + 1}
                        className={cellClass(column, at === shown.length - 1)}
                        style={{ width: widthOf(column, layout) }}
                        title={column.text(row)}
                      >
                        {column.render?.(row) ?? <span>{column.text(row)}</span>}
                      </div>
                    ))}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      }
    />
  );
}

function cellClass<Row>(column: TableColumn<Row>, last: boolean): string {
  const look = column.look === undefined ? '' : ` data-table__cell--${column.look}`;
  return `data-table__cell${look}${column.align === 'end' ? ' data-table__cell--end' : ''}${last ? ' data-table__cell--last' : ''}`;
}

function Head<Row>({
  shown,
  sort,
  onSort,
  layout,
  onLayout,
}: DataTableProps<Row> & { readonly shown: readonly TableColumn<Row>[] }) {
  const resize = (column: TableColumn<Row>, width: number): void =>
    onLayout({
      ...layout,
      widths: { ...layout.widths, [column.id]: Math.round(Math.max(column.minWidth ?? 56, width)) },
    });

  return (
    <div className="data-table__head" role="row" aria-rowindex={1}>
      {shown.map((column, at) => {
        const last = at === shown.length - 1;
        const sorted = sort?.column === column.id ? sort : null;
        const width = widthOf(column, layout);
        const Arrow = sorted?.descending === true ? ArrowDown : ArrowUp;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'}
            className={`data-table__head-cell${last ? ' data-table__head-cell--last' : ''}`}
            style={{ width }}
          >
            <button
              type="button"
              className="data-table__sort"
              title={`Sort by ${column.title.toLowerCase()}. Alt with left or right arrow changes the width.`}
              onClick={() => onSort(nextSort(sort, column.id))}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
                event.preventDefault();
                event.stopPropagation();
                resize(column, width + (event.key === 'ArrowRight' ? 16 : -16));
              }}
            >
              <span>{column.title}</span>
              {sorted !== null && <Arrow aria-hidden />}
            </button>
            {!last && (
              <ResizeHandle
                width={width}
                onResize={(next) => resize(column, next)}
                onReset={() => resize(column, column.width)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

type ResizeHandleProps = { readonly width: number; onResize(width: number): void; onReset(): void };

/** Drag, or Alt with an arrow on the head; a double click goes back to the first width. */
function ResizeHandle({ width, onResize, onReset }: ResizeHandleProps) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <div
      className="data-table__resize"
      aria-hidden
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) =>
        start.current !== null && onResize(start.current.width + event.clientX - start.current.x)
      }
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
