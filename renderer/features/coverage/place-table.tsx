import { CircleQuestionMark, Eye, Minus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { noSelection, type Selection, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { EmptyState } from '../../ui/notes.tsx';
import { lastSegment, leadingPath } from '../../ui/words.ts';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { type Place, platformWord, statusWord } from './coverage-matrix.ts';

const tableColumns: readonly TableColumn<Place>[] = [
  {
    id: 'path',
    title: 'Path',
    width: 420,
    look: 'code',
    hideable: false,
    text: (place) => place.path,
    render: (place) => (
      <span className="place-path">
        <span className="place-path__folder">{leadingPath(place.path)}</span>
        <span className="place-path__file">/{lastSegment(place.path)}</span>
      </span>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    width: 120,
    text: (place) => statusWord(place.status),
    render: (place) => {
      const untold = place.status !== 'read' && place.status !== 'absent';
      const Icon = place.status === 'read' ? Eye : place.status === 'absent' ? Minus : CircleQuestionMark;
      return (
        <span className={`place-status${untold ? ' place-status--untold' : ''}`}>
          <Icon aria-hidden />
          {statusWord(place.status)}
        </span>
      );
    },
  },
  {
    id: 'detail',
    title: 'Detail',
    width: 240,
    text: (place) => (place.detail === '' || place.detail === place.status ? 'no remark' : place.detail),
  },
  { id: 'source', title: 'Source', width: 180, look: 'code', text: (place) => place.source },
  { id: 'scope', title: 'Scope', width: 84, text: (place) => place.scope },
  { id: 'platform', title: 'Platform', width: 104, text: (place) => platformWord[place.platform] },
  { id: 'scan', title: 'Scan', width: 72, align: 'end', text: (place) => String(place.scan) },
];

const keyOf = (place: Place): string => `${place.scan} ${place.source} ${place.scope} ${place.path}`;

/** Every place that a source asked for, with what became of it. */
export function PlaceTable({ places }: { readonly places: readonly Place[] }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [layout, setLayout] = useTableLayout('places');
  const rows = useMemo(() => sortRows(places, tableColumns, sort), [places, sort]);
  if (rows.length === 0) {
    return (
      <div className="screen__body">
        <EmptyState title="No place fits.">The product has no place of that sort.</EmptyState>
      </div>
    );
  }
  return (
    <DataTable
      label="Places"
      columns={tableColumns}
      rows={rows}
      rowKey={keyOf}
      sort={sort}
      onSort={setSort}
      selection={selection}
      onSelect={setSelection}
      layout={layout}
      onLayout={setLayout}
    />
  );
}
