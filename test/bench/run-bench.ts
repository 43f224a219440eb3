import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../electron/build/ensure-built.ts';
import { checkout, outFolder } from '../../electron/build/parts.ts';
import { findChromium } from '../desktop/find-chromium.ts';
import type { BenchContext, BenchRow } from './bench-row.ts';
import { currentLoad, describeMachine } from './machine.ts';
import { json, lines, markdown, type RowResult } from './results.ts';
import { rows } from './rows/all-rows.ts';

const usage = `npm run bench -- [--rows P1,P3] [--million] [--json FILE] [--write] [--clean]

  --rows P1,P3  only these rows (P15, P16 and P17 run together)
  --million     also the row that needs 1,000,000 files on disk
  --json FILE   every sample as JSON
  --write       the table to resources/benchmarks.md
  --clean       remove the generated input, run nothing

Timings never fail. Answers that differ from what was generated end with exit code 1.
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const cache = join(tmpdir(), 'countersign-bench');

/** P15, P16 and P17 are one row: they come from one page. */
const names = (row: BenchRow): string[] => (row.id === 'P15-P17' ? ['P15', 'P16', 'P17', row.id] : [row.id]);

function chooseRows(asked: string | undefined): readonly BenchRow[] {
  if (asked === undefined) return rows;
  const wanted = asked.split(',').map((name) => name.trim().toUpperCase());
  const unknown = wanted.filter((name) => !rows.some((row) => names(row).includes(name)));
  if (unknown.length > 0)
    throw new Error(`There is no row ${unknown.join(', ')}. Rows: ${rows.map((row) => row.id).join(', ')}.`);
  return rows.filter((row) => names(row).some((name) => wanted.includes(name)));
}

function chromiumHere(): string | null {
  try {
    return findChromium();
  } catch {
    return null;
  }
}

async function measure(row: BenchRow, context: BenchContext): Promise<RowResult> {
  const reason = await row.needs(context);
  if (reason !== null) return { status: 'not run', row, reason };
  const loadBefore = currentLoad();
  const started = performance.now();
  try {
    const { figures, wrong } = await row.run(context);
    return { status: 'measured', row, figures, wrong, seconds: (performance.now() - started) / 1000, loadBefore };
  } catch (error) {
    const message = `the row failed: ${error instanceof Error ? error.message : String(error)}`;
    return {
      status: 'measured',
      row,
      figures: [],
      wrong: [message],
      seconds: (performance.now() - started) / 1000,
      loadBefore,
    };
  }
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    million: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    clean: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) say(usage);
else if (values.clean) {
  rmSync(cache, { recursive: true, force: true });
  say(`removed ${cache}`);
} else {
  const chosen = chooseRows(values.rows);
  await ensureBuilt(['cli', 'renderer'], say);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-bench-run-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const chromium = chromiumHere();
  const machine = describeMachine(chromium);
  const context: BenchContext = {
    scratch,
    cache,
    commandLine: join(outFolder, 'cli.js'),
    million: values.million,
    chromium,
    say,
  };
  say(`${machine.processors} x ${machine.processor}, ${machine.memoryGigabytes} GB, ${machine.system}`);
  say(
    Object.entries(machine.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  );
  say(`load ${currentLoad()}; figures are median (minimum), beside their yardstick of the same run\n`);

  const results: RowResult[] = [];
  for (const row of chosen) {
    const result = await measure(row, context);
    results.push(result);
    for (const line of lines(result)) say(line);
  }
  if (values.json !== undefined) writeFileSync(values.json, json(machine, results));
  if (values.write) writeFileSync(join(checkout, 'resources', 'benchmarks.md'), markdown(machine, results));
  if (results.some((result) => result.status === 'measured' && result.wrong.length > 0)) process.exitCode = 1;
}
