import type { FileInput, Issue, ModuleSummary } from '../source.ts';
import type { Expression, Parameter } from './expressions.ts';
import { moduleBody } from './module-body.ts';
import { notebookText } from './notebook.ts';
import { packModule } from './packed.ts';
import { defaultParseLimits, loadPythonParser, type PythonParser } from './parser.ts';
import { plainModule } from './plain-module.ts';

/**
 * What one Python file says, framework-neutral and JSON-safe: statements in order with their expressions. Blocks of
 * `if`, `for`, `with` and `try` are flattened; `when` keeps the innermost condition as source text.
 */
export type PythonModule = {
  readonly language: Language;
  readonly body: readonly Statement[];
};

/** Languages whose files are summarised in this form. */
export type Language = 'python' | 'ecmascript' | 'csharp' | 'java' | 'go' | 'rust';

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

type PythonFile = Pick<FileInput, 'place' | 'sha256' | 'text'>;
/** Text to parse, and the line in the file for each of its lines. */
type Prepared = { readonly text: string; readonly mapLine: (line: number) => number };

/** Never throws for any text: what cannot be read becomes an issue. The content is a `PackedModule`. */
export function summarisePython(parser: PythonParser, file: PythonFile): ModuleSummary {
  const prepared = prepare(file);
  return prepared === null ? notANotebook(file) : (plainSummary(file, prepared) ?? treeSummary(parser, file, prepared));
}

/** The same with a parser that is only loaded, which takes longer than most files, for a file that needs it. */
export async function summarisePythonFile(file: PythonFile): Promise<ModuleSummary> {
  const prepared = prepare(file);
  if (prepared === null) return notANotebook(file);
  return plainSummary(file, prepared) ?? treeSummary(await loadPythonParser(), file, prepared);
}

function prepare(file: PythonFile): Prepared | null {
  if (!file.place.endsWith('.ipynb')) return { text: file.text, mapLine: (line) => line };
  const notebook = notebookText(file.text);
  return notebook === null ? null : { text: notebook.text, mapLine: (line) => notebook.lines[line - 1] ?? 1 };
}

/** Null: for the grammar's parser. */
function plainSummary({ place, sha256 }: PythonFile, { text, mapLine }: Prepared): ModuleSummary | null {
  if (text.length > defaultParseLimits.maxLength) return null;
  const body = plainModule(text, mapLine);
  if (body === null) return null;
  return { place, sha256, status: 'read', content: packModule({ language: 'python', body }), issues: [] };
}

const malformed = ({ place, sha256 }: PythonFile, message: string): ModuleSummary => ({
  place,
  sha256,
  status: 'malformed',
  content: packModule({ language: 'python', body: [] }),
  issues: [{ line: null, message }],
});
const notANotebook = (file: PythonFile): ModuleSummary => malformed(file, 'not a notebook: no list of cells');
const reasons = {
  'too-long': 'too long to parse',
  'too-many-nodes': 'too many syntax nodes to parse',
  'too-slow': 'parsing took too long and was stopped',
} as const;

function treeSummary(parser: PythonParser, file: PythonFile, { text, mapLine }: Prepared): ModuleSummary {
  const result = parser.parse(text);
  if (!result.ok) return malformed(file, reasons[result.reason]);
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
  const { place, sha256 } = file;
  return { place, sha256, status: issues.length > 0 ? 'malformed' : 'read', content, issues };
}

/** What only Python 2 allows: a bare `print`, a comma in `except`, `raise X, y`, backticks and octal `0777`. */
const python2 =
  /^[ \t]*(?:print[ \t]+["'\w%]|print[ \t]*>>|except[ \t]+[\w.()]+[ \t]*,[ \t]*\w+[ \t]*:|raise[ \t]+\w+[ \t]*,|exec[ \t]+["'\w])/m;
