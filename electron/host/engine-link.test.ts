import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { EventListener } from '../engine/engine.ts';
import { createEngineLink } from './engine-link.ts';
import { servePort } from './message-port.ts';
import type { Router } from './router.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** One life of an engine: serves a fresh channel and can die. */
function life(
  name: string,
  answers = true,
): { readonly port: MessagePort; readonly emit: () => void; readonly die: () => void } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const listeners = new Set<EventListener>();
  const call: Router['call'] = async (called, input) => (answers ? ok({ name, called, input }) : new Promise(() => {}));
  servePort(
    port1,
    { call, ask: call as Router['ask'] },
    {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  );
  return {
    port: port2,
    emit: () => {
      for (const listener of listeners) listener('workspaces.changed', { path: name });
    },
    die: () => port1.close(),
  };
}

test('a call before the first port waits for it', async () => {
  const link = createEngineLink();
  const answer = link.call('views.list', {});
  link.attach(life('first').port);
  expect(await answer).toEqual(ok({ name: 'first', called: 'views.list', input: {} }));
});

test('without a port a call answers unavailable after the patience', async () => {
  const link = createEngineLink(20);
  expect(await link.call('views.list', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

test('open calls answer unavailable when the engine dies, and the next life answers again', async () => {
  const link = createEngineLink();
  const first = life('first', false);
  link.attach(first.port);
  const open = link.call('views.list', {});
  first.die();
  expect(await open).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  const later = link.call('views.list', {});
  link.attach(life('second').port);
  expect(await later).toMatchObject({ ok: true, value: { name: 'second' } });
});

test('open calls answer unavailable when the host says that the engine is gone, even if the port stays silent', async () => {
  const link = createEngineLink();
  link.attach(life('first', false).port);
  const open = link.call('views.list', {});
  link.detach();
  expect(await open).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

test('subscriptions outlive the port they were made on', async () => {
  const link = createEngineLink();
  const heard: unknown[] = [];
  link.subscribe('workspaces.changed', (payload) => heard.push(payload));
  const first = life('first');
  link.attach(first.port);
  const stop = link.subscribe('workspaces.changed', (payload) => heard.push(['also', payload]));
  await link.call('a', {});
  first.emit();
  await link.call('a', {});
  expect(heard).toEqual([{ path: 'first' }, ['also', { path: 'first' }]]);
  stop();
  const second = life('second');
  link.attach(second.port);
  await link.call('a', {});
  first.emit();
  second.emit();
  await link.call('a', {});
  expect(heard.slice(2)).toEqual([{ path: 'second' }]);
});
