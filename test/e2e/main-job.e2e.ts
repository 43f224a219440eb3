import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeEstate } from '../screens/estates.ts';
import { launchBrowser, makePlace, openPage, type Place, type Served, serve, settled } from './browser.ts';

let browser: Browser;
let place: Place;
let served: Served;

beforeAll(async () => {
  browser = await launchBrowser();
  place = makePlace();
});

// The address that the host prints works once: every test starts a host of its own.
beforeEach(async () => {
  served = await serve(place, null);
});

afterEach(() => served.stop());

afterAll(async () => {
  await browser?.close();
  place?.remove();
});

test('from the start screen to the sample: scanned for real, with coverage, inventory, evidence and graph', async () => {
  const { page, trouble, context } = await openPage(browser, served);
  await page.getByRole('button', { name: /Try the sample/ }).click();
  await page.waitForURL(/\/(scan|overview)/);
  await page.goto(`${served.origin}/overview`);
  await page.getByRole('region', { name: 'Coverage' }).waitFor();
  await settled(page);
  // The sample has no home, and the board says so rather than leaving the cells empty.
  expect(await page.getByText('not scanned').count()).toBeGreaterThan(0);

  await page.goto(`${served.origin}/inventory?kind=agent`);
  const rows = page.getByRole('row');
  await page.getByRole('gridcell', { name: 'support', exact: true }).first().waitFor();
  const names = await rows.evaluateAll((found) =>
    found.map((row) => row.querySelector('[role="gridcell"]')?.textContent ?? '').filter(Boolean),
  );
  expect(names).toEqual(
    expect.arrayContaining(['support', 'ticket-reviewer', 'release-helper', 'Claude Code in acme-support']),
  );

  await page.getByRole('gridcell', { name: 'support', exact: true }).first().click();
  await settled(page);
  const inspector = page.getByRole('complementary');
  await inspector.getByRole('heading', { name: 'support', exact: true }).waitFor();
  await inspector
    .getByText(/graph\.py/)
    .first()
    .click();
  await page.getByText('builder.compile', { exact: false }).first().waitFor();

  await page.goto(`${served.origin}/graph`);
  await settled(page);
  await page.getByRole('main').waitFor();
  expect(trouble).toEqual([]);
  await context.close();
});

test('a folder named by hand is scanned; a second scan shows what changed; a value of a secret is nowhere on the page', async () => {
  const folder = join(place.folder, 'shop');
  const secret = ['FAKE', 'literal', 'passw0rd', '17'].join('-');
  mkdirSync(folder, { recursive: true });
  const servers = (names: readonly string[]): string =>
    JSON.stringify({
      mcpServers: Object.fromEntries(
        names.map((name) => [
          name,
          { command: `${name}-mcp`, env: { DATABASE_URL: `postgres://app:${secret}@db.example/shop` } },
        ]),
      ),
    });
  writeFileSync(join(folder, '.mcp.json'), servers(['orders', 'stock']));

  const { page, context, trouble } = await openPage(browser, served);
  await page.goto(`${served.origin}/`);
  await page.getByRole('button', { name: /Open folder/ }).click();
  await page.getByRole('textbox', { name: 'Folder to scan' }).fill(folder);
  const dialog = page.getByRole('dialog');
  const fresh = dialog.getByText('New workspace');
  if ((await fresh.count()) > 0) await fresh.click();
  await dialog.getByRole('button', { name: /^Scan / }).click();
  await page.waitForURL(/\/scan/);
  await page.goto(`${served.origin}/inventory?kind=mcp-server`);
  await page.getByRole('gridcell', { name: 'stock', exact: true }).first().waitFor();
  await page.getByRole('gridcell', { name: 'orders', exact: true }).first().click();
  await settled(page);
  expect(await page.content()).not.toContain(secret);

  writeFileSync(join(folder, '.mcp.json'), servers(['orders', 'payments']));
  await page.goto(`${served.origin}/overview`);
  await settled(page);
  await page.getByRole('button', { name: /Rescan/ }).click();
  // Nothing is loaded anew: the page hears of the end of the scan and asks again.
  const drift = page.getByRole('region', { name: /Since the last scan/ });
  await drift.getByText('payments').waitFor();
  await drift.getByText('stock').waitFor();
  expect(trouble).toEqual([]);
  await context.close();
});

test('an address inside the workspace opens there, and back and forward work', async () => {
  await served.stop();
  served = await serve(place, await makeEstate(place, 'demo'));
  const { page, context } = await openPage(browser, served);
  await page.goto(`${served.origin}/inventory?kind=credential`);
  await settled(page);
  await page.goto(`${served.origin}/settings`);
  await settled(page);
  await page.goBack();
  await page.waitForURL(/inventory\?kind=credential/);
  await page.goForward();
  await page.waitForURL(/settings/);
  await context.close();
});

test('what cannot be opened is said in words', async () => {
  const { page, context } = await openPage(browser, served);
  await page.goto(`${served.origin}/`);
  await page.getByRole('button', { name: /Open folder/ }).click();
  await page.getByRole('textbox', { name: 'Folder to scan' }).fill(join(place.folder, 'not-there'));
  const dialog = page.getByRole('dialog');
  const fresh = dialog.getByText('New workspace');
  if ((await fresh.count()) > 0) await fresh.click();
  await dialog.getByRole('button', { name: /^Scan / }).click();
  await page.waitForURL(/\/scan/);
  await page
    .getByText(/there is no such folder/i)
    .first()
    .waitFor();
  await context.close();
});
