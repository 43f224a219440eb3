import { parentPort } from 'node:worker_threads';
import { sources } from '../sources/registry.ts';
import type { ParseAnswer, ParseRequest } from './parse-messages.ts';

/** Parses what may be large or hostile, in a thread with a heap of its own that the runner can end. */
const byId = new Map(sources.map((source) => [source.id, source]));

async function answer({ id, source: sourceId, file }: ParseRequest): Promise<ParseAnswer> {
  try {
    const source = byId.get(sourceId);
    if (source === undefined) return { id, type: 'failed', message: `no source ${sourceId}` };
    if (source.kind === 'code') return { id, type: 'summary', summary: await source.summarise(file) };
    return { id, type: 'reading', reading: source.read(file) };
  } catch (error) {
    return { id, type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  port.on('message', (request: ParseRequest) => {
    const { awaited } = request;
    if (awaited === undefined) return void answer(request).then((result) => port.postMessage(result));
    void answer(request).then((result) => {
      awaited.port.postMessage(result);
      awaited.port.close();
      // Whoever asked sleeps until then.
      const flag = new Int32Array(awaited.flag);
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
    });
  });
}
