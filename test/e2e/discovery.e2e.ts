import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeEstate } from '../screens/estates.ts';
import { launchBrowser, makePlace, openPage, type Place, runCommand, type Served, serve, settled } from './browser.ts';

// What was found, what was not looked at, what changed, who owns it: the paths of a person who keeps an inventory.
let browser: Browser;
let place: Place;

beforeAll(async () => {
  browser = await launchBrowser();
  place = makePlace();
});

afterAll(async () => {
  await browser?.close();
  place?.remove();
});

async function withServed(workspace: string, steps: (served: Served) => Promise<void>): Promise<void> {
  const served = await serve(place, workspace);
  try {
    await steps(served);
  } finally {
    await served.stop();
  }
}

test('a register is imported by hand: errors with file and line, the shadow list, an owner by override', async () => {
  const workspace = await makeEstate(place, 'demo');
  await withServed(workspace, async (served) => {
    const { page, context, trouble, go } = await openPage(browser, served);
    await go('/registry');
    await page.getByText('No register was imported, so what is shadow is unknown.').waitFor();
    await page.getByRole('button', { name: 'Import a register' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File', { exact: true }).setInputFiles({
      name: 'agents.yaml',
      mimeType: 'text/yaml',
      buffer: Buffer.from(
        'schema: countersign-registry/1\nagents:\n  - name: ops-agent\n    owner: platform\n    state: approved\n  - name: long-gone\n    state: perhaps\n',
      ),
    });
    await dialog.getByRole('textbox', { name: 'Your name' }).fill('Ada Moreno');
    await dialog.getByRole('button', { name: 'Import agents.yaml' }).click();
    await dialog.getByText(/understood as: register/).waitFor();
    await dialog.getByText("'perhaps' is no state", { exact: false }).waitFor();
    await dialog.getByText(/^agents\.yaml:\d+$/).waitFor();
    await dialog.getByRole('button', { name: 'Show what it changes' }).click();

    await page.getByRole('radio', { name: /Registered, not found 1/ }).click();
    await page.getByRole('gridcell', { name: 'long-gone', exact: true }).waitFor();
    await page.getByRole('gridcell', { name: 'never by a scan', exact: true }).waitFor();
    await page.getByRole('radio', { name: /Shadow/ }).click();
    await page.getByRole('gridcell', { name: 'log-reader', exact: true }).click();
    await settled(page);
    const inspector = page.getByRole('complementary');
    await inspector.getByText('unregistered: found, and no register speaks of it').waitFor();

    await inspector.getByRole('button', { name: /^Edit/ }).click();
    await dialog.getByRole('radio', { name: 'Proposed' }).click();
    await dialog.getByRole('radio', { name: 'Named here' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the owner' }).fill('log-team');
    await dialog.getByRole('button', { name: 'Save record' }).click();
    await dialog.waitFor({ state: 'detached' });
    await inspector.getByText('log-team').first().waitFor();
    await inspector
      .getByText(/by Ada Moreno/)
      .first()
      .waitFor();

    await go('/inventory?kind=agent&state=proposed');
    await page.getByRole('gridcell', { name: 'log-team', exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    // No cell is silent: each says a value, or which of two things its absence means.
    const texts = await page.getByRole('gridcell').allInnerTexts();
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });
});

test('the coverage matrix leads from a cell to the places behind it, and from a status to those that have it', async () => {
  await withServed(await makeEstate(place, 'broken'), async (served) => {
    const { page, context, trouble, go } = await openPage(browser, served);
    await go('/coverage');
    await page.getByRole('columnheader', { name: 'not scanned' }).first().waitFor();
    await page
      .getByRole('button', { name: /malformed/ })
      .first()
      .click();
    const places = page.getByRole('region', { name: 'Places' });
    await places.getByRole('gridcell', { name: 'malformed', exact: true }).first().waitFor();
    await page
      .getByRole('button', { name: /malformed/ })
      .first()
      .click();
    await places.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Codex CLI, project scope/ }).click();
    await page.waitForURL(/cell=project\.any/);
    await places.getByText('/config.toml').first().waitFor();
    // Arrows go from cell to cell, Enter opens, Escape closes.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('product') === 'Codex CLI' && !url.searchParams.has('cell'));
    await page.keyboard.press('Escape');
    await places.waitFor({ state: 'detached' });
    expect(trouble).toEqual([]);
    await context.close();
  });
});

test('what changed between two scans, with both values and the lines of both sides; what is gone stays reachable', async () => {
  const folder = join(place.folder, 'drift');
  const workspace = join(place.folder, 'drift.countersign');
  const home = join(place.folder, 'drift-home');
  mkdirSync(home, { recursive: true });
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  const server = (version: string) => ({ command: 'npx', args: ['-y', `@acme/orders${version}`] });
  const write = (servers: Readonly<Record<string, unknown>>): void =>
    writeFileSync(join(folder, '.mcp.json'), JSON.stringify({ mcpServers: servers }, null, 2));
  writeFileSync(
    join(folder, '.vscode', 'mcp.json'),
    JSON.stringify({ servers: { orders: { ...server('@1.0.0'), type: 'stdio', env: { ORDERS_KEY: '1' } } } }, null, 2),
  );
  const scan = async (): Promise<void> => {
    const { code, err } = await runCommand(place, [
      ...['scan', folder, '--home', home, '--workspace', workspace, '--quiet', '--fail-on', 'never'],
    ]);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  };
  write({ orders: server('@1.0.0'), stock: { command: 'stock-mcp' } });
  await scan();
  write({ orders: { ...server('@1.0.0'), env: { REGION: 'eu' } } });
  await scan();

  await withServed(workspace, async (served) => {
    const { page, context, trouble, go } = await openPage(browser, served);
    await go('/changes?kind=mcp-server');
    const list = page.getByRole('region', { name: 'Differences' });
    await list.getByRole('button', { name: /orders/ }).click();
    await list.getByRole('heading', { name: /Before, scan 1/ }).waitFor();
    await list.getByRole('heading', { name: /After, scan 2/ }).waitFor();
    await list
      .getByText(/REGION/)
      .first()
      .waitFor();

    await go('/inventory?lifecycle=gone');
    await page.getByRole('gridcell', { name: 'stock', exact: true }).click();
    const inspector = page.getByRole('complementary');
    await inspector.getByText(/Below is how scan 1 saw it/).waitFor();
    await inspector.getByText('Gone: the scan did not find it any more').waitFor();

    await go('/inventory?kind=mcp-server');
    await page.getByRole('gridcell', { name: 'orders', exact: true }).click();
    await settled(page);
    await inspector.getByRole('link', { name: 'Side by side' }).click();
    await page.waitForURL(/\/server\?asset=/);
    await page.getByRole('row', { name: /Environment, names differs/ }).waitFor();
    await page.getByText('Differences only').click();
    expect(await page.getByRole('row', { name: /^Transport security/ }).count()).toBe(0);
    expect(trouble).toEqual([]);
    await context.close();
  });
});
