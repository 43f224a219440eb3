import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of the checkout: where package.json and out/ are. */
export const checkout: string = dirname(dirname(import.meta.dirname));
export const outFolder: string = join(checkout, 'out');

/** What can be built by itself. `desktop` and `renderer` do not contain the command line; `desktop` needs it, for its workers. */
export type PartName = 'cli' | 'desktop' | 'renderer';

export type Part = {
  readonly name: PartName;
  /** Parts that have to be there as well for this one to run. */
  readonly needs: readonly PartName[];
  /** Output name -> source file, below the checkout; ES modules for Node. */
  readonly entries: { readonly [output: string]: string };
  /** One CommonJS file without imports, as Electron's sandbox wants its preload. */
  readonly preload: string | null;
  /** Folder with a Vite configuration whose pages go to `out/<name>`. */
  readonly pages: string | null;
  /** Files that are copied: path below `out` -> path below the checkout. */
  readonly copies: { readonly [output: string]: string };
  /** Folders and files whose change makes the part stale. */
  readonly inputs: readonly string[];
};

const toolInputs = ['package-lock.json', 'electron/build'];

export const parts: { readonly [N in PartName]: Part } = {
  cli: {
    name: 'cli',
    needs: [],
    entries: {
      cli: 'electron/cli.ts',
      'scan-worker': 'electron/engine/scan/scan-worker.ts',
      'parse-worker': 'electron/engine/scan/parse-worker.ts',
      'disk-worker': 'electron/engine/scan/disk-worker.ts',
    },
    preload: null,
    pages: null,
    copies: {
      'grammars/web-tree-sitter.wasm': 'node_modules/web-tree-sitter/web-tree-sitter.wasm',
      'grammars/tree-sitter-python.wasm': 'node_modules/tree-sitter-python/tree-sitter-python.wasm',
      'grammars/tree-sitter-bicep.wasm': 'node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm',
      'grammars/tree-sitter-terraform.wasm':
        'node_modules/@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
      'grammars/tree-sitter-c_sharp.wasm': 'node_modules/tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
      'grammars/tree-sitter-go.wasm': 'node_modules/tree-sitter-go/tree-sitter-go.wasm',
      'grammars/tree-sitter-java.wasm': 'node_modules/tree-sitter-java/tree-sitter-java.wasm',
      'grammars/tree-sitter-rust.wasm': 'node_modules/tree-sitter-rust/tree-sitter-rust.wasm',
      'grammars/tree-sitter-bash.wasm': 'node_modules/tree-sitter-bash/tree-sitter-bash.wasm',
      'grammars/tree-sitter-tsx.wasm': 'node_modules/tree-sitter-typescript/tree-sitter-tsx.wasm',
      'grammars/tree-sitter-typescript.wasm': 'node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm',
    },
    inputs: [
      'electron/cli.ts',
      'electron/cli',
      'electron/serve.ts',
      'electron/host',
      'electron/engine',
      'shared',
      ...toolInputs,
    ],
  },
  desktop: {
    name: 'desktop',
    needs: ['cli'],
    entries: { main: 'electron/main.ts', 'engine-process': 'electron/engine-process.ts' },
    preload: 'electron/preload.ts',
    pages: null,
    copies: {},
    inputs: [
      'electron/main.ts',
      'electron/preload.ts',
      'electron/engine-process.ts',
      'electron/shell',
      'electron/host',
      'electron/engine',
      'shared',
      ...toolInputs,
    ],
  },
  renderer: {
    name: 'renderer',
    needs: [],
    entries: {},
    preload: null,
    pages: 'renderer',
    copies: {},
    inputs: ['renderer', 'shared', ...toolInputs],
  },
};

/** The named parts and what they need, each once, what is needed first. */
export function withNeeds(names: readonly PartName[]): readonly Part[] {
  const found = new Map<PartName, Part>();
  const add = (name: PartName): void => {
    if (found.has(name)) return;
    for (const needed of parts[name].needs) add(needed);
    found.set(name, parts[name]);
  };
  for (const name of names) add(name);
  return [...found.values()];
}

/** Entries whose source file exists. */
export function presentEntries(part: Part): { [output: string]: string } {
  return Object.fromEntries(Object.entries(part.entries).filter(([, source]) => existsSync(join(checkout, source))));
}
