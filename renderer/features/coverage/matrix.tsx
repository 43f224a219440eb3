import { CircleQuestionMark, Eye, Minus } from 'lucide-react';
import { Fragment, type KeyboardEvent, useEffect, useRef } from 'react';
import {
  cellSentence,
  cellWords,
  columnKey,
  columns,
  type MatrixCell,
  type MatrixPlatform,
  type MatrixRow,
  type PlaceQuery,
  platforms,
  platformWord,
} from './coverage-matrix.ts';

type MatrixProps = {
  readonly rows: readonly MatrixRow[];
  /** Platforms that a scan looked at; the others are one hatched column each. */
  readonly looked: ReadonlySet<MatrixPlatform>;
  readonly query: PlaceQuery;
  /** `column` '' means the whole product. */
  readonly onChoose: (product: string, column: string) => void;
};

const columnsOf = (platform: MatrixPlatform) =>
  columns.map((column, index) => ({ column, index })).filter(({ column }) => column.platform === platform);

/** Products against scopes of each platform. A cell opens the places behind it. */
export function Matrix({ rows, looked, query, onChoose }: MatrixProps) {
  const isLooked = (platform: MatrixPlatform): boolean => platform === 'any' || looked.has(platform);
  const chosen = useRef<HTMLTableRowElement>(null);
  const { product } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row of the product that was chosen comes into view
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [product]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="coverage__scroll" tabIndex={0} aria-label="Coverage matrix" onKeyDown={moveFocus}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className="matrix__corner">
              Product
            </th>
            {platforms.map((platform) => (
              <th
                key={platform}
                scope="colgroup"
                className="matrix__first"
                colSpan={isLooked(platform) ? columnsOf(platform).length : 1}
              >
                {platformWord[platform]}
              </th>
            ))}
          </tr>
          <tr>
            {platforms.map((platform) =>
              isLooked(platform) ? (
                columnsOf(platform).map(({ column }, at) => (
                  <th key={columnKey(column)} scope="col" className={at === 0 ? 'matrix__first' : undefined}>
                    {column.scope.charAt(0).toUpperCase() + column.scope.slice(1)}
                  </th>
                ))
              ) : (
                <th key={platform} scope="col" className="matrix__first matrix__unlooked">
                  not scanned
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.product} ref={row.product === product ? chosen : undefined}>
              <th scope="row" className="matrix__product-head">
                <button
                  type="button"
                  className="matrix__product"
                  aria-pressed={row.product === product && query.column === ''}
                  onClick={() => onChoose(row.product, '')}
                >
                  {row.product}
                </button>
              </th>
              {platforms.map((platform) => (
                <Fragment key={platform}>
                  {isLooked(platform) ? (
                    columnsOf(platform).map(({ column, index }, at) => {
                      const cell = row.cells[index];
                      const key = columnKey(column);
                      return (
                        <td
                          key={key}
                          className={`${at === 0 ? 'matrix__first' : ''}${cell?.outcome === 'untold' ? ' matrix__hatched' : ''}`}
                        >
                          {cell !== undefined && (
                            <Cell
                              cell={cell}
                              sentence={cellSentence(row.product, column, cell)}
                              pressed={row.product === product && query.column === key}
                              onPress={() => onChoose(row.product, key)}
                            />
                          )}
                        </td>
                      );
                    })
                  ) : (
                    <td className="matrix__first matrix__hatched">
                      <NotLooked product={row.product} platform={platform} />
                    </td>
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const steps: Readonly<Record<string, readonly [rows: number, cells: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Arrows go from cell to cell over those that open nothing; from the matrix itself they enter it. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const section = event.currentTarget;
  const cell = (event.target as HTMLElement).closest('td, th');
  const rows = [...section.querySelectorAll<HTMLTableRowElement>('tbody tr')];
  const [down, right] = step;
  let row = rows.findIndex((candidate) => candidate.contains(cell));
  let column = cell instanceof HTMLTableCellElement ? cell.cellIndex : 0;
  if (row < 0) {
    if (down !== 1) return;
    column = 0;
  }
  for (;;) {
    row += down;
    column += right;
    const next = rows[row]?.cells[column];
    if (next === undefined) return;
    const button = next.querySelector('button');
    if (button === null) continue;
    event.preventDefault();
    button.focus();
    return;
  }
}

function NotLooked({ product, platform }: { readonly product: string; readonly platform: MatrixPlatform }) {
  const sentence = `${product} on ${platformWord[platform]}: not scanned. A scan sees the platform of one machine.`;
  return (
    <span className="matrix__cell matrix__cell--not-looked" role="img" aria-label={sentence} title={sentence}>
      <span className="matrix__label">
        <CircleQuestionMark aria-hidden />
      </span>
    </span>
  );
}

type CellProps = {
  readonly cell: MatrixCell;
  readonly sentence: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
};

function Cell({ cell, sentence, pressed, onPress }: CellProps) {
  const className = `matrix__cell matrix__cell--${cell.outcome}`;
  if (cell.outcome === 'none') {
    return (
      <span className={className} role="img" aria-label={sentence} title={sentence}>
        ·
      </span>
    );
  }
  const Icon = cell.outcome === 'found' ? Eye : cell.outcome === 'absent' ? Minus : CircleQuestionMark;
  return (
    <button
      type="button"
      className={className}
      title={sentence}
      aria-label={sentence}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <span className="matrix__label">
        <Icon aria-hidden />
        {cellWords(cell)}
      </span>
    </button>
  );
}
