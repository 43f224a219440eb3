import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FileInput, ModuleSummary, Reading } from '../sources/source.ts';
import type { ParseAnswer, ParseRequest } from './parse-messages.ts';

export type Parsed<T> =
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly message: string };

/** Parses in worker threads. A file that takes too long or eats the heap ends its worker, not the scan. */
export type ParsePool = {
  summarise(source: string, file: FileInput): Promise<Parsed<ModuleSummary>>;
  read(source: string, file: FileInput): Promise<Parsed<Reading>>;
  /** The same as `summarise` for who cannot go on without it: this thread sleeps meanwhile. Only while nothing else is parsed. */
  summariseNow(source: string, file: FileInput): Parsed<ModuleSummary>;
  close(): Promise<void>;
};

export type ParsePoolOptions = {
  readonly worker: URL;
  readonly threads: number;
  readonly secondsPerFile: number;
};

/** A grammar's memory is never given back: after this many bytes a worker is replaced (3.2 GB after nine passes, performance.md). */
const bytesPerWorker = 48 * 1024 * 1024;
const heapMegabytes = 256;
/**
 * Starting a thread and compiling the parser in it takes as long as it then takes to parse some 8 MB (measured: 0.35 s of
 * processor time, 26 MB/s). Another one is worth it when this much waits, or when a file has held up the others for this long.
 */
const bytesWorthAThread = 8 * 1024 * 1024;
const patienceMilliseconds = 250;

type Job = {
  readonly request: ParseRequest;
  readonly bytes: number;
  readonly done: (answer: ParseAnswer | string) => void;
};
type Slot = { worker: Worker | null; job: Job | null; timer: NodeJS.Timeout | null; bytes: number; since: number };

