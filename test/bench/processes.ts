import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Runs a program to its end without its output and says how long that took. Throws when it fails. */
export function timeProcess(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): number {
  const started = performance.now();
  const { status, error, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 24,
  });
  const took = performance.now() - started;
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr.toString().slice(0, 500)}`);
  return took;
}

/** Preloaded into a process under test. Not a file of ours: Node's type stripping alone would add 18 MB to what is measured. */
const reportPeak = `data:text/javascript,${encodeURIComponent(`
import { readFileSync, writeFileSync } from 'node:fs';
// Linux hands the parent's peak on to a program that it starts; only VmHWM speaks of this program alone.
const peak = () => process.platform === 'linux'
  ? Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  : process.resourceUsage().maxRSS;
process.once('exit', () => writeFileSync(process.env.BENCH_PEAK_FILE, String(peak())));
`)}`;

/** The same for a Node script, with the most memory that it ever had resident, in MB. */
export function peakOfNode(
  args: readonly string[],
  scratch: string,
): { readonly milliseconds: number; readonly megabytes: number } {
  const report = join(scratch, 'peak.txt');
  rmSync(report, { force: true });
  const milliseconds = timeProcess(process.execPath, ['--import', reportPeak, ...args], { BENCH_PEAK_FILE: report });
  return { milliseconds, megabytes: Number(readFileSync(report, 'utf8')) / 1024 };
}

export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (existsSync(path)) return path;
  }
  return null;
}

const dropFile = '/proc/sys/vm/drop_caches';

/** Why the page cache cannot be dropped here, or null. */
export function cannotDropCaches(): string | null {
  try {
    accessSync(dropFile, constants.W_OK);
    return null;
  } catch {
    return 'a cold cache needs Linux and root (/proc/sys/vm/drop_caches)';
  }
}

export function dropCaches(): void {
  spawnSync('sync');
  writeFileSync(dropFile, '3');
}

/** Rounds in which each is measured once; the order turns round by round, so that neither always comes first. */
export function interleave(rounds: number, ...measures: readonly (() => number)[]): number[][] {
  const samples = measures.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = [...measures.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) samples[index]?.push(measures[index]?.() ?? Number.NaN);
  }
  return samples;
}
