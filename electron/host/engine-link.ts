import type { Result } from '../../shared/result.ts';
import { connectPort, type PortClient, type PortLike } from './message-port.ts';

/**
 * The client's side of an engine that may die and come back: one port after the other, calls that wait a while for the
 * next one, and subscriptions that outlive them all.
 */
export type EngineLink = {
  /** Never rejects; `unavailable` when the port closes under the call, or none arrives within the patience. */
  call(name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
  /** A new port is here; what was open on the one before answers `unavailable`. */
  attach(port: PortLike): void;
  /** The engine is gone. */
  detach(): void;
};

const patienceMilliseconds = 10_000;
/** Calls that may wait for a port at a time. */
const maxWaiting = 1000;

const unavailable: Result<never> = {
  ok: false,
  error: { code: 'unavailable', message: 'The engine is not running. It is being started again.' },
};

export function createEngineLink(patience = patienceMilliseconds): EngineLink {
  let client: PortClient | null = null;
  const waiting = new Set<(arrived: PortClient | null) => void>();
  const subscriptions = new Map<string, Set<(payload: unknown) => void>>();

  function nextClient(): Promise<PortClient | null> {
    if (waiting.size >= maxWaiting) return Promise.resolve(null);
    return new Promise((resolve) => {
      const settle = (arrived: PortClient | null): void => {
        clearTimeout(timer);
        waiting.delete(settle);
        resolve(arrived);
      };
      const timer = setTimeout(() => settle(null), patience);
      waiting.add(settle);
    });
  }

  const forward =
    (name: string): ((payload: unknown) => void) =>
    (payload) => {
      for (const listener of [...(subscriptions.get(name) ?? [])]) listener(payload);
    };

  function detach(): void {
    const ended = client;
    client = null;
    ended?.close();
  }

  return {
    async call(name, input) {
      const current = client ?? (await nextClient());
      return current === null ? unavailable : current.call(name, input);
    },
    subscribe(name, listener) {
      let set = subscriptions.get(name);
      if (set === undefined) {
        set = new Set();
        subscriptions.set(name, set);
        client?.subscribe(name, forward(name));
      }
      set.add(listener);
      return () => {
        subscriptions.get(name)?.delete(listener);
      };
    },
    attach(port) {
      detach();
      const attached = connectPort(port);
      client = attached;
      attached.onClose(() => {
        if (client === attached) client = null;
      });
      for (const name of subscriptions.keys()) attached.subscribe(name, forward(name));
      for (const settle of [...waiting]) settle(attached);
    },
    detach,
  };
}
