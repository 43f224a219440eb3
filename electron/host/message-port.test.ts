import { MessageChannel, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { EventName, EventPayload } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EventListener } from '../engine/engine.ts';
import { connectPort, maxOpenCalls, servePort } from './message-port.ts';
import type { Router } from './router.ts';

type Bench = {
  readonly router: Router;
  readonly calls: { name: unknown; input: unknown }[];
  readonly engine: { subscribe(listener: EventListener): () => void };
  readonly listeners: Set<EventListener>;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
};

function bench(handle: (name: unknown, input: unknown) => Promise<Result<unknown>>): Bench {
  const calls: Bench['calls'] = [];
  const listeners = new Set<EventListener>();
  const call = async (name: unknown, input: unknown): Promise<Result<unknown>> => {
    calls.push({ name, input });
    return handle(name, input);
  };
  return {
    router: { call, ask: call as Router['ask'] },
    calls,
    listeners,
    engine: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload);
    },
  };
}

const channels: MessageChannel[] = [];
const channel = (): MessageChannel => {
  const made = new MessageChannel();
  channels.push(made);
  return made;
};
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

const echo = async (_name: unknown, input: unknown): Promise<Result<unknown>> => ok(input);

describe('servePort and connectPort over worker_threads ports', () => {
  test('typed arrays cross both ways as what they are', async () => {
    const { port1, port2 } = channel();
    const { router, engine } = bench(echo);
    servePort(port1, router, engine);
    const client = connectPort(port2);
    const input = {
      kinds: new Uint8Array([1, 2, 255]),
      from: new Uint32Array([0, 4294967295]),
      names: 'a\nb',
      nested: [{ x: new Float64Array([0.5]) }],
    };
    expect(await client.call('assets.columns', input)).toEqual(ok(input));
  });

  test('answers belong to their calls, in whatever order they come', async () => {
    const { port1, port2 } = channel();
    const waits = new Map<unknown, (result: Result<unknown>) => void>();
    const { router, engine } = bench((_name, input) => new Promise((resolve) => waits.set(input, resolve)));
    servePort(port1, router, engine);
    const client = connectPort(port2);
    const answers = [client.call('a', 1), client.call('a', 2), client.call('a', 3)];
    await expect.poll(() => waits.size).toBe(3);
    for (const n of [3, 1, 2]) waits.get(n)?.(ok(`answer ${n}`));
    expect(await Promise.all(answers)).toEqual([ok('answer 1'), ok('answer 2'), ok('answer 3')]);
  });

  test('failures are values, and a router that throws is a value as well', async () => {
    const { port1, port2 } = channel();
    const { router, engine } = bench(async (name) => {
      if (name === 'broken') throw new Error('/home/somebody/secret/path.ts broke');
      return fail('not-found', 'There is no such scan.');
    });
    servePort(port1, router, engine);
    const client = connectPort(port2);
    expect(await client.call('scans.list', {})).toEqual(fail('not-found', 'There is no such scan.'));
    expect(await client.call('broken', {})).toEqual(fail('internal', 'The call failed.'));
  });

  test('an answer that cannot be cloned is an internal error and not silence', async () => {
    const { port1, port2 } = channel();
    const { router, engine } = bench(async () => ok(() => 1));
    servePort(port1, router, engine);
    expect(await connectPort(port2).call('a', {})).toEqual(fail('internal', 'The answer could not be sent.'));
  });

  test('an input that cannot be cloned is refused at the client', async () => {
    const { port1, port2 } = channel();
    const { router, engine, calls } = bench(echo);
    servePort(port1, router, engine);
    expect(await connectPort(port2).call('a', () => 1)).toEqual(
      fail('bad-request', 'The input of the call cannot be sent.'),
    );
    expect(calls).toEqual([]);
  });

  test('events reach their listeners until they stop listening', async () => {
    const { port1, port2 } = channel();
    const { router, engine, emit } = bench(echo);
    servePort(port1, router, engine);
    const client = connectPort(port2);
    const heard: unknown[] = [];
    const stop = client.subscribe('workspaces.changed', (payload) => heard.push(payload));
    emit('views.changed', {});
    emit('workspaces.changed', { path: '/a.countersign' });
    await client.call('a', null);
    stop();
    emit('workspaces.changed', { path: null });
    await client.call('a', null);
    expect(heard).toEqual([{ path: '/a.countersign' }]);
  });

  test('when the server end closes, open and later calls answer unavailable', async () => {
    const { port1, port2 } = channel();
    const { router, engine, listeners } = bench(() => new Promise(() => {}));
    const end = servePort(port1, router, engine);
    const client = connectPort(port2);
    let closed = 0;
    client.onClose(() => {
      closed += 1;
    });
    const open = client.call('slow', {});
    end();
    const stopped = fail('unavailable', 'The engine stopped before it answered.');
    expect(await open).toEqual(stopped);
    expect(await client.call('later', {})).toEqual(stopped);
    expect(closed).toBe(1);
    expect(listeners.size).toBe(0);
  });

  test('when the client closes, the server stops listening to the engine', async () => {
    const { port1, port2 } = channel();
    const { router, engine, listeners } = bench(echo);
    servePort(port1, router, engine);
    const client = connectPort(port2);
    await client.call('a', {});
    expect(listeners.size).toBe(1);
    client.close();
    await expect.poll(() => listeners.size).toBe(0);
  });

  test('an aborted call answers cancelled and its late answer is dropped', async () => {
    const { port1, port2 } = channel();
    const waits: ((result: Result<unknown>) => void)[] = [];
    const { router, engine } = bench((_name, input) =>
      input === 'slow' ? new Promise((resolve) => waits.push(resolve)) : Promise.resolve(ok(input)),
    );
    servePort(port1, router, engine);
    const client = connectPort(port2);
    const abort = new AbortController();
    const open = client.call('a', 'slow', abort.signal);
    await expect.poll(() => waits.length).toBe(1);
    abort.abort();
    expect(await open).toEqual(fail('cancelled', 'The call was cancelled.'));
    waits[0]?.(ok('late'));
    expect(await client.call('a', 'next')).toEqual(ok('next'));
    expect(await client.call('a', 'never', abort.signal)).toEqual(fail('cancelled', 'The call was cancelled.'));
  });

  test('more open calls than allowed are answered busy', async () => {
    const { port1, port2 } = channel();
    const { router, engine, calls } = bench(() => new Promise(() => {}));
    servePort(port1, router, engine);
    const client = connectPort(port2);
    for (let n = 0; n < maxOpenCalls; n += 1) void client.call('slow', n);
    expect(await client.call('one too many', {})).toEqual(fail('busy', 'Too many calls are open.'));
    expect(calls.length).toBe(maxOpenCalls);
  });

  test('a client in another thread is served the same way', async () => {
    const { port1, port2 } = channel();
    const { router, engine } = bench(async (_name, input) =>
      ok({ sum: (input as Uint32Array).reduce((a, b) => a + b, 0) }),
    );
    servePort(port1, router, engine);
    const source = `
      const { workerData, parentPort } = require('node:worker_threads');
      workerData.on('message', (m) => parentPort.postMessage(m));
      workerData.postMessage({ type: 'call', id: 7, name: 'sum', input: new Uint32Array([40, 2]) });`;
    const worker = new Worker(source, { eval: true, workerData: port2, transferList: [port2] });
    const answer = await new Promise((resolve) => worker.once('message', resolve));
    await worker.terminate();
    expect(answer).toEqual({ type: 'answer', id: 7, result: ok({ sum: 42 }) });
  });
});

