import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { MenuAction } from '../../shared/desktop-bridge.ts';
import { appFolder, chosen, environmentFor, launch, makeHome, type Running } from './launch.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(args: readonly string[] = [], at = makeHome()): Promise<Running> {
  ends.push(at.remove);
  const running = await launch(at.home, args);
  ends.push(() => running.app.close());
  return running;
}

/** Collects what the menu, links and other instances ask of the page from now on. */
async function listenToActions({ page }: Running): Promise<() => Promise<MenuAction[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { actionsHeard: heard });
    window.countersign.native.onMenuAction((action) => heard.push(action));
  });
  return () => page.evaluate(() => (globalThis as unknown as { actionsHeard: MenuAction[] }).actionsHeard);
}

describe('the window', () => {
  test('opens on the start screen, under the name of the product', async () => {
    const running = await started();
    const { page, app } = running;
    expect(await page.evaluate(() => window.countersign.call('workspaces.current', {}))).toEqual({
      ok: true,
      value: null,
    });
    await page.getByRole('button', { name: /sample/i }).waitFor();
    const title = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
    expect(title).toEqual(['Countersign']);
  });

  test('a page cannot name the window', async () => {
    const { page, app } = await started();
    await page.evaluate(() => {
      document.title = 'Your bank';
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('Countersign');
  });

  test('comes back where it was closed', async () => {
    const at = makeHome();
    ends.push(at.remove);
    const wanted = { x: 60, y: 50, width: 1100, height: 700 };
    const first = await launch(at.home);
    await first.app.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
      wanted,
    );
    await first.app.close();
    const second = await launch(at.home);
    ends.push(() => second.app.close());
    expect(
      await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
    ).toEqual(wanted);
  });
});

describe('the menu', () => {
  test('sends action ids to the page', async () => {
    const running = await started();
    const heard = await listenToActions(running);
    await running.app.evaluate(({ Menu }) => {
      const menu = Menu.getApplicationMenu();
      for (const id of ['palette.show', 'settings.show']) menu?.getMenuItemById(id)?.click();
    });
    await expect.poll(heard).toEqual([
      { id: 'palette.show', argument: null },
      { id: 'settings.show', argument: null },
    ]);
  });

  test('has the standard roles, and offers what needs a workspace only when one is open', async () => {
    const { app } = await started();
    const seen = await app.evaluate(({ Menu }) => {
      const menu = Menu.getApplicationMenu();
      const roles = (items: readonly Electron.MenuItem[]): string[] =>
        items.flatMap((item) => [...(item.role ? [item.role.toLowerCase()] : []), ...roles(item.submenu?.items ?? [])]);
      return { roles: roles(menu?.items ?? []), scan: menu?.getMenuItemById('scan.start')?.enabled };
    });
    expect(seen.scan).toBe(false);
    expect(seen.roles).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectall', 'zoomin', 'windowmenu']),
    );
  });
});

describe('what is opened from outside', () => {
  test('a second start ends at once and hands its file to the first', async () => {
    const at = makeHome();
    const running = await started([], at);
    const heard = await listenToActions(running);
    const file = join(at.home, 'acme.countersign');
    const second = spawn(chosen.executable, [appFolder, file], { env: environmentFor(at.home), stdio: 'ignore' });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    await expect.poll(heard).toEqual([{ id: 'workspace.openRecent', argument: file }]);
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('a link names a route, and a link that names anything else is dropped', async () => {
    const running = await started();
    const heard = await listenToActions(running);
    await running.app.evaluate(({ app }) => {
      const event = { preventDefault: () => {} };
      for (const url of ['countersign://a b', 'countersign:////example.com', 'countersign://inventory?kind=agent']) {
        app.emit('open-url', event, url);
      }
    });
    await expect.poll(heard).toEqual([{ id: 'link.open', argument: '/inventory?kind=agent' }]);
  });
});

if (chosen.kind === 'stand-in') {
  test('the stand-in leaves no browser profile behind', async () => {
    const profiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('countersign-stand-in-'));
    const before = profiles();
    const at = makeHome();
    ends.push(at.remove);
    const { app } = await launch(at.home);
    const during = profiles().length;
    const child = app.process().pid;
    await app.close();
    expect(during).toBe(before.length + 1);
    await expect.poll(profiles).toEqual(before);
    expect(() => readFileSync(`/proc/${child}/cmdline`)).toThrow();
  });
}
