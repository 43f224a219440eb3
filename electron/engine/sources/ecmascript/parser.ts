import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

/**
 * TypeScript and JavaScript parsed by tree-sitter (tree-sitter-typescript 0.23, runtime 0.27), copied into flat arrays at
 * once: the tree lives in WebAssembly memory and must be deleted. JavaScript is read with the grammar for TSX: what
 * differs (types, casts) does not occur in it. Types, comments and JSX are left out of the copy.
 */

export type WasmFiles = { readonly runtime: string; readonly typescript: string; readonly tsx: string };

/** From the `grammars` folder beside a bundle (a packaged app has no `node_modules` for them), else from the packages. */
export function installedWasmFiles(): WasmFiles {
  for (const folder of [join(import.meta.dirname, 'grammars'), join(import.meta.dirname, '..', 'grammars')]) {
    const files = {
      runtime: join(folder, 'web-tree-sitter.wasm'),
      typescript: join(folder, 'tree-sitter-typescript.wasm'),
      tsx: join(folder, 'tree-sitter-tsx.wasm'),
    };
    if (existsSync(files.runtime) && existsSync(files.typescript) && existsSync(files.tsx)) return files;
  }
  const require = createRequire(import.meta.url);
  const grammars = dirname(require.resolve('tree-sitter-typescript/package.json'));
  return {
    runtime: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    typescript: join(grammars, 'tree-sitter-typescript.wasm'),
    tsx: join(grammars, 'tree-sitter-tsx.wasm'),
  };
}

export type ParseLimits = {
  /** UTF-16 units of text. */
  readonly maxLength: number;
  readonly maxNodes: number;
  readonly maxMilliseconds: number;
};

export const defaultParseLimits: ParseLimits = {
  maxLength: 2 * 1024 * 1024,
  maxNodes: 1_500_000,
  maxMilliseconds: 8_000,
};

export type ParseResult =
  | { readonly ok: true; readonly tree: SyntaxTree }
  | { readonly ok: false; readonly reason: 'too-long' | 'too-many-nodes' | 'too-slow' };

/** Node ids are indexes into the arrays; -1 is "none". Punctuation is left out. Lines are 1-based. */
export type SyntaxTree = {
  readonly text: string;
  readonly types: Uint16Array;
  readonly fields: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly count: number;
  /** Lines where the grammar did not fit, at most 20. */
  readonly errorLines: readonly number[];
  readonly lineOf: (offset: number) => number;
};

export type EcmascriptParser = {
  readonly grammar: Grammar;
  parse(text: string, limits?: ParseLimits): ParseResult;
};

/** Numbers that the grammar gives to its node types and fields, by name. */
export type Grammar = {
  readonly nameOfType: (id: number) => string;
  readonly field: (name: string) => number;
};

export type EcmascriptParsers = {
  /** For `.ts`, `.mts`, `.cts`, where `<T>x` is a cast. */
  readonly typescript: EcmascriptParser;
  /** For everything else: JSX may occur. */
  readonly tsx: EcmascriptParser;
};

const loading = new Map<string, Promise<EcmascriptParsers>>();

/** One pair of parsers per set of files. Rejects when a file is missing or not WebAssembly. */
export function loadEcmascriptParsers(files: WasmFiles = installedWasmFiles()): Promise<EcmascriptParsers> {
  const key = `${files.runtime}\n${files.typescript}\n${files.tsx}`;
  let parsers = loading.get(key);
  if (parsers === undefined) {
    parsers = load(files);
    loading.set(key, parsers);
  }
  return parsers;
}

async function load(files: WasmFiles): Promise<EcmascriptParsers> {
  await Parser.init({ locateFile: () => files.runtime });
  const [typescript, tsx] = await Promise.all(
    [files.typescript, files.tsx].map(async (file) => parserOf(await Language.load(await readFile(file)))),
  );
  if (typescript === undefined || tsx === undefined) throw new Error('grammar missing');
  return { typescript, tsx };
}

/** A parser that copies its trees. `omitted` are types of nodes that are left out, `whole` ones that are not looked into. */
export function parserOf(
  language: Language,
  omitted: ReadonlySet<string> = dropped,
  whole: ReadonlySet<string> = leaves,
): EcmascriptParser {
  const parser = new Parser();
  parser.setLanguage(language);
  const tables = walkTables(language, omitted, whole);
  return {
    grammar: {
      nameOfType: (id) => (id === errorType ? 'ERROR' : (language.nodeTypeForId(id) ?? '')),
      field: (name) => language.fieldIdForName(name) ?? 0,
    },
    parse(text, limits = defaultParseLimits) {
      if (text.length > limits.maxLength) return { ok: false, reason: 'too-long' };
      const deadline = performance.now() + limits.maxMilliseconds;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree === null) {
        parser.reset();
        return { ok: false, reason: 'too-slow' };
      }
      try {
        const copy = copyTree(tree, text, tables, limits.maxNodes);
        return copy === null ? { ok: false, reason: 'too-many-nodes' } : { ok: true, tree: copy };
      } finally {
        tree.delete();
      }
    },
  };
}

