import { parentPort } from 'node:worker_threads';
import type { DiskAnswer, DiskRequest } from './disk-messages.ts';
import { createPartWalk, type PartWalk } from './part-walk.ts';

/** Walks parts of a root beside the scan, and reads what is found there: the disk and the parsers need a processor each. */
if (parentPort !== null) {
  const port = parentPort;
  let walk: PartWalk | null = null;
  const send = (answer: DiskAnswer, transfer: ArrayBuffer[] = []): void => port.postMessage(answer, transfer);
  port.on('message', (request: DiskRequest) => {
    try {
      if (request.type === 'begin') walk = createPartWalk(request.job, send);
      else if (request.type === 'tasks') walk?.add(request.tasks);
      else if (request.type === 'give') send({ type: 'given', tasks: walk?.give() ?? [] });
      else if (request.type === 'taken') walk?.taken();
      else walk?.abort();
    } catch (error) {
      send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
  send({ type: 'ready' });
}
