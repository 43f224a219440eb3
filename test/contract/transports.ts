import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { decodeWire } from '../../shared/contract/wire.ts';
import type { Result } from '../../shared/result.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { silentLogger } from '../../electron/engine/log.ts';
import { startHttpHost } from '../../electron/host/http.ts';
import { createInProcessHost } from '../../electron/host/in-process.ts';
import { connectPort, servePort } from '../../electron/host/message-port.ts';
import { createRouter } from '../../electron/host/router.ts';

/** A way to the engine as a client has it: names and plain values in, results and events out. */
export type Transport = {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Every event from now on; resolves when the way is open. */
  listen(listener: (name: string, payload: unknown) => void): Promise<void>;
};

/** All ways that a host offers. What they open is closed when the test ends. */
export const transports: { readonly [name: string]: (engine: Engine) => Promise<Transport> } = {
  'in process': inProcess,
  'message port': overPort,
  'loopback HTTP': overHttp,
};

async function inProcess(engine: Engine): Promise<Transport> {
  const host = createInProcessHost(engine, silentLogger);
  return {
    call: host.call as Transport['call'],
    async listen(listener) {
      onTestFinished(host.subscribe(listener));
    },
  };
}

async function overPort(engine: Engine): Promise<Transport> {
  const { port1, port2 } = new MessageChannel();
  const stop = servePort(port1, createRouter(engine, silentLogger), engine);
  const client = connectPort(port2);
  onTestFinished(() => {
    stop();
    client.close();
    port1.close();
    port2.close();
  });
  return {
    call: (name, input) => client.call(name, input),
    async listen(listener) {
      for (const name of eventNames) client.subscribe(name, (payload) => listener(name, payload));
    },
  };
}

const eventNames = ['workspaces.changed', 'scans.progress', 'scans.ended', 'views.changed', 'settings.changed'];

async function overHttp(engine: Engine): Promise<Transport> {
  const router = createRouter(engine, silentLogger);
  const host = await startHttpHost({ router, engine, pages: import.meta.dirname, port: 0, log: silentLogger });
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await host.close();
  });
  const origin = new URL(host.url).origin;
  const entry = await fetch(host.url, { redirect: 'manual' });
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    async call(name, input) {
      const headers = { Cookie: cookie, Origin: origin, 'Content-Type': 'application/json' };
      const response = await fetch(`${origin}/api/call`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ name, input }),
      });
      return decodeWire(new Uint8Array(await response.arrayBuffer())) as Result<unknown>;
    },
    async listen(listener) {
      const response = await fetch(`${origin}/api/events`, { headers: { Cookie: cookie }, signal: stop.signal });
      if (response.status !== 200 || response.body === null) throw new Error(`events were refused: ${response.status}`);
      void readEvents(response.body, listener);
    },
  };
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  listener: (name: string, payload: unknown) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const messages = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        if (!message.startsWith('data: ')) continue;
        const event = JSON.parse(message.slice('data: '.length)) as { name: string; payload: unknown };
        listener(event.name, event.payload);
      }
    }
  } catch {
    // The stream ends with its test.
  }
}
