import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './parts.ts';

/** What a build left behind: the state of its inputs and the files it wrote, relative to `out`. */
export type BuildRecord = { readonly stamp: string; readonly files: readonly string[] };

/** Tests and their data never reach a bundle. */
const isInput = (name: string): boolean => !/\.test\.tsx?$|\.md$/.test(name) && name !== 'testdata';

/** Sizes and times of everything the part is made from: a few milliseconds, where hashing contents takes a hundred. */
export function stampOf(part: Part, checkout: string): string {
  const lines: string[] = [process.version];
  const visit = (path: string): void => {
    const stats = statSync(join(checkout, path), { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      lines.push(`${path} ${stats.size} ${stats.mtimeMs}`);
      return;
    }
    for (const name of readdirSync(join(checkout, path)).sort()) {
      if (isInput(name)) visit(`${path}/${name}`);
    }
  };
  for (const input of part.inputs) visit(input);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Where the record of a part lies. */
export const recordPath = (part: Part, out: string): string => join(out, `.built-${part.name}.json`);

/** The record of the last build of a part; null where there is none or it cannot be read. */
export function readRecord(part: Part, out: string): BuildRecord | null {
  try {
    const record: unknown = JSON.parse(readFileSync(recordPath(part, out), 'utf8'));
    if (typeof record !== 'object' || record === null || !('stamp' in record) || !('files' in record)) return null;
    return typeof record.stamp === 'string' && Array.isArray(record.files)
      ? { stamp: record.stamp, files: record.files.filter((file) => typeof file === 'string') }
      : null;
  } catch {
    return null;
  }
}

/** True when the inputs are as they were at the last build and everything that it wrote is still there. */
export function isFresh(part: Part, checkout: string, out: string): boolean {
  const record = readRecord(part, out);
  if (record === null || record.stamp !== stampOf(part, checkout)) return false;
  return record.files.every((file) => existsSync(join(out, file)));
}
