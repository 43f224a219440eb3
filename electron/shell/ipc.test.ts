import type { IpcMain, WebContents } from 'electron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fail, ok } from '../../shared/result.ts';
import { silentLogger } from '../engine/log.ts';
import { channel, registerChannels } from './ipc.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

function bench() {
  const handlers = new Map<string, Handler>();
  const ipcMain = {
    handle: (name: string, handler: Handler) => void handlers.set(name, handler),
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
  } as unknown as IpcMain;
  const handled: unknown[] = [];
  const list = [
    channel('double', 'invoke', z.strictObject({ n: z.int().max(1000) }), ({ n }) => {
      handled.push(n);
      return n * 2;
    }),
    channel('broken', 'invoke', z.strictObject({}), () => {
      throw new Error('/home/somebody/file.ts is broken');
    }),
    channel('tell', 'send', z.strictObject({}), () => handled.push('told')),
  ];
  const frame = { url: 'app://countersign/inventory', parent: null };
  const contents = { mainFrame: frame, isDestroyed: () => false };
  registerChannels(ipcMain, list, (candidate) => candidate === (contents as unknown as WebContents), silentLogger);
  const ask = (name: string, event: unknown, ...args: unknown[]) => handlers.get(name)?.(event, ...args);
  return { ask, handled, frame, contents, event: { sender: contents, senderFrame: frame }, handlers };
}

describe('channels', () => {
  test('answer our page with values', async () => {
    const { ask, event } = bench();
    expect(await ask('double', event, { n: 21 })).toEqual(ok(42));
  });

  test('what a handler throws is a code, without paths', async () => {
    const { ask, event } = bench();
    expect(await ask('broken', event, {})).toEqual(fail('internal', 'That did not work. The log has the details.'));
  });

  test('messages that do not fit are refused before the handler', async () => {
    const { ask, event, handled } = bench();
    const refused = fail('bad-request', 'The message was not understood.');
    for (const args of [[], [null], [{ n: '1' }], [{ n: 1, m: 2 }], [{ n: 1001 }], [{ n: 1 }, { n: 2 }]]) {
      expect(await ask('double', event, ...args)).toEqual(refused);
    }
    expect(handled).toEqual([]);
  });

  test('a channel without an answer hears only what fits, from our page', async () => {
    const { ask, event, handled } = bench();
    ask('tell', event, { more: 1 });
    ask('tell', { ...event, senderFrame: null }, {});
    ask('tell', event, {});
    await expect.poll(() => handled).toEqual(['told']);
  });

  test('every other sender is refused', async () => {
    const { ask, contents, frame, handled } = bench();
    const refused = fail('bad-request', 'This page may not ask for that.');
    const elsewhere = (url: string) => {
      const other = { ...contents, mainFrame: { url, parent: null } };
      return { sender: other, senderFrame: other.mainFrame };
    };
    const events: unknown[] = [
      { sender: contents, senderFrame: null },
      { sender: contents, senderFrame: { url: 'app://countersign/', parent: frame } },
      { sender: contents, senderFrame: { url: 'app://countersign/', parent: null } },
      { sender: { ...contents, isDestroyed: () => true }, senderFrame: frame },
      elsewhere('app://countersign/'),
    ];
    for (const event of events) expect(await ask('double', event, { n: 1 })).toEqual(refused);
    for (const url of [
      'https://countersign/',
      'app://other/',
      'app://countersign.example/',
      'file:///app://countersign/',
      '',
      'about:blank',
    ]) {
      frame.url = url;
      expect(await ask('double', { sender: contents, senderFrame: frame }, { n: 1 })).toEqual(refused);
    }
    expect(handled).toEqual([]);
  });

  test('100,000 random messages on each channel, from a wrong and a right frame: refused or a typed answer', {
    timeout: 120_000,
  }, async () => {
    const { ask, event, handlers } = bench();
    const wrong = { ...event, senderFrame: { url: 'app://countersign/', parent: null } };
    const message = fc.oneof(
      fc.record({ n: fc.oneof(fc.integer(), fc.anything({ maxDepth: 1 })) }),
      fc.anything({ maxDepth: 2, withNullPrototype: true, withTypedArray: true }),
    );
    for (const name of handlers.keys()) {
      await fc.assert(
        fc.asyncProperty(message, async (value) => {
          const refusal = (await ask(name, wrong, value)) as { ok?: boolean } | undefined;
          const answer = (await ask(name, event, value)) as
            | { ok: boolean; value?: unknown; error?: { code: string } }
            | undefined;
          if (name === 'tell') return refusal === undefined && answer === undefined;
          if (refusal?.ok !== false || answer === undefined) return false;
          return answer.ok
            ? answer.value === (value as { n: number }).n * 2
            : ['bad-request', 'internal'].includes(answer.error?.code ?? '');
        }),
        { numRuns: 100_000, seed: 20_261_120 },
      );
    }
  });
});
