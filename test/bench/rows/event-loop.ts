import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { chromium } from 'playwright-core';
import type { BenchContext, BenchRow, Figure } from '../bench-row.ts';
import { startEngine } from '../engine-client.ts';
import { homeOf, smallHome, wrongAnswers } from '../home-answers.ts';
import { startTicker } from '../ticker.ts';
import { removeWorkspace, workspaceFile } from './home-scans.ts';

const rounds = 5;

export const row: BenchRow = {
  id: 'P20',
  what: 'longest block of an event loop while the 200,000-file home is scanned',
  yardstick: 'the same ticker in a thread with nothing to do, while another thread keeps a processor busy',
  must: '50 ms',
  moonshot: '16 ms',
  needs: async () => null,
  async run(context) {
    const home = homeOf(context, smallHome);
    const workspace = workspaceFile(context, 'loop');
    const window: number[] = [];
    const engineBlocks: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < rounds; round++) {
      removeWorkspace(workspace);
      const engine = startEngine(context);
      try {
        await engine.ask('workspaces.create', { path: workspace, name: 'loop' });
        await engine.longestBlock();
        const ticker = startTicker();
        const ended = new Promise<void>((resolve) => engine.port.subscribe('scans.ended', () => resolve()));
        await engine.ask('scans.start', { roots: [home.folder], home: null, fsRoot: null, exclude: [] });
        await ended;
        window.push(ticker.stop());
        engineBlocks.push(await engine.longestBlock());
      } finally {
        await engine.close();
      }
      idle.push(await idleBlock(1_000));
    }
    const shared = {
      unit: 'ms',
      against: this.yardstick,
      yardstick: idle,
      judged: 'value',
      must: 50,
      moonshot: 16,
    } as const;
    const figures: Figure[] = [
      { ...shared, what: 'the process with the window (holds the port, hears the events)', ours: window },
      { ...shared, what: 'the thread with the engine (answers calls, starts the scan)', ours: engineBlocks },
    ];
    const pages = join(dirname(context.commandLine), 'renderer', 'index.html');
    const wrong = wrongAnswers(workspace, home);
    if (context.chromium !== null && existsSync(pages)) {
      const page = await pageBlocks(context, context.chromium, home.folder);
      figures.push({
        ...shared,
        what: 'the page in Chromium, scan started from it',
        ours: page.scanning,
        yardstick: page.resting,
        against: 'the same page before the scan',
      });
    } else {
      context.say(
        `P20: the page is not measured: ${context.chromium === null ? 'no Chromium' : 'the pages are not built'}`,
      );
    }
    return { figures, wrong };
  },
};

/** What the machine itself does to a thread that only ticks. */
async function idleBlock(milliseconds: number): Promise<number> {
  const busy = new Worker(`const end = Date.now() + ${milliseconds}; while (Date.now() < end) Math.sqrt(end);`, {
    eval: true,
  });
  const ticker = startTicker();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const longest = ticker.stop();
  await busy.terminate();
  return longest;
}

type PageBlocks = { readonly scanning: readonly number[]; readonly resting: readonly number[] };

/** The real page on the loopback host; a message to itself tells how long its main thread was taken. */
async function pageBlocks(context: BenchContext, executable: string, folder: string): Promise<PageBlocks> {
  const browser = await chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const scanning: number[] = [];
  const resting: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const workspace = workspaceFile(context, 'page');
      removeWorkspace(workspace);
      const { server, url } = await startServe(context, workspace);
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        await page.goto(url);
        await page.waitForSelector('#root > *', { timeout: 20_000 });
        await page.waitForTimeout(1_000);
        resting.push(await page.evaluate(blocksWhile, null));
        scanning.push(await page.evaluate(blocksWhile, folder));
        await page.close();
      } finally {
        server.kill('SIGINT');
        await new Promise((resolve) => server.once('exit', resolve));
      }
    }
    return { scanning, resting };
  } finally {
    await browser.close();
  }
}

/** Runs inside the page: ticks until a second has passed, or until the scan of `folder` that it starts has ended. */
async function blocksWhile(folder: string | null): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let ended = false;
  const channel = new MessageChannel();
  const ticking = new Promise<void>((resolve) => {
    channel.port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (ended) resolve();
      else setTimeout(() => channel.port2.postMessage(0), 0);
    };
    channel.port2.postMessage(0);
  });
  if (folder === null) await new Promise((resolve) => setTimeout(resolve, 1_000));
  else {
    const events = new EventSource('/api/events');
    const over = new Promise<void>((resolve) => {
      events.onmessage = (message) => {
        if (String(message.data).includes('"scans.ended"')) resolve();
      };
    });
    await new Promise((resolve) => (events.onopen = resolve));
    const input = { roots: [folder], home: null, fsRoot: null, exclude: [] };
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/api/call', {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'scans.start', input }),
    });
    if (!response.ok) throw new Error(`scans.start was answered with ${response.status}`);
    await over;
    events.close();
    // What the page does with the new facts belongs to the scan as well.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  ended = true;
  await ticking;
  return longest;
}

function startServe(
  context: BenchContext,
  workspace: string,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const user = join(context.scratch, 'user');
  mkdirSync(user, { recursive: true });
  const server = spawn(process.execPath, [context.commandLine, 'serve', '--workspace', workspace, '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: user, XDG_DATA_HOME: user },
  });
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\/\/\S+/.exec(text)?.[0];
      if (url !== undefined) resolve({ server, url });
    });
    server.once('exit', (code) => reject(new Error(`countersign serve ended with ${code}`)));
  });
}
