import { useCallback, useState } from 'react';
import { parseLayout, type TableLayout } from './data-table-model.ts';
import { readStored, writeStored } from './stored.ts';

/** Widths and columns of one table, remembered on this machine. */
export function useTableLayout(table: string): readonly [TableLayout, (layout: TableLayout) => void] {
  const [layout, setLayout] = useState(() => parseLayout(readStored(`table.${table}`)));
  const change = useCallback(
    (next: TableLayout) => {
      setLayout(next);
      writeStored(`table.${table}`, JSON.stringify(next));
    },
    [table],
  );
  return [layout, change];
}