const errorType = 0xffff;

/** Types say nothing about what a program does, JSX nothing that is looked for; the rest is said by the text itself. */
const dropped = new Set(
  `comment html_comment hash_bang_line escape_sequence string_fragment regex_pattern regex_flags jsx_text type_annotation
  type_arguments type_parameters interface_declaration type_alias_declaration function_signature method_signature
  abstract_method_signature implements_clause accessibility_modifier override_modifier ambient_declaration optional_chain
  adding_type_annotation asserts_annotation type_predicate_annotation index_signature import_attribute empty_statement
  break_statement continue_statement debugger_statement object_type predefined_type union_type generic_type literal_type
  array_type tuple_type function_type conditional_type intersection_type lookup_type type_query index_type_query
  template_literal_type readonly_type parenthesized_type nested_type_identifier this_type`.split(/\s+/),
);
const leaves = new Set(['string', 'regex', 'jsx_element', 'jsx_self_closing_element']);

type WalkTables = { readonly keep: Uint8Array; readonly leaf: Uint8Array };

function walkTables(language: Language, omitted: ReadonlySet<string>, whole: ReadonlySet<string>): WalkTables {
  const keep = new Uint8Array(errorType + 1);
  const leaf = new Uint8Array(errorType + 1);
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    if (!language.nodeTypeIsNamed(id)) continue;
    const name = language.nodeTypeForId(id) ?? '';
    if (!omitted.has(name)) keep[id] = 1;
    if (whole.has(name)) leaf[id] = 1;
  }
  keep[errorType] = 1;
  return { keep, leaf };
}

function copyTree(tree: Tree, text: string, { keep, leaf }: WalkTables, maxNodes: number): SyntaxTree | null {
  let capacity = Math.max(256, text.length >> 2);
  let types = new Uint16Array(capacity);
  let fields = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let firstChild = new Int32Array(capacity);
  let nextSibling = new Int32Array(capacity);
  const grow = (): void => {
    capacity *= 2;
    const larger = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    types = larger(new Uint16Array(capacity), types);
    fields = larger(new Uint8Array(capacity), fields);
    starts = larger(new Uint32Array(capacity), starts);
    ends = larger(new Uint32Array(capacity), ends);
    firstChild = larger(new Int32Array(capacity), firstChild);
    nextSibling = larger(new Int32Array(capacity), nextSibling);
  };

  const root = tree.rootNode;
  const broken = root.hasError;
  const errors = new Set<number>();
  const cursor = root.walk();
  let count = 0;
  // For every open level: the kept parent, and the kept child that was seen last.
  const parents: number[] = [];
  const lastChildren: number[] = [];
  let parent = -1;
  let last = -1;
  try {
    for (;;) {
      const type = cursor.nodeTypeId;
      let node = -1;
      let descend = false;
      if (keep[type] === 1) {
        if (count >= maxNodes) return null;
        if (count === capacity) grow();
        node = count;
        count += 1;
        const start = cursor.startIndex;
        types[node] = type;
        fields[node] = cursor.currentFieldId;
        starts[node] = start;
        ends[node] = cursor.endIndex;
        firstChild[node] = -1;
        nextSibling[node] = -1;
        if (last >= 0) nextSibling[last] = node;
        else if (parent >= 0) firstChild[parent] = node;
        last = node;
        descend = leaf[type] !== 1;
        if (broken && (type === errorType || cursor.nodeIsMissing) && errors.size < 20) errors.add(start);
      } else if (broken && errors.size < 20 && cursor.nodeIsMissing) errors.add(cursor.startIndex);
      if (descend && cursor.gotoFirstChild()) {
        parents.push(parent);
        lastChildren.push(last);
        parent = node;
        last = -1;
        continue;
      }
      let moved = cursor.gotoNextSibling();
      while (!moved && cursor.gotoParent()) {
        parent = parents.pop() ?? -1;
        last = lastChildren.pop() ?? -1;
        moved = cursor.gotoNextSibling();
      }
      if (!moved) break;
    }
  } finally {
    cursor.delete();
  }
  const lineOf = lineFinder(text);
  const errorLines = [...new Set([...errors].map(lineOf))].sort((a, b) => a - b);
  return { text, types, fields, starts, ends, firstChild, nextSibling, count, errorLines, lineOf };
}

function lineFinder(text: string): (offset: number) => number {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
