import './inventory-screen.css';
import { ChevronDown, FileInput, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { Action } from '../../actions/action.ts';
import { runActionById, useActions } from '../../actions/action-store.ts';
import { showInspector } from '../../actions/layout.ts';
import { changeSearch, navigate, selectAsset, useAddress, useSelectedAsset } from '../../actions/navigation.ts';
import { evidenceParameter, formatAddress, selectionParameter } from '../../actions/routes.ts';
import { type InventoryTable, inventoryTableOf } from '../../client/inventory-table.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useQueryCache, valueOf } from '../../client/use-client.tsx';
import { showDialog } from '../../actions/dialogs.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ColumnMenu } from '../../ui/column-menu.tsx';
import { DataTable, type TableHandle } from '../../ui/data-table.tsx';
import { noSelection, type Selection, selectOne, sortRows } from '../../ui/data-table-model.ts';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useTableLayout } from '../../ui/use-table-layout.ts';
import { count, counted, lastSegment } from '../../ui/words.ts';
import { assetTableColumns } from './asset-table-columns.tsx';
import {
  countSentence,
  type FacetName,
  type FacetOption,
  facetNames,
  facetTitles,
  facetWord,
  formatQuery,
  type InventoryQuery,
  isNarrowed,
  narrow,
  noQuery,
  parseQuery,
  toggleFacet,
} from './inventory-model.ts';
import { SavedViews, useCurrentView } from './saved-views.tsx';

/** Every asset of the latest scan, as a table. */
export function InventoryScreen() {
  const scans = useCall('scans.list', {});
  const list = valueOf(scans);
  const scanned = list?.some((scan) => scan.status === 'complete' || scan.status === 'partial') ?? false;
  const answer = useCall('assets.columns', scanned ? { scan: null } : null);
  const columns = valueOf(answer);
  const beside = useCall('inventory.columns', scanned ? { scan: null } : null);
  const changes = useCall('changes.between', scanned ? { from: null, to: null } : null);
  const events = useCall('inventory.events', scanned ? { kinds: [], limit: mostEvents } : null);
  const [besideValue, comparison, eventsValue] = [valueOf(beside), valueOf(changes), valueOf(events)];
  const settledAll = [beside, changes, events].every(({ state }) => state !== 'loading');
  const table = useMemo(
    () =>
      columns === undefined
        ? null
        : inventoryTableOf({ columns, beside: besideValue ?? null, comparison, events: eventsValue ?? [] }),
    [columns, besideValue, comparison, eventsValue],
  );
  const failed = [beside, changes, events].find(({ state }) => state === 'failed');

  if (list !== undefined && !scanned) return <NotScanned running={list.some((scan) => scan.status === 'running')} />;
  if (columns === undefined || table === null || !settledAll) {
    return (
      <div className="screen">
        <div className="inventory__empty">
          {scans.state === 'failed' ? (
            <FailedCall title="The scans could not be read." name="scans.list" error={scans.error} />
          ) : answer.state === 'failed' ? (
            <FailedCall title="The assets could not be read." name="assets.columns" error={answer.error} />
          ) : (
            <LoadingLine>Reading the assets.</LoadingLine>
          )}
        </div>
      </div>
    );
  }
  return (
    <Inventory
      table={table}
      scan={list?.find((scan) => scan.number === columns.scan) ?? null}
      problem={failed?.state === 'failed' ? failed.error.message : null}
    />
  );
}

/** Events of former scans that are looked through for what is gone. */
const mostEvents = 5000;

