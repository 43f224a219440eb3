import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Generated<T> = { readonly folder: string; readonly truth: T };

/**
 * Input of a generator, made once and kept: `name` holds seed, size and version. The truth is written last, so a run that
 * was interrupted leaves nothing that looks whole.
 */
export function generated<T>(
  cache: string,
  name: string,
  generate: (folder: string) => T,
  say: (line: string) => void,
): Generated<T> {
  const home = join(cache, name);
  const folder = join(home, 'files');
  const truthFile = join(home, 'truth.json');
  if (existsSync(truthFile)) return { folder, truth: JSON.parse(readFileSync(truthFile, 'utf8')) as T };
  say(`generating ${name} in ${cache} (once)`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const truth = generate(folder);
  writeFileSync(`${truthFile}.new`, JSON.stringify(truth));
  renameSync(`${truthFile}.new`, truthFile);
  // A file that changed a moment ago is not trusted to stay as it is; the next scan must not meet such files.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  return { folder, truth };
}
