import { baseName } from '../paths.ts';
import type { SimpleCommand, Word } from './program.ts';

/** The program that a command really runs, behind what only wraps it. `script` = text for a further shell. */
export type Unwrapped = {
  readonly words: readonly (string | null)[];
  readonly script: string | null;
  readonly wrappers: readonly string[];
};

const plain = new Set([
  'sudo',
  'doas',
  'env',
  'exec',
  'command',
  'builtin',
  'noglob',
  'nohup',
  'time',
  'nice',
  'ionice',
  'stdbuf',
  'setsid',
  'watch',
  'flock',
  'chronic',
  'unbuffer',
  'xargs',
  'timeout',
]);
/** Options that take the next word. */
const valued: Readonly<Record<string, ReadonlySet<string>>> = {
  sudo: new Set(['-u', '-g', '-h', '-p', '-C', '-r', '-t', '--user', '--group']),
  env: new Set(['-u', '-C', '-S', '--unset', '--chdir']),
  nice: new Set(['-n']),
  ionice: new Set(['-c', '-n']),
  timeout: new Set(['-s', '-k', '--signal', '--kill-after']),
  xargs: new Set([
    '-n',
    '-P',
    '-I',
    '-L',
    '-d',
    '-a',
    '-s',
    '-E',
    '--max-args',
    '--max-procs',
    '--replace',
    '--delimiter',
  ]),
  watch: new Set(['-n', '--interval']),
  stdbuf: new Set(['-i', '-o', '-e']),
  flock: new Set(['-w', '--timeout']),
};
const shells = new Set(['bash', 'sh', 'zsh', 'dash', 'ksh']);

export function unwrapped(command: SimpleCommand): Unwrapped {
  let words: readonly Word[] = command.words;
  const wrappers: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const program = words[0]?.value ?? null;
    if (program === null) break;
    const name = baseName(program);
    if (shells.has(name)) {
      const at = words.findIndex((word) => /^-\w*c$/.test(word.value ?? ''));
      const script = at < 0 ? undefined : words[at + 1]?.value;
      if (typeof script === 'string')
        return { words: words.map((word) => word.value), script, wrappers: [...wrappers, name] };
      break;
    }
    if (name === 'eval') {
      const parts = words.slice(1).map((word) => word.value);
      if (parts.every((part) => part !== null))
        return { words: words.map((word) => word.value), script: parts.join(' '), wrappers: [...wrappers, name] };
      break;
    }
    if (name === 'find') {
      const at = words.findIndex((word) => /^-(?:exec|execdir|ok|okdir)$/.test(word.value ?? ''));
      if (at < 0) break;
      const end = words.findIndex((word, index) => index > at && /^(?:;|\\;|\+)$/.test(word.raw));
      words = words.slice(at + 1, end < 0 ? undefined : end);
      wrappers.push(name);
      continue;
    }
    if (!plain.has(name)) break;
    const inner = behindOptions(words.slice(1), name);
    if (inner.length === 0) break;
    wrappers.push(name);
    words = inner;
  }
  return { words: words.map((word) => word.value), script: null, wrappers };
}

function behindOptions(words: readonly Word[], program: string): readonly Word[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at]?.value ?? null;
    if (word === null) break;
    if (word === '--') return words.slice(at + 1);
    if (word.startsWith('-')) at += valued[program]?.has(word) === true ? 2 : 1;
    else if ((program === 'env' || program === 'sudo') && /^\w+=/.test(word)) at += 1;
    else break;
  }
  // A duration, or the file that is locked.
  return words.slice(program === 'timeout' || program === 'flock' ? at + 1 : at);
}
