import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleQuestionMark } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { MatrixCell, PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { Button } from '../../ui/button.tsx';
import { useRowHeight } from '../../ui/density.tsx';
import { VerdictBadge, verdictIcon, verdictLook } from '../../ui/verdict-badge.tsx';
import { impactLine, verdictWord } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import { agentHint } from './agent-picker.tsx';
import {
  type CellGroup,
  isAlarm,
  type MatrixColumn,
  type MatrixRow,
  resourceSpans,
  resourceTitles,
  shortVerdict,
  verbTitles,
} from './matrix-model.ts';

/** Pixels, as in the style sheet. */
const headHeight = 49;
const widths = { agent: 206, wideAgent: 300, one: 64, several: 78 } as const;
/** Pixels of the window from which names have more room. */
const wideWindow = 1560;

export const columnWidth = (column: MatrixColumn): number => (column.several ? widths.several : widths.one);

type At = { readonly row: number; readonly column: number };

type MatrixGridProps = {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
  readonly unknown: PermissionMatrix['unknown'];
  readonly onAsk: (agent: string, call: string) => void;
};

/** Rows are mounted as they are seen; the keyboard stands on a cell by `aria-activedescendant`. */
export function MatrixGrid({ columns, rows, unknown, onAsk }: MatrixGridProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<At | null>(null);
  const [over, setOver] = useState<At | null>(null);
  const rowHeight = useRowHeight();
  const total = rows.length + unknown.length;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows, so the place of the keyboard means nothing any more
  useEffect(() => setActive(null), [rows]);

  const groupAt = (at: At | null): CellGroup | undefined =>
    at === null ? undefined : rows[at.row]?.groups.get(columns[at.column]?.key ?? '');
  const askAt = (at: At | null): void => {
    const group = groupAt(at);
    const agent = at === null ? undefined : rows[at.row]?.agent.id;
    if (group !== undefined && agent !== undefined) onAsk(agent, group.worst.call);
  };
  const move = (row: number, column: number): void => {
    const next = {
      row: Math.max(0, Math.min(total - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setActive(next);
    virtualizer.scrollToIndex(next.row, { align: 'auto' });
    scrollColumn(scroller.current, columns, next.column, agentWidth);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = active ?? { row: -1, column: 0 };
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 3);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at.row + 1, at.column),
      ArrowUp: () => move(at.row - 1, at.column),
      ArrowRight: () => move(Math.max(0, at.row), active === null ? 0 : at.column + 1),
      ArrowLeft: () => move(Math.max(0, at.row), at.column - 1),
      PageDown: () => move(at.row + page, at.column),
      PageUp: () => move(at.row - page, at.column),
      Home: () => move(Math.max(0, at.row), 0),
      End: () => move(Math.max(0, at.row), columns.length - 1),
      Enter: () => askAt(active),
      Escape: () => setActive(null),
    };
    const run = keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };

  const cellId = (at: At): string => `${id}-${at.row}-${at.column}`;
  const agentWidth = useAgentWidth();
  const width = agentWidth + columns.reduce((sum, column) => sum + columnWidth(column), 0);
  const shown = over ?? active;
  return (
    <div className="matrix" style={{ '--matrix-agent': `${agentWidth}px` } as CSSProperties}>
      <div
        ref={scroller}
        className="matrix__scroll"
        role="grid"
        tabIndex={0}
        aria-label="Agents and what they may do"
        aria-rowcount={total + 2}
        aria-colcount={columns.length + 1}
        aria-activedescendant={active === null ? undefined : cellId(active)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (active === null && event.target === scroller.current && event.target.matches(':focus-visible'))
            setActive({ row: 0, column: 0 });
        }}
        onMouseLeave={() => setOver(null)}
      >
        <Head columns={columns} width={width} />
        <div className="matrix__body" role="rowgroup" style={{ height: virtualizer.getTotalSize(), width }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            const style = { height: rowHeight, width, transform: `translateY(${start - headHeight}px)` };
            if (row === undefined)
              return (
                <UnknownRow
                  key={index}
                  agent={unknown[index - rows.length]}
                  index={index}
                  columns={columns}
                  style={style}
                  id={cellId({ row: index, column: active?.column ?? 0 })}
                  active={active?.row === index}
                />
              );
            return (
              <div key={row.agent.id} role="row" aria-rowindex={index + 3} className="matrix__row" style={style}>
                <div
                  role="rowheader"
                  className="matrix__agent"
                  title={`${row.agent.name}, ${agentHint(row.agent)}, ${row.agent.folder}`}
                >
                  <span className="matrix__name">{row.agent.name}</span>
                  {row.alarms > 0 && (
                    <span
                      className="matrix__alarms figures"
                      title={`${counted(row.alarms, 'call')} ${row.alarms === 1 ? 'runs' : 'run'} silently and ${row.alarms === 1 ? 'is' : 'are'} destructive or send something out`}
                    >
                      {row.alarms}
                      <span className="visually-hidden"> silent alarms</span>
                    </span>
                  )}
                </div>
                {columns.map((column, at) => (
                  <Cell
                    key={column.key}
                    id={cellId({ row: index, column: at })}
                    column={column}
                    group={row.groups.get(column.key)}
                    active={active?.row === index && active.column === at}
                    onOver={() => setOver({ row: index, column: at })}
                    onSelect={() => setActive({ row: index, column: at })}
                    onAsk={() => askAt({ row: index, column: at })}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <Detail row={shown === null ? undefined : rows[shown.row]} group={groupAt(shown)} onAsk={onAsk} />
    </div>
  );
}

function useAgentWidth(): number {
  const query = useMemo(() => window.matchMedia(`(min-width: ${wideWindow}px)`), []);
  const isWide = useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
  return isWide ? widths.wideAgent : widths.agent;
}

/** Keeps the column that the keyboard stands on out from under the names. */
function scrollColumn(
  element: HTMLElement | null,
  columns: readonly MatrixColumn[],
  column: number,
  agentWidth: number,
): void {
  if (element === null) return;
  const left = columns.slice(0, column).reduce((sum, one) => sum + columnWidth(one), 0);
  const right = left + columnWidth(columns[column] as MatrixColumn);
  const room = element.clientWidth - agentWidth;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (right > element.scrollLeft + room) element.scrollLeft = right - room;
}

function Head({ columns, width }: { readonly columns: readonly MatrixColumn[]; readonly width: number }) {
  let at = 2;
  return (
    <div role="rowgroup" className="matrix__head" style={{ width }}>
      <div role="row" aria-rowindex={1} className="matrix__head-row">
        <div role="columnheader" aria-colindex={1} aria-rowspan={2} className="matrix__corner">
          Agent
        </div>
        {resourceSpans(columns).map(({ resource, columns: members }) => {
          const start = at;
          at += members.length;
          return (
            <div
              key={resource}
              role="columnheader"
              aria-colindex={start}
              aria-colspan={members.length}
              className="matrix__resource"
              style={{ width: members.reduce((sum, column) => sum + columnWidth(column), 0) }}
              title={resourceTitles[resource]}
            >
              {resourceTitles[resource]}
            </div>
          );
        })}
      </div>
      <div role="row" aria-rowindex={2} className="matrix__head-row">
        <div className="matrix__corner" role="presentation" />
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={index + 2}
            className={`matrix__verb${startsResource(columns, index) ? ' matrix__cell--first' : ''}`}
            style={{ width: columnWidth(column) }}
          >
            {verbTitles[column.verb]}
          </div>
        ))}
      </div>
    </div>
  );
}

const startsResource = (columns: readonly MatrixColumn[], index: number): boolean =>
  columns[index]?.resource !== columns[index - 1]?.resource;

type CellProps = {
  readonly id: string;
  readonly column: MatrixColumn;
  readonly group: CellGroup | undefined;
  readonly active: boolean;
  readonly onOver: () => void;
  readonly onSelect: () => void;
  readonly onAsk: () => void;
};

function Cell({ id, column, group, active, onOver, onSelect, onAsk }: CellProps) {
  const name = `matrix__cell${active ? ' matrix__cell--active' : ''}`;
  if (group === undefined)
    return (
      <div
        id={id}
        role="gridcell"
        className={`${name} matrix__cell--none`}
        style={{ width: columnWidth(column) }}
        title={`${resourceTitles[column.resource]}: no such call was made up for this agent`}
      >
        <span aria-hidden>·</span>
        <span className="visually-hidden">not asked</span>
      </div>
    );
  const { worst, alarm, cells } = group;
  const Icon = verdictIcon(worst.verdict, alarm);
  const same = cells.filter((cell) => cell.verdict === worst.verdict && isAlarm(cell) === alarm).length;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys, cells are its active descendants
    <div
      id={id}
      role="gridcell"
      aria-selected={active}
      className={`${name} matrix__cell--${verdictLook(worst.verdict, alarm)}`}
      style={{ width: columnWidth(column) }}
      title={`${worst.call}: ${verdictWord(worst.verdict, alarm)}, by ${worst.decidedBy}`}
      onMouseEnter={onOver}
      onClick={onSelect}
      onDoubleClick={onAsk}
    >
      <span className="matrix__verdict">
        <Icon aria-hidden />
        {shortVerdict[worst.verdict]}
        {same < cells.length && (
          <span className="figures matrix__share">
            {same}/{cells.length}
          </span>
        )}
        <span className="visually-hidden">
          {alarm ? ', silent' : ''}
          {same < cells.length ? ' of the calls' : ''}, by {worst.decidedBy}
        </span>
      </span>
    </div>
  );
}

type UnknownRowProps = {
  readonly agent: PermissionMatrix['unknown'][number] | undefined;
  readonly index: number;
  readonly columns: readonly MatrixColumn[];
  readonly style: { readonly height: number; readonly width: number; readonly transform: string };
  readonly id: string;
  readonly active: boolean;
};

/** What such an agent may do is unknown, not nothing: the whole row says so. */
function UnknownRow({ agent, index, columns, style, id, active }: UnknownRowProps) {
  return (
    <div role="row" aria-rowindex={index + 3} className="matrix__row matrix__row--unknown" style={style}>
      <div role="rowheader" className="matrix__agent" title={agent?.name}>
        <span className="matrix__name">{agent?.name}</span>
      </div>
      <div
        id={id}
        role="gridcell"
        aria-colspan={columns.length}
        className={`matrix__untold${active ? ' matrix__cell--active' : ''}`}
      >
        <span className="matrix__untold-words">
          <CircleQuestionMark aria-hidden />
          Unknown: {agent?.why}
        </span>
      </div>
    </div>
  );
}

type DetailProps = {
  readonly row: MatrixRow | undefined;
  readonly group: CellGroup | undefined;
  readonly onAsk: (agent: string, call: string) => void;
};

/** The calls behind the cell under the pointer or the keyboard, each with its rule and the way to its chain. */
function Detail({ row, group, onAsk }: DetailProps) {
  if (row === undefined || group === undefined)
    return (
      <section className="matrix-detail matrix-detail--empty" aria-label="Cell">
        Point at a cell, or walk with the arrows, to see the rule that decides. Enter asks.
      </section>
    );
  return (
    <section className="matrix-detail" aria-label="Cell">
      <h2 className="matrix-detail__head">
        {row.agent.name}{' '}
        <span>
          {resourceTitles[group.worst.resource].toLowerCase()}, {verbTitles[group.worst.verb].toLowerCase()}
        </span>
      </h2>
      <ul className="matrix-detail__calls">
        {group.cells.map((cell) => (
          <DetailRow key={cell.call} cell={cell} onAsk={() => onAsk(row.agent.id, cell.call)} />
        ))}
      </ul>
    </section>
  );
}

function DetailRow({ cell, onAsk }: { readonly cell: MatrixCell; readonly onAsk: () => void }) {
  return (
    <li className="matrix-detail__row">
      <VerdictBadge verdict={cell.verdict} alarm={isAlarm(cell)} />
      <code className="matrix-detail__call">{cell.call}</code>
      <span className="matrix-detail__rule">
        by <code>{cell.decidedBy}</code>
      </span>
      <span className="matrix-detail__impact">{impactLine(cell.impact)}</span>
      <Button look="link" onClick={onAsk} aria-label={`Ask ${cell.call}`}>
        Ask
      </Button>
    </li>
  );
}