export function createParsePool(options: ParsePoolOptions): ParsePool {
  const slots: Slot[] = Array.from({ length: Math.max(1, options.threads) }, () => ({
    worker: null,
    job: null,
    timer: null,
    bytes: 0,
    since: 0,
  }));
  const waiting: Job[] = [];
  let waitingBytes = 0;
  let lastId = 0;
  let closed = false;
  let impatient: NodeJS.Timeout | null = null;

  function settle(slot: Slot, answer: ParseAnswer | string): void {
    const job = slot.job;
    slot.job = null;
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = null;
    job?.done(answer);
  }

  function discard(slot: Slot): void {
    const worker = slot.worker;
    slot.worker = null;
    slot.bytes = 0;
    if (worker !== null) {
      worker.removeAllListeners();
      // A worker that dies while it is being ended has nothing left to say.
      worker.on('error', () => {});
      void worker.terminate();
    }
  }

  function start(slot: Slot): Worker {
    const worker = new Worker(options.worker, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      stderr: false,
    });
    worker.unref();
    worker.on('message', (answer: ParseAnswer) => {
      settle(slot, answer);
      next();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      discard(slot);
      settle(
        slot,
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'parsing it needs more memory than allowed'
          : `the parser failed (${error.message})`,
      );
      next();
    });
    worker.on('exit', () => {
      if (slot.worker !== worker) return;
      slot.worker = null;
      settle(slot, 'the parser ended without an answer');
      next();
    });
    return worker;
  }

  function next(): void {
    for (const slot of slots) {
      if (closed || waiting.length === 0) return;
      if (slot.job === null && (slot.worker !== null || isWorthAThread())) give(slot);
    }
    if (waiting.length > 0 && slots.some((slot) => slot.worker === null)) waitAWhile();
  }

  const isWorthAThread = (): boolean => waitingBytes > bytesWorthAThread || slots.every((slot) => slot.worker === null);

  /** What one thread does not get to, because a file holds it up, is for another one. */
  function waitAWhile(): void {
    impatient ??= setTimeout(() => {
      impatient = null;
      const resting = slots.find((slot) => slot.worker === null);
      if (closed || waiting.length === 0 || resting === undefined) return;
      const since = performance.now() - patienceMilliseconds;
      if (slots.every((slot) => slot.job === null || slot.since < since)) give(resting);
      if (waiting.length > 0) waitAWhile();
    }, patienceMilliseconds);
  }

  function give(slot: Slot): void {
    const job = waiting.shift();
    if (job === undefined) return;
    waitingBytes -= job.bytes;
    if (slot.bytes > bytesPerWorker) discard(slot);
    slot.worker ??= start(slot);
    slot.job = job;
    slot.since = performance.now();
    slot.bytes += job.bytes;
    slot.timer = setTimeout(() => {
      discard(slot);
      settle(slot, `parsing it took longer than ${options.secondsPerFile} seconds`);
      next();
    }, options.secondsPerFile * 1000);
    slot.worker.postMessage(job.request);
  }

  const ask = (source: string, file: FileInput): Promise<ParseAnswer | string> =>
    new Promise((resolve) => {
      if (closed) return resolve('the scan ended before it was parsed');
      lastId++;
      waiting.push({
        request: { id: lastId, source, file },
        bytes: file.bytes,
        done: resolve,
      });
      waitingBytes += file.bytes;
      next();
    });

  function askNow(source: string, file: FileInput): ParseAnswer | string {
    const slot = slots.find((one) => one.job === null && one.worker !== null) ?? slots.find((one) => one.job === null);
    if (closed || slot === undefined) return closed ? 'the scan ended before it was parsed' : 'no parser is free';
    if (slot.bytes > bytesPerWorker) discard(slot);
    slot.worker ??= start(slot);
    slot.bytes += file.bytes;
    lastId++;
    const { port1, port2 } = new MessageChannel();
    const flag = new SharedArrayBuffer(4);
    const request: ParseRequest = { id: lastId, source, file, awaited: { port: port2, flag } };
    slot.worker.postMessage(request, [port2]);
    const waited = Atomics.wait(new Int32Array(flag), 0, 0, options.secondsPerFile * 1000);
    const answer = waited === 'timed-out' ? undefined : receiveMessageOnPort(port1);
    port1.close();
    if (answer !== undefined) return answer.message as ParseAnswer;
    // Whether it hangs or has died: its thread is not to be trusted with another file.
    discard(slot);
    return `parsing it took longer than ${options.secondsPerFile} seconds`;
  }

  return {
    summariseNow(source, file) {
      const answer = askNow(source, file);
      if (typeof answer === 'string') return { status: 'failed', message: answer };
      return answer.type === 'summary'
        ? { status: 'done', value: answer.summary }
        : { status: 'failed', message: failureOf(answer) };
    },
    async summarise(source, file) {
      const answer = await ask(source, file);
      if (typeof answer === 'string') return { status: 'failed', message: answer };
      return answer.type === 'summary'
        ? { status: 'done', value: answer.summary }
        : { status: 'failed', message: failureOf(answer) };
    },
    async read(source, file) {
      const answer = await ask(source, file);
      if (typeof answer === 'string') return { status: 'failed', message: answer };
      return answer.type === 'reading'
        ? { status: 'done', value: answer.reading }
        : { status: 'failed', message: failureOf(answer) };
    },
    async close() {
      closed = true;
      if (impatient !== null) clearTimeout(impatient);
      for (const job of waiting.splice(0)) job.done('the scan ended before it was parsed');
      // Our listeners go first: terminate waits with a listener of its own.
      for (const slot of slots) slot.worker?.removeAllListeners();
      const ending = slots.map((slot) => slot.worker?.terminate());
      for (const slot of slots) {
        slot.worker = null;
        settle(slot, 'the scan ended before it was parsed');
      }
      await Promise.all(ending);
    },
  };
}

const failureOf = (answer: ParseAnswer): string =>
  answer.type === 'failed' ? `the parser failed (${answer.message})` : 'the parser answered something else';
