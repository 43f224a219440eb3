import { baseName } from '../../paths.ts';
import type { ShellProgram, SimpleCommand, Word } from '../../shell/program.ts';
import type { Rule } from './rule.ts';

/**
 * How Bash rules meet commands. Documentation 2026-08-22 (v2.1.240) and what 2.1.328 did: deny and ask see through
 * wrappers, quotes, groups and resolvable variables; allow takes the text nearly as it is written.
 */

const patterns = new Map<string, RegExp>();

/** A pattern as the host reads it: `:*` at the very end equals ` *`; ` *` at the end also matches the end of the text. */
export function matchesPattern(specifier: string, text: string): boolean {
  let expression = patterns.get(specifier);
  if (expression === undefined) {
    if (patterns.size > 5000) patterns.clear();
    const pattern = specifier.endsWith(':*') ? `${specifier.slice(0, -2)} *` : specifier;
    const optional = pattern.endsWith(' *');
    const parts = (optional ? pattern.slice(0, -2) : pattern)
      .split(/\*+/)
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('[^]*')}${optional ? '(?: [^]*)?' : ''}$`);
    patterns.set(specifier, expression);
  }
  return expression.test(text);
}

/** Wrappers whose own options are skipped. `timeout` takes a duration first. */
const wrappers = new Set(['timeout', 'time', 'nice', 'nohup', 'stdbuf', 'command', 'builtin', 'noglob']);
const strictWrappers = new Set([...wrappers, 'sudo', 'env', 'exec', 'doas']);
/** Options of the wrappers that take the next word. */
const valued = new Set([
  '-n',
  '-u',
  '-g',
  '-s',
  '-k',
  '--signal',
  '--kill-after',
  '--user',
  '-C',
  '-i',
  '-o',
  '-e',
  '-S',
]);

const safeVariables =
  /^(?:NODE_ENV|CI|DEBUG|LANG|LANGUAGE|LC_[A-Z]+|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CLICOLOR(?:_FORCE)?|TZ|COLUMNS|LINES|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|RUST_BACKTRACE|RUST_LOG|GO111MODULE|GOFLAGS|CGO_ENABLED|GOOS|GOARCH|CARGO_TERM_COLOR|PYTEST_DISABLE_PLUGIN_AUTOLOAD|TEST|VITEST|BABEL_ENV|RAILS_ENV|RACK_ENV|MIX_ENV|APP_ENV)$/;

/**
 * Texts that an allow rule is held against: as written, and with quotes removed (seen on 2.1.328). None where leading
 * assignments keep every narrow allow rule away.
 */
export function allowTexts(command: SimpleCommand): readonly string[] {
  if (command.assignments.some(({ name }) => !safeVariables.test(name))) return [];
  if (command.words.length === 0) return [];
  const stripped = strip(command.words, wrappers);
  const written = stripped === 0 ? command.bare : fromWord(command, stripped);
  const values = command.words.slice(stripped).map((word) => word.value);
  return values.includes(null) ? [written] : [written, values.join(' ')];
}

/** Every text that a deny or ask rule is held against. */
export function strictTexts(command: SimpleCommand, variables: ReadonlyMap<string, string>): readonly string[] {
  if (command.words.length === 0) return [command.text];
  const texts = new Set<string>([command.text, command.bare]);
  for (const skipped of stops(command.words)) {
    const words = command.words.slice(skipped);
    if (words.length === 0) continue;
    if (skipped > 0) texts.add(fromWord(command, skipped));
    const literal = words.map((word) => resolved(word, variables));
    texts.add(literal.join(' '));
    const program = literal[0] ?? '';
    if (program.includes('/')) texts.add([baseName(program), ...literal.slice(1)].join(' '));
  }
  return [...texts];
}

/** 0 and every position behind a wrapper. */
function stops(words: readonly Word[]): readonly number[] {
  const found = [0];
  for (let at = 0; ; ) {
    const next = at + strip(words.slice(at), strictWrappers, true);
    if (next === at) break;
    found.push(next);
    at = next;
  }
  return found;
}

function resolved(word: Word, variables: ReadonlyMap<string, string>): string {
  if (word.value !== null) return word.value;
  return word.raw.replace(/^"|"$/g, '').replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
    return variables.get(braced ?? plain ?? '') ?? whole;
  });
}

/** How many words at the front are wrappers with their options. */
function strip(words: readonly Word[], known: ReadonlySet<string>, once = false): number {
  let at = 0;
  for (;;) {
    const name = words[at]?.value ?? null;
    if (name === null) return at;
    const program = known === strictWrappers ? baseName(name) : name;
    if (program === 'xargs' && words[at + 1]?.value?.startsWith('-') !== true && words[at + 1] !== undefined) at += 1;
    else if (known.has(program)) at = behindOptions(words, at + 1, program);
    else return at;
    if (once) return at;
  }
}

function behindOptions(words: readonly Word[], from: number, program: string): number {
  let at = from;
  while (at < words.length) {
    const word = words[at]?.value ?? '';
    if (word === '--') return at + 1;
    if (word.startsWith('-')) at += valued.has(word) && program !== 'command' && program !== 'time' ? 2 : 1;
    else if (program === 'env' && /^\w+=/.test(word)) at += 1;
    else break;
  }
  return program === 'timeout' && at < words.length ? at + 1 : at;
}

/** The command's text from a certain word on, as it was written. */
function fromWord(command: SimpleCommand, index: number): string {
  let from = 0;
  for (let at = 0; at < index; at += 1) {
    const raw = command.words[at]?.raw ?? '';
    from = command.bare.indexOf(raw, from) + raw.length;
  }
  return command.bare.slice(from).trimStart();
}

/** Variables whose value is written in the program before they are used. */
export function assignedVariables(program: ShellProgram): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const command of program.commands)
    for (const { name, value } of command.assignments) if (value !== null) variables.set(name, value);
  return variables;
}

/** Variables that every shell has; `$HOME` was seen to be no reason to ask, a variable of the project was. */
const knownVariables = /\$(?:HOME|PWD|USER|LOGNAME|SHELL|TMPDIR|PATH|LANG)\b/g;

/**
 * Why a narrow allow rule does not cover a command that it matches; null where it does. Bare `Bash` covers everything.
 * Each line was seen on 2.1.328: conditions and loops are reached into, subshells, variables, substitutions and what runs in
 * the background are not.
 */
export function allowReaches(command: SimpleCommand, program: ShellProgram): string | null {
  if (command.within.includes('subshell')) return 'an allowed prefix does not reach into ( ... )';
  if (command.words.some((word) => /\\\s/.test(word.raw) && !word.raw.startsWith("'")))
    return 'a blank behind a backslash cannot be checked before it runs';
  if (command.within.includes('group')) return 'a group in braces cannot be checked before it runs';
  if (command.within.includes('case')) return 'a case statement cannot be checked before it runs';
  if (program.structures.has('here-document') && program.structures.has('pipe'))
    return 'a pipeline behind a here-document cannot be checked before it runs';
  if (command.within.includes('function')) return 'an allowed prefix does not reach into a function';
  if (program.structures.has('substitution')) return 'a nested command cannot be checked before it runs';
  if (program.structures.has('process-substitution')) return 'an allowed prefix does not cover process substitution';
  if (program.structures.has('background')) return 'an allowed prefix does not cover what runs in the background';
  if (
    command.words.some((word) => /\$(?:\w|\{)/.test(word.raw.replace(knownVariables, '')) && !word.raw.startsWith("'"))
  )
    return 'an allowed prefix does not cover variables';
  if (command.redirections.some((one) => one.kind === 'here-document' && one.expanded === true))
    return 'an allowed prefix does not cover a here-document that is expanded';
  return null;
}

/** Programs that no prefix rule approves, and flags of `find` that make it more than a reader. */
export function neverPrefixApproved(command: SimpleCommand): boolean {
  const program = command.words[0]?.value ?? '';
  if (['watch', 'setsid', 'ionice', 'flock'].includes(program)) return true;
  return (
    program === 'find' &&
    command.words.some((word) => /^-(?:exec|execdir|ok|okdir|delete|fprint0?|fprintf|fls)$/.test(word.value ?? ''))
  );
}

export const isBareShell = (rule: Rule): boolean => rule.tool === 'Bash' && rule.specifier === null;

/** `Bash(run_in_background:true)`: a rule over another parameter than the command. */
export function matchesParameter(specifier: string, background: boolean): boolean | null {
  const match = /^run_in_background:(true|false)$/.exec(specifier);
  return match === null ? null : background === (match[1] === 'true');
}
