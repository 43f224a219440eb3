import type { FileInput, Issue, ModuleSummary } from '../source.ts';
import type { Expression, Parameter } from './expressions.ts';
import { moduleBody } from './module-body.ts';
import { notebookText } from './notebook.ts';
import { packModule } from './packed.ts';
import type { PythonParser } from './parser.ts';

/**
 * What one Python file says, framework-neutral and JSON-safe: statements in order with their expressions. Blocks of
 * `if`, `for`, `with` and `try` are flattened; `when` keeps the innermost condition as source text.
 */
export type PythonModule = {
  readonly language: 'python';
  readonly body: readonly Statement[];
};

export type Common = { readonly line: number; readonly at: number; readonly when?: string };

export type Statement =
  | (Common & { readonly kind: 'import'; readonly names: readonly ImportedName[] })
  /** `added` for `+=`. Loops and `with` give assignments too: an element of what is run over, what was entered. */
  | (Common & {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      readonly value: Expression;
      readonly added?: true;
    })
  | (Common & { readonly kind: 'expression'; readonly value: Expression })
  | (Common & { readonly kind: 'return'; readonly value: Expression })
  | (Common & { readonly kind: 'function'; readonly function: FunctionSummary })
  | (Common & { readonly kind: 'class'; readonly class: ClassSummary });

/**
 * `import a.b as c` binds c to module a.b (`name` null); `import a.b` binds a; `from ..a import b as c` has level 2,
 * module `a`, name `b`; `from a import *` has the name `*`.
 */
export type ImportedName = {
  readonly binds: string;
  readonly level: number;
  readonly module: string;
  readonly name: string | null;
};

export type FunctionSummary = {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly documentation: string;
  readonly body: readonly Statement[];
};

export type ClassSummary = {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly bases: readonly Expression[];
  readonly decorators: readonly Expression[];
  readonly documentation: string;
  readonly body: readonly Statement[];
};

/** Never throws for any text: what cannot be read becomes an issue. The content is a `PackedModule`. */
export function summarisePython(
  parser: PythonParser,
  file: Pick<FileInput, 'place' | 'sha256' | 'text'>,
): ModuleSummary {
  const notebook = file.place.endsWith('.ipynb') ? notebookText(file.text) : undefined;
  const base = { place: file.place, sha256: file.sha256 };
  const empty = packModule({ language: 'python', body: [] });
  if (notebook === null) {
    return {
      ...base,
      status: 'malformed',
      content: empty,
      issues: [{ line: null, message: 'not a notebook: no list of cells' }],
    };
  }
  const result = parser.parse(notebook?.text ?? file.text);
  if (!result.ok) {
    const reasons = {
      'too-long': 'too long to parse',
      'too-many-nodes': 'too many syntax nodes to parse',
      'too-slow': 'parsing took too long and was stopped',
    };
    return { ...base, status: 'malformed', content: empty, issues: [{ line: null, message: reasons[result.reason] }] };
  }
  const mapLine = notebook === undefined ? (line: number) => line : (line: number) => notebook.lines[line - 1] ?? 1;
  const { body, tooDeep } = moduleBody(result.tree, parser.grammar, mapLine);
  const content = packModule({ language: 'python', body });
  const old = result.tree.errorLines.length > 0 && python2.test(result.tree.text);
  const issues: Issue[] = [
    ...result.tree.errorLines.map((line) => ({
      line: mapLine(line),
      message: old ? 'Python syntax not understood (the file looks like Python 2)' : 'Python syntax not understood',
    })),
    ...tooDeep.map((line) => ({ line, message: 'nested too deep to be read' })),
  ];
  return { ...base, status: issues.length > 0 ? 'malformed' : 'read', content, issues };
}

/** What only Python 2 allows: a bare `print`, a comma in `except`, `raise X, y`, backticks and octal `0777`. */
const python2 =
  /^[ \t]*(?:print[ \t]+["'\w%]|print[ \t]*>>|except[ \t]+[\w.()]+[ \t]*,[ \t]*\w+[ \t]*:|raise[ \t]+\w+[ \t]*,|exec[ \t]+["'\w])/m;
