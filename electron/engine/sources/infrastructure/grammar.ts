import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

/**
 * Infrastructure languages parsed by tree-sitter (runtime 0.27; HCL 1.2, Bicep 1.1), copied to plain objects at once: the
 * tree lives in WebAssembly memory and must be deleted.
 */

/** A named node, or the punctuation and words that a grammar says nothing else about. Lines are 1-based. */
export type SyntaxNode = {
  readonly type: string;
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  readonly children: readonly SyntaxNode[];
};

export type ParsedText =
  | { readonly ok: true; readonly root: SyntaxNode; readonly errorLines: readonly number[] }
  | { readonly ok: false; readonly why: string };

export type GrammarParser = { parse(text: string): ParsedText };

const packages = createRequire(import.meta.url);

const grammars = {
  terraform: {
    file: 'tree-sitter-terraform.wasm',
    manifest: () => packages.resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json'),
  },
  bicep: { file: 'tree-sitter-bicep.wasm', manifest: () => packages.resolve('tree-sitter-bicep/package.json') },
} as const;

const runtime = {
  file: 'web-tree-sitter.wasm',
  manifest: () => packages.resolve('web-tree-sitter/web-tree-sitter.wasm'),
};

/** Beyond these a text is generated or hostile: nobody writes it, and a grammar that does not fit costs seconds. */
const maxLength = 1024 * 1024;
const maxNodes = 400_000;
const maxLevels = 400;
const maxMilliseconds = 2_000;

const loading = new Map<string, Promise<GrammarParser>>();

/** One parser per grammar; rejects when a file is missing or not WebAssembly. */
export function loadGrammar(name: keyof typeof grammars): Promise<GrammarParser> {
  let parser = loading.get(name);
  if (parser === undefined) {
    parser = load(name);
    loading.set(name, parser);
  }
  return parser;
}

/** From the `grammars` folder beside a bundle, else from the packages. */
function wasmFile({ file, manifest }: { readonly file: string; readonly manifest: () => string }): string {
  for (const folder of [join(import.meta.dirname, 'grammars'), join(import.meta.dirname, '..', 'grammars')]) {
    if (existsSync(join(folder, file))) return join(folder, file);
  }
  return join(dirname(manifest()), file);
}

async function load(name: keyof typeof grammars): Promise<GrammarParser> {
  const grammar = grammars[name];
  await Parser.init({ locateFile: () => wasmFile(runtime) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(wasmFile(grammar))));
  return {
    parse(text) {
      if (text.length > maxLength) return { ok: false, why: 'the file is too long to be parsed' };
      const deepAt = tooDeepAt(text);
      if (deepAt !== null)
        return { ok: false, why: `nested more than ${maxLevels} levels deep from line ${deepAt} on` };
      const deadline = performance.now() + maxMilliseconds;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree === null) {
        parser.reset();
        return { ok: false, why: 'parsing took too long' };
      }
      const cursor = tree.walk();
      try {
        return copied(cursor, tree.rootNode.hasError);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

/** Line on which brackets are open beyond the limit; brackets in texts and comments count, which errs on the safe side. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) {
      depth++;
      if (depth > maxLevels) return text.slice(0, at).split('\n').length;
    } else if (code === 41 || code === 93 || code === 125) depth = Math.max(0, depth - 1);
  }
  return null;
}

type Open = { -readonly [K in keyof SyntaxNode]: K extends 'children' ? SyntaxNode[] : SyntaxNode[K] };

function copied(cursor: TreeCursor, broken: boolean): ParsedText {
  const errorLines = new Set<number>();
  let count = 0;
  const open = (): Open => {
    count++;
    const line = cursor.startPosition.row + 1;
    if (broken && errorLines.size < 20 && (cursor.nodeType === 'ERROR' || cursor.nodeIsMissing)) errorLines.add(line);
    return {
      type: cursor.nodeType,
      named: cursor.nodeIsNamed,
      start: cursor.startIndex,
      end: cursor.endIndex,
      line,
      endLine: cursor.endPosition.column === 0 ? Math.max(line, cursor.endPosition.row) : cursor.endPosition.row + 1,
      children: [],
    };
  };
  const root = open();
  const stack: Open[] = [root];
  let entered = cursor.gotoFirstChild();
  while (entered || stack.length > 1) {
    if (!entered) {
      stack.pop();
      cursor.gotoParent();
      entered = cursor.gotoNextSibling();
      continue;
    }
    if (count >= maxNodes) return { ok: false, why: `more than ${maxNodes.toLocaleString('en')} parts` };
    const node = open();
    if (node.type !== 'comment') stack.at(-1)?.children.push(node);
    // What is nested deeper is left out: nobody wrote it, and what reads the copy calls itself for every level.
    if (stack.length < maxLevels && node.type !== 'comment' && cursor.gotoFirstChild()) stack.push(node);
    else {
      if (stack.length >= maxLevels) errorLines.add(node.line);
      entered = cursor.gotoNextSibling();
    }
  }
  return { ok: true, root, errorLines: [...errorLines].sort((a, b) => a - b) };
}
