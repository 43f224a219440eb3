import './coverage-board.css';
import { ChevronRight, CircleQuestionMark, Eye, Minus } from 'lucide-react';
import { Fragment, useState } from 'react';
import { scopes } from '../../../shared/kinds.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/words.ts';
import {
  type BoardCell,
  type BoardRow,
  type BoardTotals,
  cellSentence,
  cellWords,
  quietSentence,
  splitRows,
  type Step,
  scopeWord,
} from './coverage-model.ts';

/** What was looked at and what was not: products and their sources against the scopes. */
export function CoverageBoard({ rows, scan }: { readonly rows: readonly BoardRow[]; readonly scan: number }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string): void => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const [all, setAll] = useState(false);
  const { telling, quiet } = splitRows(rows);
  const isFolded = quiet.length > 4 && !all;
  const shown = isFolded ? telling : rows;
  const hasUntold = quiet.some((row) => row.cells.some((cell) => cell.outcome === 'untold'));
  return (
    <div className="board">
      <table>
        <thead>
          <tr>
            <th scope="col">Source</th>
            {scopes.map((scope) => (
              <th key={scope} scope="col" className="board__scope">
                {scopeWord(scope)}
              </th>
            ))}
            <th scope="col" className="board__meaning">
              What this means
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Fragment key={row.key}>
              <Row row={row} scan={scan} level="product" open={open.has(row.key)} onToggle={() => toggle(row.key)} />
              {open.has(row.key) &&
                row.sources.map((source) => <Row key={source.key} row={source} scan={scan} level="source" />)}
            </Fragment>
          ))}
        </tbody>
      </table>
      {quiet.length > 4 && (
        <div className={`board__rest${hasUntold && isFolded ? ' board__rest--untold' : ''}`}>
          <Button look="link" aria-expanded={!isFolded} onClick={() => setAll(!all)}>
            {isFolded ? `Show ${quietSentence(quiet)}` : 'Fold what is not there'}
          </Button>
        </div>
      )}
    </div>
  );
}

type RowProps = {
  readonly row: BoardRow;
  readonly scan: number;
  readonly level: 'product' | 'source';
  readonly open?: boolean;
  readonly onToggle?: () => void;
};

function Row({ row, scan, level, open = false, onToggle }: RowProps) {
  return (
    <tr data-level={level}>
      <th scope="row">
        <span className="board__source">
          {level === 'product' &&
            (row.sources.length > 0 ? (
              <button
                type="button"
                className="board__fold"
                aria-expanded={open}
                aria-label={`Sources of ${row.title}`}
                onClick={onToggle}
              >
                <ChevronRight aria-hidden />
              </button>
            ) : (
              <span className="board__blank" />
            ))}
          {row.title}
        </span>
      </th>
      {row.cells.map((cell) => (
        <td key={cell.scope} className={`board__scope${cell.outcome === 'untold' ? ' board__scope--untold' : ''}`}>
          <Cell cell={cell} />
        </td>
      ))}
      <td className="board__meaning">
        {row.meaning}
        <StepLink step={row.step} scan={scan} />
      </td>
    </tr>
  );
}

function Cell({ cell }: { readonly cell: BoardCell }) {
  const sentence = cellSentence(cell);
  if (cell.outcome === 'no-such-place') {
    return (
      <span className="board__cell board__cell--no-such-place" role="img" aria-label={sentence} title={sentence}>
        ·
      </span>
    );
  }
  const Icon = cell.outcome === 'found' ? Eye : cell.outcome === 'absent' ? Minus : CircleQuestionMark;
  return (
    <span className={`board__cell board__cell--${cell.outcome}`} title={sentence}>
      <Icon aria-hidden />
      <span>{cellWords(cell)}</span>
    </span>
  );
}

function StepLink({ step, scan }: { readonly step: Step; readonly scan: number }) {
  switch (step) {
    case 'none':
      return null;
    case 'add-home':
      return (
        <Button look="link" className="board__step" onClick={() => runActionById('scan.addHome')}>
          Add a home
        </Button>
      );
    case 'see-places':
      return (
        <Link className="board__step" href={formatAddress('scan', { number: String(scan), tab: 'places' })}>
          See places
        </Link>
      );
  }
}

/** Numbers of the board, as words first and as a bar second. */
export function CoverageKey({ totals }: { readonly totals: BoardTotals }) {
  const { read, absent, couldNotTell } = totals;
  return (
    <div className="coverage-key">
      <span>
        <Eye aria-hidden />
        <b>{count(read)}</b> read
      </span>
      <span>
        <Minus aria-hidden />
        <b>{count(absent)}</b> not there
      </span>
      <span className="coverage-key__untold">
        <CircleQuestionMark aria-hidden />
        <b>{count(couldNotTell)}</b> could not tell
      </span>
      <div className="coverage-bar" aria-hidden>
        {read > 0 && <i className="coverage-bar__read" style={{ flexGrow: read }} />}
        {absent > 0 && <i className="coverage-bar__absent" style={{ flexGrow: absent }} />}
        {couldNotTell > 0 && <i className="coverage-bar__untold" style={{ flexGrow: couldNotTell }} />}
      </div>
    </div>
  );
}
