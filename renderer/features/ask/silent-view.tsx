import { useMemo, useState } from 'react';
import type { PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { openScreen } from '../../actions/navigation.ts';
import { noSelection, type Selection, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyState, HatchNote } from '../../ui/notes.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { VerdictBadge } from '../../ui/verdict-badge.tsx';
import { reversibleWord, verdictWord } from '../../ui/verdict-words.ts';
import { counted } from '../../ui/words.ts';
import { agentHint } from './agent-picker.tsx';
import { MatrixFrame } from './matrix-frame.tsx';
import { fitsText, isAlarm, type SilentRow, silentDestructive, silentUnknown } from './matrix-model.ts';

/** Everything destructive that runs without a person, over all agents. */
export function SilentView() {
  return (
    <MatrixFrame
      note={(matrix, text) => {
        const all = silentDestructive(matrix);
        const fitting = all.filter(({ agent }) => fitsText(text, agent)).length;
        return text === '' ? counted(all.length, 'call') : `${fitting} of ${counted(all.length, 'call')}`;
      }}
    >
      {(matrix, text) => <Silent matrix={matrix} text={text} />}
    </MatrixFrame>
  );
}

function Silent({ matrix, text }: { readonly matrix: PermissionMatrix; readonly text: string }) {
  const all = useMemo(() => silentDestructive(matrix), [matrix]);
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [layout, setLayout] = useTableLayout('ask-silent');
  const rows = useMemo(
    () =>
      sortRows(
        all.filter(({ agent }) => fitsText(text, agent)),
        columns,
        sort,
      ),
    [all, text, sort],
  );
  const open = ({ agent, cell }: SilentRow): void =>
    openScreen('ask', {
      agent: agent.id,
      call: cell.call,
      context: matrix.context === 'interactive' ? '' : matrix.context,
    });
  const calls = matrix.rows.reduce((sum, row) => sum + row.cells.length, 0);
  return (
    <>
      <Untold matrix={matrix} />
      {rows.length === 0 ? (
        <div className="ask__state">
          <EmptyState
            title={
              all.length === 0
                ? 'Nothing destructive that was asked about runs without a person.'
                : `None of ${counted(all.length, 'call')} fits.`
            }
          >
            Asked {counted(matrix.rows.length, 'agent')} about {counted(calls, 'call')}. Other calls may be destructive
            too.
          </EmptyState>
        </div>
      ) : (
        <DataTable
          label="Destructive calls that run without a person"
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

/** What may be missing from the list, in one line. */
function Untold({ matrix }: { readonly matrix: PermissionMatrix }) {
  const unclear = silentUnknown(matrix);
  const parts = [
    ...(matrix.unknown.length > 0 ? [`${counted(matrix.unknown.length, 'agent')} not evaluated`] : []),
    ...(unclear > 0
      ? [`${counted(unclear, 'silent call')} of which nobody knows what ${unclear === 1 ? 'it does' : 'they do'}`]
      : []),
  ];
  if (parts.length === 0) return null;
  return (
    <div className="ask__note">
      <HatchNote>There may be more: {parts.join(', and ')}.</HatchNote>
    </div>
  );
}

const columns: readonly TableColumn<SilentRow>[] = [
  { id: 'agent', title: 'Agent', width: 220, look: 'name', hideable: false, text: ({ agent }) => agent.name },
  {
    id: 'verdict',
    title: 'Verdict',
    width: 116,
    text: ({ cell }) => verdictWord(cell.verdict, isAlarm(cell)),
    render: ({ cell }) => <VerdictBadge verdict={cell.verdict} alarm={isAlarm(cell)} />,
  },
  { id: 'call', title: 'Call', width: 330, look: 'code', text: ({ cell }) => cell.call },
  { id: 'does', title: 'What it does', width: 220, text: ({ cell }) => cell.impact.says },
  { id: 'undo', title: 'Undo', width: 150, text: ({ cell }) => reversibleWord(cell.impact.reversible) },
  { id: 'decided', title: 'Decided by', width: 200, look: 'code', text: ({ cell }) => cell.decidedBy },
  { id: 'host', title: 'Host', width: 140, hiddenAtFirst: true, text: ({ agent }) => agentHint(agent) },
];
