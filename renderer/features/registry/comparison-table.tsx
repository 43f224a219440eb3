import { CircleQuestionMark } from 'lucide-react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import type { NamedOwner, RegistryComparison } from '../../../shared/contract/registry.ts';
import type { Action } from '../../actions/action.ts';
import { useActions } from '../../actions/action-store.ts';
import { showDialog } from '../../actions/dialogs.ts';
import { selectAsset, useSelectedAsset } from '../../actions/navigation.ts';
import { ownerWay } from '../../facts/owner-words.ts';
import { DataTable, type TableColumn, type TableHandle } from '../../ui/data-table.tsx';
import { type Selection, selectOne, type Sort, sortRows } from '../../ui/data-table-model.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { clock } from '../../ui/words.ts';
import { type RegistryView, reachWords, viewTitle } from './registry-model.ts';

/** A row of any part: what was found, what is registered, or both. */
type Row = {
  readonly key: string;
  /** Asset that the inspector shows; '' where there is none. */
  readonly asset: string;
  readonly kind: 'agent' | 'mcp-server';
  readonly name: string;
  readonly cells: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; null where no scan ever saw it. */
  readonly lastSeen: number | null;
};

type Entry = RegistryComparison['both'][number]['entry'];

const entryPlace = (entry: Entry): string => `${entry.file}:${entry.line}`;
const stateOf = (entry: Entry | null): string => entry?.state ?? 'not declared';
const ownerOf = (entry: Entry | null): string =>
  entry === null || entry.owner === null ? 'unknown' : entry.owner === '' ? 'nobody, as registered' : entry.owner;

function ownersText(owners: readonly NamedOwner[]): string {
  const [first] = owners;
  return first === undefined ? 'unknown' : `${first.guess ? 'guess: ' : ''}${first.name}`;
}
const ownersWay = (owners: readonly NamedOwner[]): string =>
  owners[0] === undefined ? 'no file says it' : `${ownerWay(owners[0].by)}, ${owners[0].confidence}`;

function rowsOf(view: RegistryView, comparison: RegistryComparison): readonly Row[] {
  switch (view) {
    case 'shadow':
      return comparison.shadow.map((item) => ({
        key: item.id,
        asset: item.id,
        kind: item.kind,
        name: item.name,
        lastSeen: item.lastSeen,
        cells: {
          owner: ownersText(item.owners),
          way: ownersWay(item.owners),
          source: item.source === '' ? 'follows from other facts' : item.source,
          confidence: item.confidence,
          reach: reachWords(item),
          place: item.place === '' ? 'follows from other facts' : item.place,
        },
      }));
    case 'both':
      return comparison.both.map(({ entry, asset, by }) => ({
        key: `${asset.id} ${entryPlace(entry)}`,
        asset: asset.id,
        kind: asset.kind,
        name: asset.name,
        lastSeen: null,
        cells: {
          entry: entry.name === '' ? entry.id : entry.name,
          by,
          state: stateOf(entry),
          owner: ownerOf(entry),
          registry: entryPlace(entry),
          place: asset.place === '' ? 'follows from other facts' : asset.place,
        },
      }));
    case 'gone':
      return comparison.gone.map(({ entry, lastSeen }) => ({
        key: entryPlace(entry),
        asset: '',
        kind: entry.kind,
        name: entry.name === '' ? entry.id : entry.name,
        lastSeen,
        cells: {
          state: stateOf(entry),
          owner: ownerOf(entry),
          repository: entry.repository === '' ? 'not stated' : entry.repository,
          registry: entryPlace(entry),
        },
      }));
    case 'ambiguous':
      return comparison.ambiguous.map(({ entry, candidates }) => ({
        key: entryPlace(entry),
        asset: candidates[0]?.id ?? '',
        kind: entry.kind,
        name: entry.name === '' ? entry.id : entry.name,
        lastSeen: null,
        cells: {
          candidates: candidates.map(({ name, place }) => (place === '' ? name : `${name} (${place})`)).join('; '),
          owner: ownerOf(entry),
          registry: entryPlace(entry),
        },
      }));
    case 'imported':
      return comparison.imported.map(({ id, name, system, entry }) => ({
        key: id,
        asset: id,
        kind: 'agent',
        name,
        lastSeen: null,
        cells: {
          system: system === '' ? 'entered by hand' : system,
          registered: comparison.files.length === 0 ? 'unknown' : entry === null ? 'unregistered' : 'registered',
          state: stateOf(entry),
          owner: entry === null ? 'see inspector' : ownerOf(entry),
        },
      }));
  }
}

