import { readFileSync, writeFileSync } from 'node:fs';

// Preloaded into a process under test: on its way out it leaves behind how much memory it had resident at most (KB).
const file = process.env['BENCH_PEAK_FILE'];
if (file !== undefined) process.once('exit', () => writeFileSync(file, String(peak())));

/** Linux hands the parent's peak on to a program that it starts; only VmHWM speaks of this program alone. */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN);
}
