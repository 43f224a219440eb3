import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

/**
 * Python parsed by tree-sitter (grammar 0.25, runtime 0.27), copied into flat arrays at once: the tree lives in
 * WebAssembly memory and must be deleted, the copy is plain JavaScript and is what everything else reads. Most files never
 * come here: `plain-module.ts` reads them, and this is for what is rare in them, or wrong.
 */

/** The two WebAssembly files. */
export type WasmFiles = { readonly runtime: string; readonly grammar: string };

/** From the `grammars` folder beside a bundle (a packaged app has no `node_modules` for them), else from the packages. */
export function installedWasmFiles(): WasmFiles {
  for (const folder of [join(import.meta.dirname, 'grammars'), join(import.meta.dirname, '..', 'grammars')]) {
    const files = { runtime: join(folder, 'web-tree-sitter.wasm'), grammar: join(folder, 'tree-sitter-python.wasm') };
    if (existsSync(files.runtime) && existsSync(files.grammar)) return files;
  }
  const require = createRequire(import.meta.url);
  return {
    runtime: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'),
  };
}

export type ParseLimits = {
  /** UTF-16 units of text. */
  readonly maxLength: number;
  readonly maxNodes: number;
  readonly maxMilliseconds: number;
};

export const defaultParseLimits: ParseLimits = {
  maxLength: 4 * 1024 * 1024,
  maxNodes: 2_000_000,
  maxMilliseconds: 8_000,
};

export type ParseResult =
  | { readonly ok: true; readonly tree: SyntaxTree }
  | { readonly ok: false; readonly reason: 'too-long' | 'too-many-nodes' | 'too-slow' };

/** Node ids are indexes into the arrays; -1 is "none". Comments and punctuation are left out. Lines are 1-based. */
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

export type PythonParser = {
  readonly grammar: Grammar;
  parse(text: string, limits?: ParseLimits): ParseResult;
};

/** Numbers that the grammar gives to its node types and fields, by name. */
export type Grammar = {
  readonly type: (name: string) => number;
  readonly nameOfType: (id: number) => string;
  readonly field: (name: string) => number;
};

const loading = new Map<string, Promise<PythonParser>>();

/** One parser per pair of files; loading takes some 20 ms. Rejects when a file is missing or not WebAssembly. */
export function loadPythonParser(files: WasmFiles = installedWasmFiles()): Promise<PythonParser> {
  const key = `${files.runtime}\n${files.grammar}`;
  let parser = loading.get(key);
  if (parser === undefined) {
    parser = load(files);
    loading.set(key, parser);
  }
  return parser;
}

async function load(files: WasmFiles): Promise<PythonParser> {
  await Parser.init({ locateFile: () => files.runtime });
  const language = await Language.load(await readFile(files.grammar));
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar = grammarOf(language);
  const tables = walkTables(language, grammar);
  return {
    grammar,
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

function grammarOf(language: Language): Grammar {
  const types = new Map<string, number>();
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    const name = language.nodeTypeForId(id);
    if (name === null || !language.nodeTypeIsVisible(id)) continue;
    // Aliased symbols share a name; the tree carries the public one, which idForNodeType answers.
    // `await` is a keyword and a node: the node counts.
    const named = language.nodeTypeIsNamed(id);
    if (named || !types.has(name)) types.set(name, language.idForNodeType(name, named) ?? id);
  }
  return {
    type: (name) => types.get(name) ?? -1,
    nameOfType: (id) => (id === errorType ? 'ERROR' : (language.nodeTypeForId(id) ?? '')),
    field: (name) => language.fieldIdForName(name) ?? 0,
  };
}

/** Number that tree-sitter gives to ERROR nodes in every grammar. */
export const errorType = 0xffff;

const keptTokens = ['+', '|', '/', 'or', 'and', '+=', 'async', '**', '*'];

type WalkTables = {
  readonly keep: Uint8Array;
  /** Nodes that nothing below is read of: type annotations. */
  readonly leaf: Uint8Array;
  readonly stringType: number;
};

function walkTables(language: Language, grammar: Grammar): WalkTables {
  const keep = new Uint8Array(errorType + 1);
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    if (language.nodeTypeIsNamed(id)) keep[id] = 1;
  }
  for (const token of keptTokens) {
    const id = language.idForNodeType(token, false);
    if (id !== null) keep[id] = 1;
  }
  for (const name of ['comment', 'line_continuation', 'string_start', 'string_end', 'escape_sequence']) {
    const id = grammar.type(name);
    if (id >= 0) keep[id] = 0;
  }
  keep[errorType] = 1;
  const leaf = new Uint8Array(errorType + 1);
  const annotation = grammar.type('type');
  if (annotation >= 0) leaf[annotation] = 1;
  return { keep, leaf, stringType: grammar.type('string') };
}

function copyTree(
  tree: Tree,
  text: string,
  { keep, leaf, stringType }: WalkTables,
  maxNodes: number,
): SyntaxTree | null {
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
      let descend = true;
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
        if (type === stringType) descend = isFormatString(text, start);
        else if (leaf[type] === 1) descend = false;
        if (broken && (type === errorType || cursor.nodeIsMissing) && errors.size < 20) errors.add(start);
      } else {
        descend = false;
        if (broken && errors.size < 20 && cursor.nodeIsMissing) errors.add(cursor.startIndex);
      }
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
  return {
    text,
    types,
    fields,
    starts,
    ends,
    firstChild,
    nextSibling,
    count,
    errorLines: [...new Set([...errors].map(lineOf))].sort((a, b) => a - b),
    lineOf,
  };
}

/** The prefix letters of a string decide whether it holds expressions (`f"..."`, t-strings of Python 3.14). */
function isFormatString(text: string, start: number): boolean {
  for (let index = start; index < start + 3; index += 1) {
    const char = text[index];
    if (char === '"' || char === "'") return false;
    if (char === 'f' || char === 'F' || char === 't' || char === 'T') return true;
  }
  return false;
}

function lineFinder(text: string): (offset: number) => number {
  let lineStarts: number[] | null = null;
  return (offset) => {
    if (lineStarts === null) {
      lineStarts = [0];
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
    }
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
