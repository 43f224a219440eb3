import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../desktop/find-chromium.ts';

/** The built command line of this checkout. */
const commandLine = join(import.meta.dirname, '..', '..', 'out', 'cli.js');

/** A folder for one suite, with a home of its own: no test sees the real one. */
export type Place = { readonly folder: string; readonly environment: NodeJS.ProcessEnv; remove(): void };

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const environment = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    LANG: 'C.UTF-8',
  };
  return { folder, environment, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Runs one command to its end; resolves with its exit code and what it printed. */
export function runCommand(
  place: Place,
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandLine, ...args], {
      env: place.environment,
      cwd: place.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

export type Served = {
  readonly url: string;
  readonly origin: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
};

/** Starts the browser host on a workspace (null: the start screen) and waits for the address that it prints. */
export function serve(place: Place, workspace: string | null): Promise<Served> {
  const args = ['serve', '--no-open', ...(workspace === null ? [] : ['--workspace', workspace])];
  const child = spawn(process.execPath, [commandLine, ...args], {
    env: place.environment,
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const timer = setTimeout(() => reject(new Error(`the browser host printed no address: ${out}${err}`)), 30_000);
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const url = /http:\/\/\S+/.exec(out)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve({
        url,
        origin: new URL(url).origin,
        process: child,
        stop: () =>
          new Promise((stopped) => {
            if (child.exitCode !== null) return stopped();
            child.once('exit', () => stopped());
            child.kill('SIGINT');
          }),
      });
    });
    child.once('exit', (code) => reject(new Error(`the browser host ended with ${code}: ${err}`)));
  });
}

const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: chromiumFlags });

export type Look = { readonly width: number; readonly height: number; readonly theme: 'light' | 'dark' };

/** A page that is signed in to the host. What goes wrong in it (errors, CSP reports, requests elsewhere) is collected. */
export type OpenPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly trouble: string[];
  go(path: string): Promise<void>;
};

export async function openPage(
  browser: Browser,
  served: Served,
  look: Look = { width: 1280, height: 800, theme: 'light' },
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const trouble: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(served.origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      trouble.push(`request elsewhere: ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: the page's console is where the suite hears of it
      console.error(
        `content security policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  await page.goto(served.url);
  await settled(page);
  return {
    page,
    context,
    trouble,
    async go(path) {
      await page.goto(`${served.origin}${path}`);
      await settled(page);
    },
  };
}

/** Waits until nothing is being loaded or laid out any more. */
export async function settled(page: Page): Promise<void> {
  // Events keep one request open for ever, so "network idle" never comes.
  await page.waitForFunction(
    () => document.querySelector('main') !== null && document.querySelector('[aria-busy="true"]') === null,
    null,
    {
      timeout: 20_000,
    },
  );
  // A part that has just come may ask for more: two looks in a row must find nothing under way.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, { timeout: 20_000 });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
