import { baseName } from '../../paths.ts';
import type { ShellProgram, SimpleCommand } from '../../shell/program.ts';
import type { PrefixRule } from './settings.ts';

/** A script as Codex sees it: simple commands of plain words, or one opaque `bash -lc`. */
export type CodexScript = { readonly commands: readonly (readonly string[])[]; readonly opaque: boolean };

const plainStructures = new Set(['and', 'or', 'sequence', 'pipe', 'glob']);

/**
 * Only a list of plain commands is taken apart; anything else (assignments, redirections, substitutions, groups, a quoted
 * program name) is one command that rules for the programs inside do not reach. openai/codex bash.rs; seen on 0.169.0.
 */
export function codexScript(program: ShellProgram): CodexScript {
  const opaque: CodexScript = { commands: [['bash', '-lc', program.text]], opaque: true };
  if (program.unreadable || program.commands.length === 0) return opaque;
  for (const structure of program.structures) if (!plainStructures.has(structure)) return opaque;
  const commands: string[][] = [];
  for (const command of program.commands) {
    const words = plainWords(command);
    if (words === null) return opaque;
    commands.push(words);
  }
  return { commands, opaque: false };
}

function plainWords(command: SimpleCommand): string[] | null {
  if (command.assignments.length > 0 || command.words.length === 0 || command.words[0]?.quoted === true) return null;
  const words = command.words.map((word) => word.value);
  return words.some((word) => word === null) ? null : (words as string[]);
}

/** The strictest of all matching rules; the program may be written with its path. */
export function matchingRule(words: readonly string[], rules: readonly PrefixRule[]): PrefixRule | null {
  let found: PrefixRule | null = null;
  for (const rule of rules) {
    if (!startsWith(words, rule.pattern)) continue;
    if (found === null || strictness[rule.decision] > strictness[found.decision]) found = rule;
  }
  return found;
}

export const strictness = { allow: 0, prompt: 1, forbidden: 2 } as const;

function startsWith(words: readonly string[], pattern: PrefixRule['pattern']): boolean {
  return pattern.every((alternatives, index) => {
    const word = words[index];
    if (word === undefined) return false;
    return (
      alternatives.includes(word) || (index === 0 && word.startsWith('/') && alternatives.includes(baseName(word)))
    );
  });
}

const safe = new Set([
  'cat',
  'cd',
  'cut',
  'echo',
  'expr',
  'false',
  'grep',
  'head',
  'id',
  'ls',
  'nl',
  'paste',
  'pwd',
  'rev',
  'seq',
  'stat',
  'tail',
  'tr',
  'true',
  'uname',
  'uniq',
  'wc',
  'which',
  'whoami',
  'numfmt',
  'tac',
]);

/** Commands that run without asking under every policy. openai/codex is_safe_command.rs. */
export function isKnownSafe(words: readonly string[]): boolean {
  const program = baseName(words[0] ?? '');
  const rest = words.slice(1);
  switch (program) {
    case 'base64':
      return !rest.some(
        (word) => word === '-o' || word.startsWith('--output') || (word.startsWith('-o') && word !== '-o'),
      );
    case 'find':
      return !rest.some((word) => /^-(?:exec|execdir|ok|okdir|delete|fls|fprint|fprint0|fprintf)$/.test(word));
    case 'rg':
      return !rest.some((word) => /^(?:--search-zip|-z|--pre|--hostname-bin)(?:=|$)/.test(word));
    case 'git':
      return isSafeGit(rest);
    case 'sed':
      return rest.length <= 3 && rest[0] === '-n' && /^\d+(?:,\d+)?p$/.test(rest[1] ?? '');
    default:
      return safe.has(program);
  }
}

function isSafeGit(rest: readonly string[]): boolean {
  const [verb, ...operands] = rest;
  if (
    verb === undefined ||
    rest.some((word) => /^(?:--output|--ext-diff|--textconv|--exec|--paginate|-c|--config-env)(?:=|$)/.test(word))
  )
    return false;
  if (verb === 'branch')
    return operands.every((word) => /^(?:-a|-r|-v|-vv|--list|--show-current|--all|--remotes|--format=.*)$/.test(word));
  return ['status', 'log', 'diff', 'show'].includes(verb);
}

/** `rm -f` and `rm -rf`, also behind sudo: refused where nobody can be asked. openai/codex command_safety. */
export function isDangerous(words: readonly string[]): boolean {
  const program = baseName(words[0] ?? '');
  if (program === 'sudo') return isDangerous(words.slice(1));
  return program === 'rm' && /^-(?:f|rf|fr|Rf|fR)$/.test(words[1] ?? '');
}
