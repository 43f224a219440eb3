import type { LayoutAnswer, LayoutRequest } from './layout-graph.ts';
import { startWorker } from './worker-policy.ts';
import workerUrl from './layout-worker.ts?worker&url';

export type LayoutOutcome =
  | { readonly state: 'done'; readonly answer: LayoutAnswer }
  | { readonly state: 'cancelled' }
  | { readonly state: 'too-long'; readonly seconds: number }
  | { readonly state: 'failed'; readonly message: string };

export type Layouter = {
  /** Places a graph in the worker. A newer request, `cancel` or the time limit ends the one before by ending the worker. */
  run(request: LayoutRequest, seconds?: number): Promise<LayoutOutcome>;
  cancel(): void;
  close(): void;
};

type Pending = {
  readonly id: number;
  readonly settle: (outcome: LayoutOutcome) => void;
  readonly timer: ReturnType<typeof setTimeout>;
};

export function createLayouter(start: () => Worker = () => startWorker(workerUrl)): Layouter {
  let worker: Worker | null = null;
  let pending: Pending | null = null;
  let last = 0;

  const finish = (outcome: LayoutOutcome): void => {
    if (pending === null) return;
    const { settle, timer } = pending;
    pending = null;
    clearTimeout(timer);
    settle(outcome);
  };
  const stop = (outcome: LayoutOutcome): void => {
    if (pending === null) return;
    worker?.terminate();
    worker = null;
    finish(outcome);
  };
  const ready = (): Worker => {
    if (worker !== null) return worker;
    const started = start();
    started.onmessage = (event: MessageEvent<{ readonly id: number; readonly answer: LayoutAnswer }>) => {
      if (event.data.id === pending?.id) finish({ state: 'done', answer: event.data.answer });
    };
    started.onerror = (event) =>
      stop({ state: 'failed', message: event.message || 'The layout worker could not be started.' });
    worker = started;
    return started;
  };
  // Starting a worker takes longer than most layouts: it is there before the first question.
  ready();

  return {
    run(request, seconds = 10) {
      stop({ state: 'cancelled' });
      last += 1;
      const id = last;
      return new Promise((settle) => {
        const timer = setTimeout(() => stop({ state: 'too-long', seconds }), seconds * 1000);
        pending = { id, settle, timer };
        ready().postMessage({ id, request });
      });
    },
    cancel: () => stop({ state: 'cancelled' }),
    close() {
      stop({ state: 'cancelled' });
      worker?.terminate();
      worker = null;
    },
  };
}
