import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type CallName, contract, type Input, type Output } from '../../shared/contract/index.ts';
import { connectPort, type PortClient } from '../../electron/host/message-port.ts';
import type { BenchContext } from './bench-row.ts';
import type { EngineThreadAnswer, EngineThreadData } from './engine-thread.ts';

/** An engine in another thread, asked the way that the window asks it: over a port, answers parsed by the contract. */
export type EngineClient = {
  readonly port: PortClient;
  ask<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Longest block of the engine's event loop since the last time this was asked, in ms. */
  longestBlock(): Promise<number>;
  close(): Promise<void>;
};

export function startEngine(context: BenchContext): EngineClient {
  const home = join(context.scratch, 'user');
  mkdirSync(home, { recursive: true });
  const { port1, port2 } = new MessageChannel();
  const bundled = (name: string): string => pathToFileURL(join(dirname(context.commandLine), name)).href;
  const workerData: EngineThreadData = {
    port: port2,
    home,
    scanWorker: bundled('scan-worker.js'),
    parseWorker: bundled('parse-worker.js'),
  };
  const thread = new Worker(new URL('./engine-thread.ts', import.meta.url), { workerData, transferList: [port2] });
  const port = connectPort(port1);
  const question = async (text: 'ticker' | 'close'): Promise<number> => {
    const answer = once(thread, 'message') as Promise<[EngineThreadAnswer]>;
    thread.postMessage(text);
    return (await answer)[0].longestBlock;
  };
  return {
    port,
    async ask(name, input) {
      const result = await port.call(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
      return contract[name].output.parse(result.value) as Output<typeof name>;
    },
    longestBlock: () => question('ticker'),
    async close() {
      const exit = once(thread, 'exit');
      await question('close');
      port.close();
      await exit;
    },
  };
}
