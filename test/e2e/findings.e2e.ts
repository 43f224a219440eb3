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
const selected = () => page.getByRole('treeitem', { selected: true });

test('findings are walked by keyboard, and each shows its lines, its fix and its references', async () => {
  await open.go('/overview');
  await press('g', 'f');
  await page.waitForURL((url) => url.pathname === '/findings');
  await page.getByRole('tree', { name: 'Findings' }).focus();
  const first = await selected().innerText();
  await press('ArrowDown', 'ArrowDown');
  expect(await selected().innerText()).not.toBe(first);
  await page.waitForURL(/finding=/);

  await open.go('/findings?q=bypassPermissions');
  const finding = page.getByRole('article');
  await finding
    .getByRole('region', { name: /Lines of/ })
    .getByText('bypassPermissions')
    .first()
    .waitFor();
  const text = await finding.innerText();
  expect(text).toMatch(/Why it matters[\s\S]*Evidence[\s\S]*Fix[\s\S]*References[\s\S]*edition 2026/);
});

test('a link opens the finding, and a finding that is gone is said to be', async () => {
  await open.go('/findings?group=rule');
  await press('j', 'j');
  const link = page.url();
  const title = await page.getByRole('article').getByRole('heading').first().innerText();
  await page.goto(link);
  await settled(page);
  expect(await page.getByRole('article').getByRole('heading').first().innerText()).toBe(title);

  await open.go('/findings?finding=no-such-rule%3A0000');
  await page.getByText(/not in the latest scan/).waitFor();
});

test('facets narrow the list and stand in the address', async () => {
  await open.go('/findings');
  await page.getByRole('button', { name: 'Severity' }).click();
  await page.getByRole('menuitemcheckbox', { name: /critical/ }).click();
  await page.waitForURL(/severity=critical/);
  await press('Escape');
  await page.getByText(/\d+ of \d+ findings/).waitFor();
  const severities = await page
    .getByRole('treeitem')
    .locator('.severity-mark')
    .evaluateAll((marks) => [...new Set(marks.map((mark) => mark.textContent))]);
  expect(severities).toEqual(['critical']);
});

test('groups fold and unfold with the arrows', async () => {
  await open.go('/findings?group=rule');
  const tree = page.getByRole('tree', { name: 'Findings' });
  await tree.focus();
  await press('Home');
  const before = await page.getByRole('treeitem').count();
  await press('ArrowLeft');
  expect(await selected().getAttribute('aria-expanded')).toBe('false');
  await press('ArrowRight');
  expect(await selected().getAttribute('aria-expanded')).toBe('true');
  expect(await page.getByRole('treeitem').count()).toBe(before);
});

test('every rule has an outcome, and leads to what it found', async () => {
  await open.go('/findings?view=rules&rule=bypass-mode');
  const rule = page.getByRole('article');
  await rule.getByText('Outcomes').waitFor();
  await rule.getByRole('button', { name: 'Show the findings' }).click();
  await page.waitForURL(/rule=bypass-mode/);
  await page.getByRole('tree', { name: 'Findings' }).waitFor();
});

test('a finding leads to its thing and to the questions about it', async () => {
  await open.go('/findings?rule=silent-destructive');
  await page
    .getByRole('article')
    .getByRole('link', { name: /Ask what .* may do/ })
    .first()
    .click();
  await page.waitForURL(/\/ask\?agent=/);
});

test('the palette finds findings with #', async () => {
  await open.go('/overview');
  await press('Control+k');
  await page.keyboard.type('#prompt');
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  await page.waitForURL(/\/findings\?finding=/);
});

test('nothing went wrong on the way', () => {
  expect(open.trouble).toEqual([]);
});
