import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction, MenuActionId } from '../../shared/desktop-bridge.ts';

export type MenuParts = {
  readonly platform: NodeJS.Platform;
  /** Developer tools and reload exist in a checkout only. */
  readonly packaged: boolean;
  readonly recent: readonly { readonly path: string; readonly name: string }[];
  readonly workspaceOpen: boolean;
  send(action: MenuAction): void;
};

/** The native menu. What is ours goes to the page as an action id: one definition there serves menu, palette and key. */
export function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const mac = parts.platform === 'darwin';
  const action = (
    label: string,
    id: MenuActionId,
    accelerator?: string,
    enabled = true,
  ): MenuItemConstructorOptions => ({
    id,
    label,
    enabled,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => parts.send({ id, argument: null }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = action('Settings…', 'settings.show', 'CmdOrCtrl+,');

  const recent: MenuItemConstructorOptions = {
    label: 'Open Recent',
    enabled: parts.recent.length > 0,
    submenu: parts.recent.map(({ path, name }) => ({
      label: menuText(name),
      toolTip: path,
      click: () => parts.send({ id: 'workspace.openRecent', argument: path }),
    })),
  };

  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };

  return [
    ...(mac ? [appMenu] : []),
    {
      label: '&File',
      submenu: [
        action('New Workspace…', 'workspace.new', 'CmdOrCtrl+N'),
        action('Open Workspace…', 'workspace.open', 'CmdOrCtrl+O'),
        recent,
        separator,
        action('Scan…', 'scan.start', 'CmdOrCtrl+R', parts.workspaceOpen),
        separator,
        action('Close Workspace', 'workspace.close', 'CmdOrCtrl+Shift+W', parts.workspaceOpen),
        ...(mac ? [{ role: 'close' as const }] : [settings, separator, { role: 'quit' as const }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        action('Find', 'edit.find', 'CmdOrCtrl+F', parts.workspaceOpen),
      ],
    },
    {
      label: '&View',
      submenu: [
        action('Command Palette…', 'palette.show', 'CmdOrCtrl+K'),
        separator,
        action('Overview', 'go.overview', undefined, parts.workspaceOpen),
        action('Inventory', 'go.inventory', undefined, parts.workspaceOpen),
        action('Graph', 'go.graph', undefined, parts.workspaceOpen),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(parts.packaged ? [] : [separator, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [action('Keyboard Shortcuts', 'help.keys')] },
  ];
}

/** An ampersand in a name would turn the next letter into an access key; control characters would break the line. */
function menuText(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, 80)
    .replaceAll('&', '&&');
}
