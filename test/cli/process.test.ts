import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reportSchema } from '../../electron/engine/exporters/json/report-schema.ts';

const entry = join(import.meta.dirname, '..', '..', 'electron', 'cli.ts');

type Ended = { readonly code: number | null; readonly out: string; readonly note: string };

/** The command line as a process of its own, from the sources; killed when it takes longer than a minute. */
function start(folder: string, ...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  mkdirSync(join(folder, 'temporary'), { recursive: true });
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: join(folder, 'temporary') },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let note = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    note += chunk;
  });
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, note }))) };
}

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test('the process ends by itself, with the report alone on stdout and nothing for a pipe on stderr', async () => {
  const { code, out, note } = await start(makeFolder(), 'demo', '--format', 'json').ended;
  expect([code, note]).toEqual([0, '']);
  expect(reportSchema.parse(JSON.parse(out)).status).toBe('complete');
}, 90_000);

test('a reader that goes away is no failure', async () => {
  const { child, ended } = start(makeFolder(), 'demo', '--format', 'json');
  child.stdout?.destroy();
  expect((await ended).note).toBe('');
}, 90_000);

test('Ctrl-C ends the scan, keeps what there is and leaves no temporary files', async () => {
  const folder = makeFolder();
  // Enough to parse for many seconds, so that the interrupt comes in the middle.
  const text = `import langgraph\n${'value = call(1, 2, [3, 4])\n'.repeat(60_000)}`;
  mkdirSync(join(folder, 'app'));
  for (let file = 0; file < 24; file++) writeFileSync(join(folder, 'app', `module_${file}.py`), text);
  const { child, ended } = start(folder, 'scan', 'app', '--format', 'json', '--workspace', 'kept.countersign');
  await expect.poll(() => existsSync(join(folder, 'kept.countersign-wal')), { timeout: 30_000 }).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGINT');
  const { code, out, note } = await ended;
  expect(code).toBe(3);
  expect(reportSchema.parse(JSON.parse(out)).status).toBe('partial');
  expect(note).toMatch(/^cancelled: .*kept as|^cancelled: .*is kept in/);
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
}, 90_000);
