import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme, Screen, WebPreferences } from 'electron';
import { appOrigin } from './channels.ts';
import {
  fitBounds,
  readWindowState,
  smallest,
  type Theme,
  type WindowState,
  writeWindowState,
} from './window-state.ts';

/** What every window runs under. Spelled out although most are defaults: a default can change, a test cannot be fooled. */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** `surface-canvas` of the tokens, so that nothing flashes before the page is there. */
const background = { light: '#F3F3F1', dark: '#131416' } as const;
/** Crashes of the page within a minute after which it is loaded again. */
const maxCrashes = 3;
const crashWindow = 60_000;
export const productName = 'Countersign';

type Parts = {
  /** Makes the window; `new BrowserWindow` in the app. */
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly nativeTheme: NativeTheme;
  readonly now: () => number;
  readonly stateFile: string;
  readonly preload: string;
};

export type MainWindow = {
  readonly window: BrowserWindow;
  /** Name of the open workspace for the title bar; null on the start screen. */
  setWorkspaceName(name: string | null): void;
  setTheme(theme: Theme): void;
};

/** Opens the window on `route` (an address of the page, such as `/`), where it was closed last. */
export function openMainWindow(parts: Parts, route: string): MainWindow {
  const kept = readWindowState(parts.stateFile);
  let theme: Theme = kept?.theme ?? 'system';
  parts.nativeTheme.themeSource = theme;
  const colour = (): string => (parts.nativeTheme.shouldUseDarkColors ? background.dark : background.light);

  const window = parts.make({
    ...fitBounds(kept, workAreas(parts.screen)),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: productName,
    backgroundColor: colour(),
    show: false,
    webPreferences: { ...webPreferences, preload: parts.preload },
  });

  const keepState = (): void => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized(), theme };
    writeWindowState(parts.stateFile, state);
  };
  const repaint = (): void => window.setBackgroundColor(colour());

  window.once('ready-to-show', () => {
    if (kept?.maximized) window.maximize();
    window.show();
  });
  // The title says which workspace is open, not what the page would like it to say.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', keepState);
  window.on('closed', () => parts.nativeTheme.off('updated', repaint));
  parts.nativeTheme.on('updated', repaint);
  showAgainAfterCrash(window, parts.now, `${appOrigin}${route}`);
  void window.loadURL(`${appOrigin}${route}`);

  return {
    window,
    setWorkspaceName: (name) => window.setTitle(name === null ? productName : `${name} - ${productName}`),
    setTheme: (wanted) => {
      if (wanted === theme) return;
      theme = wanted;
      parts.nativeTheme.themeSource = wanted;
      keepState();
    },
  };
}

/** A page that died is loaded again, where it started; one that keeps dying is left for the person to close. */
function showAgainAfterCrash(window: BrowserWindow, now: () => number, address: string): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const recent = crashes.filter((time) => now() - time < crashWindow);
    crashes.splice(0, crashes.length, ...recent, now());
    if (crashes.length <= maxCrashes) void window.loadURL(address);
  });
}

function workAreas(screen: Parts['screen']): Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}
