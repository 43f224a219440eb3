import type { SimpleCommand } from '../../shell/program.ts';

/**
 * Commands that run silently in every mode. Documentation 2026-08-22 (v2.1.240), with what 2.1.328 ran and did not run:
 * `docker ps`, `ps`, `date`, `node --version` are in, `env`, `printenv`, `gh pr view` are not.
 */
const always = new Set([
  'ls',
  'cat',
  'echo',
  'pwd',
  'head',
  'tail',
  'grep',
  'wc',
  'which',
  'diff',
  'stat',
  'du',
  'cd',
  'ps',
  'date',
  'whoami',
  'id',
  'uname',
  'hostname',
  'df',
  'free',
  'uptime',
  'file',
  'tree',
  'sort',
  'uniq',
  'cut',
  'tr',
  'basename',
  'dirname',
  'realpath',
  'readlink',
  'true',
  'false',
  'test',
  'rg',
  'nproc',
  'groups',
  'cksum',
  'md5sum',
  'sha1sum',
  'sha256sum',
  'strings',
  'hexdump',
  'od',
  'nl',
  'tac',
  'rev',
  'fold',
  'expand',
  'unexpand',
  'column',
  'paste',
  'comm',
  'cmp',
  'seq',
  'type',
  'sleep',
  'cal',
  'locale',
  'fmt',
  'pr',
  'arch',
]);

const git = new Set([
  'status',
  'log',
  'diff',
  'show',
  'blame',
  'branch',
  'remote',
  'rev-parse',
  'ls-files',
  'describe',
  'tag',
  'shortlog',
  'reflog',
  'stash',
  'config',
  'cat-file',
  'for-each-ref',
  'grep',
  'merge-base',
  'ls-tree',
  'ls-remote',
  'rev-list',
  'worktree',
]);

/** Of commands that have sub-commands: what reads only. */
const gitNeedsNoOperand = new Set(['branch', 'tag', 'remote', 'stash', 'config', 'worktree', 'reflog']);
const readingForms: Readonly<Record<string, RegExp>> = {
  branch: /^(?:-a|-r|-v|-vv|--list|--all|--show-current|--contains|--merged|--no-merged)$/,
  tag: /^(?:-l|--list|-n\d*|--contains|--points-at)$/,
  remote: /^(?:-v|show|get-url)$/,
  stash: /^(?:list|show)$/,
  config: /^(?:--get|--get-all|--list|-l|--get-regexp|get|list)$/,
  worktree: /^list$/,
  reflog: /^(?:show|-n|--date)/,
};

/** Null = not in the set. Words of the program must be literal. */
export function isReadOnly(command: SimpleCommand): boolean {
  if (command.assignments.length > 0 && command.words.length === 0) return true;
  if (command.assignments.length > 0) return false;
  const words = command.words.map((word) => word.value);
  const program = words[0];
  if (program === null || program === undefined) return false;
  const rest = words.slice(1);
  switch (program) {
    case 'find':
      return !rest.some(
        (word) => word === null || /^-(?:exec|execdir|ok|okdir|delete|fprint0?|fprintf|fls)$/.test(word),
      );
    case 'git':
      return isReadOnlyGit(rest);
    case 'docker':
      return rest[0] === 'ps' || rest[0] === 'images';
    case 'node':
    case 'npm':
    case 'python':
    case 'python3':
      return rest.length === 1 && (rest[0] === '--version' || rest[0] === '-v' || rest[0] === '-V');
    case 'sort':
      return !rest.some((word) => word === null || /^(?:-o|--output)/.test(word));
    case 'date':
      return !rest.some((word) => word === null || /^(?:-s|--set)/.test(word));
    case 'hostname':
      return rest.length === 0;
    default:
      return always.has(program);
  }
}

function isReadOnlyGit(rest: readonly (string | null)[]): boolean {
  const [verb] = rest;
  if (verb === null || verb === undefined || !git.has(verb)) return false;
  if (rest.some((word) => word === null || /^--(?:output|exec|upload-pack|ext-diff)/.test(word))) return false;
  if (!gitNeedsNoOperand.has(verb)) return true;
  const operands = rest.slice(1);
  if (operands.length === 0) return verb !== 'stash' && verb !== 'config' && verb !== 'worktree';
  const form = readingForms[verb];
  return form?.test(operands[0] ?? '') === true;
}

/** Commands whose operands are files that they read, so that Read rules cover them. */
const fileReaders = new Set([
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
]);
/** Of these the first operand is a pattern or a program. */
const patternFirst = new Set(['grep', 'rg', 'sed', 'awk']);

/** Paths that a recognised file command names, as written. A word that a glob or a variable makes is not caught. */
export function operandsOf(command: SimpleCommand): readonly string[] {
  const program = command.words[0]?.value ?? '';
  if (!fileReaders.has(program)) return [];
  const operands = command.words.slice(1).filter((word) => word.value === null || !word.value.startsWith('-'));
  const paths = patternFirst.has(program) ? operands.slice(1) : operands;
  return paths.flatMap((word) => (word.value === null || word.value === '' ? [] : [word.value]));
}
