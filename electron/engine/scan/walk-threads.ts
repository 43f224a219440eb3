import { Worker } from 'node:worker_threads';
import type { DiskAnswer, DiskRequest, Found, WalkJob } from './disk-messages.ts';
import type { MatchState } from './location-matcher.ts';
import { createTaskPacker, type PackedTask, type TaskPacker, type WalkTask } from './walk-task.ts';
import type { WalkCounts } from './walker.ts';

/**
 * Threads that walk large roots while the scan parses and stores. They only come up in scans that are large enough to gain
 * by it; until then, or where they cannot, the scan walks by itself.
 */
export type WalkThreads = {
  /** Help with one root. `found` is called with what the threads find, in no order; one root at a time. */
  help(job: WalkJob, start: MatchState, signal: AbortSignal, found: (part: Found) => void): WalkHelp;
  close(): Promise<void>;
};

export type WalkHelp = {
  /** Called for every folder that the scan would list next: true when the threads took all that wait. */
  handOver(waiting: WalkTask[]): boolean;
  /** Resolves to what the threads counted when none of them has anything left. Throws what went wrong in one. */
  finish(): Promise<WalkCounts>;
};

/** Folders that a scan lists by itself before it takes threads to help: most checkouts are done by then. */
const listedBefore = 64;

type Thread = { readonly worker: Worker; isUp: boolean; isIdle: boolean; isAsked: boolean };
type Help = {
  readonly job: WalkJob;
  readonly signal: AbortSignal;
  readonly packer: TaskPacker;
  readonly found: (part: Found) => void;
  readonly counts: WalkCounts;
  begun: boolean;
  wake: () => void;
};

export function createWalkThreads(script: URL, count: number): WalkThreads {
  let threads: Thread[] = [];
  let state: 'resting' | 'started' | 'ended' = 'resting';
  let listed = 0;
  let help: Help | null = null;
  let failure: Error | null = null;

  const post = ({ worker }: Thread, request: DiskRequest): void => worker.postMessage(request);

  function start(): void {
    state = 'started';
    for (let index = 0; index < count; index++) {
      const worker = new Worker(script, {
        resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 8 },
      });
      const thread: Thread = { worker, isUp: false, isIdle: true, isAsked: false };
      threads.push(thread);
      worker.unref();
      worker.on('message', (answer: DiskAnswer) => {
        try {
          hear(thread, answer);
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      });
      worker.on('error', (error) => lose(thread, error));
      worker.on('exit', () => lose(thread, new Error('a thread that walks folders ended by itself')));
    }
  }

  function fail(error: Error): void {
    failure ??= error;
    help?.wake();
  }

  /** A thread that never came up is done without; what one had taken over is lost with it, and the walk is not whole. */
  function lose(thread: Thread, error: Error): void {
    threads = threads.filter((other) => other !== thread);
    if (!thread.isIdle) fail(error);
    else help?.wake();
  }

  function hear(thread: Thread, answer: DiskAnswer): void {
    switch (answer.type) {
      case 'ready':
        thread.isUp = true;
        if (help?.begun === true) join(thread, help);
        break;
      case 'found':
        help?.found(answer.part);
        post(thread, { type: 'taken' });
        balance();
        break;
      case 'given':
        thread.isAsked = false;
        deal(answer.tasks, thread);
        break;
      case 'idle':
        thread.isIdle = true;
        if (help !== null) addCounts(help.counts, answer.counts);
        balance();
        if (isDone()) help?.wake();
        break;
      default:
        fail(new Error(answer.message));
    }
  }

  function join(thread: Thread, { job }: Help): void {
    post(thread, { type: 'begin', job });
    balance();
  }

  /** Who has nothing to do gets some of what another one has. */
  function balance(): void {
    if (help?.signal.aborted !== false || !threads.some((thread) => thread.isUp && thread.isIdle)) return;
    for (const thread of threads) {
      if (thread.isIdle || thread.isAsked) continue;
      thread.isAsked = true;
      post(thread, { type: 'give' });
    }
  }

  function deal(packed: readonly PackedTask[], from: Thread | null): void {
    if (packed.length === 0 || help?.signal.aborted !== false) {
      if (isDone()) help?.wake();
      return;
    }
    const up = threads.filter((thread) => thread.isUp && thread !== from);
    const idle = up.filter((thread) => thread.isIdle);
    const takers = idle.length > 0 ? idle : up.length > 0 ? up : threads.filter((thread) => thread === from);
    for (const [index, taker] of takers.entries()) {
      const share = packed.filter((_, at) => at % takers.length === index);
      if (share.length === 0) continue;
      taker.isIdle = false;
      post(taker, { type: 'tasks', tasks: share });
    }
  }

  const isDone = (): boolean => threads.every((thread) => thread.isIdle && !thread.isAsked);

  return {
    help(job, startState, signal, found) {
      const current: Help = {
        job,
        signal,
        packer: createTaskPacker(startState),
        found,
        counts: { folders: 0, files: 0, prunedFolders: 0, ignoredFolders: 0, rawNames: 0 },
        begun: false,
        wake: () => {},
      };
      help = current;
      const abort = (): void => {
        for (const thread of threads) post(thread, { type: 'abort' });
      };
      return {
        handOver(waiting) {
          listed++;
          if (state === 'resting' && listed > listedBefore) start();
          if (state !== 'started' || waiting.length === 0 || !threads.some((thread) => thread.isUp)) return false;
          if (!current.begun) {
            current.begun = true;
            signal.addEventListener('abort', abort, { once: true });
            for (const thread of threads) if (thread.isUp) post(thread, { type: 'begin', job });
          }
          deal(current.packer.pack(waiting.splice(0)), null);
          return true;
        },
        async finish() {
          while (failure === null && !isDone()) await new Promise<void>((resolve) => (current.wake = resolve));
          signal.removeEventListener('abort', abort);
          help = null;
          if (failure !== null) throw failure;
          return current.counts;
        },
      };
    },
    async close() {
      state = 'ended';
      const ending = threads;
      threads = [];
      for (const { worker } of ending) {
        worker.removeAllListeners();
        worker.on('error', () => {});
      }
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}

function addCounts(sum: WalkCounts, more: WalkCounts): void {
  sum.folders += more.folders;
  sum.files += more.files;
  sum.prunedFolders += more.prunedFolders;
  sum.ignoredFolders += more.ignoredFolders;
  sum.rawNames += more.rawNames;
}
