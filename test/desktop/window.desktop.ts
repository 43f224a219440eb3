import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

  test('shows its page again after the page died', async () => {
    const { app } = await started();
    const alive = (): Promise<unknown> =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript('typeof countersign + String(globalThis.marked)')
          .catch(() => 'dead'),
      );
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('globalThis.marked = true'),
    );
    expect(await alive()).toBe('objecttrue');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expect.poll(alive, { timeout: 10_000 }).toBe('objectundefined');
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

  test('leads to the screen that it names', async () => {
    const running = await started();
    await running.page.getByRole('button', { name: /sample/i }).waitFor();
    await running.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings.show')?.click());
    await running.page.getByRole('heading', { name: 'Settings' }).first().waitFor();
    expect(new URL(running.page.url()).pathname).toBe('/settings');
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
  test('a workspace named on the command line is open when the window is', async () => {
    const at = makeHome();
    ends.push(at.remove);
    const path = join(at.home, 'acme.countersign');
    const first = await launch(at.home);
    const made = await first.page.evaluate(
      (file) => window.countersign.call('workspaces.create', { path: file, name: 'acme' }),
      path,
    );
    expect(made).toMatchObject({ ok: true, value: { path } });
    await first.app.close();

    const { app } = await started([path], at);
    const seen = (): Promise<unknown> =>
      app.evaluate(({ BrowserWindow, Menu }) => ({
        title: BrowserWindow.getAllWindows()[0]?.getTitle(),
        canScan: Menu.getApplicationMenu()?.getMenuItemById('scan.start')?.enabled,
      }));
    await expect.poll(seen, { timeout: 10_000 }).toEqual({ title: 'acme - Countersign', canScan: true });
  });

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
    const at = makeHome();
    ends.push(at.remove);
    // Temporary files of this start go to its own home.
    const profiles = (): string[] => readdirSync(at.home).filter((name) => name.startsWith('countersign-stand-in-'));
    const { app } = await launch(at.home);
    expect(profiles().length).toBe(1);
    const child = app.process().pid;
    await app.close();
    await expect.poll(profiles).toEqual([]);
    expect(() => readFileSync(`/proc/${child}/cmdline`)).toThrow();
  });
}
