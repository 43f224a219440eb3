import type { BrowserWindow, Dialog, IpcMain, MenuItemConstructorOptions, WebContents } from 'electron';
import { z } from 'zod';
import type { MenuAction } from '../../shared/desktop-bridge.ts';
import { assertNever } from '../../shared/kinds.ts';
import type { Logger } from '../engine/log.ts';
import type { FromEngine } from '../host/engine-messages.ts';
import { channels } from './channels.ts';
import type { EngineProcess } from './engine-process.ts';
import { channel, registerChannels } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { nativeChannels } from './native.ts';
import type { MainWindow } from './window.ts';

type Parts = {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'>;
  readonly log: Logger;
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  windowOf(contents: WebContents): BrowserWindow | null;
  openWindow(): MainWindow;
  startEngine(onMessage: (message: FromEngine) => void, onGivenUp: () => void): EngineProcess;
  setMenu(template: MenuItemConstructorOptions[]): void;
};

export type Desktop = {
  start(): void;
  /** Brings the window to the front, making it if it was closed. */
  show(): void;
  /** Shows the window and hands it what was asked for from outside; kept until the app is ready. */
  open(action: MenuAction | null): void;
  stop(): Promise<void>;
};

/** One window, one engine, one menu, and what they tell each other. */
export function createDesktop(parts: Parts): Desktop {
  let main: MainWindow | null = null;
  let engine: EngineProcess | null = null;
  let workspaceName: string | null = null;
  let recent: readonly { readonly path: string; readonly name: string }[] = [];
  /** Asked for while there was no page that could do it. */
  const pending: MenuAction[] = [];
  let pageReady = false;

  function send(action: MenuAction): void {
    if (main === null || !pageReady) {
      pending.push(action);
      show();
      return;
    }
    main.window.webContents.send(channels.menuAction, action);
  }

  function drawMenu(): void {
    const { platform, packaged } = parts;
    parts.setMenu(menuTemplate({ platform, packaged, recent, workspaceOpen: workspaceName !== null, send }));
  }

  function onEngineMessage(message: FromEngine): void {
    switch (message.type) {
      case 'workspace':
        workspaceName = message.name;
        main?.setWorkspaceName(workspaceName);
        drawMenu();
        break;
      case 'recent':
        recent = message.workspaces;
        drawMenu();
        break;
      case 'theme':
        main?.setTheme(message.theme);
        break;
      default:
        assertNever(message);
    }
  }

  function show(): void {
    if (engine === null) return;
    if (main === null) {
      pageReady = false;
      main = parts.openWindow();
      main.setWorkspaceName(workspaceName);
      main.window.once('closed', () => {
        main = null;
        pageReady = false;
      });
      return;
    }
    if (main.window.isMinimized()) main.window.restore();
    main.window.show();
    main.window.focus();
  }

  /** The preload asks for its port as the first thing it does, on every load: from then on it can receive actions. */
  function onPage(contents: WebContents): void {
    engine?.connect(contents);
    pageReady = true;
    for (const action of pending.splice(0)) contents.send(channels.menuAction, action);
  }

  return {
    start() {
      registerChannels(
        parts.ipcMain,
        [
          ...nativeChannels(parts.dialog, parts.windowOf),
          channel(channels.requestEnginePort, 'send', z.strictObject({}), (_message, contents) => onPage(contents)),
        ],
        (contents) => main !== null && !main.window.isDestroyed() && contents === main.window.webContents,
        parts.log,
      );
      engine = parts.startEngine(onEngineMessage, () => {
        parts.dialog.showErrorBox(
          'The engine does not stay up',
          'It ended several times within a minute. What was saved is safe. Please start Countersign again.',
        );
      });
      drawMenu();
      show();
    },
    show,
    open(action) {
      if (action !== null) send(action);
      else show();
    },
    async stop() {
      await engine?.stop();
    },
  };
}
