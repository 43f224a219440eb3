import { EventEmitter } from 'node:events';
import { strict } from './not-implemented.ts';

/** What was asked of the parts of the system that are not there. Tests read it; dialogs answer what tests put into `answers`. */
export const recorded = {
  calls: [] as { readonly api: string; readonly args: readonly unknown[] }[],
  answers: new Map<string, unknown>(),
};

const record = (api: string, ...args: unknown[]): void => {
  recorded.calls.push({ api, args });
};
const answered =
  (api: string, otherwise: unknown) =>
  async (...args: unknown[]): Promise<unknown> => {
    // A parent window cannot be copied to a test.
    record(api, ...args.filter((value) => !(value instanceof EventEmitter)));
    return recorded.answers.get(api) ?? otherwise;
  };

export const shell = strict('shell', { openExternal: answered('shell.openExternal', undefined) });

export const dialog = strict('dialog', {
  showOpenDialog: answered('dialog.showOpenDialog', { canceled: true, filePaths: [] }),
  showSaveDialog: answered('dialog.showSaveDialog', { canceled: true, filePath: '' }),
  showMessageBox: answered('dialog.showMessageBox', { response: 0, checkboxChecked: false }),
  showErrorBox: (...args: unknown[]) => record('dialog.showErrorBox', ...args),
});

type Item = Electron.MenuItemConstructorOptions & { readonly submenu?: Item[] };
type MenuLike = { readonly items: MenuItemLike[] };
type MenuItemLike = {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly enabled: boolean;
  readonly submenu: MenuLike | undefined;
  click(): void;
};

function buildMenu(template: readonly Item[]): MenuLike {
  return {
    items: template.map((item) => {
      if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
        throw new Error('stand-in: a menu item needs a label, a role or to be a separator');
      }
      return {
        id: item.id ?? '',
        label: item.label ?? '',
        role: item.role,
        type: item.type ?? (item.submenu ? 'submenu' : 'normal'),
        enabled: item.enabled ?? true,
        submenu: item.submenu === undefined ? undefined : buildMenu(item.submenu),
        click: () => item.click?.(undefined as never, undefined, undefined as never),
      };
    }),
  };
}

let applicationMenu: MenuLike | null = null;
const findItem = (menu: MenuLike | null, id: string): MenuItemLike | null => {
  for (const item of menu?.items ?? []) {
    const found = item.id === id ? item : findItem(item.submenu ?? null, id);
    if (found) return found;
  }
  return null;
};

export const Menu = strict('Menu', {
  buildFromTemplate: (template: readonly Item[]) => {
    const menu = buildMenu(template);
    return { ...menu, getMenuItemById: (id: string) => findItem(menu, id) };
  },
  setApplicationMenu: (menu: MenuLike | null) => {
    applicationMenu = menu;
    record('Menu.setApplicationMenu');
  },
  getApplicationMenu: () => applicationMenu,
});

const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1050 },
  scaleFactor: 1,
};
export const screen = strict('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});

class StandInNativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system';
  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
export const nativeTheme = strict('nativeTheme', new StandInNativeTheme());

/** Shown to nobody; the name is all a test can ask for. */
export class Notification extends EventEmitter {
  readonly options: Electron.NotificationConstructorOptions;
  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    record('Notification.show', this.options);
  }
  static isSupported(): boolean {
    return true;
  }
}

export class Tray extends EventEmitter {
  setToolTip(text: string): void {
    record('Tray.setToolTip', text);
  }
  setContextMenu(): void {
    record('Tray.setContextMenu');
  }
  destroy(): void {
    record('Tray.destroy');
  }
}

/** Never encrypts: an app that would keep a secret here has to be refused, as with the backend `basic_text`. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
});