describe('messages that are not understood', () => {
  test('are answered when they have an id, dropped when not, and never reach the router', async () => {
    const { port1, port2 } = channel();
    const { router, engine, calls } = bench(echo);
    servePort(port1, router, engine);
    const heard: unknown[] = [];
    port2.on('message', (message) => heard.push(message));
    const misunderstood = fail('bad-request', 'The message was not understood.');
    for (const message of [
      null,
      'call',
      42,
      [],
      {},
      { type: 'call', name: 'a' },
      { type: 'call', id: -1, name: 'a' },
      { type: 'call', id: 1.5, name: 'a' },
      { type: 'call', id: '1', name: 'a' },
    ]) {
      port2.postMessage(message);
    }
    port2.postMessage({ type: 'call', id: 1, name: 5 });
    port2.postMessage({ type: 'answer', id: 2, result: ok(1) });
    port2.postMessage({ type: 'call', id: 3, name: 'x'.repeat(101) });
    await expect.poll(() => heard.length).toBe(3);
    expect(heard).toEqual([1, 2, 3].map((id) => ({ type: 'answer', id, result: misunderstood })));
    expect(calls).toEqual([]);
  });

  test('100,000 random messages: the server answers each id at most once and stays alive', { timeout: 120_000 }, () => {
    const posted: unknown[] = [];
    let deliver: (event: { data: unknown }) => void = () => {};
    const port = {
      on: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
        if (type === 'message') deliver = listener;
      },
      postMessage: (message: unknown) => posted.push(message),
    };
    const { router, engine } = bench(() => new Promise(() => {}));
    servePort(port, router, engine);
    const message = fc.oneof(
      fc.anything({ withNullPrototype: true, withTypedArray: true, withBigInt: true, maxDepth: 3 }),
      fc.record(
        {
          type: fc.oneof(fc.constant('call'), fc.string(), fc.anything({ maxDepth: 1 })),
          id: fc.oneof(fc.nat(), fc.integer(), fc.double(), fc.string()),
          name: fc.oneof(
            fc.string(),
            fc.constant('__proto__'),
            fc.constant('constructor'),
            fc.anything({ maxDepth: 1 }),
          ),
          input: fc.anything({ maxDepth: 2 }),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(message, (data) => {
        posted.length = 0;
        deliver({ data });
        const id = (data as { id?: unknown } | null)?.id;
        expect(posted.length).toBeLessThanOrEqual(1);
        if (posted.length === 1) expect(posted[0]).toMatchObject({ type: 'answer', id, result: { ok: false } });
      }),
      { numRuns: 100_000, seed: 20_261_120 },
    );
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });

  test('a client ignores what a server would not send', () => {
    let deliver: (event: { data: unknown }) => void = () => {};
    const port = {
      on: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
        if (type === 'message') deliver = listener;
      },
      postMessage: () => {},
    };
    const client = connectPort(port);
    const settled: unknown[] = [];
    void client.call('a', {}).then((result) => settled.push(result));
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (data) => {
        deliver({ data });
      }),
      { numRuns: 2000, seed: 20_261_120 },
    );
    deliver({ data: { type: 'answer', id: 1 } });
    deliver({ data: { type: 'answer', id: 1, result: { ok: false, error: 'x' } } });
    deliver({ data: { type: 'answer', id: 1, result: ok('right') } });
    return expect.poll(() => settled).toEqual([ok('right')]);
  });
});
