import { parentPort, workerData } from 'node:worker_threads';
import { scanLimitsSchema } from '../../../shared/model/scan.ts';
import { createLogger } from '../log.ts';
import { linkers, sources } from '../sources/registry.ts';
import { connect } from '../store/driver.ts';
import { runScan } from './run-scan.ts';
import type { ScanWorkerData, ScanWorkerMessage } from './scan-worker-messages.ts';

/** A scan in a thread of its own: the engine goes on answering, and the scan is the only writer of facts. */
if (parentPort !== null) {
  const port = parentPort;
  const data = workerData as ScanWorkerData;
  const abort = new AbortController();
  port.on('message', (message: unknown) => {
    if (message === 'cancel') abort.abort();
  });
  const send = (message: ScanWorkerMessage): void => port.postMessage(message);
  const connection = connect(data.file, 'facts');
  try {
    const outcome = await runScan(
      {
        connection,
        sources,
        linkers,
        parseWorker: new URL(data.parseWorker),
        now: Date.now,
        log: createLogger((line) => send({ type: 'log', line }), Date.now),
        tool: data.tool,
        platform: data.platform,
      },
      {
        request: data.request,
        limits: scanLimitsSchema.parse(data.request.limits ?? {}),
        signal: abort.signal,
        progress: (progress) => send({ type: 'progress', progress }),
      },
    );
    const message =
      outcome.status === 'failed'
        ? `${outcome.unreadableRoots.join(', ')}: there is no such folder, or it cannot be read.`
        : '';
    send({ type: 'ended', number: outcome.number, status: outcome.status, message });
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  } finally {
    connection.close();
    port.close();
  }
}
