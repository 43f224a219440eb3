import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, makeHome, type Running } from './launch.ts';

const { home, remove } = makeHome();
let running: Running;
beforeAll(async () => {
  running = await launch(home);
});
afterAll(async () => {
  await running?.app.close();
  remove();
});

const call = (name: string, input: unknown): Promise<unknown> =>
  running.page.evaluate(([called, value]) => window.countersign.call(called as string, value), [name, input] as const);

/** The one utility process that is the engine. */
async function enginePid(): Promise<number> {
  const found = await running.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type, name }) => type === 'Utility' && name === 'Countersign engine')
      .map(({ pid }) => pid),
  );
  expect(found.length).toBe(1);
  return found[0] ?? 0;
}

describe('the engine behind the window', () => {
  test('answers calls, and what it does not know is a value', async () => {
    expect(await call('workspaces.current', {})).toEqual({ ok: true, value: null });
    expect(await call('no.such.call', {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(await call('settings.set', { theme: 7 })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  test('an input that cannot be copied is a rejected or refused call, not a broken bridge', async () => {
    const outcome = await running.page.evaluate(async () => {
      try {
        return JSON.stringify(await window.countersign.call('views.list', { symbol: Symbol('x') }));
      } catch (error) {
        return String(error);
      }
    });
    expect(outcome).toMatch(/bad-request|could not be cloned/);
    expect(await call('workspaces.current', {})).toEqual({ ok: true, value: null });
  });

  test('a crash answers unavailable, then the engine is back', async () => {
    const before = await enginePid();
    if (process.platform !== 'win32') process.kill(before, 'SIGSTOP');
    // Stopped, it cannot answer any more: these calls are surely open when it dies.
    const open = running.page.evaluate(() =>
      Promise.all([window.countersign.call('workspaces.current', {}), window.countersign.call('views.list', {})]),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.kill(before, 'SIGKILL');
    expect(await open).toMatchObject([
      { ok: false, error: { code: 'unavailable' } },
      { ok: false, error: { code: 'unavailable' } },
    ]);
    expect(await call('workspaces.current', {})).toEqual({ ok: true, value: null });
    expect(await enginePid()).not.toBe(before);
    expect(running.log()).toContain('engine process ended');
  });

  test('what was open is open again after a crash, and the page hears of it', async () => {
    const path = join(home, 'acme.countersign');
    expect(await call('workspaces.create', { path, name: 'acme' })).toMatchObject({ ok: true, value: { path } });
    const title = (): Promise<string> =>
      running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '');
    await expect.poll(title).toBe('acme - Countersign');
    const heard = running.page.evaluate(
      () => new Promise((resolve) => window.countersign.subscribe('workspaces.changed', (payload) => resolve(payload))),
    );
    process.kill(await enginePid(), 'SIGKILL');
    expect(await heard).toEqual({ path });
    expect(await call('workspaces.current', {})).toMatchObject({ ok: true, value: { path, name: 'acme' } });
    expect(await call('workspaces.close', {})).toMatchObject({ ok: true });
    await expect.poll(title).toBe('Countersign');
  });

  test('a reload gets a port of its own', async () => {
    await running.page.reload();
    expect(await call('workspaces.current', {})).toEqual({ ok: true, value: null });
  });
});
