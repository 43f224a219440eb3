import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a project, each after a line `=== path`. */
export function projectIn(folder: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(folder, 'testdata', 'project.txt'), 'utf8');
  return Object.fromEntries(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]),
  );
}
