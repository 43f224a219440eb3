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

/** Opens the lines of the first rule that stands in a file. */
const openFirstPlace = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /:\d+/ }).first().click();
  await settled(page);
};

/** Stands on a cell of the matrix by keyboard. */
const walkMatrix = async (page: Page): Promise<void> => {
  await page.getByRole('grid').focus();
  await press(page, 'ArrowDown', 'End', 'ArrowLeft');
  await settled(page);
};

/** The first server of the inventory with its configurations side by side. */
const openServer = async (page: Page): Promise<void> => {
  await selectFirst(page);
  await page.getByRole('link', { name: 'Side by side' }).click();
  await settled(page);
};

const openFirstChange = async (page: Page): Promise<void> => {
  await page.getByRole('region', { name: 'Differences' }).locator('button[aria-expanded]').first().click();
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
  { name: 'ask', estate: 'demo', path: '/ask' },
  { name: 'ask-alarm', estate: 'demo', path: '/ask?call=run%3A+terraform+destroy+-auto-approve', act: openFirstPlace },
  { name: 'ask-denied', estate: 'demo', path: '/ask?call=read%3A+.env' },
  { name: 'ask-contexts', estate: 'demo', path: '/ask?context=all&call=run%3A+git+push+--force' },
  { name: 'ask-all-agents', estate: 'demo', path: '/ask?agent=all&call=run%3A+psql+-c+%22delete+from+orders%22' },
  { name: 'ask-wrong', estate: 'demo', path: '/ask?call=terraform+destroy' },
  { name: 'ask-agents', estate: 'demo', path: '/ask', act: (page) => press(page, 'a') },
  { name: 'ask-matrix', estate: 'demo', path: '/ask?view=matrix', act: walkMatrix },
  { name: 'ask-silent', estate: 'demo', path: '/ask?view=silent' },
  { name: 'ask-wider', estate: 'demo', path: '/ask?view=wider' },
  { name: 'findings', estate: 'demo', path: '/findings' },
  { name: 'findings-by-rule', estate: 'demo', path: '/findings?group=rule' },
  { name: 'findings-nothing-matches', estate: 'demo', path: '/findings?q=zzzz-no-such-thing' },
  { name: 'findings-rules', estate: 'demo', path: '/findings?view=rules' },
  { name: 'findings-untold', estate: 'demo', path: '/findings?view=untold' },
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
  { name: 'coverage', estate: 'demo', path: '/coverage' },
  { name: 'coverage-cell', estate: 'demo', path: '/coverage?product=Claude+Code&cell=project.any' },
  { name: 'changes-first', estate: 'demo', path: '/changes' },
  { name: 'registry-none', estate: 'demo', path: '/registry' },
  { name: 'imports-none', estate: 'demo', path: '/registry?tab=imports' },
  { name: 'labels', estate: 'demo', path: '/registry?tab=labels' },
  { name: 'inventory-filtered', estate: 'demo', path: '/inventory?kind=agent&kind=tool&confidence=high&sort=-owner' },
  {
    name: 'inspector-agent',
    estate: 'demo',
    path: '/inventory?q=ops_agent&kind=agent',
    act: selectFirst,
  },
  { name: 'server', estate: 'demo', path: '/inventory?kind=mcp-server', act: openServer },
  {
    name: 'record-dialog',
    estate: 'demo',
    path: '/inventory?kind=agent',
    act: async (page) => {
      await selectFirst(page);
      await page.getByRole('complementary').getByRole('button', { name: /^Edit/ }).click();
      await settled(page);
      await page.getByText('It was reviewed').click();
    },
  },
  { name: 'registry-shadow', estate: 'governed', path: '/registry', act: selectFirst },
  { name: 'registry-both', estate: 'governed', path: '/registry?view=both' },
  { name: 'registry-gone', estate: 'governed', path: '/registry?view=gone' },
  { name: 'registry-imported', estate: 'governed', path: '/registry?view=imported', act: selectFirst },
  {
    name: 'imports',
    estate: 'governed',
    path: '/registry?tab=imports',
    act: async (page) => {
      await page.getByRole('button', { name: /issue/ }).first().click();
    },
  },
  { name: 'labels-governed', estate: 'governed', path: '/registry?tab=labels' },
  { name: 'inventory-governed', estate: 'governed', path: '/inventory?kind=agent&sort=-state', act: selectFirst },
  {
    name: 'import-dialog',
    estate: 'governed',
    path: '/registry?tab=imports',
    act: async (page) => {
      await page.getByRole('button', { name: 'Import a list' }).click();
      await settled(page);
    },
  },
  { name: 'changes', estate: 'rescanned', path: '/changes', act: openFirstChange },
  { name: 'changes-kind', estate: 'rescanned', path: '/changes?kind=mcp-server&change=added' },
  { name: 'inventory-gone', estate: 'rescanned', path: '/inventory?lifecycle=gone', act: selectFirst },
  { name: 'inventory-new', estate: 'rescanned', path: '/inventory?lifecycle=new&lifecycle=changed' },
  { name: 'server-compared', estate: 'rescanned', path: '/inventory?q=ledger&kind=mcp-server', act: openServer },
  { name: 'coverage-error', estate: 'broken', path: '/coverage?status=malformed' },
  { name: 'coverage-empty', estate: 'empty', path: '/coverage' },
  { name: 'changes-empty', estate: 'empty', path: '/changes' },
  { name: 'registry-empty', estate: 'empty', path: '/registry' },
  { name: 'server-large', estate: 'large', path: '/inventory?kind=mcp-server', act: openServer },
  { name: 'inventory-large-server', estate: 'large', path: '/inventory?kind=mcp-server', act: selectFirst },
  { name: 'coverage-large', estate: 'large', path: '/coverage?product=Claude+Code' },
  { name: 'registry-large', estate: 'large', path: '/registry' },
  { name: 'overview-empty', estate: 'empty', path: '/overview' },
  { name: 'inventory-empty', estate: 'empty', path: '/inventory' },
  { name: 'graph-empty', estate: 'empty', path: '/graph' },
  { name: 'ask-empty', estate: 'empty', path: '/ask' },
  { name: 'ask-matrix-empty', estate: 'empty', path: '/ask?view=matrix' },
  { name: 'findings-empty', estate: 'empty', path: '/findings' },
  { name: 'overview-error', estate: 'broken', path: '/overview' },
  { name: 'scan-error', estate: 'broken', path: '/scan' },
  { name: 'inventory-error', estate: 'broken', path: '/inventory' },
  { name: 'ask-error', estate: 'broken', path: '/ask?call=run%3A+rm+-rf+build' },
  { name: 'ask-matrix-error', estate: 'broken', path: '/ask?view=matrix' },
  { name: 'findings-error', estate: 'broken', path: '/findings' },
  { name: 'overview-rescanned', estate: 'rescanned', path: '/overview' },
  { name: 'overview-large', estate: 'large', path: '/overview' },
  { name: 'inventory-large', estate: 'large', path: '/inventory' },
  { name: 'graph-large', estate: 'large', path: '/graph' },
  { name: 'ask-all-agents-large', estate: 'large', path: '/ask?agent=all&call=run%3A+npm+run+deploy' },
  { name: 'ask-matrix-large', estate: 'large', path: '/ask?view=matrix', act: walkMatrix },
  { name: 'ask-wider-large', estate: 'large', path: '/ask?view=wider' },
  { name: 'findings-large', estate: 'large', path: '/findings' },
];

/** Brings a signed-in page into a state. */
export async function enter(open: OpenPage, state: ScreenState): Promise<void> {
  await open.go(state.path);
  if (state.act !== undefined) await state.act(open.page);
  await settled(open.page);
}
