import { Columns3 } from 'lucide-react';
import { IconButton } from './button.tsx';
import { type Column, isShown, type TableLayout } from './data-table-model.ts';
import { Menu } from './menu.tsx';

type ColumnMenuProps<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly layout: TableLayout;
  onLayout(layout: TableLayout): void;
};

/** Which columns a table shows, and back to the first widths. */
export function ColumnMenu<Row>({ columns, layout, onLayout }: ColumnMenuProps<Row>) {
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Columns3} label="Columns" />}
      entries={[
        ...columns
          .filter((column) => column.hideable !== false)
          .map((column) => ({
            type: 'check' as const,
            id: column.id,
            label: column.title,
            checked: isShown(column, layout),
            onChange: (checked: boolean) => onLayout({ ...layout, shown: { ...layout.shown, [column.id]: checked } }),
          })),
        { type: 'separator', id: 'separator' },
        { type: 'item', id: 'reset', label: 'Reset columns', onSelect: () => onLayout({ widths: {}, shown: {} }) },
      ]}
    />
  );
}
