import type { Page } from 'playwright-core';
import { type OpenPage, settled } from '../e2e/browser.ts';
import type { EstateName } from './estates.ts';

/** One state of one screen, as a person meets it. */
export type ScreenState = {
  readonly name: string;
  /** Null: nothing is open, the start screen. */
  readonly estate: EstateName | null;
  readonly path: string;
  /** What a person does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
};

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Selects the first asset of the inventory by keyboard. */
const selectFirst = async (page: Page): Promise<void> => {
  await page
    .locator('[role="grid"], table')
    .first()
    .focus()
    .catch(() => {});
  await press(page, 'j', 'Enter');
  await settled(page);
};

export const states: readonly ScreenState[] = [
  { name: 'start', estate: null, path: '/' },
  {
    name: 'start-open-folder',
    estate: null,
    path: '/',
    act: async (page) => {
      await page
        .getByRole('button', { name: /open (a )?folder|scan a folder|choose a folder/i })
        .first()
        .click();
      await settled(page);
    },
  },
  { name: 'overview', estate: 'demo', path: '/overview' },
  { name: 'inventory', estate: 'demo', path: '/inventory' },
  { name: 'inventory-selected', estate: 'demo', path: '/inventory', act: selectFirst },
  { name: 'inventory-servers', estate: 'demo', path: '/inventory?kind=mcp-server', act: selectFirst },
  { name: 'inventory-nothing-matches', estate: 'demo', path: '/inventory?q=zzzz-no-such-thing' },
  { name: 'graph', estate: 'demo', path: '/graph' },
  {
    name: 'graph-table',
    estate: 'demo',
    path: '/graph',
    act: async (page) => {
      await press(page, 't');
      await settled(page);
    },
  },
  { name: 'scan', estate: 'demo', path: '/scan' },
  { name: 'settings', estate: 'demo', path: '/settings' },
  {
    name: 'palette',
    estate: 'demo',
    path: '/overview',
    act: async (page) => {
      await press(page, 'Control+k');
      await page.keyboard.type('sup');
      await settled(page);
    },
  },
  { name: 'keys', estate: 'demo', path: '/overview', act: (page) => press(page, '?') },
  { name: 'overview-empty', estate: 'empty', path: '/overview' },
  { name: 'inventory-empty', estate: 'empty', path: '/inventory' },
  { name: 'graph-empty', estate: 'empty', path: '/graph' },
  { name: 'overview-error', estate: 'broken', path: '/overview' },
  { name: 'scan-error', estate: 'broken', path: '/scan' },
  { name: 'inventory-error', estate: 'broken', path: '/inventory' },
  { name: 'overview-rescanned', estate: 'rescanned', path: '/overview' },
  { name: 'overview-large', estate: 'large', path: '/overview' },
  { name: 'inventory-large', estate: 'large', path: '/inventory' },
  { name: 'graph-large', estate: 'large', path: '/graph' },
];

/** Brings a signed-in page into a state. */
export async function enter(open: OpenPage, state: ScreenState): Promise<void> {
  await open.go(state.path);
  if (state.act !== undefined) await state.act(open.page);
  await settled(open.page);
}
