import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { count } from '../../ui/words.ts';
import { bareMessage, type ListRow, namedMessage, placeName } from './findings-model.ts';

/** Pixels; two lines. */
const rowHeight = 44;

export type FindingListHandle = { step(by: 1 | -1): void; open(): void };

type FindingListProps = {
  readonly rows: readonly ListRow[];
  /** Key of the row that is shown beside the list. */
  readonly active: string;
  readonly handle: Ref<FindingListHandle>;
  onSelect(key: string): void;
  onFold(key: string, folded: boolean): void;
};

/** Groups and findings as a tree of any length; the keyboard stands on a row by `aria-activedescendant`. */
export function FindingList({ rows, active, handle, onSelect, onFold }: FindingListProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.key === active);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scroll when another row becomes active, not when rows around it change
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [active]);

  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row !== undefined) onSelect(row.key);
  };
  const open = (): void => document.getElementById(detailId)?.focus();
  useImperativeHandle(handle, () => ({ step: (by) => go(at + by), open }));

  const fold = (): void => {
    const row = rows[at];
    if (row?.type === 'group') onFold(row.key, true);
    else if (row?.level === 2) go(parentOf(rows, at));
  };
  const unfold = (): void => {
    const row = rows[at];
    if (row?.type !== 'group') return;
    if (row.open) go(at + 1);
    else onFold(row.key, false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowLeft: fold,
      ArrowRight: unfold,
      Enter: open,
    };
    const run = keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };

  return (
    <div
      ref={scroller}
      className="finding-list"
      role="tree"
      tabIndex={0}
      aria-label="Findings"
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="finding-list__body" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const isActive = index === at;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys, rows are its active descendants
            <div
              key={row.key}
              id={`${id}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={row.type === 'group' ? 1 : row.level}
              aria-expanded={row.type === 'group' ? row.open : undefined}
              aria-selected={isActive}
              className={`finding-row finding-row--${row.type}${row.type === 'finding' && row.level === 2 ? ' finding-row--inner' : ''}`}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => onSelect(row.key)}
              onDoubleClick={() => (row.type === 'group' ? onFold(row.key, row.open) : open())}
            >
              {row.type === 'group' ? (
                <GroupRow row={row} onFold={() => onFold(row.key, row.open)} />
              ) : (
                <FindingRow row={row} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where Enter goes from the list. */
export const detailId = 'finding-detail';

function parentOf(rows: readonly ListRow[], at: number): number {
  for (let index = at; index >= 0; index -= 1) if (rows[index]?.type === 'group') return index;
  return at;
}

function GroupRow({ row, onFold }: { readonly row: Extract<ListRow, { type: 'group' }>; readonly onFold: () => void }) {
  const Chevron = row.open ? ChevronDown : ChevronRight;
  const { group } = row;
  return (
    <>
      <span
        className="finding-row__fold"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onFold();
        }}
      >
        <Chevron aria-hidden />
      </span>
      <span className="finding-row__words">
        <span className="finding-row__title">{group.title}</span>
        <span className="finding-row__line">{group.line}</span>
      </span>
      <span className="finding-row__count figures">{count(group.members.length)}</span>
      <SeverityMark severity={group.severity} />
    </>
  );
}

function FindingRow({ row }: { readonly row: Extract<ListRow, { type: 'finding' }> }) {
  const { finding } = row.item;
  const kind = (assetKinds as readonly string[]).includes(finding.subjectKind)
    ? (finding.subjectKind as AssetKind)
    : null;
  return (
    <>
      <span className="finding-row__kind">{kind !== null && <KindIcon kind={kind} />}</span>
      <span className="finding-row__words">
        <span className="finding-row__title">{rowTitle(row)}</span>
        <span className="finding-row__line" title={finding.message}>
          {row.level === 2 ? bareMessage(finding) : namedMessage(finding)}
        </span>
      </span>
      <SeverityMark severity={finding.severity} />
    </>
  );
}

function rowTitle({ named, item: { finding } }: Extract<ListRow, { type: 'finding' }>): string {
  return named === 'finding' ? finding.title : named === 'thing' ? finding.subjectName : placeName(finding);
}
