import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { Bench } from './render/render-page.tsx';

/** One line of the bench. `ratio` is value / yardstick where the target is a ratio, else null; `ok` null: not judged. */
export type BenchRow = {
  readonly row: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly yardstick: string;
  readonly ratio: number | null;
  readonly must: string;
  readonly moonshot: string;
  readonly ok: boolean | null;
};

const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Longest that one measurement may take; slow machines need a few seconds for bare React Flow. */
const pageSeconds = 120;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/**
 * Rows P15 to P17: the real graph surface and bare React Flow on the same data, in software-rendered Chromium at
 * 1400 x 900, rounds interleaved, each round in a fresh page.
 */
export async function renderRows(chromiumPath: string, rounds = 3): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-render-'));
  await build({
    root: join(import.meta.dirname, 'render'),
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'chrome140', modulePreload: { polyfill: false } },
  });
  const server = await serveFolder(folder);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  try {
    const inPage = async <T>(run: (page: Page) => Promise<T>): Promise<T> => {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      try {
        const failed = new Promise<never>((_, reject) => {
          page.on('pageerror', reject);
          setTimeout(
            () => reject(new Error(`the page did not answer within ${pageSeconds} s`)),
            pageSeconds * 1000,
          ).unref();
        });
        await page.goto(url);
        await Promise.race([page.waitForFunction(() => 'bench' in globalThis), failed]);
        return await Promise.race([run(page), failed]);
      } finally {
        await page.close();
      }
    };
    const measured = {
      pan: new Map<number, number[]>(),
      zoom: new Map<number, number[]>(),
      near: [] as number[],
      flow: new Map<number, number[]>(),
      paint: [] as number[],
      worker: [] as number[],
      bare: [] as number[],
    };
    const note = (map: Map<number, number[]>, count: number, value: number): void => {
      map.set(count, [...(map.get(count) ?? []), value]);
    };
    for (let round = 0; round < rounds; round++) {
      for (const count of [1_000, 5_000]) {
        const ours = await inPage((page) =>
          page.evaluate((n) => (globalThis as unknown as { bench: Bench }).bench.surface(n), count),
        );
        note(measured.pan, count, ours.pan.p95);
        note(measured.zoom, count, ours.zoom.p95);
        measured.near.push(ours.near.p95);
        if (round === 0) {
          const bare = await inPage((page) =>
            page.evaluate((n) => (globalThis as unknown as { bench: Bench }).bench.bareFlow(n, true, true), count),
          );
          note(measured.flow, count, bare.pan?.p95 ?? Number.NaN);
        }
      }
      measured.paint.push(
        await inPage((page) =>
          page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.firstPaint(1_000)),
        ),
      );
      measured.bare.push(
        (
          await inPage((page) =>
            page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.bareFlow(1_000, false, false)),
          )
        ).first,
      );
      measured.worker.push(
        await inPage((page) =>
          page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.firstPaintWithLayout(1_000)),
        ),
      );
    }
    const mounted = await inPage((page) =>
      page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.mostMounted(5_000)),
    );

    const frameRows = (
      [
        [1_000, 20, 17],
        [5_000, 33, 20],
      ] as const
    ).flatMap(([count, must, moonshot]) => {
      const bare = median(measured.flow.get(count) ?? []);
      return (['pan', 'zoom'] as const).map((gesture): BenchRow => {
        const value = median(measured[gesture].get(count) ?? []);
        return {
          row: 'P15',
          what: `${gesture}, ${count.toLocaleString('en')} nodes in sight: 95th percentile of a frame`,
          value: rounded(value),
          unit: 'ms',
          yardstick: `bare React Flow, panning: ${rounded(bare)} ms`,
          ratio: Math.round((value / bare) * 100) / 100,
          must: `${must} ms`,
          moonshot: `${moonshot} ms`,
          ok: value <= must,
        };
      });
    });
    const paint = median(measured.paint);
    const bare = median(measured.bare);
    const withLayout = median(measured.worker);
    const paintRow = (what: string, value: number): BenchRow => ({
      row: 'P17',
      what,
      value: rounded(value),
      unit: 'ms',
      yardstick: `bare React Flow, 1,000 nodes: ${rounded(bare)} ms`,
      ratio: Math.round((value / bare) * 100) / 100,
      must: '1.2x',
      moonshot: '0.3x',
      ok: value <= bare * 1.2,
    });
    return [
      ...frameRows,
      {
        row: 'P15',
        what: 'pan at 100 % with cards mounted: 95th percentile of a frame',
        value: rounded(median(measured.near)),
        unit: 'ms',
        yardstick: '',
        ratio: null,
        must: '',
        moonshot: '',
        ok: null,
      },
      {
        row: 'P16',
        what: 'cards mounted in the document at any zoom, 5,000 nodes',
        value: mounted,
        unit: 'nodes',
        yardstick: '',
        ratio: null,
        must: '300',
        moonshot: '150',
        ok: mounted <= 300,
      },
      paintRow('first paint of 1,000 nodes, positions given', paint),
      paintRow('first paint of 1,000 nodes, layout in the worker included', withLayout),
    ];
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The bundle over loopback: module scripts and workers do not load from files. */
function serveFolder(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === import.meta.filename) {
  for (const row of await renderRows(process.argv[2] ?? '/usr/bin/chromium')) console.log(JSON.stringify(row));
}
