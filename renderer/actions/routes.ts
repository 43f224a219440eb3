/** Screens that exist. A screen that is not built is not here and so nowhere in the navigation. */
export const screens = [
  'start',
  'scan',
  'overview',
  'coverage',
  'changes',
  'inventory',
  'server',
  'graph',
  'ask',
  'findings',
  'registry',
  'settings',
] as const;
export type Screen = (typeof screens)[number];

const paths: { readonly [S in Screen]: string } = {
  start: '/',
  scan: '/scan',
  overview: '/overview',
  coverage: '/coverage',
  changes: '/changes',
  inventory: '/inventory',
  server: '/server',
  graph: '/graph',
  ask: '/ask',
  findings: '/findings',
  registry: '/registry',
  settings: '/settings',
};

export type Address = { readonly screen: Screen; readonly search: URLSearchParams };

/** Reads an address of this window; null for a path that is no screen. */
export function parseAddress(href: string): Address | null {
  const url = new URL(href, 'http://window');
  const path = url.pathname === '/' ? '/' : url.pathname.replace(/\/+$/, '');
  const screen = screens.find((name) => paths[name] === path || (name === 'start' && path === '/index.html'));
  return screen === undefined ? null : { screen, search: url.searchParams };
}

/**
 * Writes an address: `/inventory?kind=agent`. Of a record, null and empty values are left out, so that the plain screen
 * has the plain address; search parameters are taken as they are.
 */
export function formatAddress(
  screen: Screen,
  search: URLSearchParams | Readonly<Record<string, string | null>> = {},
): string {
  const kept = search instanceof URLSearchParams ? search : new URLSearchParams();
  if (!(search instanceof URLSearchParams)) {
    for (const [key, value] of Object.entries(search)) if (value !== null && value !== '') kept.append(key, value);
  }
  const query = kept.toString();
  return query === '' ? paths[screen] : `${paths[screen]}?${query}`;
}

/** The same address with some parameters set (null removes). */
export function withSearch(address: Address, changes: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams(address.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) search.delete(key);
    else search.set(key, value);
  }
  return formatAddress(address.screen, search);
}

/** Parameter that names the selected asset on every screen that has an inspector. */
export const selectionParameter = 'asset';

/** Number (from 0) of the evidence whose source lines are open in the inspector. */
export const evidenceParameter = 'evidence';
