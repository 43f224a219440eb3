import { type SafeRead, readSafely, readSafelyLater } from './safe-read.ts';

/** Reads handed to the thread pool at once. */
const readsInFlight = 32;
/** Reads measured before deciding how this disk is to be read. */
const sampleSize = 48;
/** Microseconds of a read above which the disk, not the processor, is what takes time. */
const slowRead = 90;

/**
 * Reads files the way that suits the disk: from a warm cache on the spot (a trip through the thread pool would cost more
 * than the read), from a slow disk many at a time.
 */
export type FileReader = {
  read(path: string | Buffer, maxBytes: number, done: (result: SafeRead) => void): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  readonly opened: number;
};

export function createFileReader(): FileReader {
  let opened = 0;
  let spent = 0;
  let later = false;
  let live = 0;
  const waiting: { path: string | Buffer; maxBytes: number; done: (result: SafeRead) => void }[] = [];
  let wake: (() => void)[] = [];

  function pump(): void {
    while (live < readsInFlight && waiting.length > 0) {
      const next = waiting.shift() as (typeof waiting)[number];
      live++;
      readSafelyLater(next.path, next.maxBytes, (result) => {
        live--;
        next.done(result);
        pump();
        if (live === 0 && waiting.length === 0) {
          const listeners = wake;
          wake = [];
          for (const listener of listeners) listener();
        }
      });
    }
  }

  return {
    read(path, maxBytes, done) {
      opened++;
      if (!later) {
        const started = performance.now();
        const result = readSafely(path, maxBytes);
        spent += performance.now() - started;
        if (opened % sampleSize === 0) {
          later = (spent / sampleSize) * 1000 > slowRead;
          spent = 0;
        }
        done(result);
        return;
      }
      waiting.push({ path, maxBytes, done });
      pump();
    },
    idle: () => (live === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => wake.push(resolve))),
    get opened() {
      return opened;
    },
  };
}
