import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connect } from '../../electron/engine/store/driver.ts';
import { openWorkspace } from '../../electron/engine/store/open.ts';
import { readSnapshot } from '../../electron/engine/store/repos/facts-reader.ts';
import { latestCompleteScan, readCoverage, readIssues } from '../../electron/engine/store/repos/scans.ts';
import { temporaryFolder } from '../fixtures/temporary-tree.ts';

/**
 * Kills a scanning process at random moments over one workspace, while the scanned tree changes. `KILLS=1000 npx vitest
 * run --project node test/crash` runs the full count; `SEED=n` repeats a run.
 */
const kills = Number(process.env['KILLS'] ?? 30);
const seed = Number(process.env['SEED'] ?? 20_261_120);

/** mulberry32: the same moments and changes for the same seed. */
function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const child = (file: string, root: string) =>
  spawn(process.execPath, [join(import.meta.dirname, 'scan-child.ts'), file, root], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** How long one whole scan takes here, from when it says that it scans; its last word. */
async function wholeScan(file: string, root: string): Promise<{ status: string; milliseconds: number }> {
  const scan = child(file, root);
  let out = '';
  let begun = 0;
  let errors = '';
  scan.stdout.on('data', (chunk: Buffer) => {
    if (begun === 0) begun = performance.now();
    out += chunk.toString();
  });
  scan.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise((resolve) => scan.once('exit', resolve));
  return { status: out.trim().split('\n').at(-1) || errors, milliseconds: performance.now() - begun };
}

async function killedScan(file: string, root: string, after: number): Promise<void> {
  const scan = child(file, root);
  const gone = new Promise((resolve) => scan.once('exit', resolve));
  await Promise.race([new Promise((resolve) => scan.stdout.once('data', resolve)), gone]);
  await wait(after);
  scan.kill('SIGKILL');
  await gone;
}

type Told = {
  readonly latest: number | null;
  readonly digest: string;
  readonly integrity: unknown;
  readonly locks: unknown;
};

/** Opens the workspace as the app would, and tells what its last complete scan says. */
async function look(file: string, mustWrite: boolean): Promise<Told> {
  const workspace = await openWorkspace(file, { mustWrite });
  try {
    const { connection } = workspace;
    const latest = latestCompleteScan(connection);
    const facts =
      latest === null
        ? null
        : [readSnapshot(connection, latest), readCoverage(connection, latest), readIssues(connection, latest)];
    return {
      latest,
      digest: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
      integrity: connection.pragma('integrity_check', { simple: true }),
      locks: connection.pragma('foreign_key_check'),
    };
  } finally {
    workspace.close();
  }
}

function factsOf(file: string): unknown {
  const connection = connect(file, 'reader');
  try {
    const scan = latestCompleteScan(connection) ?? 0;
    const { assets, relations, roots } = readSnapshot(connection, scan);
    return { assets, relations, roots, coverage: readCoverage(connection, scan), issues: readIssues(connection, scan) };
  } finally {
    connection.close();
  }
}

test(
  `a scan killed at ${kills} moments loses nothing that was complete`,
  async () => {
    const random = randomOf(seed);
    const folder = temporaryFolder('crash');
    const root = join(folder, 'estate');
    const file = join(folder, 'crash.countersign');
    const project = (index: number, word: string): void => {
      const at = join(root, `p${index}`);
      mkdirSync(join(at, '.claude/agents'), { recursive: true });
      writeFileSync(join(at, 'CLAUDE.md'), `# ${word}\n`);
      writeFileSync(
        join(at, '.claude/settings.json'),
        JSON.stringify({ model: word, permissions: { allow: [`Bash(${word}:*)`] } }),
      );
      writeFileSync(
        join(at, '.mcp.json'),
        JSON.stringify({ mcpServers: { [word]: { command: 'npx', args: [`@acme/${word}@1.0.${index}`] } } }),
      );
      writeFileSync(join(at, `.claude/agents/${word}.md`), `---\nname: ${word}\ndescription: x\n---\nx\n`);
    };
    for (let index = 0; index < 150; index++) project(index, `first${index}`);
    const first = await wholeScan(file, root);
    expect(first.status).toBe('complete');
    let before = await look(file, true);
    expect(before.latest).toBe(1);

    for (let round = 0; round < kills; round++) {
      for (let change = 0; change < 12; change++) {
        const index = Math.floor(random() * 170);
        if (random() < 0.2) rmSync(join(root, `p${index}`), { recursive: true, force: true });
        else project(index, `r${round}c${change}`);
      }
      await killedScan(file, root, random() * first.milliseconds);
      const after = await look(file, true);
      const where = `seed ${seed}, round ${round}`;
      expect([where, after.integrity, after.locks]).toEqual([where, 'ok', []]);
      // A scan that was through before it was killed counts; else the one before is what it was.
      if (after.latest === before.latest) expect([where, after.digest]).toEqual([where, before.digest]);
      else expect([where, (after.latest ?? 0) > (before.latest ?? 0)]).toEqual([where, true]);
      before = after;
    }

    expect((await wholeScan(file, root)).status).toBe('complete');
    const fresh = join(folder, 'fresh.countersign');
    expect((await wholeScan(fresh, root)).status).toBe('complete');
    expect(factsOf(file)).toEqual(factsOf(fresh));
  },
  60_000 + kills * 4000,
);

test(
  'a first scan killed at any moment leaves a workspace that opens and can be scanned into',
  async () => {
    const random = randomOf(seed + 1);
    const folder = temporaryFolder('crash-first');
    const root = join(folder, 'estate');
    mkdirSync(root);
    writeFileSync(join(root, 'CLAUDE.md'), '# x\n');
    for (let round = 0; round < Math.max(3, Math.floor(kills / 4)); round++) {
      const file = join(folder, `first${round}.countersign`);
      await killedScan(file, root, random() * 60);
      const { integrity, latest } = await look(file, true);
      expect([round, integrity, latest === null || latest === 1]).toEqual([round, 'ok', true]);
      expect((await wholeScan(file, root)).status).toBe('complete');
    }
  },
  60_000 + kills * 4000,
);