function NotScanned({ running }: { readonly running: boolean }) {
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Inventory</h1>
      </div>
      <div className="inventory__empty">
        {running ? (
          <EmptyState
            title="The first scan is running."
            steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
          >
            Assets appear here when it is complete.
          </EmptyState>
        ) : (
          <EmptyState
            outcome="untold"
            title="Nothing was scanned into this workspace yet."
            steps={
              <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
                Choose a folder
              </Button>
            }
          >
            Which agents there are is not known before a folder was scanned.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

type InventoryProps = {
  readonly table: InventoryTable;
  readonly scan: ScanSummary | null;
  /** Why owners, states and dates could not be read; null where they could. */
  readonly problem: string | null;
};

function Inventory({ table, scan, problem }: InventoryProps) {
  const search = useAddress()?.search;
  const query = useMemo(() => parseQuery(search ?? new URLSearchParams()), [search]);
  const deferred = useDeferredValue(query);
  const narrowed = useMemo(() => narrow(table, deferred), [table, deferred]);
  const now = useNow(60_000);
  const columns = useMemo(() => assetTableColumns(table, now), [table, now]);
  const cache = useQueryCache();
  const rows = useMemo(() => sortRows(narrowed.rows, columns, deferred.sort), [narrowed, columns, deferred.sort]);
  const [layout, setLayout] = useTableLayout('inventory');
  const [selection, setSelection] = useSelection();
  const handle = useRef<TableHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  useInventoryActions(handle, searchField);

  const change = (next: InventoryQuery, replace = false): void => {
    const address = formatQuery(next);
    if (selection.active !== null) address.set(selectionParameter, selection.active);
    navigate(formatAddress('inventory', address), { replace });
  };
  const more = scan !== null && (scan.couldNotTell > 0 || scan.status === 'partial');

  return (
    <div className="screen">
      <h1 className="visually-hidden">Inventory</h1>
      <div className="inventory__toolbar">
        <SearchField field={searchField} text={query.text} onText={(text) => change({ ...query, text }, true)} />
        <span className="inventory__push" />
        <span
          className="inventory__count figures"
          title={more ? 'Some places could not be told, so there may be more.' : undefined}
        >
          {countSentence(rows.length, table.live, more)} {table.live === 1 ? 'asset' : 'assets'}
        </span>
        <SavedViews search={formatQuery(query).toString()} />
        <ColumnMenu columns={columns} layout={layout} onLayout={setLayout} />
        <IconButton
          icon={FileInput}
          label="Import a list of the organisation"
          onClick={() => runActionById('imports.add')}
        />
      </div>
      <div className="inventory__facets" role="group" aria-label="Filters">
        {facetNames.map((name) => (
          <FacetMenu
            key={name}
            name={name}
            options={narrowed.options[name]}
            onToggle={(value) => change(toggleFacet(query, name, value))}
          />
        ))}
      </div>
      <FilterChips query={query} onChange={change} />
      {problem !== null && (
        <div className="inventory__note">
          <HatchNote step={<Button onClick={() => cache.invalidate(['inventory.', 'changes.'])}>Try again</Button>}>
            Not all of owners, states and dates could be read, so what is missing below is unknown. {problem}
          </HatchNote>
        </div>
      )}
      {scan?.status === 'partial' && (
        <div className="inventory__note">
          <HatchNote step={<Button onClick={() => runActionById('scan.start')}>Scan again</Button>}>
            Scan {scan.number} was stopped before the end. There may be more than is shown.
          </HatchNote>
        </div>
      )}
      {rows.length === 0 ? (
        <Nothing table={table} scan={scan} query={query} onClear={() => change(noQuery)} />
      ) : (
        <DataTable
          label="Assets"
          handle={handle}
          columns={columns}
          rows={rows}
          rowKey={(row) => table.ids[row] ?? ''}
          sort={query.sort}
          onSort={(sort) => change({ ...query, sort }, true)}
          selection={selection}
          onSelect={setSelection}
          onOpen={() => {
            showInspector(true);
            changeSearch({ [evidenceParameter]: '0' }, { replace: true });
          }}
          layout={layout}
          onLayout={setLayout}
          rowMenu={(row) => [
            {
              type: 'item',
              id: 'graph',
              label: 'Show in graph',
              keys: 't',
              onSelect: () => runActionById('view.swap'),
            },
            {
              type: 'item',
              id: 'record',
              label: selection.keys.size > 1 ? `Set owner and state of ${selection.keys.size}` : 'Set owner and state',
              onSelect: () =>
                showDialog({
                  kind: 'record',
                  assets: selection.keys.size > 1 ? [...selection.keys] : [table.ids[row] ?? ''],
                  name: table.names[row] ?? '',
                }),
            },
            {
              type: 'item',
              id: 'place',
              label: 'Copy place',
              disabled: table.places[row] === '',
              onSelect: () => void navigator.clipboard.writeText(table.places[row] ?? ''),
            },
            { type: 'separator', id: 'separator' },
          ]}
        />
      )}
    </div>
  );
}

/** The active row is in the address; the rest of the selection belongs to this visit. */
function useSelection(): readonly [Selection, (selection: Selection) => void] {
  const asset = useSelectedAsset();
  const [selection, setSelection] = useState<Selection>(noSelection);
  const active = asset === '' ? null : asset;
  const shown = selection.active === active ? selection : active === null ? noSelection : selectOne(active);
  const select = (next: Selection): void => {
    setSelection(next);
    if (next.active !== active) selectAsset(next.active);
  };
  return [shown, select];
}

type SearchFieldProps = {
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly text: string;
  onText(text: string): void;
};

/** Milliseconds after the last letter until the address follows. */
const typingPause = 120;

function SearchField({ field, text, onText }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(text), [text]);
  const type = (value: string): void => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onText(value), typingPause);
  };
  return (
    <TextField
      className="inventory__search"
      label="Filter by name, path or kind"
      placeholder="Filter by name, path or kind"
      icon={Search}
      ref={field}
      value={typed}
      onChange={type}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (typed !== '') type('');
        else event.currentTarget.blur();
      }}
    />
  );
}

