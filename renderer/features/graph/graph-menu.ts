import { Crosshair, Expand, FoldVertical, List, Move, Table2 } from 'lucide-react';
import { openScreen } from '../../actions/navigation.ts';
import { selectionParameter } from '../../actions/routes.ts';
import { groupAt, itemKey, itemName } from '../../graph/graph-view.ts';
import type { Direction, Scene } from '../../graph/scene.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import type { GraphAddress } from './graph-address.ts';
import { collapseItem, openItem } from './graph-steps.ts';

type MenuParts = {
  readonly scene: Scene;
  readonly selected: number;
  readonly address: GraphAddress;
  readonly moved: number;
  change(next: GraphAddress | null): void;
  focus(id: string): void;
  nudge(direction: Direction): void;
  fit(): void;
  resetPlaces(): void;
};

/** The right mouse button: what can be done with the selected item, moving by click included. */
export function menuEntries({
  scene,
  selected,
  address,
  moved,
  change,
  focus,
  nudge,
  fit,
  resetPlaces,
}: MenuParts): readonly MenuEntry[] {
  const { view } = scene;
  const general: readonly MenuEntry[] = [
    { type: 'item', id: 'fit', label: 'Fit the graph', keys: 'f', onSelect: fit },
    { type: 'item', id: 'reset', label: 'Put moved cards back', disabled: moved === 0, onSelect: resetPlaces },
  ];
  if (selected < 0 || selected >= view.count) return general;
  const group = groupAt(view, selected);
  const key = itemKey(view, selected);
  const opened = openItem(address, view, selected);
  const closed = collapseItem(address, view, selected);
  const own: readonly MenuEntry[] =
    group === null
      ? [
          {
            type: 'item',
            id: 'focus',
            label: 'Show its neighbourhood',
            icon: Crosshair,
            disabled: address.question.focus === key,
            onSelect: () => focus(key),
          },
          {
            type: 'item',
            id: 'open',
            label: 'Expand',
            icon: Expand,
            keys: 'enter',
            disabled: opened === null,
            onSelect: () => change(opened),
          },
          {
            type: 'item',
            id: 'close',
            label: 'Collapse',
            icon: FoldVertical,
            keys: 'backspace',
            disabled: closed === null,
            onSelect: () => change(closed),
          },
          {
            type: 'item',
            id: 'inventory',
            label: 'Show in inventory',
            icon: List,
            onSelect: () => openScreen('inventory', { [selectionParameter]: key }),
          },
          {
            type: 'item',
            id: 'copy',
            label: 'Copy name',
            onSelect: () => void navigator.clipboard.writeText(itemName(view, selected)),
          },
        ]
      : [
          {
            type: 'item',
            id: 'open',
            label: 'Open the group',
            icon: Expand,
            keys: 'enter',
            onSelect: () => change(opened),
          },
          {
            type: 'item',
            id: 'table',
            label: `List its ${group.rows.length.toLocaleString('en')} items`,
            icon: Table2,
            onSelect: () => change({ ...address, table: true, members: key }),
          },
        ];
  return [
    ...own,
    { type: 'separator', id: 'moving' },
    ...(['left', 'right', 'up', 'down'] as const).map(
      (direction): MenuEntry => ({
        type: 'item',
        id: `move-${direction}`,
        label: `Move ${direction}`,
        icon: Move,
        keys: `shift+arrow${direction}`,
        onSelect: () => nudge(direction),
      }),
    ),
    { type: 'separator', id: 'general' },
    ...general,
  ];
}
