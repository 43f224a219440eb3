import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contract } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { silentLogger } from '../../electron/engine/log.ts';
import { engineDeps } from '../../electron/host/engine-deps.ts';
import { type Transport, transports } from './transports.ts';

const names = Object.keys(transports);

async function open(name: string): Promise<{ readonly transport: Transport; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-contract-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('app/.claude/settings.json', JSON.stringify({ model: 'opus' }));
  write('app/.mcp.json', JSON.stringify({ mcpServers: { 'größe <b>': { command: 'server' } } }));
  const engine = await createEngine({
    ...engineDeps('browser', silentLogger),
    dataFolder: join(folder, 'data'),
    home: folder,
  });
  onTestFinished(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const make = transports[name];
  if (make === undefined) throw new Error(`no transport ${name}`);
  return { transport: await make(engine), folder };
}

const valueOf = <T>(result: Result<unknown>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value as T;
};

/** One visit from start screen to facts, with everything that differs between two visits taken out. */
async function visit({ transport, folder }: { transport: Transport; folder: string }): Promise<unknown> {
  const seen: unknown[] = [];
  const events: string[] = [];
  let ended = (): void => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  await transport.listen((name, payload) => {
    if (name !== 'scans.progress') events.push(`${name} ${JSON.stringify(payload)}`);
    if (name === 'scans.ended') ended();
  });
  const ask = async (name: string, input: unknown): Promise<Result<unknown>> => {
    const result = await transport.call(name, input);
    seen.push([name, result]);
    return result;
  };
  await ask('workspaces.current', {});
  await ask('assets.columns', { scan: null });
  await ask('workspaces.create', { path: join(folder, 'w.countersign'), name: 'w' });
  await ask('scans.start', { roots: [join(folder, 'app')], home: null, fsRoot: null, exclude: [] });
  await end;
  await ask('scans.coverage', { number: 1 });
  const columns = valueOf<{ ids: string }>(await ask('assets.columns', { scan: null }));
  await ask('assets.relationColumns', { scan: 1 });
  for (const id of columns.ids.split('\n')) await ask('assets.detail', { scan: 1, id });
  await ask('assets.detail', { scan: 1, id: 'gone' });
  await ask('assets.detail', { scan: 1, id: 7 });
  await ask('assets.detail', { scan: 1, id: 'x', more: true });
  await ask('no.such.call', {});
  await ask('__proto__', {});
  await ask('views.save', { id: null, name: ' mine ', screen: 'graph', search: '?a=1' });
  await ask('views.positions', { layout: 'x' });
  return normalise({ seen, events }, folder);
}

function normalise(value: unknown, folder: string): unknown {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    ArrayBuffer.isView(item) ? { array: item.constructor.name, values: [...(item as Uint8Array)] } : item,
  );
  const plain = text
    .replaceAll(folder, 'FOLDER')
    .replace(/"(createdAt|startedAt|endedAt|openedAt|sizeBytes)":\d+/g, '"$1":0');
  return JSON.parse(plain.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'));
}

test('a visit looks the same over every transport', async () => {
  const visits = [];
  for (const name of names) visits.push(await visit(await open(name)));
  expect(visits).toHaveLength(3);
  for (const other of visits.slice(1)) expect(other).toEqual(visits[0]);
  const text = JSON.stringify(visits[0]);
  for (const part of [
    'größe <b>',
    'Uint8Array',
    'Uint32Array',
    '"code":"not-found"',
    '"code":"bad-request"',
    'scans.ended',
  ])
    expect(text).toContain(part);
});

test.each(names)('%s: every call of the contract refuses what does not fit, as a value', async (name) => {
  const { transport } = await open(name);
  for (const call of Object.keys(contract)) {
    for (const input of [null, 'text', { unknown: true }]) {
      expect([call, await transport.call(call, input)]).toEqual([
        call,
        { ok: false, error: { code: 'bad-request', message: expect.any(String) } },
      ]);
    }
  }
});

test.each(names)('%s: commands take turns', async (name) => {
  const { transport, folder } = await open(name);
  valueOf(await transport.call('workspaces.create', { path: join(folder, 'w.countersign'), name: 'w' }));
  const saved = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      transport.call('views.save', { id: null, name: `view ${index}`, screen: 'graph', search: '' }),
    ),
  );
  expect(saved.every((result) => result.ok)).toBe(true);
  expect(valueOf<unknown[]>(await transport.call('views.list', {}))).toHaveLength(20);
});