type FacetMenuProps = {
  readonly name: FacetName;
  readonly options: readonly FacetOption[];
  onToggle(value: string): void;
};

function FacetMenu({ name, options, onToggle }: FacetMenuProps) {
  const chosen = options.filter((option) => option.chosen).length;
  // One value that all rows share is nothing to choose.
  if (options.length < 2 && chosen === 0) return null;
  return (
    <Menu
      entries={options.map((option) => ({
        type: 'check' as const,
        id: option.value,
        label: facetWord(name, option.value),
        hint: count(option.count),
        checked: option.chosen,
        onChange: () => onToggle(option.value),
      }))}
      trigger={
        <button type="button" className={`facet-button${chosen > 0 ? ' facet-button--chosen' : ''}`}>
          {facetTitles[name]}
          {chosen > 0 && ` ${chosen}`}
          <ChevronDown aria-hidden />
        </button>
      }
    />
  );
}

function FilterChips({ query, onChange }: { readonly query: InventoryQuery; onChange(query: InventoryQuery): void }) {
  const chosen = facetNames.flatMap((name) => query.facets[name].map((value) => ({ name, value })));
  const view = useCurrentView(formatQuery(query).toString());
  if (chosen.length === 0 && view === undefined) return null;
  return (
    <div className="inventory__chips">
      {view !== undefined && <span className="inventory__view">{view.name}</span>}
      {chosen.map(({ name, value }) => (
        <Chip
          key={`${name} ${value}`}
          removeLabel={`Remove the filter ${facetTitles[name]}: ${facetWord(name, value)}`}
          onRemove={() => onChange(toggleFacet(query, name, value))}
        >
          {facetTitles[name]}: {facetWord(name, value)}
        </Chip>
      ))}
      <Button look="link" onClick={() => onChange({ ...noQuery, sort: query.sort })}>
        Clear filters
      </Button>
    </div>
  );
}

type NothingProps = {
  readonly table: InventoryTable;
  readonly scan: ScanSummary | null;
  readonly query: InventoryQuery;
  onClear(): void;
};

/** None fits, none was found, or nobody could look: three different things. */
function Nothing({ table, scan, query, onClear }: NothingProps) {
  if (table.live > 0 && isNarrowed(query)) {
    return (
      <div className="inventory__empty">
        <EmptyState
          title={`None of ${counted(table.live, 'asset')} fits.`}
          steps={<Button onClick={onClear}>Clear filters</Button>}
        >
          {query.text.trim() === ''
            ? 'The filters leave nothing.'
            : `Looked for "${query.text.trim()}" in name, kind, path, fact, host, framework and owner.`}
        </EmptyState>
      </div>
    );
  }
  const untold = scan !== null && scan.couldNotTell > 0;
  return (
    <div className="inventory__empty">
      <EmptyState
        outcome={untold ? 'untold' : 'looked'}
        title={`No agents and nothing of theirs in ${scan === null ? 'the scan' : scan.roots.map(lastSegment).join(', ')}.`}
        steps={<Button onClick={() => runActionById('workspace.addFolder')}>Add a folder</Button>}
      >
        {scan !== null && `Looked at ${counted(scan.files, 'file')}, read ${scan.filesRead}. `}
        {untold && `${counted(scan.couldNotTell, 'place')} could not be told.`}
      </EmptyState>
    </div>
  );
}

function useInventoryActions(
  handle: React.RefObject<TableHandle | null>,
  field: React.RefObject<HTMLInputElement | null>,
): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'edit.find',
        title: 'Filter the inventory',
        group: 'Table',
        keys: ['/', 'mod+f'],
        run: () => field.current?.select(),
      },
      { id: 'table.next', title: 'Next row', group: 'Table', keys: ['j'], run: () => handle.current?.step('next') },
      {
        id: 'table.previous',
        title: 'Previous row',
        group: 'Table',
        keys: ['k'],
        run: () => handle.current?.step('previous'),
      },
      {
        id: 'table.open',
        title: 'Open the source lines of the row',
        group: 'Table',
        keys: ['o'],
        run: () => handle.current?.open(),
      },
      { id: 'table.copyTsv', title: 'Copy rows as TSV', group: 'Table', run: () => handle.current?.copy('tsv') },
      {
        id: 'table.copyMarkdown',
        title: 'Copy rows as Markdown',
        group: 'Table',
        run: () => handle.current?.copy('markdown'),
      },
      {
        id: 'selection.clear',
        title: 'Clear the selection',
        group: 'Selection',
        keys: ['escape'],
        run: () => selectAsset(null),
      },
    ],
    [handle, field],
  );
  useActions(actions);
}
