import type { ErrorCode, Result } from '../../shared/result.ts';
import type { Engine } from '../engine/engine.ts';
import type { Router } from './router.ts';

/**
 * The contract over a message port: `call` goes to the engine, `answer` and `event` come from it. Everything crosses by
 * structured clone, so typed arrays stay typed arrays. This module runs in the engine process and, for the client end,
 * inside the sandboxed preload: it imports types only, so that no parser library ends up there.
 */
export type CallMessage = {
  readonly type: 'call';
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
};
export type AnswerMessage = { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> };
export type EventMessage = { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** A port of the web platform or of node:worker_threads: the message is in `data` of an event. */
type EventTargetPort = {
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void;
  postMessage(message: unknown): void;
  start?(): void;
  close?(): void;
};
/** Electron's MessagePortMain and process.parentPort: emitters of `{ data, ports }`. */
type EmitterPort = {
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start?(): void;
  close?(): void;
};
export type PortLike = EventTargetPort | EmitterPort;

const fail = (code: ErrorCode, message: string): Result<never> => ({ ok: false, error: { code, message } });

/** Calls of one port that may be open at a time; more are answered `busy`. */
export const maxOpenCalls = 1000;
/** A call name is short; anything longer is not one and is not copied into an answer or a log. */
const maxNameLength = 100;

function listen(port: PortLike, onMessage: (message: unknown) => void, onClose: () => void): void {
  if ('addEventListener' in port) {
    port.addEventListener('message', (event) => onMessage(event.data));
    port.addEventListener('close', onClose);
  } else {
    port.on('message', (event) => onMessage(event.data));
    port.on('close', onClose);
  }
  port.start?.();
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isRequestId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Answers calls that arrive on the port and sends it every event of the engine, until the port closes or the returned
 * function is called. A message that is not understood is answered when it carries an id, else dropped.
 */
export function servePort(port: PortLike, router: Router, engine: Pick<Engine, 'subscribe'>): () => void {
  let ended = false;
  const open = new Set<number>();
  const post = (message: AnswerMessage | EventMessage): void => {
    if (!ended) port.postMessage(message);
  };
  const answer = (id: number, result: Result<unknown>): void => {
    try {
      post({ type: 'answer', id, result });
    } catch {
      // What cannot be cloned is our own mistake; the caller must still get an answer.
      post({ type: 'answer', id, result: fail('internal', 'The answer could not be sent.') });
    }
  };
  const unsubscribe = engine.subscribe((name, payload) => post({ type: 'event', name, payload }));
  const end = (): void => {
    if (ended) return;
    ended = true;
    unsubscribe();
    open.clear();
  };

  const onMessage = (message: unknown): void => {
    if (ended || !isRecord(message)) return;
    const { type, id, name, input } = message;
    if (!isRequestId(id) || open.has(id)) return;
    if (type !== 'call' || typeof name !== 'string' || name.length > maxNameLength) {
      answer(id, fail('bad-request', 'The message was not understood.'));
      return;
    }
    if (open.size >= maxOpenCalls) {
      answer(id, fail('busy', 'Too many calls are open.'));
      return;
    }
    open.add(id);
    void router
      .call(name, input)
      .catch(() => fail('internal', 'The call failed.'))
      .then((result) => {
        open.delete(id);
        answer(id, result);
      });
  };

  listen(port, onMessage, end);
  return () => {
    end();
    port.close?.();
  };
}

export type PortClient = {
  /** Never rejects: a port that closes answers `unavailable`, an aborted signal `cancelled` (the engine still finishes). */
  call(name: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown>>;
  /** Listens to one event by name. Returns the end of it. */
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
  onClose(listener: () => void): void;
  close(): void;
};

const unavailable = (): Result<never> => fail('unavailable', 'The engine stopped before it answered.');

/** The other end of `servePort`. Checks the form of what arrives, not the values: those are the caller's to parse. */
export function connectPort(port: PortLike): PortClient {
  let closed = false;
  let lastId = 0;
  const open = new Map<number, (result: Result<unknown>) => void>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const closeListeners = new Set<() => void>();

  const end = (): void => {
    if (closed) return;
    closed = true;
    for (const settle of [...open.values()]) settle(unavailable());
    open.clear();
    for (const listener of closeListeners) listener();
  };

  const onMessage = (message: unknown): void => {
    if (closed || !isRecord(message)) return;
    if (message['type'] === 'answer' && isRequestId(message['id']) && isResult(message['result'])) {
      open.get(message['id'])?.(message['result']);
    } else if (message['type'] === 'event' && typeof message['name'] === 'string') {
      for (const listener of [...(listeners.get(message['name']) ?? [])]) listener(message['payload']);
    }
  };

  listen(port, onMessage, end);

  return {
    call(name, input, signal) {
      if (closed) return Promise.resolve(unavailable());
      if (signal?.aborted) return Promise.resolve(fail('cancelled', 'The call was cancelled.'));
      return new Promise((resolve) => {
        lastId += 1;
        const id = lastId;
        const settle = (result: Result<unknown>): void => {
          open.delete(id);
          signal?.removeEventListener('abort', onAbort);
          resolve(result);
        };
        const onAbort = (): void => settle(fail('cancelled', 'The call was cancelled.'));
        open.set(id, settle);
        signal?.addEventListener('abort', onAbort);
        try {
          port.postMessage({ type: 'call', id, name, input } satisfies CallMessage);
        } catch {
          settle(fail('bad-request', 'The input of the call cannot be sent.'));
        }
      });
    },
    subscribe(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onClose(listener) {
      closeListeners.add(listener);
    },
    close() {
      end();
      port.close?.();
    },
  };
}

function isResult(value: unknown): value is Result<unknown> {
  if (!isRecord(value)) return false;
  if (value['ok'] === true) return 'value' in value;
  const error = value['error'];
  return (
    value['ok'] === false &&
    isRecord(error) &&
    typeof error['code'] === 'string' &&
    typeof error['message'] === 'string'
  );
}
