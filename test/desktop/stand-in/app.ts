import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { browser } from './browser.ts';
import { protocolIsReady } from './loopback.ts';
import { refuse, strict } from './not-implemented.ts';
import { runningUtilities } from './utility-process.ts';

const appFolder = dirname(dirname(process.argv[1] ?? process.cwd()));
const manifest = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')) as { name: string; version: string };

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = strict('app.commandLine', { appendSwitch: () => {}, hasSwitch: () => false });
  sandboxEnabled = false;
  #ready = false;
  #quitting = false;
  #lock: string | null = null;
  readonly #whenReady: Promise<void>;
  /** Closes every window; false when one refused. Set by the windows, which know the app. */
  closeWindows: () => Promise<boolean> = async () => true;

  constructor() {
    super();
    const mainRan = new Promise<void>((resolve) => process.once('stand-in:main-ran' as 'exit', () => resolve()));
    this.#whenReady = Promise.all([browser, mainRan]).then(() => {
      this.#ready = true;
      protocolIsReady();
      this.emit('ready', {}, {});
    });
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxEnabled = true;
  }

  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  isReady(): boolean {
    return this.#ready;
  }

  getPath(name: string): string {
    const home = process.env['HOME'] ?? homedir();
    const config = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return config;
      case 'userData':
        return join(config, manifest.name);
      case 'temp':
        return tmpdir();
      default:
        return refuse(`app.getPath('${name}')`);
    }
  }

  getAppPath(): string {
    return appFolder;
  }

  getVersion(): string {
    return manifest.version;
  }

  getName(): string {
    return manifest.name;
  }

  /** The utility processes only. */
  getAppMetrics(): Pick<Electron.ProcessMetric, 'pid' | 'type' | 'name'>[] {
    return [...runningUtilities].map(({ pid, serviceName }) => ({ pid: pid ?? 0, type: 'Utility', name: serviceName }));
  }

  /** A folder of our own in userData: who holds it, and what later instances were asked. */
  requestSingleInstanceLock(): boolean {
    const folder = join(this.getPath('userData'), 'stand-in-instance');
    const holder = join(folder, 'pid');
    mkdirSync(folder, { recursive: true });
    if (existsSync(holder) && isAlive(Number(readFileSync(holder, 'utf8')))) {
      const request = join(folder, `${process.pid}.request`);
      writeFileSync(`${request}.new`, JSON.stringify({ args: process.argv.slice(1), folder: process.cwd() }));
      renameSync(`${request}.new`, request);
      return false;
    }
    writeFileSync(holder, String(process.pid));
    this.#lock = folder;
    setInterval(() => this.#readRequests(folder), 100).unref();
    return true;
  }

  #readRequests(folder: string): void {
    if (!this.#ready || !existsSync(folder)) return;
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.request'))) {
      const file = join(folder, name);
      const { args, folder: where } = JSON.parse(readFileSync(file, 'utf8')) as { args: string[]; folder: string };
      rmSync(file);
      this.emit('second-instance', {}, ['electron', ...args.slice(1)], where, null);
    }
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    if (this.#quitting) return;
    this.#quitting = true;
    if (this.#prevented('before-quit') || !(await this.closeWindows()) || this.#prevented('will-quit')) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', {}, 0);
    await this.#end(0);
  }

  exit(code = 0): void {
    void this.#end(code);
  }

  async #end(code: number): Promise<void> {
    if (this.#lock !== null) rmSync(this.#lock, { recursive: true, force: true });
    await browser.then((chromium) => chromium.close()).catch(() => {});
    process.exit(code);
  }

  #prevented(event: string): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  }

  windowsAreGone(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const standInApp = new StandInApp();
export const app = strict('app', standInApp);

process.on('SIGTERM', () => standInApp.quit());
process.on('SIGINT', () => standInApp.quit());
// Whoever started us is gone: nobody would ever close the window.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) standInApp.exit(0);
}, 500).unref();
process.title = `stand-in ${basename(appFolder)}`;
