import { isCredentialName } from '../parse/credential-names.ts';
import { type Family, lex, type Lexed } from './lexical.ts';

/** A secret of the environment that code names. */
export type Named = {
  readonly name: string;
  readonly line: number;
  /** listed: the name stands in a table whose entries the code looks up. */
  readonly form: 'read' | 'written' | 'listed';
};

const families: readonly (readonly [RegExp, Family])[] = [
  [/\.py$/, 'python'],
  [/\.(?:[cm]?[jt]sx?)$/, 'ecmascript'],
  [/\.go$/, 'go'],
  [/\.rs$/, 'rust'],
  [/\.(?:java|kt|kts|cs)$/, 'c-like'],
];

export const familyOf = (place: string): Family | null => families.find(([ending]) => ending.test(place))?.[1] ?? null;

/** Endings of the files above, and what at least one of them holds where it asks the environment for something. */
export const endings: readonly string[] = [
  ...['.py', '.ipynb', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  ...['.go', '.rs', '.java', '.kt', '.cs'],
];
export const keywords: readonly string[] = [
  'environ',
  'getenv',
  'Getenv',
  'LookupEnv',
  'process.env',
  'import.meta.env',
  'Deno.env',
  'Bun.env',
  'env::var',
  'GetEnvironmentVariable',
  'st.secrets',
  'userdata.get',
  'decouple',
];

/** Before a name written out: `os.environ["`, `getenv("`. Blanks may stand in between. */
const before: Readonly<Record<Family, RegExp>> = {
  python:
    /(?:\benviron\s*\[\s*|\benviron\s*\.\s*(?:get|pop|setdefault|__getitem__)\s*\(\s*|\bgetenvb?\s*\(\s*(?:key\s*=\s*)?|\bst\s*\.\s*secrets\s*(?:\[\s*|\.\s*get\s*\(\s*)|\buserdata\s*\.\s*get\s*\(\s*|\b(?:unsetenv|putenv)\s*\(\s*)"/g,
  ecmascript:
    /(?:\b(?:process|Bun|import\.meta)\s*\.\s*env\s*(?:\?\.)?\s*\[\s*|\bDeno\s*\.\s*env\s*\.\s*get\s*\(\s*)"/g,
  go: /\b(?:Getenv|LookupEnv)\s*\(\s*"/g,
  rust: /\benv\s*::\s*var(?:_os)?\s*\(\s*"|\b(?:option_)?env!\s*\(\s*"/g,
  'c-like': /\b(?:getenv\s*\(\s*|getenv\s*\(\s*\)\s*(?:\.\s*get\s*\(\s*|\[\s*)|GetEnvironmentVariable\s*\(\s*)"/g,
};

/** Before a name that is an expression: entries of tables are asked for. */
const dynamic: Readonly<Record<Family, RegExp>> = {
  python:
    /\benviron\s*\[\s*[A-Za-z_]|\benviron\s*\.\s*(?:get|pop)\s*\(\s*[A-Za-z_]|\bgetenv\s*\(\s*[A-Za-z_]|\bin\s+(?:os\s*\.\s*)?environ\b/,
  ecmascript:
    /\b(?:process|Bun|import\.meta)\s*\.\s*env\s*\[\s*[A-Za-z_$]|\bDeno\s*\.\s*env\s*\.\s*get\s*\(\s*[A-Za-z_$]|\bin\s+process\s*\.\s*env\b/,
  go: /\b(?:Getenv|LookupEnv)\s*\(\s*[A-Za-z_]/,
  rust: /\benv\s*::\s*var(?:_os)?\s*\(\s*&?[A-Za-z_]/,
  'c-like': /\bgetenv\s*\(\s*[A-Za-z_]|\bGetEnvironmentVariable\s*\(\s*[A-Za-z_]/,
};

/** What a program hands to browsers is no secret, and an input of an action only passes one on. */
const handedOut =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|PUBLIC|GATSBY|STORYBOOK|VUE_APP|PLASMO_PUBLIC|INPUT)_/;
/** Variables of shells and systems that sound like secrets. */
const notSecret: ReadonlySet<string> = new Set([
  'PWD',
  'OLDPWD',
  'INIT_CWD',
  'SSH_AUTH',
  'XAUTHORITY',
  'KEY',
  'COOKIE',
]);

/** Whether a variable of this name holds a secret of the program's own. */
export const isSecretVariable = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_]{1,127}$/.test(name) &&
  !handedOut.test(name) &&
  !notSecret.has(name.toUpperCase()) &&
  isCredentialName(name);

/** Most names of one file; a generated file may hold thousands. */
const mostNames = 500;

/** Names of secrets that this text asks the environment for, each line once. Comments and ordinary strings say nothing. */
export function secretsNamed(source: string, family: Family): readonly Named[] {
  const lexed = lex(source, family);
  const found = new Map<string, Named>();
  const lineOf = lineCounter(source);
  const add = (name: string, offset: number, form: Named['form']): void => {
    if (found.size >= mostNames || !isSecretVariable(name)) return;
    const line = lineOf(offset);
    const key = `${name}:${line}`;
    if (!found.has(key)) found.set(key, { name, line, form });
  };
  for (const match of lexed.code.matchAll(before[family])) {
    const text = lexed.texts.get(match.index + match[0].length - 1);
    if (text === undefined || namesAStoredSecret(lexed.code, match.index)) continue;
    add(text.value, text.start, formOf(lexed.code, text.end, family));
  }
  if (family === 'python') pythonNames(lexed, add);
  if (family === 'ecmascript') ecmascriptNames(lexed, add);
  if (dynamic[family].test(lexed.code)) {
    for (const text of lexed.texts.values())
      if (isListedName(text.value) && isEntry(lexed.code, text.start, text.end)) add(text.value, text.start, 'listed');
  }
  return [...found.values()].sort((one, other) => one.line - other.line || (one.name < other.name ? -1 : 1));
}

type Add = (name: string, offset: number, form: Named['form']) => void;

/** `"KEY" in os.environ`, names of `environs` and `decouple`, attributes of Streamlit's secrets. */
function pythonNames({ code, texts }: Lexed, add: Add): void {
  for (const text of texts.values())
    if (/^\s*(?:not\s+)?in\s+(?:os\s*\.\s*)?environ\b/.test(code.slice(text.end, text.end + 60)))
      add(text.value, text.start, 'read');
  for (const match of code.matchAll(/\bst\s*\.\s*secrets\s*\.\s*([A-Za-z_]\w*)(?!\s*\()/g))
    add(match[1] ?? '', match.index, 'read');
  const called = [
    ...(/\bfrom\s+decouple\s+import\b/.test(code) ? ['config'] : []),
    ...(/\b(?:from|import)\s+environs?\b/.test(code) ? ['env(?:\\s*\\.\\s*(?:str|url|json|dj_db_url))?'] : []),
  ];
  for (const name of called)
    for (const match of code.matchAll(new RegExp(`(?<![\\w.])${name}\\s*\\(\\s*"`, 'g'))) {
      const text = texts.get(match.index + match[0].length - 1);
      if (text !== undefined) add(text.value, text.start, 'read');
    }
}

/** `process.env.KEY`, `const { KEY, OTHER: own = 1 } = process.env`, `'KEY' in process.env`. */
function ecmascriptNames({ code, texts }: Lexed, add: Add): void {
  for (const match of code.matchAll(/\b(?:process|Bun|import\.meta)\s*\.\s*env\s*[?!]?\s*\.\s*([A-Za-z_$][\w$]*)/g)) {
    const end = match.index + match[0].length;
    add(match[1] ?? '', end - 1, formOf(code, end, 'ecmascript'));
  }
  for (const match of code.matchAll(/\{([^{}]{1,4000})\}\s*=\s*(?:process|Bun|import\.meta)\s*\.\s*env\b/g))
    for (const entry of (match[1] ?? '').matchAll(/(?:^|,)\s*([A-Za-z_$][\w$]*)/g))
      add(entry[1] ?? '', match.index + 1 + entry.index + entry[0].length - 1, 'read');
  for (const text of texts.values())
    if (/^\s*in\s+process\s*\.\s*env\b/.test(code.slice(text.end, text.end + 40))) add(text.value, text.start, 'read');
}

/** `get_secret_value(SecretId=os.environ["X"])`: the variable holds the name of a secret that a manager keeps. */
const namesAStoredSecret = (code: string, at: number): boolean =>
  /\b(?:SecretId|secretId|secret_id|SecretName|secretName|secret_name)\s*[:=]\s*(?:\w+\s*\.\s*){0,2}$/.test(
    code.slice(Math.max(0, at - 80), at),
  );

/** `os.environ["X"] = ...`: the program sets it; not `==`. */
const formOf = (code: string, end: number, family: Family): Named['form'] =>
  (family === 'python' ? /^\s*\]\s*=(?!=)/ : /^\s*\]?\s*=(?![=>])/).test(code.slice(end, end + 20))
    ? 'written'
    : 'read';

/** Capitals with an underscore: nothing but a variable is written so in a table. */
const isListedName = (value: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value);

/** Whether a string is a member of a list or table, a value that is assigned, or an argument. */
function isEntry(code: string, start: number, end: number): boolean {
  const left =
    code
      .slice(Math.max(0, start - 200), start)
      .trimEnd()
      .at(-1) ?? '';
  const right = code.slice(end, end + 200).trimStart()[0] ?? '';
  return (
    '[({,:='.includes(left) && (right === '' || '])},:;'.includes(right) || /\n\s*$/.test(code.slice(end, end + 1)))
  );
}

/** Lines of rising and falling offsets. */
function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
