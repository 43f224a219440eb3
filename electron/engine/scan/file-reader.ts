import { createDiskPace } from './disk-pace.ts';
import { type SafeRead, readSafely, readSafelyLater } from './safe-read.ts';

/** Reads handed to the thread pool at once. */
const readsInFlight = 32;
/** Milliseconds of a read above which the disk, not the processor, is what takes time: from memory it is 0.01. */
const slowRead = 0.12;
/** Most files fit; memory that every read takes anew is what a scan would mostly consist of. */
const scratchBytes = 64 * 1024;

/**
 * Reads files the way that suits the disk: from a warm cache on the spot (a trip through the thread pool would cost more
 * than the read), from a slow disk many at a time.
 */
export type FileReader = {
  /** The bytes hold while `done` runs, not longer. */
  read(path: string | Buffer, maxBytes: number, done: (result: SafeRead) => void): void;
  /** Resolves when nothing is under way any more; throws what a `done` threw when it was called later. */
  idle(): Promise<void>;
  /** Files that wait to be read. */
  readonly waiting: number;
};

export function createFileReader(): FileReader {
  let live = 0;
  const pace = createDiskPace(slowRead);
  const scratch = Buffer.allocUnsafe(scratchBytes);
  // Taken from a moving head: shifting a long array moves all of it.
  let head = 0;
  const waiting: { path: string | Buffer; maxBytes: number; done: (result: SafeRead) => void }[] = [];
  let wake: (() => void)[] = [];
  let failure: { readonly error: unknown } | null = null;

  const isBusy = (): boolean => live > 0 || head < waiting.length;

  /** Runs what was to be done later. Thrown on from here an error would end the process; the scan asks in `idle`. */
  function later(work: () => void): void {
    try {
      work();
    } catch (error) {
      failure ??= { error };
    }
  }

  function wakeWhenIdle(): void {
    if (isBusy()) return;
    const listeners = wake;
    wake = [];
    for (const listener of listeners) listener();
  }

  function pump(): void {
    while (live < readsInFlight && head < waiting.length) {
      const next = waiting[head] as (typeof waiting)[number];
      head++;
      if (head === waiting.length || head === 4096) {
        waiting.splice(0, head);
        head = 0;
      }
      live++;
      readSafelyLater(next.path, next.maxBytes, (result) => {
        live--;
        later(() => next.done(result));
        pump();
        wakeWhenIdle();
      });
    }
  }

  return {
    read(path, maxBytes, done) {
      if (!pace.waits()) {
        const started = performance.now();
        const result = readSafely(path, maxBytes, scratch);
        pace.note(performance.now() - started);
        return done(result);
      }
      waiting.push({ path, maxBytes, done });
      pump();
    },
    async idle() {
      if (isBusy()) await new Promise<void>((resolve) => wake.push(resolve));
      if (failure !== null) throw failure.error;
    },
    get waiting() {
      return waiting.length - head;
    },
  };
}
