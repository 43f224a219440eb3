import { app, standInApp } from './app.ts';
import { StandInBrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './loopback.ts';
import { MessageChannelMain } from './ports.ts';
import { dialog, Menu, Notification, nativeTheme, recorded, safeStorage, screen, shell, Tray } from './recorded.ts';
import { defaultSession, session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { webContents } from './web-contents.ts';

// The `electron` of the main process. A name that is missing here fails when the main bundle is linked.
void standInApp.whenReady().then(() => standInApp.emit('session-created', defaultSession));

/** Tells the suite that it runs on the stand-in and gives it what was recorded. Electron has no such export. */
export const standIn = { recorded };
export const BrowserWindow = StandInBrowserWindow;
export {
  app,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
