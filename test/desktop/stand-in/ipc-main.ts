import { EventEmitter } from 'node:events';
import { strict } from './not-implemented.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

class StandInIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

export const standInIpcMain = new StandInIpcMain();
export const ipcMain = strict('ipcMain', standInIpcMain);
