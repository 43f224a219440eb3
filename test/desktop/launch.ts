import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { DesktopBridge } from '../../shared/desktop-bridge.ts';
import { chooseElectron } from './which-electron.ts';

declare global {
  interface Window {
    readonly countersign: DesktopBridge;
  }
}

/** The app that is tested: this checkout, built. */
export const appFolder = process.env['DESKTOP_APP_FOLDER'] ?? join(import.meta.dirname, '..', '..');
export const chosen = chooseElectron();

export type Running = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Everything the main process and the engine wrote to stderr so far. */
  log(): string;
};

/** A home of its own, so that no test sees the real one or another test's. */
export function makeHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'countersign-desktop-'));
  mkdirSync(join(home, '.config'));
  return { home, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 10 }) };
}

export function environmentFor(home: string): Record<string, string> {
  const kept = [
    'PATH',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'CHROMIUM_BIN',
    'LANG',
    'SystemRoot',
    'TEMP',
    'TMP',
  ];
  const environment: Record<string, string> = {};
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, '.config'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    TMPDIR: home,
  };
}

/** Starts the built app and waits until its page has drawn something. */
export async function launch(
  home: string,
  args: readonly string[] = [],
  executable: string = chosen.executable,
): Promise<Running> {
  const app = await _electron.launch({
    executablePath: executable,
    args: [appFolder, ...args],
    env: environmentFor(home),
    timeout: 60_000,
  });
  let written = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8');
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => (document.body?.innerText ?? '').trim() !== '', null, { timeout: 30_000 });
  return { app, page, log: () => written };
}

/** Address of the page as the app knows it (the stand-in shows it under another one). */
export const addressOf = ({ app }: Running): Promise<string> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '');

/** Answers that the next native dialogs give; replaced in the main process, so it works the same on both. */
export async function answerDialogs(
  { app }: Running,
  answers: { readonly open?: Electron.OpenDialogReturnValue; readonly save?: Electron.SaveDialogReturnValue },
): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    if (given.open) dialog.showOpenDialog = (async () => given.open) as typeof dialog.showOpenDialog;
    if (given.save) dialog.showSaveDialog = (async () => given.save) as typeof dialog.showSaveDialog;
  }, answers);
}
