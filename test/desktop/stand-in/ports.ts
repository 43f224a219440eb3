import { EventEmitter } from 'node:events';
import { refuse } from './not-implemented.ts';

/** Where an end lives that was transferred to another process or a page. */
export type Elsewhere = {
  deliver(data: unknown): void;
  closed(): void;
};

/** MessagePortMain. One end of a pair; it either emits here or forwards to where it was transferred. */
export class StandInPort extends EventEmitter {
  #peer: StandInPort | null = null;
  #queue: unknown[] = [];
  #started = false;
  #closed = false;
  #elsewhere: Elsewhere | null = null;

  static pair(): { readonly port1: StandInPort; readonly port2: StandInPort } {
    const port1 = new StandInPort();
    const port2 = new StandInPort();
    port1.#peer = port2;
    port2.#peer = port1;
    return { port1, port2 };
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (this.#elsewhere) throw new Error('The port was transferred and cannot be used here any more.');
    if (transfer.length > 0) refuse('transfer of ports through ports');
    const copy: unknown = structuredClone(message);
    if (!this.#closed) this.#peer?.receive(copy);
  }

  start(): void {
    this.#started = true;
    for (const data of this.#queue.splice(0)) this.#emitSoon(data);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#peer?.peerClosed();
  }

  /** From now on what arrives here goes there; what is said there comes back through `receivedFromElsewhere`. */
  transfer(elsewhere: Elsewhere): void {
    if (this.#elsewhere) throw new Error('A port can be transferred only once.');
    this.#elsewhere = elsewhere;
    for (const data of this.#queue.splice(0)) elsewhere.deliver(data);
    if (this.#closed) elsewhere.closed();
  }

  receivedFromElsewhere(data: unknown): void {
    if (!this.#closed) this.#peer?.receive(data);
  }

  private receive(data: unknown): void {
    if (this.#closed) return;
    if (this.#elsewhere) this.#elsewhere.deliver(data);
    else if (this.#started) this.#emitSoon(data);
    else this.#queue.push(data);
  }

  private peerClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#elsewhere) this.#elsewhere.closed();
    else setImmediate(() => this.emit('close'));
  }

  #emitSoon(data: unknown): void {
    setImmediate(() => this.emit('message', { data, ports: [] }));
  }
}

export class MessageChannelMain {
  readonly port1: StandInPort;
  readonly port2: StandInPort;
  constructor() {
    const { port1, port2 } = StandInPort.pair();
    this.port1 = port1;
    this.port2 = port2;
  }
}
