import { useEffect, useId } from 'react';
import { create } from 'zustand';
import { readStored, writeStored } from '../ui/stored.ts';
import type { Action } from './action.ts';

type ActionState = {
  /** Sets of actions by who offers them; a later one wins a chord. */
  readonly offered: ReadonlyMap<string, readonly Action[]>;
  /** Ids, the latest first. */
  readonly recent: readonly string[];
  readonly paletteOpen: boolean;
  /** Text that the palette opens with. */
  readonly paletteText: string;
  readonly keySheetOpen: boolean;
};

const keptRecent = 8;

export const useActionStore = create<ActionState>(() => ({
  offered: new Map(),
  recent: (readStored('recent-actions') ?? '').split(' ').filter(Boolean),
  paletteOpen: false,
  paletteText: '',
  keySheetOpen: false,
}));

const { setState, getState } = useActionStore;

export const openPalette = (text = ''): void => setState({ paletteOpen: true, paletteText: text, keySheetOpen: false });
export const closePalette = (): void => setState({ paletteOpen: false });
export const openKeySheet = (): void => setState({ keySheetOpen: true, paletteOpen: false });
export const closeKeySheet = (): void => setState({ keySheetOpen: false });

/** Offers actions while the component is there. */
export function useActions(actions: readonly Action[]): void {
  const owner = useId();
  useEffect(() => {
    setState(({ offered }) => ({
      offered: new Map([...offered].filter(([name]) => name !== owner)).set(owner, actions),
    }));
    return () => setState(({ offered }) => ({ offered: new Map([...offered].filter(([name]) => name !== owner)) }));
  }, [owner, actions]);
}

/** All actions that make sense now, each id once, the innermost definition. */
export function offeredActions(
  offered: ReadonlyMap<string, readonly Action[]> = getState().offered,
): readonly Action[] {
  const byId = new Map<string, Action>();
  for (const actions of offered.values()) {
    for (const action of actions) if (action.enabled !== false) byId.set(action.id, action);
  }
  return [...byId.values()];
}

export function runAction(action: Action): void {
  const recent = [action.id, ...getState().recent.filter((id) => id !== action.id)].slice(0, keptRecent);
  setState({ recent });
  writeStored('recent-actions', recent.join(' '));
  action.run();
}

/** For buttons and the native menu: the same definition that palette and keys run. */
export function runActionById(id: string): void {
  const action = offeredActions().find((candidate) => candidate.id === id);
  if (action !== undefined) runAction(action);
}
