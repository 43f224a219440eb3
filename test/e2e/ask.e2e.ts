import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeEstate } from '../screens/estates.ts';
import {
  launchBrowser,
  makePlace,
  type OpenPage,
  openPage,
  type Place,
  type Served,
  serve,
  settled,
} from './browser.ts';

let browser: Browser;
let place: Place;
let served: Served;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  place = makePlace();
  served = await serve(place, await makeEstate(place, 'demo'));
  open = await openPage(browser, served);
  page = open.page;
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  place?.remove();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
  await settled(page);
};
const answer = () => page.getByRole('region', { name: 'Answer' });

/** Chooses an agent by keyboard, from whatever has the focus. */
const chooseAgent = async (name: string): Promise<void> => {
  await press('Escape', 'a');
  await page.getByRole('combobox', { name: 'Find an agent' }).waitFor();
  await page.keyboard.type(name);
  await page.getByRole('option', { name }).first().waitFor();
  await press('Enter');
};

test('a call is asked by keyboard alone: verdict, rule, line, and the lines of the file', async () => {
  await open.go('/overview');
  await press('g', 'a');
  await page.waitForURL((url) => url.pathname === '/ask');
  await chooseAgent('Claude Code in acme-support');
  await press('/');
  await page.keyboard.type('run: terraform destroy -auto-approve');
  await press('Enter');
  await page.waitForURL(/call=run/);
  await answer().getByText('Allow, silent').waitFor();
  expect(await answer().innerText()).toMatch(/runs this without asking[\s\S]*destroys infrastructure[\s\S]*Bash\(\*\)/);

  const chip = page.getByRole('button', { name: /settings\.local\.json:5/ }).first();
  await chip.focus();
  await press('Enter');
  await page
    .getByRole('region', { name: /Lines of .*settings\.local\.json/ })
    .getByText('"Bash(*)"')
    .waitFor();
});

test('a link opens the same answer, and the row of contexts tells where it differs', async () => {
  const link = page.url();
  await page.goto(link);
  await settled(page);
  await answer().getByText('Allow, silent').waitFor();

  await press('/');
  await page.keyboard.type('run: git push --force');
  await press('Enter');
  await answer().getByText('Ask', { exact: true }).waitFor();
  await page.getByRole('button', { name: /Headless/ }).click();
  await page.waitForURL(/context=headless/);
  await answer().getByText('Deny', { exact: true }).waitFor();
  await page.goBack();
  await answer().getByText('Ask', { exact: true }).waitFor();
});

test('what is no call is said in words, with the call that was meant', async () => {
  await press('/');
  await page.keyboard.type('rm -rf build');
  await press('Enter');
  await page.getByText(/Begin with what the agent would do/).waitFor();
  await page.getByRole('button', { name: 'Ask run: rm -rf build' }).click();
  await page.waitForURL(/call=run%3A\+rm/);
  await answer().waitFor();

  await open.go('/ask?call=mcp%3A+github');
  await page.getByText(/SERVER\/TOOL key=value/).waitFor();
});

test('what was asked is listed, and an answer that is kept becomes a line of a test file', async () => {
  await open.go('/ask');
  await press('/');
  await page.keyboard.type('read: .env');
  await press('Enter');
  await answer().getByText('Deny', { exact: true }).waitFor();
  const side = page.getByRole('complementary', { name: 'Asked and kept' });
  await side.getByRole('button', { name: /read: \.env.*Deny/ }).waitFor();

  await page.getByRole('button', { name: 'Keep as a test' }).click();
  await side.getByText(/expected deny, is so/).waitFor();
  await side.getByRole('button', { name: 'Copy as JSONL' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ call: 'read: .env', context: 'interactive', expect: 'deny' });
});

test('all agents are asked at once, and a row leads to the chain of one', async () => {
  await open.go('/ask?agent=all&call=run%3A+terraform+destroy+-auto-approve');
  await page.getByRole('heading', { name: /agents run this without asking/ }).waitFor();
  const grid = page.getByRole('grid');
  await grid.focus();
  await press('ArrowDown', 'Enter');
  await page.waitForURL(/agent=agent/);
  await answer().waitFor();
});

test('the matrix is walked with the arrows; Enter asks what stands behind the cell', async () => {
  await open.go('/ask');
  await press('m');
  await page.waitForURL(/view=matrix/);
  const grid = page.getByRole('grid', { name: /what they may do/ });
  await grid.waitFor();
  await grid.focus();
  await press('End');
  const detail = page.getByRole('region', { name: 'Cell' });
  await detail.getByText('npm publish').waitFor();
  await press('Enter');
  await page.waitForURL(/call=run%3A\+npm\+publish/);
  await answer().waitFor();
});

test('agents whose rules are not evaluated are in the matrix as unknown', async () => {
  await open.go('/ask?view=matrix&show=unknown');
  await page
    .getByText(/Unknown: rules of .* are not evaluated/)
    .first()
    .waitFor();
});

test('what is destructive and silent is a list of its own', async () => {
  await open.go('/ask?view=silent&q=acme-support');
  const rows = page.getByRole('row').filter({ hasText: 'Claude Code in acme-support' });
  await rows.filter({ hasText: 'run: terraform destroy -auto-approve' }).waitFor();
  // A hook stops this one.
  expect(await rows.filter({ hasText: 'run: rm -rf build' }).count()).toBe(0);
});

test('a call that is typed into the palette is a question', async () => {
  await open.go('/overview');
  await press('Control+k');
  await page.keyboard.type('run: terraform destroy');
  await page.getByRole('option', { name: /Ask all agents/ }).waitFor();
  await press('Enter');
  await page.waitForURL(/\/ask\?agent=all&call=run/);
});

test('nothing went wrong on the way', () => {
  expect(open.trouble).toEqual([]);
});
