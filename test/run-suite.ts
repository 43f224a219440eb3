import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { ensureBuilt } from '../electron/build/ensure-built.ts';
import { findChromium } from './desktop/find-chromium.ts';
import { chooseElectron, unprovenOnStandIn } from './desktop/which-electron.ts';

// npm run test:e2e | npm run test:desktop [-- part of a file name ...]: the suites that need a browser.
const suites = {
  e2e: { folder: 'test/e2e', ending: '.e2e.ts' },
  desktop: { folder: 'test/desktop', ending: '.desktop.ts' },
} as const;

const repository = join(import.meta.dirname, '..');
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function run(name: string, filters: string[]): Promise<number> {
  if (!Object.hasOwn(suites, name)) {
    say(`There is no suite ${name}. Suites: ${Object.keys(suites).join(', ')}.`);
    return 2;
  }
  const suite = suites[name as keyof typeof suites];
  const folder = join(repository, suite.folder);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(suite.ending)) : [];
  if (files.length === 0) {
    say(`${suite.folder} holds no *${suite.ending}.`);
    return 1;
  }

  const electron = name === 'desktop' ? chooseElectron() : null;
  if (electron === null || electron.kind === 'stand-in') {
    try {
      say(`Chromium: ${findChromium()}`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return 1;
    }
  }
  if (electron !== null) say(`Electron: ${electron.title}`);
  await ensureBuilt(name === 'desktop' ? ['desktop', 'renderer'] : ['cli', 'renderer'], say);

  const vitest = await startVitest('test', filters, {
    root: repository,
    config: false,
    watch: false,
    include: [`${suite.folder}/**/*${suite.ending}`],
    environment: 'node',
    setupFiles: ['test/setup-node.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['verbose'],
  });
  await vitest?.close();
  if (electron?.kind === 'stand-in') {
    say('');
    say(`Ran on ${electron.title}. Not proven on a real Electron:`);
    for (const line of unprovenOnStandIn) say(`  - ${line}`);
  }
  return Number(process.exitCode ?? 0);
}

const [name = '', ...filters] = process.argv.slice(2);
process.exitCode = await run(name, filters);
