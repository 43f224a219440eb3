import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium } from '../find-chromium.ts';

export type Parameters = { readonly [name: string]: unknown };

/** A Chromium without windows and a connection to its DevTools protocol. */
export type Chromium = {
  readonly address: string;
  send<T = Record<string, unknown>>(method: string, parameters?: Parameters, session?: string): Promise<T>;
  on<T>(session: string, method: string, listener: (parameters: T) => void): void;
  close(): Promise<void>;
};

const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-startup-window',
  '--remote-debugging-port=0',
];

/** `loopbackPort`: where all addresses below `localhost` are answered. */
export async function launchChromium(loopbackPort: number): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'countersign-stand-in-'));
  const browser = spawn(
    findChromium(),
    [...switches, `--user-data-dir=${profile}`, `--host-resolver-rules=MAP *.localhost 127.0.0.1:${loopbackPort}`],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const removeProfile = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  // Also when this process ends in a way that nobody planned.
  process.once('exit', () => {
    browser.kill('SIGKILL');
    removeProfile();
  });
  const address = await debuggerAddress(profile, browser);
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('stand-in: no connection to Chromium'));
  });

  const events = new EventEmitter().setMaxListeners(0);
  const open = new Map<number, { resolve(value: never): void; reject(error: Error): void; method: string }>();
  let lastId = 0;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
      method?: string;
      params?: unknown;
      sessionId?: string;
    };
    if (message.id === undefined) {
      events.emit(`${message.sessionId ?? ''}:${message.method}`, message.params);
      return;
    }
    const waiting = open.get(message.id);
    open.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result as never);
  };

  const send = <T>(method: string, params: Parameters = {}, sessionId?: string): Promise<T> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      open.set(lastId, { resolve, reject, method });
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
    });

  return {
    address,
    send,
    on: (session, method, listener) => {
      events.on(`${session}:${method}`, listener);
    },
    async close() {
      await Promise.race([send('Browser.close').catch(() => {}), gone]);
      await Promise.race([gone, sleep(3000)]);
      browser.kill('SIGKILL');
      await gone;
      removeProfile();
    },
  };
}

async function debuggerAddress(profile: string, browser: ChildProcess): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    await sleep(50);
    if (browser.exitCode !== null) break;
    try {
      const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
      if (port && path) return `ws://127.0.0.1:${port}${path}`;
    } catch {
      // Not written yet.
    }
  }
  throw new Error(`stand-in: Chromium did not start (exit code ${browser.exitCode})`);
}
