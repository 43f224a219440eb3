import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Engine, EventListener } from '../engine/engine.ts';
import { type Logger, silentLogger } from '../engine/log.ts';
import { connectPort } from './message-port.ts';
import { serveParentPort } from './parent-port.ts';
import type { Router } from './router.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function bench() {
  const asked: string[] = [];
  const answers = new Map<string, Result<unknown>>([
    ['workspaces.current', ok({ path: '/w/acme.countersign', name: 'acme' })],
    [
      'workspaces.recent',
      ok([
        { path: '/w/acme.countersign', name: 'acme', openedAt: 2, pinned: false, present: true },
        { path: '/w/gone.countersign', name: 'gone', openedAt: 1, pinned: true, present: false },
      ]),
    ],
    ['settings.get', ok({ theme: 'dark' })],
    ['workspaces.open', fail('not-found', 'There is no such file.')],
  ]);
  const call = async (name: unknown, input: unknown): Promise<Result<unknown>> => {
    asked.push(`${String(name)} ${JSON.stringify(input)}`);
    return answers.get(String(name)) ?? ok(input);
  };
  const router: Router = { call, ask: call as Router['ask'] };
  const listeners = new Set<EventListener>();
  let closed = 0;
  const engine: Engine = {
    handlers: {} as Engine['handlers'],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed += 1;
    },
  };
  const told: unknown[] = [];
  const parent = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => told.push(message) });
  const warnings: string[] = [];
  const log: Logger = { ...silentLogger, warn: (message) => warnings.push(message) };
  let exits = 0;
  serveParentPort(parent, engine, router, log, () => {
    exits += 1;
  });
  return { asked, answers, listeners, told, parent, warnings, closed: () => closed, exits: () => exits };
}

const atStart = [
  { type: 'workspace', path: '/w/acme.countersign', name: 'acme' },
  { type: 'theme', theme: 'dark' },
  { type: 'recent', workspaces: [{ path: '/w/acme.countersign', name: 'acme' }] },
];

test('tells at the start what is open, which workspaces are recent and the theme', async () => {
  const { told } = bench();
  await expect.poll(() => told.length).toBe(3);
  expect(told).toEqual(expect.arrayContaining(atStart));
});

test('tells again when something of it changed', async () => {
  const { told, answers, listeners } = bench();
  await expect.poll(() => told.length).toBe(3);
  answers.set('workspaces.current', ok(null));
  answers.set('workspaces.recent', ok([]));
  for (const listener of listeners) listener('workspaces.changed', { path: null });
  await expect
    .poll(() => told.slice(3))
    .toEqual([
      { type: 'workspace', path: null, name: null },
      { type: 'recent', workspaces: [] },
    ]);
});

test('serves every port that it is given', async () => {
  const { parent } = bench();
  for (const input of ['one', 'two']) {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    parent.emit('message', { data: { type: 'serve' }, ports: [port1] });
    expect(await connectPort(port2).call('echo', input)).toEqual(ok(input));
  }
});

test('opens again what was open and survives that it is not there', async () => {
  const { parent, asked, warnings } = bench();
  parent.emit('message', { data: { type: 'reopen', path: '/w/acme.countersign' }, ports: [] });
  await expect.poll(() => warnings).toEqual(['the workspace could not be opened again']);
  expect(asked).toContain('workspaces.open {"path":"/w/acme.countersign"}');
});

test('closes the engine before it ends', async () => {
  const { parent, closed, exits } = bench();
  parent.emit('message', { data: { type: 'close' }, ports: [] });
  await expect.poll(exits).toBe(1);
  expect(closed()).toBe(1);
});

test('what is not understood changes nothing', () => {
  const { parent, warnings, exits } = bench();
  for (const data of [null, 'close', { type: 'close', now: true }, { type: 'reopen' }, { type: 'kill' }]) {
    parent.emit('message', { data, ports: [] });
  }
  parent.emit('message', { data: { type: 'serve' }, ports: [] });
  expect(warnings).toEqual([
    ...Array.from({ length: 5 }, () => 'message of the window was not understood'),
    'message of the window carried no port',
  ]);
  expect(exits()).toBe(0);
});
