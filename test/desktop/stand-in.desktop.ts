import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appFolder, environmentFor, launch, makeHome, type Running } from './launch.ts';
import { structuredText } from './stand-in/structured-text.ts';

// The stand-in itself: what the other tests of this folder lean on when no Electron can be had.
const standIn = join(import.meta.dirname, 'stand-in', 'electron');
const { home, remove } = makeHome();
const preloads = mkdtempSync(join(tmpdir(), 'countersign-preload-'));
let running: Running;
beforeAll(async () => {
  running = await launch(home, [], standIn);
});
afterAll(async () => {
  await running?.app.close();
  remove();
  rmSync(preloads, { recursive: true, force: true });
});

const failure = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'no failure', String);

describe('the stand-in refuses', () => {
  test('what it does not implement', async () => {
    const { app } = running;
    expect(await failure(app.evaluate((electron) => electron.app.getFileIcon('x')))).toContain(
      'app.getFileIcon is not implemented',
    );
    expect(await failure(app.evaluate(({ session }) => session.fromPartition('x')))).toContain(
      'session.fromPartition is not implemented',
    );
    expect(
      await failure(app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.openDevTools())),
    ).toContain('WebContents.openDevTools is not implemented');
    expect(await failure(app.evaluate(({ BrowserWindow }) => new BrowserWindow({ kiosk: true })))).toContain(
      'kiosk is not implemented',
    );
  });

  test.each([{ sandbox: false }, { contextIsolation: false }, { nodeIntegration: true }])(
    'a window with %o',
    async (preferences) => {
      const made = running.app.evaluate(({ BrowserWindow }, webPreferences) => {
        new BrowserWindow({ webPreferences });
      }, preferences);
      expect(await failure(made)).toContain('only sandboxed, isolated windows');
    },
  );
});

/** Runs `script` in a page of its own behind `preload`. */
async function behind(preload: string, script: string): Promise<unknown> {
  const file = join(preloads, `${readdirSync(preloads).length}.cjs`);
  writeFileSync(file, preload);
  return running.app.evaluate(
    async ({ BrowserWindow }, given) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload: given.file } });
      await window.loadURL('data:text/html,<h1>page</h1>');
      const result: unknown = await window.webContents.executeJavaScript(given.script);
      window.destroy();
      return result;
    },
    { file, script },
  );
}

describe('the bridge', () => {
  test('copies values, strips prototypes and lets functions and promises cross', async () => {
    const seen = await behind(
      `const { contextBridge } = require('electron');
       class Mine { constructor() { this.a = 1; } method() {} }
       contextBridge.exposeInMainWorld('api', {
         echo: (value) => value,
         mine: () => new Mine(),
         types: (value) => [value.date instanceof Date, value.bytes instanceof Uint8Array, value.map.get('k')],
         fails: () => { throw new RangeError('too far'); },
         rejects: async () => { throw new TypeError('not so'); },
         later: async (n) => n + 1,
         callBack: (f) => f(20) + 1,
       });`,
      `(async () => {
         const failure = async (f) => { try { await f(); return 'none'; } catch (e) { return e.name + ': ' + e.message; } };
         const mine = api.mine();
         return {
           echo: api.echo({ a: [1, { b: null }], c: undefined, d: 'x' }),
           mine: [Object.getPrototypeOf(mine) === Object.prototype, mine.a, typeof mine.method],
           types: api.types({ date: new Date(0), bytes: new Uint8Array([1]), map: new Map([['k', 'v']]) }),
           back: api.echo(new Uint32Array([7])) instanceof Uint32Array,
           fails: await failure(() => api.fails()),
           rejects: await failure(() => api.rejects()),
           symbol: await failure(() => api.echo(Symbol('x'))),
           later: await api.later(1),
           callBack: api.callBack((n) => n + 21),
           frozen: Object.isFrozen(api),
         };
       })()`,
    );
    expect(seen).toEqual({
      echo: { a: [1, { b: null }], d: 'x' },
      mine: [true, 1, 'undefined'],
      types: [true, true, 'v'],
      back: true,
      fails: 'RangeError: too far',
      rejects: 'TypeError: not so',
      symbol: 'TypeError: An object could not be cloned.',
      later: 2,
      callBack: 42,
      frozen: true,
    });
  });

  test('leaves the page no way to what the preload has', async () => {
    const seen = await behind(
      `const { contextBridge } = require('electron');
       globalThis.secret = 'of the preload';
       let refused = '';
       try { require('node:fs'); } catch (error) { refused = error.message; }
       contextBridge.exposeInMainWorld('api', { refused, node: typeof process.binding });`,
      `({ api, secret: typeof secret, names: ['require', 'process', '__standInSend', '__standInReceive'].filter((name) => name in globalThis) })`,
    );
    expect(seen).toEqual({
      api: { refused: 'module not found: node:fs', node: 'undefined' },
      secret: 'undefined',
      names: [],
    });
  });
});

test('text between Node and the page keeps every structured value', () => {
  const { encode, decode } = structuredText();
  const value = fc.anything({
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withBigInt: true,
    maxDepth: 4,
  });
  fc.assert(
    fc.property(value, (original) => {
      expect(decode(encode(original))).toEqual(structuredClone(original));
    }),
    { numRuns: 3000, seed: 20_261_120 },
  );
});

test('it ends, with its browser and profile, when whoever started it is gone', async () => {
  const own = makeHome();
  const profiles = (): string[] => readdirSync(own.home).filter((name) => name.startsWith('countersign-stand-in-'));
  const source = `
    const child = require('node:child_process').spawn(${JSON.stringify(standIn)}, [${JSON.stringify(appFolder)}], { stdio: 'ignore', detached: true });
    process.stdout.write(String(child.pid));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['-e', source], {
    env: environmentFor(own.home),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  const hasStarted = (): boolean => profiles().some((name) => existsSync(join(own.home, name, 'DevToolsActivePort')));
  await expect.poll(hasStarted, { timeout: 15_000 }).toBe(true);
  parent.kill('SIGKILL');
  const isAlive = (): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
  await expect.poll(profiles, { timeout: 5000 }).toEqual([]);
  own.remove();
});
