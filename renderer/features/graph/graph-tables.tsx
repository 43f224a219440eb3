import { useMemo, useState } from 'react';
import { assetKinds, origins } from '../../../shared/kinds.ts';
import { edgeLabel, type GraphView, groupAt, itemFact, itemKey, itemName } from '../../graph/graph-view.ts';
import { DataTable, type TableColumn, type TableHandle } from '../../ui/data-table.tsx';
import { noSelection, type Selection, selectOne, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord } from '../../ui/kind-words.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { count } from '../../ui/words.ts';

type GraphTablesProps = {
  readonly view: GraphView;
  /** Rows of a group that is listed instead of what is drawn; null for the latter. */
  readonly members: readonly number[] | null;
  readonly selectedKey: string;
  readonly handle: React.RefObject<TableHandle | null>;
  onSelect(key: string | null): void;
  onOpen(key: string): void;
};

type NodeRow = {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly fact: string;
  readonly host: string;
  readonly place: string;
  readonly origin: string;
  readonly size: number;
};
type EdgeRow = {
  readonly key: string;
  readonly from: string;
  readonly fromKey: string;
  readonly verb: string;
  readonly to: string;
  readonly toKey: string;
  readonly origin: string;
  readonly size: number;
};

/** The same as the picture, as two tables: what is there, and what goes between. */
export function GraphTables({ view, members, selectedKey, handle, onSelect, onOpen }: GraphTablesProps) {
  const [shown, setShown] = useState<'items' | 'relations'>('items');
  const nodes = useMemo(() => (members === null ? itemRows(view) : memberRows(view, members)), [view, members]);
  const edges = useMemo(() => edgeRows(view), [view]);
  return (
    <div className="graph-tables">
      <div className="graph-tables__head">
        <Segmented
          label="Table"
          value={shown}
          options={[
            { value: 'items', label: `Items ${count(nodes.length)}` },
            { value: 'relations', label: `Relations ${count(edges.length)}` },
          ]}
          onChange={setShown}
        />
      </div>
      {shown === 'items' ? (
        <Rows
          label="Items of the graph"
          name="graph-items"
          rows={nodes}
          columns={nodeColumns}
          selectedKey={selectedKey}
          handle={handle}
          onSelect={onSelect}
          onOpen={(row) => onOpen(row.key)}
        />
      ) : (
        <Rows
          label="Relations of the graph"
          name="graph-relations"
          rows={edges}
          columns={edgeColumns}
          selectedKey={edges.find((edge) => edge.fromKey === selectedKey)?.key ?? ''}
          handle={handle}
          onSelect={(key) => onSelect(edges.find((edge) => edge.key === key)?.fromKey ?? null)}
          onOpen={(row) => onOpen(row.fromKey)}
        />
      )}
    </div>
  );
}

type RowsProps<Row extends { readonly key: string }> = {
  readonly label: string;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly selectedKey: string;
  readonly handle: React.RefObject<TableHandle | null>;
  onSelect(key: string | null): void;
  onOpen(row: Row): void;
};

function Rows<Row extends { readonly key: string }>({
  label,
  name,
  rows,
  columns,
  selectedKey,
  handle,
  onSelect,
  onOpen,
}: RowsProps<Row>) {
  const [layout, setLayout] = useTableLayout(name);
  const [sort, setSort] = useState<Sort | null>(null);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const shown =
    selection.active === selectedKey || selection.keys.size > 1
      ? selection
      : selectedKey === ''
        ? noSelection
        : selectOne(selectedKey);
  return (
    <DataTable
      label={label}
      handle={handle}
      columns={columns}
      rows={sorted}
      rowKey={(row) => row.key}
      sort={sort}
      onSort={setSort}
      selection={shown}
      onSelect={(next) => {
        setSelection(next);
        onSelect(next.active);
      }}
      onOpen={onOpen}
      layout={layout}
      onLayout={setLayout}
    />
  );
}

const originWord = (index: number): string => origins[index] ?? '';

function itemRows(view: GraphView): NodeRow[] {
  return Array.from({ length: view.count }, (_, item): NodeRow => {
    const row = view.row[item] as number;
    if (row >= 0) return assetRow(view, row);
    const group = groupAt(view, item);
    return {
      key: itemKey(view, item),
      name: itemName(view, item),
      kind: 'group',
      fact: itemFact(view, item),
      host: '',
      place: '',
      origin: '',
      size: group?.rows.length ?? 0,
    };
  });
}

const memberRows = (view: GraphView, members: readonly number[]): NodeRow[] =>
  members.map((row) => assetRow(view, row));

function assetRow({ data }: GraphView, row: number): NodeRow {
  return {
    key: data.ids[row] as string,
    name: data.names[row] as string,
    kind: assetKinds[data.kinds[row] as number] as string,
    fact: data.notes[row] as string,
    host: data.hosts[data.host[row] as number] as string,
    place: data.places[row] as string,
    origin: originWord(data.origins[row] as number),
    size: 1,
  };
}

function edgeRows(view: GraphView): EdgeRow[] {
  return Array.from({ length: view.edgeCount }, (_, edge): EdgeRow => {
    const from = view.from[edge] as number;
    const to = view.to[edge] as number;
    return {
      key: `${itemKey(view, from)} ${itemKey(view, to)}`,
      from: itemName(view, from),
      fromKey: itemKey(view, from),
      verb: edgeLabel(view, edge),
      to: itemName(view, to),
      toKey: itemKey(view, to),
      origin: originWord(view.edgeOrigins[edge] as number),
      size: view.edgeSizes[edge] as number,
    };
  });
}

const kindText = (kind: string): string => {
  const known = assetKinds.find((name) => name === kind);
  return known === undefined ? kind : kindWord(known);
};

const nodeColumns: readonly TableColumn<NodeRow>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 240,
    hideable: false,
    look: 'name',
    text: (row) => row.name,
    render: (row) => {
      const kind = assetKinds.find((name) => name === row.kind);
      return (
        <span className="graph-tables__name">
          {kind !== undefined && <KindIcon kind={kind} />}
          <span>{row.name}</span>
        </span>
      );
    },
  },
  { id: 'kind', title: 'Kind', width: 120, text: (row) => kindText(row.kind) },
  { id: 'fact', title: 'Fact', width: 240, text: (row) => row.fact },
  { id: 'host', title: 'Host', width: 120, text: (row) => row.host },
  {
    id: 'size',
    title: 'Items',
    width: 64,
    align: 'end',
    text: (row) => count(row.size),
    compare: (a, b) => a.size - b.size,
  },
  { id: 'origin', title: 'Origin', width: 90, text: (row) => row.origin },
  { id: 'place', title: 'Place', width: 280, look: 'code', text: (row) => row.place },
];

const edgeColumns: readonly TableColumn<EdgeRow>[] = [
  { id: 'from', title: 'From', width: 240, hideable: false, look: 'name', text: (row) => row.from },
  { id: 'verb', title: 'Relation', width: 180, text: (row) => row.verb },
  { id: 'to', title: 'To', width: 240, look: 'name', text: (row) => row.to },
  {
    id: 'size',
    title: 'Merged',
    width: 72,
    align: 'end',
    text: (row) => count(row.size),
    compare: (a, b) => a.size - b.size,
  },
  { id: 'origin', title: 'Origin', width: 120, text: (row) => row.origin },
];
