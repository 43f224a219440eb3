import type { BrowserWindow, Dialog, WebContents } from 'electron';
import { z } from 'zod';
import { type Channel, channel } from './ipc.ts';
import { channels } from './channels.ts';

const workspaceFilter = { name: 'Countersign workspace', extensions: ['countersign'] };

/** Native dialogs. The page learns the chosen path and nothing else about the disk. */
export function nativeChannels(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  windowOf: (contents: WebContents) => BrowserWindow | null,
): readonly Channel[] {
  async function openPath(contents: WebContents, options: Electron.OpenDialogOptions): Promise<string | null> {
    const window = windowOf(contents);
    if (window === null) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
    return canceled ? null : (filePaths[0] ?? null);
  }

  async function newWorkspacePath(contents: WebContents): Promise<string | null> {
    const window = windowOf(contents);
    if (window === null) return null;
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'New workspace',
      buttonLabel: 'Create',
      defaultPath: 'workspace.countersign',
      filters: [workspaceFilter],
    });
    if (canceled || filePath === '') return null;
    return filePath.endsWith('.countersign') ? filePath : `${filePath}.countersign`;
  }

  return [
    channel(channels.chooseFolder, 'invoke', z.strictObject({}), (_message, contents) =>
      openPath(contents, { title: 'Choose a folder to look at', buttonLabel: 'Choose', properties: ['openDirectory'] }),
    ),
    channel(
      channels.chooseWorkspaceFile,
      'invoke',
      z.strictObject({ purpose: z.enum(['open', 'create']) }),
      ({ purpose }, contents) =>
        purpose === 'create'
          ? newWorkspacePath(contents)
          : openPath(contents, {
              title: 'Open workspace',
              buttonLabel: 'Open',
              properties: ['openFile'],
              filters: [workspaceFilter, { name: 'All files', extensions: ['*'] }],
            }),
    ),
  ];
}
