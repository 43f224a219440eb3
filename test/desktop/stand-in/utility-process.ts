import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { refuse, strict } from './not-implemented.ts';
import type { StandInPort } from './ports.ts';

/** What crosses between us and the child, structured-cloned by Node's own `advanced` serialization. */
export type UtilityMessage =
  | { readonly type: 'parent'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-close'; readonly port: number };

/** UtilityProcess: a Node process with `process.parentPort`. In Electron it is a sandboxable Chromium utility process. */
class StandInUtilityProcess extends EventEmitter {
  readonly serviceName: string;
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, StandInPort>();
  #lastPort = 0;

  constructor(entry: string, args: readonly string[], serviceName: string) {
    super();
    this.serviceName = serviceName;
    runningUtilities.add(this);
    this.#child = fork(entry, args, {
      execArgv: ['--import', new URL('./utility-child.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.#receive(message as UtilityMessage));
    this.#child.once('exit', (code) => {
      runningUtilities.delete(this);
      for (const port of this.#ports.values()) port.close();
      this.#ports.clear();
      this.emit('exit', code ?? 1);
    });
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(message: unknown, transfer: readonly StandInPort[] = []): void {
    const ports = transfer.map((port) => {
      this.#lastPort += 1;
      const id = this.#lastPort;
      this.#ports.set(id, port);
      port.transfer({
        deliver: (data) => this.#send({ type: 'port', port: id, data }),
        closed: () => this.#send({ type: 'port-close', port: id }),
      });
      return id;
    });
    this.#send({ type: 'parent', data: message, ports });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(message: UtilityMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #receive(message: UtilityMessage): void {
    if (message.type === 'parent') this.emit('message', message.data);
    else if (message.type === 'port') this.#ports.get(message.port)?.receivedFromElsewhere(message.data);
    else {
      this.#ports.get(message.port)?.close();
      this.#ports.delete(message.port);
    }
  }
}

export const runningUtilities = new Set<StandInUtilityProcess>();

export const utilityProcess = strict('utilityProcess', {
  fork(entry: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) {
    for (const key of Object.keys(options)) if (key !== 'serviceName') refuse(`utilityProcess.fork option ${key}`);
    return strict(
      'UtilityProcess',
      new StandInUtilityProcess(entry, args, options.serviceName ?? 'Node Utility Process'),
    );
  },
});
