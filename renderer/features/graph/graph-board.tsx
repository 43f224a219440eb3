import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { Action } from '../../actions/action.ts';
import { useActions } from '../../actions/action-store.ts';
import { announce } from '../../actions/announce.ts';
import { navigate, useAddress, useSelectedAsset } from '../../actions/navigation.ts';
import { formatAddress, selectionParameter } from '../../actions/routes.ts';
import type { GraphData } from '../../graph/graph-data.ts';
import { GraphSurface, type SurfaceHandle } from '../../graph/graph-surface.tsx';
import { edgeLabel, groupAt, type GraphView, itemFact, itemKey, itemName } from '../../graph/graph-view.ts';
import { lensOf } from '../../graph/lenses.ts';
import { type Direction, neighbourInDirection, readingOrder, type Scene } from '../../graph/scene.ts';
import type { Target } from '../../graph/stage.ts';
import { Button } from '../../ui/button.tsx';
import type { TableHandle } from '../../ui/data-table.tsx';
import { KeyCaps } from '../../ui/key-cap.tsx';
import { ContextMenu } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/notes.tsx';
import { formatGraphAddress, type GraphAddress, parseGraphAddress } from './graph-address.ts';
import { closeBox, collapseItem, focusOn, openItem, summarySentence } from './graph-steps.ts';
import { menuEntries } from './graph-menu.ts';
import { Legend, Notes } from './graph-notes.tsx';
import { GraphTables } from './graph-tables.tsx';
import { GraphToolbar } from './graph-toolbar.tsx';
import { usePictures } from './use-pictures.ts';
import { useScene } from './use-scene.ts';

type GraphBoardProps = { readonly data: GraphData; readonly scan: ScanSummary | null; readonly workspace: string };

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const nudges: { readonly [D in Direction]: readonly [number, number] } = {
  left: [-16, 0],
  right: [16, 0],
  up: [0, -16],
  down: [0, 16],
};

