import './matrix.css';
import { useMemo } from 'react';
import type { PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { changeSearch, openScreen, useSearchParameter } from '../../actions/navigation.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { Select } from '../../ui/select.tsx';
import { counted } from '../../ui/words.ts';
import { fitsText, matrixColumns, matrixOrders, matrixRows, orderRows } from './matrix-model.ts';
import { MatrixFrame } from './matrix-frame.tsx';
import { MatrixGrid } from './matrix-grid.tsx';

const orderLabels = { alarming: 'alarming first', name: 'by name' } as const;
const shows = ['all', 'alarming', 'unknown'] as const;
const showLabels = { all: 'all agents', alarming: 'with silent alarms', unknown: 'not evaluated' } as const;

/** Agents by resources: what each may do, with the rule behind every cell. */
export function MatrixView() {
  const orderParameter = useSearchParameter('order');
  const order = matrixOrders.find((name) => name === orderParameter) ?? 'alarming';
  const showParameter = useSearchParameter('show');
  const show = shows.find((name) => name === showParameter) ?? 'all';
  return (
    <MatrixFrame
      tools={
        <>
          <Select
            label="Show"
            showLabel
            value={show}
            options={shows.map((value) => ({ value, label: showLabels[value] }))}
            onChange={(next) => changeSearch({ show: next === 'all' ? null : next })}
          />
          <Select
            label="Order"
            showLabel
            value={order}
            options={matrixOrders.map((value) => ({ value, label: orderLabels[value] }))}
            onChange={(next) => changeSearch({ order: next === 'alarming' ? null : next }, { replace: true })}
          />
        </>
      }
      note={(matrix, text) => countLine(matrix, text)}
    >
      {(matrix, text) => <Matrix matrix={matrix} text={text} order={order} show={show} />}
    </MatrixFrame>
  );
}

function countLine(matrix: PermissionMatrix, text: string): string {
  const fitting = matrix.rows.filter(({ agent }) => fitsText(text, agent)).length;
  const all = text === '' ? counted(fitting, 'agent') : `${fitting} of ${counted(matrix.rows.length, 'agent')}`;
  return matrix.unknown.length === 0 ? all : `${all}, ${matrix.unknown.length} unknown`;
}

type MatrixProps = {
  readonly matrix: PermissionMatrix;
  readonly text: string;
  readonly order: (typeof matrixOrders)[number];
  readonly show: (typeof shows)[number];
};

function Matrix({ matrix, text, order, show }: MatrixProps) {
  const columns = useMemo(() => matrixColumns(matrix), [matrix]);
  const all = useMemo(() => orderRows(matrixRows(matrix), order), [matrix, order]);
  const rows = useMemo(
    () => all.filter((row) => fitsText(text, row.agent) && (show === 'all' || (show === 'alarming' && row.alarms > 0))),
    [all, text, show],
  );
  const unknown = useMemo(
    () => (show === 'alarming' ? [] : matrix.unknown.filter((agent) => fitsText(text, agent))),
    [matrix, text, show],
  );

  if (matrix.rows.length + matrix.unknown.length === 0)
    return (
      <div className="ask__state">
        <EmptyState
          title="There are no agents in the scan."
          steps={<Button onClick={() => runActionById('workspace.addFolder')}>Add a folder</Button>}
        >
          The matrix has a row for every agent that was found.
        </EmptyState>
      </div>
    );
  if (rows.length + unknown.length === 0)
    return (
      <div className="ask__state">
        <EmptyState
          title={`None of ${counted(matrix.rows.length + matrix.unknown.length, 'agent')} fits.`}
          steps={<Button onClick={() => changeSearch({ q: null, show: null })}>Clear filters</Button>}
        >
          {text === '' ? 'The filter leaves nothing.' : `Looked for "${text}" in name, host and folder.`}
        </EmptyState>
      </div>
    );
  return (
    <MatrixGrid
      columns={columns}
      rows={rows}
      unknown={unknown}
      onAsk={(agent, call) =>
        openScreen('ask', { agent, call, context: matrix.context === 'interactive' ? '' : matrix.context })
      }
    />
  );
}
