import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

/** `use` gets the tree and must not keep it: its memory is not ours. Null when parsing took longer than allowed. */
export type ShellGrammar = { parse<T>(text: string, use: (tree: Tree) => T): T | null };

const maxMilliseconds = 200;

let loading: Promise<ShellGrammar> | undefined;

/** Bash by tree-sitter (grammar 0.25, runtime 0.27); loading takes some 30 ms, once per process. */
export function loadShellGrammar(): Promise<ShellGrammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ShellGrammar> {
  const files = wasmFiles();
  await Parser.init({ locateFile: () => files.runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(files.grammar)));
  return {
    parse(text, use) {
      const deadline = performance.now() + maxMilliseconds;
      const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree === null) {
        parser.reset();
        return null;
      }
      try {
        return use(tree);
      } finally {
        tree.delete();
      }
    },
  };
}

/** From the `grammars` folder beside a bundle, else from the packages. */
function wasmFiles(): { readonly runtime: string; readonly grammar: string } {
  for (const folder of [join(import.meta.dirname, 'grammars'), join(import.meta.dirname, '..', 'grammars')]) {
    const files = { runtime: join(folder, 'web-tree-sitter.wasm'), grammar: join(folder, 'tree-sitter-bash.wasm') };
    if (existsSync(files.runtime) && existsSync(files.grammar)) return files;
  }
  const require = createRequire(import.meta.url);
  return {
    runtime: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: join(dirname(require.resolve('tree-sitter-bash/package.json')), 'tree-sitter-bash.wasm'),
  };
}
