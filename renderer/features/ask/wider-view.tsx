import { useMemo, useState } from 'react';
import type { PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { openScreen } from '../../actions/navigation.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { noSelection, type Selection, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { verdictWord } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import { MatrixFrame } from './matrix-frame.tsx';
import { fitsText, isAlarm, parentsOf, type WiderRow, widerThanParent } from './matrix-model.ts';

/** Sub-agents that run with less in the way than the agent that starts them. */
export function WiderView() {
  return (
    <MatrixFrame note={(matrix) => counted(matrix.rows.filter(({ agent }) => agent.subAgent).length, 'sub-agent')}>
      {(matrix, text) => <Wider matrix={matrix} text={text} />}
    </MatrixFrame>
  );
}

function Wider({ matrix, text }: { readonly matrix: PermissionMatrix; readonly text: string }) {
  const assets = useCall('assets.columns', { scan: null });
  const relations = useCall('assets.relationColumns', { scan: null });
  const [columnsOfAssets, columnsOfRelations] = [valueOf(assets), valueOf(relations)];
  const wider = useMemo(
    () =>
      columnsOfAssets === undefined || columnsOfRelations === undefined
        ? undefined
        : widerThanParent(matrix, parentsOf(assetTableOf(columnsOfAssets), columnsOfRelations)),
    [matrix, columnsOfAssets, columnsOfRelations],
  );
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [layout, setLayout] = useTableLayout('ask-wider');
  const rows = useMemo(
    () =>
      sortRows(
        (wider?.rows ?? []).filter(({ agent, parent }) => fitsText(text, agent) || fitsText(text, parent)),
        columns,
        sort,
      ),
    [wider, text, sort],
  );
  if (wider === undefined)
    return (
      <div className="ask__state">
        {relations.state === 'failed' ? (
          <FailedCall
            title="Who starts whom could not be read."
            name="assets.relationColumns"
            error={relations.error}
          />
        ) : assets.state === 'failed' ? (
          <FailedCall title="The agents could not be read." name="assets.columns" error={assets.error} />
        ) : (
          <LoadingLine>Reading who starts whom.</LoadingLine>
        )}
      </div>
    );
  const open = ({ agent, cell }: WiderRow): void =>
    openScreen('ask', {
      agent: agent.id,
      call: cell.call,
      context: matrix.context === 'interactive' ? '' : matrix.context,
    });
  return (
    <>
      {(wider.withoutParent.length > 0 || wider.untold > 0) && (
        <div className="ask__note">
          <HatchNote>
            {[
              ...(wider.withoutParent.length > 0
                ? [
                    `${counted(wider.withoutParent.length, 'sub-agent')} could not be compared: no parent with evaluated rules was found`,
                  ]
                : []),
              ...(wider.untold > 0 ? [`${counted(wider.untold, 'call')} could not be told on one of both sides`] : []),
            ].join('; ')}
            .
          </HatchNote>
        </div>
      )}
      {rows.length === 0 ? (
        <div className="ask__state">
          <EmptyState
            outcome={wider.compared === 0 ? 'untold' : 'looked'}
            title={
              wider.rows.length > 0
                ? `None of ${counted(wider.rows.length, 'call')} fits.`
                : wider.compared === 0
                  ? 'No sub-agent could be compared with its parent.'
                  : 'No sub-agent is wider than its parent.'
            }
          >
            {counted(wider.compared, 'sub-agent')} {wider.compared === 1 ? 'was' : 'were'} compared, each with the agent
            that starts it, call by call.
          </EmptyState>
        </div>
      ) : (
        <DataTable
          label="Calls that a sub-agent may do with less in the way than its parent"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          sort={sort}
          onSort={setSort}
          selection={selection}
          onSelect={setSelection}
          onOpen={open}
          layout={layout}
          onLayout={setLayout}
          rowMenu={(row) => [
            { type: 'item', id: 'ask', label: 'Ask this call', onSelect: () => open(row) },
            { type: 'separator', id: 'separator' },
          ]}
        />
      )}
    </>
  );
}

const columns: readonly TableColumn<WiderRow>[] = [
  { id: 'agent', title: 'Sub-agent', width: 180, look: 'name', hideable: false, text: ({ agent }) => agent.name },
  {
    id: 'verdict',
    title: 'May',
    width: 116,
    text: ({ cell }) => verdictWord(cell.verdict, isAlarm(cell)),
    render: ({ cell }) => <VerdictBadge verdict={cell.verdict} alarm={isAlarm(cell)} />,
  },
  { id: 'parent', title: 'Parent', width: 210, text: ({ parent }) => parent.name },
  {
    id: 'parentVerdict',
    title: 'Parent may',
    width: 116,
    text: ({ parentCell }) => verdictWord(parentCell.verdict, isAlarm(parentCell)),
    render: ({ parentCell }) => <VerdictBadge verdict={parentCell.verdict} alarm={isAlarm(parentCell)} />,
  },
  { id: 'call', title: 'Call', width: 300, look: 'code', text: ({ cell }) => cell.call },
  { id: 'decided', title: 'Decided by', width: 200, look: 'code', text: ({ cell }) => cell.decidedBy },
];
