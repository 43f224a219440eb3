import { EventEmitter } from 'node:events';
import type { MessagePortMain, WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromEngine } from '../host/engine-messages.ts';
import { silentLogger } from '../engine/log.ts';
import { channels } from './channels.ts';
import { type EngineChild, startEngineProcess } from './engine-process.ts';

class Child extends EventEmitter implements EngineChild {
  readonly pid = 1;
  readonly heard: [unknown, number][] = [];
  killed = false;
  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    this.heard.push([message, transfer.length]);
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 9);
    return true;
  }
}

function bench() {
  const children: Child[] = [];
  const messages: FromEngine[] = [];
  let givenUp = 0;
  const engine = startEngineProcess({
    fork: () => {
      const child = new Child();
      children.push(child);
      return child;
    },
    makeChannel: () => ({ port1: {} as MessagePortMain, port2: {} as MessagePortMain }),
    entry: '/out/engine-process.js',
    log: silentLogger,
    now: Date.now,
    onMessage: (message) => messages.push(message),
    onGivenUp: () => {
      givenUp += 1;
    },
  });
  const seen: string[] = [];
  const page = Object.assign(new EventEmitter(), {
    gone: false,
    isDestroyed: () => page.gone,
    send: (channel: string) => seen.push(channel),
    postMessage: (channel: string, _message: unknown, ports: unknown[]) => seen.push(`${channel} ${ports.length}`),
  });
  return { engine, children, messages, page, contents: page as unknown as WebContents, seen, givenUp: () => givenUp };
}

const port = `${channels.enginePort} 1`;
const serve = [{ type: 'serve' }, 1];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a page gets one end of a channel and the engine the other', () => {
  const { engine, children, contents, seen } = bench();
  engine.connect(contents);
  expect(seen).toEqual([port]);
  expect(children[0]?.heard).toEqual([serve]);
});

test('after a death the page hears of it, and gets a port to the next life, which opens what was open', () => {
  const { engine, children, contents, seen, messages } = bench();
  engine.connect(contents);
  children[0]?.emit('message', { type: 'workspace', path: '/w/a.countersign', name: 'a' });
  children[0]?.emit('exit', 1);
  expect(seen).toEqual([port, channels.engineStopped]);
  expect(engine.pid()).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(seen).toEqual([port, channels.engineStopped, port]);
  expect(children[1]?.heard).toEqual([serve, [{ type: 'reopen', path: '/w/a.countersign' }, 0]]);
  expect(messages).toEqual([{ type: 'workspace', path: '/w/a.countersign', name: 'a' }]);
});

test('a page that is gone is not told', () => {
  const { engine, children, contents, page, seen } = bench();
  engine.connect(contents);
  page.gone = true;
  page.emit('destroyed');
  children[0]?.emit('exit', 1);
  vi.advanceTimersByTime(1);
  expect(seen).toEqual([port]);
});

test('an engine that keeps dying is given up, one that dies now and then is not', () => {
  const often = bench();
  for (let death = 0; death < 6; death += 1) {
    often.children.at(-1)?.emit('exit', 1);
    vi.advanceTimersByTime(10_000);
  }
  expect([often.children.length, often.givenUp()]).toEqual([6, 1]);

  const seldom = bench();
  for (let death = 0; death < 20; death += 1) {
    seldom.children.at(-1)?.emit('exit', 1);
    vi.advanceTimersByTime(61_000);
  }
  expect([seldom.children.length, seldom.givenUp()]).toEqual([21, 0]);
});

test('a clean end waits for the engine, and is not a death', async () => {
  const { engine, children, contents, seen } = bench();
  engine.connect(contents);
  const stopped = engine.stop();
  expect(children[0]?.heard.at(-1)).toEqual([{ type: 'close' }, 0]);
  children[0]?.emit('exit', 0);
  await stopped;
  vi.advanceTimersByTime(60_000);
  expect([children.length, children[0]?.killed, seen]).toEqual([1, false, [port]]);
});

test('an engine that does not end is killed', async () => {
  const { engine, children } = bench();
  const stopped = engine.stop();
  vi.advanceTimersByTime(5001);
  await stopped;
  expect(children[0]?.killed).toBe(true);
});

test('what is not understood is dropped', () => {
  const { children, messages } = bench();
  for (const message of [null, 'x', { type: 'theme', theme: 'pink' }, { type: 'workspace', path: 1, name: null }]) {
    children[0]?.emit('message', message);
  }
  expect(messages).toEqual([]);
});
