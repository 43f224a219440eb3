import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge, MenuAction, WorkspaceFilePurpose } from '../shared/desktop-bridge.ts';
import { createEngineLink } from './host/engine-link.ts';
import { channels } from './shell/channels.ts';

// The sandboxed page's only way out: named functions over plain data. No event, port or ipcRenderer crosses.
const link = createEngineLink();

ipcRenderer.on(channels.enginePort, (event: IpcRendererEvent) => {
  const port = event.ports[0];
  if (port) link.attach(port);
});
ipcRenderer.on(channels.engineStopped, () => link.detach());
ipcRenderer.send(channels.requestEnginePort, {});

const menuListeners = new Set<(action: MenuAction) => void>();
/** Actions that came before the page listened, such as the file the app was started with. */
const early: MenuAction[] = [];
ipcRenderer.on(channels.menuAction, (_event: IpcRendererEvent, action: MenuAction) => {
  if (menuListeners.size === 0) early.push(action);
  else for (const listener of menuListeners) listener(action);
});

const bridge: DesktopBridge = {
  call: (name, input) => link.call(String(name), input),
  subscribe: (name, listener) => link.subscribe(String(name), listener),
  native: {
    chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder, {}),
    chooseWorkspaceFile: (purpose: WorkspaceFilePurpose) =>
      ipcRenderer.invoke(channels.chooseWorkspaceFile, { purpose }),
    pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
    onMenuAction: (listener) => {
      menuListeners.add(listener);
      for (const action of early.splice(0)) listener(action);
      return () => {
        menuListeners.delete(listener);
      };
    },
  },
};
contextBridge.exposeInMainWorld('countersign', bridge);
