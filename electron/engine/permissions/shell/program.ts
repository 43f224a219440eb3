/**
 * What a text for `bash` runs, as far as it can be known without running it. Offsets are UTF-16 units of the text.
 * Every simple command is listed, wherever it stands; where it stands is kept with it.
 */
export type ShellProgram = {
  readonly text: string;
  /** In the order of the text, those inside of substitutions before the command that they stand in. */
  readonly commands: readonly SimpleCommand[];
  /** Pieces between `&&`, `||`, `;`, `|`, `|&`, `&` and line ends at the outermost level. */
  readonly parts: readonly Part[];
  readonly structures: ReadonlySet<Structure>;
  /** The grammar did not fit, or the text is longer than what is analysed: nothing above is to be relied on. */
  readonly unreadable: boolean;
};

/** What beyond plain commands and the operators between them stands in a program. */
export type Structure =
  | 'and'
  | 'or'
  | 'sequence'
  | 'pipe'
  | 'background'
  | 'subshell'
  | 'group'
  | 'negation'
  | 'if'
  | 'loop'
  | 'case'
  | 'function'
  | 'test'
  | 'substitution'
  | 'process-substitution'
  | 'expansion'
  | 'arithmetic'
  | 'glob'
  | 'here-document'
  | 'here-string'
  | 'redirection'
  | 'comment';

/** `text` is the piece without redirections around it, as it was written. `simple` = one plain command and nothing else. */
export type Part = { readonly text: string; readonly commands: readonly SimpleCommand[]; readonly simple: boolean };

export type SimpleCommand = {
  /** As written, without redirections; leading assignments included. */
  readonly text: string;
  /** Without the leading assignments. */
  readonly bare: string;
  readonly assignments: readonly Assignment[];
  /** Program first. Empty where the command is nothing but assignments. */
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  /** From the outside in. */
  readonly within: readonly (
    | 'subshell'
    | 'group'
    | 'substitution'
    | 'if'
    | 'loop'
    | 'case'
    | 'function'
    | 'negation'
  )[];
  /** Gets its input from a pipe. */
  readonly piped: boolean;
};

/** `value` is the literal after quotes are removed; null where it depends on run time. `glob`: unquoted `*`, `?` or `[`. */
export type Word = {
  readonly raw: string;
  readonly value: string | null;
  readonly glob: boolean;
  readonly quoted: boolean;
};

export type Assignment = { readonly name: string; readonly value: string | null };

export type Redirection = {
  readonly kind: 'read' | 'write' | 'append' | 'duplicate' | 'here-document' | 'here-string';
  /** File that is opened; null where it is computed, or for descriptors and here-documents. */
  readonly target: string | null;
  /** A here-document whose text is expanded. */
  readonly expanded?: boolean;
};