export function GraphBoard({ data, scan, workspace }: GraphBoardProps) {
  const search = useAddress()?.search;
  const asset = useSelectedAsset();
  const address = useMemo(() => parseGraphAddress(search ?? new URLSearchParams()), [search]);
  useOpensOnSelection(data, search, address, asset);
  const question = useSameQuestion(address);
  const placed = useScene(data, question);
  const { scene } = placed;
  const surface = useRef<SurfaceHandle>(null);
  const table = useRef<TableHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const [selectedEdge, setSelectedEdge] = useState(-1);
  const selected = useMemo(
    () => (scene === null ? -1 : selectedItem(scene.view, asset, address.item)),
    [scene, asset, address.item],
  );

  const go = useCallback((next: GraphAddress, selection: string, replace = false): void => {
    const parameters = formatGraphAddress(next);
    if (selection !== '') parameters.set(selectionParameter, selection);
    navigate(formatAddress('graph', parameters), { replace });
  }, []);
  const change = (next: GraphAddress | null): void => {
    if (next !== null) go(next, asset);
  };
  const select = (item: number): void => {
    setSelectedEdge(-1);
    if (scene === null || item < 0) return go({ ...address, item: '' }, '', true);
    const isGroup = groupAt(scene.view, item) !== null;
    const key = itemKey(scene.view, item);
    go({ ...address, item: isGroup ? key : '' }, isGroup ? '' : key, true);
  };
  const selectAndReveal = (item: number): void => {
    if (item < 0) return;
    select(item);
    surface.current?.reveal(item);
  };
  const pick = (target: Target): void => {
    if (target.type === 'item') select(target.item);
    else if (target.type === 'edge') setSelectedEdge(target.edge);
    else select(-1);
  };
  // The selection goes along into an opened group, so that the keyboard stands on something and can close it again.
  const openAt = (item: number): void => {
    if (scene === null) return;
    const next = openItem(address, scene.view, item);
    const first = groupAt(scene.view, item)?.rows[0];
    if (next !== null) go(next, first === undefined || next.table ? asset : (data.ids[first] as string));
  };
  const open = (target: Target): void => {
    if (scene === null) return;
    if (target.type === 'item') openAt(target.item);
    else if (target.type === 'box') {
      const box = scene.view.containers[target.box];
      if (box?.closable === true) change(closeBox(address, box.key));
    }
  };
  const step = (by: number): void => {
    if (address.table) return table.current?.step(by > 0 ? 'next' : 'previous');
    if (scene === null || scene.view.count === 0) return;
    const order = readingOrder(scene);
    const at = order.indexOf(selected);
    selectAndReveal(
      order[at === -1 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length] as number,
    );
  };
  const nudge = (direction: Direction): void => {
    if (scene === null || selected < 0) return;
    const [dx, dy] = nudges[direction];
    placed.move(selected, (scene.x[selected] as number) + dx, (scene.y[selected] as number) + dy, true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || scene === null) return;
    const direction = arrows[event.key];
    if (direction !== undefined && event.altKey) return;
    if (direction !== undefined && event.shiftKey) nudge(direction);
    else if (direction !== undefined) {
      if (selected < 0) step(1);
      else selectAndReveal(neighbourInDirection(scene, selected, direction));
    } else if (event.key === 'Enter' && selected >= 0) openAt(selected);
    else if ((event.key === 'Backspace' || event.key === '-') && selected >= 0)
      change(collapseItem(address, scene.view, selected));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toggleTable = (): void => go({ ...address, table: !address.table, members: '' }, asset);

  const pictures = usePictures(scene, surface, {
    workspace,
    subject: subjectOf(data, address),
    lens: lensOf(question.lens).title,
    scan: data.scan,
  });
  const actions: readonly Action[] = [
    { id: 'graph.fit', title: 'Fit the graph', group: 'Graph', keys: ['f'], run: () => surface.current?.fit() },
    {
      id: 'graph.fitSelection',
      title: 'Fit the selection',
      group: 'Graph',
      keys: ['shift+f'],
      run: () => surface.current?.fitItems(aroundSelection(scene, selected)),
    },
    { id: 'graph.next', title: 'Next item', group: 'Graph', keys: ['j'], run: () => step(1) },
    { id: 'graph.previous', title: 'Previous item', group: 'Graph', keys: ['k'], run: () => step(-1) },
    { id: 'view.swap', title: 'Same selection as table or graph', group: 'Graph', keys: ['t'], run: toggleTable },
    {
      id: 'edit.find',
      title: 'Find an asset in the graph',
      group: 'Graph',
      keys: ['/', 'mod+f'],
      run: () => searchField.current?.select(),
    },
    { id: 'graph.resetPlaces', title: 'Put moved cards back', group: 'Graph', run: placed.resetPlaces },
    { id: 'graph.exportPng', title: 'Save the graph as PNG', group: 'Graph', run: () => pictures.png(2) },
    { id: 'graph.exportSvg', title: 'Save the graph as SVG', group: 'Graph', run: pictures.svg },
    {
      id: 'selection.clear',
      title: 'Clear the selection',
      group: 'Selection',
      keys: ['escape'],
      run: () => select(-1),
    },
  ];
  useLatestActions(actions);

  const summary = scene === null ? '' : summarySentence(scene.view);
  useEffect(() => {
    if (summary !== '') announce(summary);
  }, [summary]);
  // A click on the table and back keeps the focus where the hands are.
  const wasTable = useRef(address.table);
  useEffect(() => {
    if (wasTable.current === address.table) return;
    wasTable.current = address.table;
    if (address.table) table.current?.focus();
    else surface.current?.focus();
  }, [address.table]);

  const members =
    scene === null || address.members === ''
      ? null
      : (scene.view.groups.find((group) => group.key === address.members)?.rows ?? null);
  return (
    <div className="screen">
      <h1 className="visually-hidden">Graph</h1>
      <GraphToolbar
        data={data}
        address={address}
        searchField={searchField}
        exports={pictures.entries}
        onChange={change}
        onFocus={(row) => go(focusOn(address, data.ids[row] as string), data.ids[row] as string)}
      />
      <Notes
        data={data}
        scan={scan}
        address={address}
        problem={placed.problem}
        onAgain={placed.again}
        onWhole={() => change(focusOn(address, null))}
      />
      {scene === null ? (
        <div className="graph-empty-ground" />
      ) : address.table ? (
        <GraphTables
          view={scene.view}
          members={members}
          selectedKey={asset !== '' ? asset : address.item}
          handle={table}
          onSelect={(key) =>
            go(
              { ...address, item: key !== null && !data.rowOf.has(key) ? key : '' },
              key !== null && data.rowOf.has(key) ? key : '',
              true,
            )
          }
          onOpen={(key) => {
            const item = indexOfKey(scene.view, key);
            if (item >= 0) change(openItem({ ...address, table: false }, scene.view, item));
            else if (data.rowOf.has(key)) go(focusOn({ ...address, table: false }, key), key);
          }}
        />
      ) : scene.view.count === 0 ? (
        <EmptyState
          centred
          title="Nothing fits this lens and these filters."
          steps={
            <Button
              onClick={() =>
                change({ ...address, question: { ...question, lens: 'all', hiddenKinds: 0, hiddenRelations: 0 } })
              }
            >
              Show all
            </Button>
          }
        >
          {`${data.count.toLocaleString('en')} assets and ${data.edgeCount.toLocaleString('en')} relations are in the scan.`}
        </EmptyState>
      ) : (
        <ContextMenu
          entries={menuEntries({
            scene,
            selected,
            address,
            change,
            focus: (id) => go(focusOn(address, id), id),
            nudge,
            fit: () => surface.current?.fit(),
            resetPlaces: placed.resetPlaces,
            moved: placed.moved,
          })}
          trigger={
            <div className="graph-picture">
              <GraphSurface
                scene={scene}
                label={`Graph, ${lensOf(question.lens).title.toLowerCase()}, ${subjectOf(data, address)}`}
                summary={`${summary}.`}
                selected={selected}
                selectedEdge={selectedEdge < scene.view.edgeCount ? selectedEdge : -1}
                fitKey={placed.fitKey}
                onPick={pick}
                onOpen={open}
                onContext={(target) => target.type === 'item' && select(target.item)}
                onMove={placed.move}
                onKeyDown={onKeyDown}
                hoverText={(target) => hoverText(scene.view, target)}
                handle={surface}
              >
                <div className="graph-summary" data-graph-control>
                  <b>{subjectOf(data, address)}</b> {summary} <KeyCaps chord="j" />
                  <KeyCaps chord="k" /> next, previous
                </div>
                <Legend />
                {placed.placing && scene.view.count > 1_000 && (
                  <div className="graph-placing" role="status" data-graph-control>
                    Placing items <Button onClick={placed.cancel}>Cancel</Button>
                  </div>
                )}
              </GraphSurface>
            </div>
          }
        />
      )}
    </div>
  );
}

/** The same object while the question is the same, whatever else changes in the address: a picture is not made again for a click. */
function useSameQuestion(address: GraphAddress): GraphAddress['question'] {
  const key = formatGraphAddress({ ...address, table: false, members: '', item: '' }).toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question in writing
  return useMemo(() => address.question, [key]);
}

/** Arriving with a selected asset and no question ("show in graph") asks for its neighbourhood. */
function useOpensOnSelection(
  data: GraphData,
  search: URLSearchParams | undefined,
  address: GraphAddress,
  asset: string,
): void {
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    const plain = [...(search?.keys() ?? [])].every((key) => key === selectionParameter);
    if (!plain || asset === '' || !data.rowOf.has(asset)) return;
    const parameters = formatGraphAddress(focusOn(address, asset));
    parameters.set(selectionParameter, asset);
    navigate(formatAddress('graph', parameters), { replace: true });
  }, [data, search, address, asset]);
}

