import { EventEmitter } from 'node:events';
import { standInApp } from './app.ts';
import { strict } from './not-implemented.ts';
import { StandInWebContents } from './web-contents.ts';

const windowOptions = new Set([
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'title',
  'backgroundColor',
  'show',
  'icon',
  'webPreferences',
]);

/** A window that is a Chromium page. Where it lies, its title and its colour are remembered and shown to nobody. */
export class StandInBrowserWindow extends EventEmitter {
  static readonly all = new Set<StandInBrowserWindow>();
  /** What the window was made with; for tests. */
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: StandInWebContents;
  readonly #self: this;
  #bounds: Electron.Rectangle;
  #title: string;
  #maximized = false;
  #minimized = false;
  #visible: boolean;
  #destroyed = false;
  #firstLoad = true;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    for (const name of Object.keys(options)) {
      if (!windowOptions.has(name)) throw new Error(`stand-in: window option ${name} is not implemented`);
    }
    const { webPreferences = {}, width = 800, height = 600, x = 0, y = 0, title = '', show = true } = options;
    const isSandboxed = webPreferences.sandbox ?? standInApp.sandboxEnabled;
    if (webPreferences.nodeIntegration || webPreferences.contextIsolation === false || !isSandboxed) {
      throw new Error('stand-in: only sandboxed, isolated windows');
    }
    this.options = options;
    this.#bounds = { x, y, width, height };
    this.#title = title;
    this.#visible = show;
    this.webContents = new StandInWebContents(webPreferences, { width, height });
    this.webContents.on('stand-in:close', () => this.close());
    this.webContents.on('did-finish-load', () => {
      if (this.#firstLoad) this.emit('ready-to-show');
      this.#firstLoad = false;
    });
    this.webContents.on('page-title-updated', (wanted: string) => {
      let prevented = false;
      const preventDefault = (): void => {
        prevented = true;
      };
      this.emit('page-title-updated', { preventDefault }, wanted, true);
      if (!prevented) this.#title = wanted;
    });
    this.#self = strict('BrowserWindow', this);
    StandInBrowserWindow.all.add(this.#self);
    // biome-ignore lint/correctness/noConstructorReturn: whoever makes one gets the strict view of it
    return this.#self;
  }

  static getAllWindows(): StandInBrowserWindow[] {
    return [...StandInBrowserWindow.all];
  }

  static fromWebContents(contents: StandInWebContents): StandInBrowserWindow | null {
    return StandInBrowserWindow.getAllWindows().find((window) => window.webContents.id === contents.id) ?? null;
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  minimize(): void {
    this.#minimized = true;
  }
  restore(): void {
    this.#minimized = false;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  show(): void {
    this.#visible = true;
  }
  focus(): void {
    this.emit('focus');
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setBackgroundColor(colour: string): void {
    if (!/^#[0-9A-F]{6}$/i.test(colour)) throw new Error(`stand-in: ${colour} is not a colour`);
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** False when the app prevented it. */
  async closed(): Promise<boolean> {
    if (this.#destroyed) return true;
    let prevented = false;
    this.emit('close', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return false;
    this.#destroyed = true;
    StandInBrowserWindow.all.delete(this.#self);
    await this.webContents.destroy();
    this.emit('closed');
    if (StandInBrowserWindow.all.size === 0) standInApp.windowsAreGone();
    return true;
  }

  close(): void {
    void this.closed();
  }

  destroy(): void {
    this.removeAllListeners('close');
    void this.closed();
  }
}

standInApp.closeWindows = async () => {
  for (const window of StandInBrowserWindow.all) if (!(await window.closed())) return false;
  return true;
};
