import type { ForkOptions, MessageChannelMain, MessagePortMain, WebContents } from 'electron';
import { type FromEngine, fromEngineSchema, type ToEngine } from '../host/engine-messages.ts';
import type { Logger } from '../engine/log.ts';
import { channels } from './channels.ts';

/** The part of UtilityProcess that is used here. */
export type EngineChild = {
  readonly pid: number | undefined;
  postMessage(message: unknown, transfer?: MessagePortMain[]): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
};

type Parts = {
  readonly fork: (entry: string, args: string[], options: ForkOptions) => EngineChild;
  readonly makeChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>;
  readonly entry: string;
  readonly log: Logger;
  readonly now: () => number;
  readonly onMessage: (message: FromEngine) => void;
  /** The engine died so often that it is not started again. */
  readonly onGivenUp: () => void;
};

export type EngineProcess = {
  /** Gives the page a port to the engine, now and after every restart, until the page is gone. */
  connect(contents: WebContents): void;
  stop(): Promise<void>;
  /** For tests and diagnostics; undefined while it is not running. */
  pid(): number | undefined;
};

/** Pauses before the first, second, ... restart within a minute; after the last one it stays down. */
const restartPauses = [0, 250, 1000, 3000, 10_000] as const;
const calmAfter = 60_000;
/** How long a clean end may take before the process is killed. Committed data is safe either way. */
const patience = 5000;

/** Starts the engine in a process of its own and keeps it there. The window's process never sees what the page asks. */
export function startEngineProcess(parts: Parts): EngineProcess {
  const { log } = parts;
  const pages = new Set<WebContents>();
  const deaths: number[] = [];
  let child: EngineChild | undefined;
  let stopping = false;
  let gone: Promise<void> = Promise.resolve();
  let openPath: string | null = null;

  function givePort(contents: WebContents): void {
    if (child === undefined || contents.isDestroyed()) return;
    const { port1, port2 } = parts.makeChannel();
    child.postMessage({ type: 'serve' } satisfies ToEngine, [port1]);
    contents.postMessage(channels.enginePort, null, [port2]);
  }

  function onMessage(message: unknown): void {
    const parsed = fromEngineSchema.safeParse(message);
    if (!parsed.success) {
      log.warn('message of the engine was not understood');
      return;
    }
    if (parsed.data.type === 'workspace') openPath = parsed.data.path;
    parts.onMessage(parsed.data);
  }

  function start(): void {
    if (stopping) return;
    const started = parts.fork(parts.entry, [], { serviceName: 'Countersign engine' });
    child = started;
    gone = new Promise((resolve) => {
      started.once('exit', (code) => {
        child = undefined;
        resolve();
        onExit(code);
      });
    });
    started.on('message', onMessage);
    for (const page of pages) givePort(page);
    if (openPath !== null) started.postMessage({ type: 'reopen', path: openPath } satisfies ToEngine);
  }

  function onExit(code: number): void {
    if (stopping) return;
    log.error('engine process ended', { code });
    for (const page of pages) if (!page.isDestroyed()) page.send(channels.engineStopped);
    const now = parts.now();
    while (deaths[0] !== undefined && now - deaths[0] > calmAfter) deaths.shift();
    const pause = restartPauses[deaths.length];
    deaths.push(now);
    if (pause === undefined) {
      parts.onGivenUp();
      return;
    }
    setTimeout(start, pause);
  }

  start();
  return {
    connect(contents) {
      if (!pages.has(contents)) {
        pages.add(contents);
        contents.once('destroyed', () => pages.delete(contents));
      }
      givePort(contents);
    },
    async stop() {
      stopping = true;
      const ending = child;
      if (ending === undefined) return;
      ending.postMessage({ type: 'close' } satisfies ToEngine);
      const killer = setTimeout(() => ending.kill(), patience);
      await gone;
      clearTimeout(killer);
    },
    pid: () => child?.pid,
  };
}
