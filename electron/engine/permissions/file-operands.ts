import type { SimpleCommand } from './shell/program.ts';

/** Commands whose operands are files; of the second set the first operand is a pattern or a program. */
const fileCommands = new Set([
  'cat',
  'head',
  'tail',
  'sed',
  'grep',
  'ls',
  'wc',
  'stat',
  'du',
  'diff',
  'file',
  'sort',
  'uniq',
  'cut',
  'nl',
  'tac',
  'strings',
  'hexdump',
  'od',
  'base64',
  'md5sum',
  'sha1sum',
  'sha256sum',
  'cksum',
  'less',
  'more',
  'bat',
  'awk',
  'cp',
  'mv',
  'rm',
  'rmdir',
  'mkdir',
  'touch',
  'chmod',
  'chown',
  'find',
  'tree',
  'rg',
  'cmp',
  'comm',
  'paste',
  'cd',
  'xxd',
  'readlink',
  'realpath',
  'ln',
]);
const patternFirst = new Set(['grep', 'rg', 'sed', 'awk', 'chmod', 'chown']);

/** Paths that a command of files names, as written; words that a variable or substitution makes are not known. */
export function operandsOf(command: SimpleCommand): readonly string[] {
  const program = command.words[0]?.value ?? '';
  if (!fileCommands.has(program)) return [];
  const operands = command.words.slice(1).filter((word) => word.value === null || !word.value.startsWith('-'));
  const paths = patternFirst.has(program) ? operands.slice(1) : operands;
  return paths.flatMap((word) => (word.value === null || word.value === '' ? [] : [word.value]));
}