/** Actions are made anew in each render, because they close over what is selected; they are offered once per change of what they see. */
function useLatestActions(actions: readonly Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  const stable = useMemo(
    () =>
      latest.current.map(
        (action): Action => ({
          ...action,
          run: () => latest.current.find((candidate) => candidate.id === action.id)?.run(),
        }),
      ),
    [],
  );
  useActions(stable);
}

/** Where the selection is drawn: the asset itself, or the group that holds it. */
function selectedItem(view: GraphView, asset: string, item: string): number {
  if (asset !== '') {
    const row = view.data.rowOf.get(asset);
    return row === undefined ? -1 : (view.itemOf[row] as number);
  }
  return item === '' ? -1 : indexOfKey(view, item);
}

function indexOfKey(view: GraphView, key: string): number {
  const row = view.data.rowOf.get(key);
  if (row !== undefined) return view.row[view.itemOf[row] as number] === row ? (view.itemOf[row] as number) : -1;
  return view.group.findIndex((group) => view.groups[group]?.key === key);
}

function subjectOf(data: GraphData, { question }: GraphAddress): string {
  const row = question.focus === null ? undefined : data.rowOf.get(question.focus);
  return row === undefined ? 'Estate' : (data.names[row] as string);
}

function aroundSelection(scene: Scene | null, selected: number): number[] {
  if (scene === null || selected < 0) return [];
  const items = new Set([selected]);
  for (let edge = 0; edge < scene.view.edgeCount; edge++) {
    if (scene.view.from[edge] === selected) items.add(scene.view.to[edge] as number);
    else if (scene.view.to[edge] === selected) items.add(scene.view.from[edge] as number);
  }
  return [...items];
}

function hoverText(view: GraphView, target: Target): string {
  switch (target.type) {
    case 'item':
      return `${itemName(view, target.item)}\n${itemFact(view, target.item)}`;
    case 'edge':
      return `${itemName(view, view.from[target.edge] as number)} \u2192 ${itemName(view, view.to[target.edge] as number)}\n${edgeLabel(view, target.edge)}`;
    case 'box':
      return view.containers[target.box]?.label ?? '';
    case 'ground':
      return '';
  }
}
