import { isEventName } from '../../shared/contract/index.ts';
import { decodeWire } from '../../shared/contract/wire.ts';
import { type Client, createClient, type Transport } from './client.ts';

type Listener = (payload: unknown) => void;

/** Calls over `POST /api/call`, events over one `EventSource` that is opened with the first listener. */
export function createBrowserTransport(): Transport {
  const listeners = new Map<string, Set<Listener>>();
  let stream: EventSource | undefined;

  const open = (): void => {
    stream = new EventSource('/api/events');
    let opened = false;
    stream.onopen = () => {
      // After a gap nobody knows what was missed: everything is asked again.
      if (opened) for (const listener of listeners.get('workspaces.changed') ?? []) listener({ path: null });
      opened = true;
    };
    stream.onmessage = (message) => {
      const event = parseEvent(String(message.data));
      if (event === undefined) return;
      for (const listener of listeners.get(event.name) ?? []) listener(event.payload);
    };
  };

  return {
    async call(name, input) {
      const response = await fetch('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
        credentials: 'same-origin',
        cache: 'no-store',
      });
      return decodeWire(new Uint8Array(await response.arrayBuffer()));
    },
    subscribe(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      if (stream === undefined) open();
      return () => set.delete(listener);
    },
  };
}

export const createBrowserClient = (): Client => createClient(createBrowserTransport(), { host: 'browser' });

/** `{"name","payload"}`; undefined for what this version does not know. */
export function parseEvent(data: string): { readonly name: string; readonly payload: unknown } | undefined {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event !== 'object' || event === null || !('name' in event) || !('payload' in event)) return undefined;
    return typeof event.name === 'string' && isEventName(event.name)
      ? { name: event.name, payload: event.payload }
      : undefined;
  } catch {
    return undefined;
  }
}
