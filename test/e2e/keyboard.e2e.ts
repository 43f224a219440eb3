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

// Nothing here uses a pointer: every step is a key.
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
  await open.go('/overview');
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

test('G and a letter go to each screen', async () => {
  for (const [letter, path] of [
    ['i', '/inventory'],
    ['g', '/graph'],
    ['c', '/coverage'],
    ['d', '/changes'],
    ['r', '/registry'],
    ['o', '/overview'],
  ] as const) {
    await press('g', letter);
    await page.waitForURL((url) => url.pathname === path, { timeout: 5000 });
  }
});

test('the palette opens, finds an asset by name and goes to it; Escape closes it', async () => {
  await press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('ticket-reviewer');
  await page
    .getByRole('option', { name: /ticket-reviewer/ })
    .first()
    .waitFor();
  await press('Enter');
  await page.waitForURL(/asset=/);
  await press('Control+k', 'Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('the table is walked with J and K, a row is opened with Enter and its evidence is reached', async () => {
  await open.go('/inventory?kind=mcp-server');
  await press('j', 'j', 'k', 'Enter');
  const selected = page.getByRole('row', { selected: true });
  await selected.waitFor();
  await page.waitForURL(/asset=/);
});

test('the graph and its table show the same selection with T', async () => {
  await open.go('/graph');
  await press('t');
  await page.getByRole('grid').first().waitFor();
  await press('t');
  await page.waitForFunction(() => document.querySelector('[role="grid"]') === null);
});

test('the sheet of keys opens with ? and tells the keys that work', async () => {
  await open.go('/overview');
  await press('Shift+?');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.innerText()).toMatch(/Show commands[\s\S]*Ctrl/);
  await press('Escape');
});

test('a letter typed into a field is text, not a command', async () => {
  await open.go('/inventory');
  const field = page.getByRole('textbox').first();
  await field.focus();
  await page.keyboard.type('gior?');
  expect(await field.inputValue()).toBe('gior?');
  expect(new URL(page.url()).pathname).toBe('/inventory');
});

test('Tab reaches the main parts in reading order and never gets stuck', async () => {
  await open.go('/overview');
  const seen: string[] = [];
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press('Tab');
    seen.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element === null || element === document.body
          ? 'body'
          : `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? ''}`;
      }),
    );
  }
  expect(new Set(seen).size).toBeGreaterThan(15);
  expect(seen.some((text) => text.includes('Rescan'))).toBe(true);
  expect(seen.some((text) => text.includes('Inventory'))).toBe(true);
});

test('nothing went wrong on the way', () => {
  expect(open.trouble).toEqual([]);
});
