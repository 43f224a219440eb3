import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../shared/result.ts';
import { type Client, createClient, type Transport } from './client.ts';
import { QueryCache } from './query-cache.ts';

/** An engine that answers when the test says so. */
function createControlledEngine() {
  const asked: { readonly name: string; answer(result: Result<unknown>): void }[] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const transport: Transport = {
    call: (name) => new Promise((resolve) => asked.push({ name, answer: resolve })),
    subscribe: (name, listener) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  };
  const client: Client = createClient(transport, { host: 'browser' });
  return { asked, client, send: (name: string, payload: unknown) => listeners.get(name)?.(payload) };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const view = (name: string) => ({ id: name, name, screen: 'inventory', search: '', createdAt: 1 });

describe('query cache', () => {
  it('asks once for the same call and input', async () => {
    const { asked, client } = createControlledEngine();
    const cache = new QueryCache(client);
    expect(cache.read('views.list', {})).toEqual({ state: 'loading' });
    cache.read('views.list', {});
    asked[0]?.answer(ok([view('a')]));
    await settle();
    expect(asked.length).toBe(1);
    expect(cache.read('views.list', {})).toEqual({ state: 'ready', value: [view('a')], stale: false });
  });

  it('keeps the old answer on screen while it asks again, and drops answers to older questions', async () => {
    const { asked, client, send } = createControlledEngine();
    const cache = new QueryCache(client);
    cache.connect();
    cache.read('views.list', {});
    cache.watch('views.list', {}, () => {});
    asked[0]?.answer(ok([view('a')]));
    await settle();
    send('views.changed', {});
    send('views.changed', {});
    expect(cache.read('views.list', {})).toEqual({ state: 'ready', value: [view('a')], stale: true });
    asked[2]?.answer(ok([view('c')]));
    await settle();
    asked[1]?.answer(ok([view('b')]));
    await settle();
    expect(cache.read('views.list', {})).toEqual({ state: 'ready', value: [view('c')], stale: false });
  });

  it('keeps the value after a failure of asking again', async () => {
    const { asked, client, send } = createControlledEngine();
    const cache = new QueryCache(client);
    cache.connect();
    cache.read('views.list', {});
    cache.watch('views.list', {}, () => {});
    asked[0]?.answer(ok([]));
    await settle();
    send('views.changed', {});
    const error = { code: 'unavailable', message: 'gone' } as const;
    asked[1]?.answer({ ok: false, error });
    await settle();
    expect(cache.read('views.list', {})).toEqual({ state: 'failed', error, value: [] });
  });

  it('forgets what nobody looks at', async () => {
    const { asked, client, send } = createControlledEngine();
    const cache = new QueryCache(client);
    cache.connect();
    cache.read('views.list', {});
    asked[0]?.answer(ok([]));
    await settle();
    send('views.changed', {});
    expect(asked.length).toBe(1);
    expect(cache.read('views.list', {})).toEqual({ state: 'loading' });
    expect(asked.length).toBe(2);
  });

  it('takes progress from its event without asking', () => {
    const { asked, client, send } = createControlledEngine();
    const cache = new QueryCache(client);
    cache.connect();
    const progress = {
      number: 1,
      phase: 'reading',
      folders: 1,
      files: 2,
      filesRead: 1,
      filesWanted: 2,
      agents: 0,
      issues: 0,
      current: '/a',
    };
    send('scans.progress', progress);
    expect(cache.read('scans.running', {})).toEqual({ state: 'ready', value: progress, stale: false });
    expect(asked.length).toBe(0);
  });
});

describe('client', () => {
  it('refuses an answer that does not fit the contract', async () => {
    const { asked, client } = createControlledEngine();
    const answer = client.call('views.list', {});
    asked[0]?.answer(ok([{ id: 1 }]));
    expect((await answer).ok).toBe(false);
  });

  it('turns a transport that throws into a failure', async () => {
    const client = createClient(
      { call: () => Promise.reject(new Error('socket')), subscribe: () => () => {} },
      { host: 'browser' },
    );
    expect(await client.call('views.list', {})).toEqual({
      ok: false,
      error: { code: 'unavailable', message: 'The engine did not answer.' },
    });
  });

  it('drops events that do not fit the contract', () => {
    const { client, send } = createControlledEngine();
    const heard: unknown[] = [];
    client.subscribe('workspaces.changed', (payload) => heard.push(payload));
    send('workspaces.changed', { path: 3 });
    send('workspaces.changed', { path: '/w' });
    expect(heard).toEqual([{ path: '/w' }]);
  });
});
