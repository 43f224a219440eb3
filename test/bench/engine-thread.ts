import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { silentLogger } from '../../electron/engine/log.ts';
import { findAppFolders } from '../../electron/host/app-folders.ts';
import { servePort } from '../../electron/host/message-port.ts';
import { createRouter } from '../../electron/host/router.ts';
import { startTicker } from './ticker.ts';

/** What the thread is given: its end of the channel, and a folder that stands for this user's. */
export type EngineThreadData = {
  readonly port: MessagePort;
  readonly home: string;
  readonly scanWorker: string;
  readonly parseWorker: string;
};

/** `ticker` asks for the longest block since the last `ticker`. */
export type EngineThreadQuestion = 'ticker' | 'close';
export type EngineThreadAnswer = { readonly longestBlock: number };

// Stands for the engine's utility process: an engine behind a real message port, in a thread of its own.
if (parentPort !== null) {
  const control = parentPort;
  const data = workerData as EngineThreadData;
  const folders = findAppFolders();
  const engine = await createEngine({
    host: 'desktop',
    version: folders.version,
    platform: 'linux',
    home: data.home,
    dataFolder: data.home,
    resources: folders.resources,
    scanWorker: new URL(data.scanWorker),
    parseWorker: new URL(data.parseWorker),
    now: Date.now,
    log: silentLogger,
  });
  const end = servePort(data.port, createRouter(engine, silentLogger), engine);
  let ticker = startTicker();
  control.on('message', (question: EngineThreadQuestion) => {
    const longestBlock = ticker.stop();
    control.postMessage({ longestBlock } satisfies EngineThreadAnswer);
    if (question === 'ticker') {
      ticker = startTicker();
      return;
    }
    end();
    void engine.close().then(() => control.close());
  });
}
