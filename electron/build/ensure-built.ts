import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, outFolder, type Part, type PartName, withNeeds } from './parts.ts';
import { isFresh } from './stamp.ts';

/** Longer than any build takes: a lock of this age was left by a process that died. */
const staleLockMilliseconds = 180_000;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Builds what is missing or older than its sources, and says so through `say` (for stderr: stdout belongs to the command).
 * Costs a few milliseconds when there is nothing to do. Two processes at once: one builds, the other waits for it.
 */
export async function ensureBuilt(
  names: readonly PartName[],
  say: (line: string) => void,
  options: { readonly force?: boolean } = {},
): Promise<void> {
  const isStale = (part: Part): boolean => options.force === true || !isFresh(part, checkout, outFolder);
  if (!withNeeds(names).some(isStale)) return;
  const unlock = await lock();
  try {
    const stale = withNeeds(names).filter(isStale);
    if (stale.length === 0) return;
    // Vite takes a third of a second to load: only when something is built.
    const { bundlePart } = await import('./bundle.ts');
    for (const part of stale) {
      const start = Date.now();
      await bundlePart(part);
      say(`built ${part.name} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    }
  } finally {
    unlock();
  }
}

async function lock(): Promise<() => void> {
  mkdirSync(outFolder, { recursive: true });
  const folder = join(outFolder, '.build-lock');
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'pid'), String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await sleep(50);
  }
}

function isAbandoned(folder: string): boolean {
  const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > staleLockMilliseconds) return true;
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    // ESRCH: the builder is gone. ENOENT: the lock went away, or its owner is between its two steps.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
