import { useMemo, useState } from 'react';
import type { FindingsResult, Undecided } from '../../../shared/model/findings.ts';
import { openScreen } from '../../actions/navigation.ts';
import { noSelection, type Selection, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorBlock } from '../../ui/notes.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { counted } from '../../ui/words.ts';
import { tallyOf } from './findings-model.ts';

type Row = Undecided & { readonly title: string; readonly key: string };

/** Everything that a rule could not decide, with the reason; and the rules that failed. */
export function UntoldView({ result }: { readonly result: FindingsResult }) {
  const titles = useMemo(() => new Map(result.rules.map((rule) => [rule.rule, rule.title])), [result]);
  const all = useMemo(
    () =>
      result.undecided.map(
        (one, index): Row => ({ ...one, key: String(index), title: titles.get(one.rule) ?? one.rule }),
      ),
    [result, titles],
  );
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [layout, setLayout] = useTableLayout('finding-untold');
  const rows = useMemo(() => sortRows(all, columns, sort), [all, sort]);
  const failed = result.rules.filter((rule) => rule.failure !== null);
  const tally = tallyOf(result);
  return (
    <>
      {failed.length > 0 && (
        <div className="findings__failures">
          {failed.map((rule) => (
            <ErrorBlock
              key={rule.rule}
              title={`${rule.title}: the rule failed, its result is unknown.`}
              action={
                <Button onClick={() => openScreen('findings', { view: 'rules', rule: rule.rule })}>
                  Show the rule
                </Button>
              }
            >
              {rule.failure}
            </ErrorBlock>
          ))}
        </div>
      )}
      {rows.length === 0 ? (
        <div className="findings__state">
          <EmptyState title={failed.length > 0 ? 'The other rules could tell everything.' : 'Every rule could tell.'}>
            {counted(tally.rules, 'rule')} looked at {counted(tally.looked, 'thing')}.
          </EmptyState>
        </div>
      ) : (
        <DataTable
          label="What could not be told"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          sort={sort}
          onSort={setSort}
          selection={selection}
          onSelect={setSelection}
          onOpen={(row) => openScreen('inventory', { asset: row.subject })}
          layout={layout}
          onLayout={setLayout}
          rowMenu={(row) => [
            {
              type: 'item',
              id: 'open',
              label: 'Show in the inventory',
              onSelect: () => openScreen('inventory', { asset: row.subject }),
            },
            { type: 'separator', id: 'separator' },
          ]}
        />
      )}
    </>
  );
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'subject', title: 'Thing', width: 240, look: 'name', hideable: false, text: ({ subjectName }) => subjectName },
  { id: 'rule', title: 'Rule', width: 280, text: ({ title }) => title },
  { id: 'why', title: 'Why it could not be told', width: 420, text: ({ why }) => why },
];
