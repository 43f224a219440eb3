import type { ShellGrammar } from './shell/grammar.ts';
import type { ShellProgram } from './shell/program.ts';
import { readProgram } from './shell/read-program.ts';

/** Reads programs once each; the same text is asked often. */
export function programReader(grammar: ShellGrammar): (text: string) => ShellProgram {
  const known = new Map<string, ShellProgram>();
  return (text) => {
    let program = known.get(text);
    if (program === undefined) {
      if (known.size > 5000) known.clear();
      program = readProgram(grammar, text);
      known.set(text, program);
    }
    return program;
  };
}

/** Files that a program's redirections write, as written; null where one is computed. */
export const writtenFiles = (program: ShellProgram): readonly (string | null)[] =>
  program.commands.flatMap((command) =>
    command.redirections.flatMap(({ kind, target }) =>
      (kind === 'write' || kind === 'append') && target !== '/dev/null' ? [target] : [],
    ),
  );
