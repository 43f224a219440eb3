import { Worker } from 'node:worker_threads';
import type {
  DiskAnswer,
  DiskWorkerData,
  ListAnswer,
  ListRequest,
  SearchAnswer,
  SearchRequest,
} from './disk-messages.ts';

/**
 * A thread that lists folders and searches code files while the scan parses and stores. It only exists in scans that are
 * large enough to gain by it; whatever it cannot do, or until it is up, the scan does itself.
 */
export type DiskThread = {
  /** False: not taken, do it here. `done` with null: tried and not plain, do it here. */
  list(request: ListRequest, done: (answer: ListAnswer | null) => void): boolean;
  search(request: SearchRequest, done: (answer: SearchAnswer | null) => void): boolean;
  close(): Promise<void>;
};

/** Folders that a scan lists by itself before it takes a thread to help: about as long as starting one takes. */
const listedBefore = 600;
const foldersPerMessage = 32;
const filesPerMessage = 64;

type Waiting<Q, A> = { readonly request: Q; readonly done: (answer: A | null) => void };

export function createDiskThread(worker: URL, keywords: readonly Uint8Array[]): DiskThread {
  let thread: Worker | null = null;
  let state: 'resting' | 'starting' | 'up' | 'ended' = 'resting';
  let listed = 0;
  const lists = createQueue<ListRequest, ListAnswer>(foldersPerMessage, (id, folders) =>
    thread?.postMessage({ type: 'list', id, folders }),
  );
  const searches = createQueue<SearchRequest, SearchAnswer>(filesPerMessage, (id, files) =>
    thread?.postMessage({ type: 'search', id, files }),
  );

  function start(): void {
    state = 'starting';
    const workerData: DiskWorkerData = { keywords };
    thread = new Worker(worker, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
    });
    thread.unref();
    thread.on('message', (answer: DiskAnswer) => {
      if (answer.type === 'ready') state = state === 'starting' ? 'up' : state;
      else if (answer.type === 'listed') lists.answered(answer.id, answer.folders);
      else searches.answered(answer.id, answer.files);
    });
    // Without its helper the scan goes on alone, with what was asked and not answered first.
    const giveUp = (): void => {
      state = 'ended';
      lists.giveBack();
      searches.giveBack();
    };
    thread.on('error', giveUp);
    thread.on('exit', giveUp);
  }

  return {
    list(request, done) {
      listed++;
      if (state === 'resting' && listed > listedBefore) start();
      if (state !== 'up') return false;
      lists.add({ request, done });
      return true;
    },
    search(request, done) {
      if (state !== 'up') return false;
      searches.add({ request, done });
      return true;
    },
    async close() {
      state = 'ended';
      thread?.removeAllListeners();
      thread?.on('error', () => {});
      await thread?.terminate();
    },
  };
}

/** Gathers requests into messages; what does not fill one goes when the scan has done its turn. */
function createQueue<Q, A>(perMessage: number, post: (id: number, requests: readonly Q[]) => void) {
  let filling: Waiting<Q, A>[] = [];
  let scheduled = false;
  let lastId = 0;
  const sent = new Map<number, readonly Waiting<Q, A>[]>();
  const flush = (): void => {
    scheduled = false;
    if (filling.length === 0) return;
    const batch = filling;
    filling = [];
    lastId++;
    sent.set(lastId, batch);
    post(
      lastId,
      batch.map((waiting) => waiting.request),
    );
  };
  return {
    add(waiting: Waiting<Q, A>): void {
      filling.push(waiting);
      if (filling.length >= perMessage) flush();
      else if (!scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
    },
    answered(id: number, answers: readonly (A | null)[]): void {
      const batch = sent.get(id) ?? [];
      sent.delete(id);
      for (const [index, waiting] of batch.entries()) waiting.done(answers[index] ?? null);
    },
    giveBack(): void {
      const all = [...sent.values(), filling].flat();
      sent.clear();
      filling = [];
      for (const waiting of all) waiting.done(null);
    },
  };
}
