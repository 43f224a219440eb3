import { useMemo, useSyncExternalStore } from 'react';
import {
  type Address,
  evidenceParameter,
  formatAddress,
  parseAddress,
  type Screen,
  selectionParameter,
  withSearch,
} from './routes.ts';

/**
 * The address of this window is its state: screen, filters, selection. `replace` is for changes that are no step to go
 * back to (a letter typed into a filter). The position in the history is kept in its state, so that back and forward
 * know whether there is anywhere to go.
 */
const listeners = new Set<() => void>();
let furthest = 0;

const position = (): number => {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'position' in state && typeof state.position === 'number'
    ? state.position
    : 0;
};

const announce = (): void => {
  furthest = Math.max(furthest, position());
  for (const listener of listeners) listener();
};

export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  const current = window.location.pathname + window.location.search;
  if (href === current) return;
  if (options.replace === true) window.history.replaceState({ position: position() }, '', href);
  else {
    furthest = position() + 1;
    window.history.pushState({ position: furthest }, '', href);
  }
  announce();
}

export const goBack = (): void => window.history.back();
export const goForward = (): void => window.history.forward();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', announce);
  };
}

const readHref = (): string => window.location.pathname + window.location.search;

export const currentAddress = (): Address | null => parseAddress(readHref());

/** Where the window is; null for an address that is no screen. */
export function useAddress(): Address | null {
  const href = useSyncExternalStore(subscribe, readHref);
  return useMemo(() => parseAddress(href), [href]);
}

export function useHistory(): { readonly canGoBack: boolean; readonly canGoForward: boolean } {
  const at = useSyncExternalStore(subscribe, position);
  return { canGoBack: at > 0, canGoForward: at < furthest };
}

/** One parameter of the address, '' where it is absent. */
export function useSearchParameter(name: string): string {
  return useAddress()?.search.get(name) ?? '';
}

export const openScreen = (screen: Screen, search: Readonly<Record<string, string | null>> = {}): void =>
  navigate(formatAddress(screen, search));

/** Changes parameters of the present screen's address. */
export function changeSearch(
  changes: Readonly<Record<string, string | null>>,
  options: { readonly replace?: boolean } = {},
): void {
  const address = currentAddress();
  if (address !== null) navigate(withSearch(address, changes), options);
}

/** Id of the selected asset, shared by table, graph and inspector; '' when nothing is selected. */
export const useSelectedAsset = (): string => useSearchParameter(selectionParameter);

export const selectAsset = (id: string | null): void =>
  changeSearch({ [selectionParameter]: id, [evidenceParameter]: null }, { replace: true });
