import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import type { UtilityMessage } from './utility-process.ts';

// Runs first in every utility process: gives it `process.parentPort` and takes `electron` away.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') throw new Error('stand-in: electron is not implemented in utility processes');
    return next(specifier, context);
  },
});

const send = (message: UtilityMessage): void => {
  process.send?.(message);
};

/** Emits once somebody listens or, for ports, has called start(). */
class Queued extends EventEmitter {
  #queue: unknown[] | null = [];
  deliver(event: unknown): void {
    if (this.#queue) this.#queue.push(event);
    else this.emit('message', event);
  }
  start(): void {
    const waiting = this.#queue ?? [];
    this.#queue = null;
    for (const event of waiting) this.emit('message', event);
  }
}

class ChildPort extends Queued {
  readonly #id: number;
  constructor(id: number) {
    super();
    this.#id = id;
  }
  postMessage(message: unknown): void {
    send({ type: 'port', port: this.#id, data: structuredClone(message) });
  }
  close(): void {
    if (ports.delete(this.#id)) send({ type: 'port-close', port: this.#id });
  }
}

class ParentPort extends Queued {
  constructor() {
    super();
    this.on('newListener', (event) => {
      if (event === 'message') setImmediate(() => this.start());
    });
  }
  postMessage(message: unknown): void {
    send({ type: 'parent', data: structuredClone(message), ports: [] });
  }
}

const ports = new Map<number, ChildPort>();
const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort });

process.on('message', (message: UtilityMessage) => {
  switch (message.type) {
    case 'parent':
      parentPort.deliver({
        data: message.data,
        ports: message.ports.map((id) => {
          const port = new ChildPort(id);
          ports.set(id, port);
          return port;
        }),
      });
      break;
    case 'port':
      ports.get(message.port)?.deliver({ data: message.data, ports: [] });
      break;
    case 'port-close': {
      const port = ports.get(message.port);
      ports.delete(message.port);
      port?.emit('close');
      break;
    }
  }
});
process.once('disconnect', () => process.exit(0));
