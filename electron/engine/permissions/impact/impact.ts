import { unwrapped } from '../shell/unwrap.ts';
import type { Call } from '../call.ts';
import type { ShellProgram } from '../shell/program.ts';
import { cloudImpact } from './cloud-commands.ts';
import { type CommandEntry, commandEntries } from './command-catalogue.ts';
import { sqlImpact } from './sql.ts';
import { toolNameImpact } from './tool-names.ts';

/** What a call does to the world, and whether it can be taken back. */
export const impactClasses = ['informational', 'operational', 'destructive'] as const;
export type ImpactClass = (typeof impactClasses)[number];
export type Reversible = 'not-needed' | 'yes' | 'partly' | 'no' | 'unknown';

export type Impact = {
  readonly impact: ImpactClass;
  readonly reversible: Reversible;
  /** In plain words: "deletes files and folders for good". */
  readonly says: string;
  /** Where the judgement comes from: the catalogue, the tool's own annotation, or its name (a guess). */
  readonly from: 'catalogue' | 'annotation' | 'name' | 'unknown';
};

export const informational = (says: string): Impact => ({
  impact: 'informational',
  reversible: 'not-needed',
  says,
  from: 'catalogue',
});

const order: readonly ImpactClass[] = ['informational', 'operational', 'destructive'];

/** The worse of two; what cannot be undone counts as worse among equals. */
export function worse(one: Impact, other: Impact): Impact {
  const difference = order.indexOf(other.impact) - order.indexOf(one.impact);
  if (difference !== 0) return difference > 0 ? other : one;
  const irreversible = ({ reversible }: Impact): number =>
    ['not-needed', 'yes', 'partly', 'unknown', 'no'].indexOf(reversible);
  return irreversible(other) > irreversible(one) ? other : one;
}

/** Judges one call. Unknown programs and tools are operational, and say so. */
export function impactOf(call: Call, program: (text: string) => ShellProgram): Impact {
  switch (call.type) {
    case 'shell':
      return shellImpact(program(call.command), program, 0);
    case 'read':
    case 'list':
    case 'search':
      return informational('reads files');
    case 'search-web':
      return informational('searches the web; the words of the question leave the machine');
    case 'fetch':
      return {
        impact: 'operational',
        reversible: 'no',
        says: 'sends a request to a web address; what it carries cannot be taken back',
        from: 'catalogue',
      };
    case 'write':
      return {
        impact: 'operational',
        reversible: 'partly',
        says: 'writes a file, replacing what was there',
        from: 'catalogue',
      };
    case 'edit':
      return { impact: 'operational', reversible: 'partly', says: 'changes a file', from: 'catalogue' };
    case 'delete':
      return { impact: 'destructive', reversible: 'partly', says: 'deletes a file', from: 'catalogue' };
    case 'mcp':
      return toolNameImpact(call);
    case 'agent':
      return {
        impact: 'operational',
        reversible: 'unknown',
        says: 'starts another agent, which acts by its own rules',
        from: 'catalogue',
      };
    case 'skill':
      return { impact: 'operational', reversible: 'unknown', says: 'uses a skill', from: 'catalogue' };
    case 'code':
      return { impact: 'destructive', reversible: 'no', says: 'runs code that a model wrote', from: 'catalogue' };
    case 'tool':
    case 'connect':
    case 'hook':
    case 'flag':
      return { impact: 'operational', reversible: 'unknown', says: 'not in the catalogue', from: 'unknown' };
  }
}

const maxDepth = 4;

function shellImpact(read: ShellProgram, program: (text: string) => ShellProgram, depth: number): Impact {
  if (read.unreadable)
    return { impact: 'destructive', reversible: 'unknown', says: 'a command that cannot be parsed', from: 'unknown' };
  let result = informational('runs nothing');
  let first = true;
  for (const command of read.commands) {
    const { words, script } = unwrapped(command);
    let one =
      script !== null && depth < maxDepth ? shellImpact(program(script), program, depth + 1) : commandImpact(words);
    for (const { kind, target } of command.redirections)
      if ((kind === 'write' || kind === 'append') && target !== '/dev/null')
        one = worse(one, {
          impact: 'operational',
          reversible: kind === 'append' ? 'yes' : 'partly',
          says: `writes ${target ?? 'a file that is computed'}`,
          from: 'catalogue',
        });
    result = first ? one : worse(result, one);
    first = false;
  }
  return result;
}

/** Null stands for a word that is computed. */
function commandImpact(words: readonly (string | null)[]): Impact {
  const [program] = words;
  if (program === undefined) return informational('sets variables');
  if (program === null)
    return { impact: 'destructive', reversible: 'unknown', says: 'runs a program that is computed', from: 'unknown' };
  const name = program.replace(/^.*\//, '');
  const cloud = cloudImpact(name, words.slice(1));
  if (cloud !== null) return cloud;
  const sql = sqlImpact(name, words.slice(1));
  if (sql !== null) return sql;
  const entry = find(name, words.slice(1));
  return entry === null
    ? {
        impact: 'operational',
        reversible: 'unknown',
        says: `runs ${name}, which is not in the catalogue`,
        from: 'unknown',
      }
    : { impact: entry.impact, reversible: entry.reversible, says: entry.says, from: 'catalogue' };
}

const byProgram = Map.groupBy(commandEntries, (entry) => entry.program);

/** The most exact entry that fits: more words of its verb, then a flag that it asks for. */
function find(program: string, rest: readonly (string | null)[]): CommandEntry | null {
  const operands = rest.filter((word): word is string => word !== null && !word.startsWith('-'));
  const flags = new Set(rest.flatMap((word) => (word?.startsWith('-') === true ? flagsOf(word) : [])));
  let best: { readonly entry: CommandEntry; readonly score: number } | null = null;
  for (const entry of byProgram.get(program) ?? []) {
    const verb = entry.verb ?? [];
    if (!verb.every((word, index) => word === operands[index])) continue;
    if (entry.flags !== undefined && !entry.flags.some((flag) => flags.has(flag))) continue;
    const score = verb.length * 2 + (entry.flags === undefined ? 0 : 1);
    if (best === null || score > best.score) best = { entry, score };
  }
  return best?.entry ?? null;
}

/** `-rf` is `-r` and `-f`; `--force=x` is `--force`. */
function flagsOf(word: string): readonly string[] {
  if (word.startsWith('--')) return [word.split('=')[0] ?? word];
  return word.length > 2 ? [word, ...[...word.slice(1)].map((letter) => `-${letter}`)] : [word];
}
