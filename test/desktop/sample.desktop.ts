import { afterEach, expect, test } from 'vitest';
import { launch, makeHome, type Running } from './launch.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(): Promise<Running> {
  const { home, remove } = makeHome();
  ends.push(remove);
  const running = await launch(home);
  ends.push(() => running.app.close());
  return running;
}

test('the sample workspace is made and scanned for real, and its columns reach the page as typed arrays', async () => {
  const running = await started();
  const outcome = await running.page.evaluate(async () => {
    const { countersign } = window;
    const need = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
      const result = await countersign.call(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
      return result.value as Record<string, unknown>;
    };
    const ended = new Promise<unknown>((resolve) => countersign.subscribe('scans.ended', resolve));
    let progress = 0;
    countersign.subscribe('scans.progress', () => {
      progress += 1;
    });
    const { roots, info, home: sampleHome } = await need('workspaces.createSample', {});
    await need('scans.start', { roots, home: sampleHome ?? null, fsRoot: null, exclude: [] });
    const end = await ended;
    const columns = await need('assets.columns', { scan: null });
    const relations = await need('assets.relationColumns', { scan: null });
    return {
      sample: (info as { sample: boolean }).sample,
      end,
      progress,
      count: columns['count'] as number,
      kinds: columns['kinds'] instanceof Uint8Array && columns['kinds'].length,
      from: relations['from'] instanceof Uint32Array && relations['from'].length,
      relations: relations['count'] as number,
    };
  });
  expect(outcome.sample).toBe(true);
  expect(outcome.end).toMatchObject({ number: 1, status: 'complete' });
  expect(outcome.count).toBeGreaterThan(10);
  expect(outcome.kinds).toBe(outcome.count);
  expect(outcome.relations).toBeGreaterThan(5);
  expect(outcome.from).toBe(outcome.relations);
  const title = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  expect(title).toMatch(/ - Countersign$/);
});

test('one press on the start screen leads to the scanned sample', async () => {
  const { page, app } = await started();
  await page.getByRole('button', { name: /sample/i }).click();
  const scan = (): Promise<unknown> =>
    page.evaluate(async () => {
      const scans = await window.countersign.call('scans.list', {});
      return scans.ok ? (scans.value as { status: string }[]).map(({ status }) => status) : scans.error;
    });
  await expect.poll(scan, { timeout: 30_000 }).toEqual(['complete']);
  await page
    .getByRole('link', { name: /inventory/i })
    .first()
    .click();
  await expect.poll(() => page.getByRole('row').count(), { timeout: 10_000 }).toBeGreaterThan(5);
  const title = (): Promise<string | undefined> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe('Sample - Countersign');
});
