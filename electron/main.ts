import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { createLogger } from './engine/log.ts';
import { appScheme } from './shell/channels.ts';
import { appSchemes, serveRenderer } from './shell/app-protocol.ts';
import { createDesktop } from './shell/desktop.ts';
import { startEngineProcess } from './shell/engine-process.ts';
import { createExternalOpener, guardEverything, guardSession } from './shell/navigation.ts';
import { actionForArgument, actionForCommandLine } from './shell/opened-from-outside.ts';
import { openMainWindow } from './shell/window.ts';

app.enableSandbox();
const log = createLogger((line) => process.stderr.write(line), Date.now);

if (!app.requestSingleInstanceLock()) {
  // The instance that holds the lock receives our command line and opens what it names.
  app.quit();
} else {
  protocol.registerSchemesAsPrivileged(appSchemes);
  guardEverything(app, createExternalOpener(shell, dialog));

  const desktop = createDesktop({
    ipcMain,
    dialog,
    log,
    platform: process.platform,
    packaged: app.isPackaged,
    windowOf: (contents) => BrowserWindow.fromWebContents(contents),
    openWindow: () =>
      openMainWindow(
        {
          make: (options) => new BrowserWindow(options),
          screen,
          nativeTheme,
          now: Date.now,
          stateFile: join(app.getPath('userData'), 'window.json'),
          preload: join(import.meta.dirname, 'preload.cjs'),
        },
        '/',
      ),
    startEngine: (onMessage, onGivenUp) =>
      startEngineProcess({
        fork: (entry, args, options) => utilityProcess.fork(entry, args, options),
        makeChannel: () => new MessageChannelMain(),
        entry: join(import.meta.dirname, 'engine-process.js'),
        log,
        now: Date.now,
        onMessage,
        onGivenUp,
      }),
    setMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
  });

  // Registered before the app is ready: macOS delivers the file it was started with that early.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    desktop.open(actionForArgument(path, '/'));
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    desktop.open(actionForArgument(url, '/'));
  });
  app.on('second-instance', (_event, args, folder) => desktop.open(actionForCommandLine(args.slice(1), folder)));
  app.on('activate', () => desktop.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void desktop.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });

  // Not awaited at the top level: Electron becomes ready only after this module has run to its end.
  void app.whenReady().then(() => {
    guardSession(session.defaultSession);
    protocol.handle(appScheme, serveRenderer(join(import.meta.dirname, 'renderer')));
    desktop.start();
    desktop.open(actionForCommandLine(process.argv.slice(1), process.cwd()));
  });
}