const titles: Readonly<Record<string, readonly [title: string, width: number]>> = {
  owner: ['Owner', 150],
  way: ['How the owner is known', 180],
  source: ['Found by', 190],
  confidence: ['Confidence', 92],
  reach: ['Reach', 140],
  place: ['Place', 260],
  entry: ['Entry', 180],
  by: ['Matched by', 130],
  state: ['State', 110],
  registry: ['Register', 200],
  repository: ['Repository', 180],
  candidates: ['Fits', 420],
  system: ['System', 160],
  registered: ['Register', 120],
};
const typed = new Set(['place', 'registry', 'source']);
const doubtful = (id: string, text: string): boolean =>
  text === 'unknown' ||
  text === 'not declared' ||
  text === 'unregistered' ||
  text.startsWith('guess: ') ||
  (id === 'confidence' && text === 'low');

function Untold({ text }: { readonly text: string }) {
  return (
    <span className="registry-untold">
      <CircleQuestionMark aria-hidden />
      <span>{text}</span>
    </span>
  );
}

function tableColumns(view: RegistryView, rows: readonly Row[], now: number): readonly TableColumn<Row>[] {
  const seen = (row: Row): string => (row.lastSeen === null ? 'never by a scan' : clock(row.lastSeen, now));
  const named: TableColumn<Row>[] = [
    {
      id: 'name',
      title: 'Name',
      width: 220,
      minWidth: 120,
      look: 'name',
      hideable: false,
      text: (row) => row.name,
      render: (row) => (
        <>
          <KindIcon kind={row.kind} />
          <span>{row.name}</span>
        </>
      ),
    },
    { id: 'kind', title: 'Kind', width: 96, text: (row) => sentenceCase(kindWord(row.kind)) },
  ];
  const lastSeen: TableColumn<Row>[] =
    view === 'shadow' || view === 'gone'
      ? [
          {
            id: 'seen',
            title: 'Last seen',
            width: 130,
            text: seen,
            compare: (first, second) => (first.lastSeen ?? 0) - (second.lastSeen ?? 0),
            render: (row) => (row.lastSeen === null ? <Untold text={seen(row)} /> : undefined),
          },
        ]
      : [];
  const others = Object.keys(rows[0]?.cells ?? {}).map((id): TableColumn<Row> => {
    const text = (row: Row): string => row.cells[id] ?? '';
    return {
      id,
      title: titles[id]?.[0] ?? id,
      width: titles[id]?.[1] ?? 120,
      ...(typed.has(id) ? { look: 'code' as const } : {}),
      text,
      render: (row) => (doubtful(id, text(row)) ? <Untold text={text(row)} /> : undefined),
    };
  });
  return [...named, ...lastSeen, ...others];
}

type ComparisonTableProps = { readonly view: RegistryView; readonly comparison: RegistryComparison };

export function ComparisonTable({ view, comparison }: ComparisonTableProps) {
  const asset = useSelectedAsset();
  const [sort, setSort] = useState<Sort | null>(null);
  const [layout, setLayout] = useTableLayout(`registry-${view}`);
  const rows = useMemo(() => rowsOf(view, comparison), [view, comparison]);
  const columns = useMemo(() => tableColumns(view, rows, Date.now()), [view, rows]);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const [selection, setSelection] = useState<Selection>(() => {
    const first = rows.find((row) => row.asset !== '' && row.asset === asset);
    return first === undefined ? { keys: new Set(), active: null, anchor: null } : selectOne(first.key);
  });
  const handle = useRef<TableHandle>(null);
  useTableActions(handle);
  const chosen = [...selection.keys].flatMap((key) => byKey.get(key)?.asset || []);
  return (
    <DataTable
      label={viewTitle(view)}
      handle={handle}
      columns={columns}
      rows={sorted}
      rowKey={(row) => row.key}
      sort={sort}
      onSort={setSort}
      selection={selection}
      onSelect={(next) => {
        setSelection(next);
        const row = next.active === null ? undefined : byKey.get(next.active);
        selectAsset(row === undefined || row.asset === '' ? null : row.asset);
      }}
      layout={layout}
      onLayout={setLayout}
      rowMenu={(row) =>
        row.asset === ''
          ? []
          : [
              {
                type: 'item',
                id: 'record',
                label: chosen.length > 1 ? `Set owner and state of ${chosen.length}` : 'Set owner and state',
                onSelect: () =>
                  showDialog({ kind: 'record', assets: chosen.length > 0 ? chosen : [row.asset], name: row.name }),
              },
              { type: 'separator', id: 'separator' },
            ]
      }
    />
  );
}

function useTableActions(handle: RefObject<TableHandle | null>): void {
  const actions = useMemo(
    (): readonly Action[] => [
      { id: 'table.next', title: 'Next row', group: 'Table', keys: ['j'], run: () => handle.current?.step('next') },
      {
        id: 'table.previous',
        title: 'Previous row',
        group: 'Table',
        keys: ['k'],
        run: () => handle.current?.step('previous'),
      },
      { id: 'table.copyTsv', title: 'Copy rows as TSV', group: 'Table', run: () => handle.current?.copy('tsv') },
      {
        id: 'selection.clear',
        title: 'Clear the selection',
        group: 'Selection',
        keys: ['escape'],
        run: () => selectAsset(null),
      },
    ],
    [handle],
  );
  useActions(actions);
}
