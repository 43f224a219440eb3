import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import { type EcmascriptParser, parserOf } from '../ecmascript/parser.ts';

/**
 * Grammars of languages with declared types: tree-sitter-c-sharp 0.23, -java 0.23, -go 0.25, -rust 0.24 (runtime 0.27).
 * Each is loaded when the first file of its language is parsed.
 */

const packages = createRequire(import.meta.url);

const grammars = {
  csharp: { file: 'tree-sitter-c_sharp.wasm', manifest: () => packages.resolve('tree-sitter-c-sharp/package.json') },
  java: { file: 'tree-sitter-java.wasm', manifest: () => packages.resolve('tree-sitter-java/package.json') },
  go: { file: 'tree-sitter-go.wasm', manifest: () => packages.resolve('tree-sitter-go/package.json') },
  rust: { file: 'tree-sitter-rust.wasm', manifest: () => packages.resolve('tree-sitter-rust/package.json') },
} as const;

export type TypedLanguage = keyof typeof grammars;

const runtime = {
  file: 'web-tree-sitter.wasm',
  manifest: () => packages.resolve('web-tree-sitter/web-tree-sitter.wasm'),
};

/** What tells nothing about a program: comments, and contents of texts that are read from the source. */
const omitted = new Set(
  `comment line_comment block_comment string_literal_content raw_string_start raw_string_content raw_string_end
  string_fragment multiline_string_fragment interpreted_string_literal_content raw_string_literal_content
  break_statement continue_statement empty_statement lifetime visibility_modifier implicit_type dimensions throws
  interpolation_start interpolation_brace interpolation_quote interpolation_format_clause interpolation_alignment_clause
  type_parameter_list type_parameters type_parameter_constraints_clause where_clause permits`.split(/\s+/),
);
const whole = new Set(
  `string_literal verbatim_string_literal raw_string_literal interpreted_string_literal character_literal char_literal
  byte_string_literal rune_literal`.split(/\s+/),
);

const loading = new Map<TypedLanguage, Promise<EcmascriptParser>>();

/** One parser per language; rejects when a file is missing or not WebAssembly. */
export function loadTypedParser(language: TypedLanguage): Promise<EcmascriptParser> {
  let parser = loading.get(language);
  if (parser === undefined) {
    parser = load(language);
    loading.set(language, parser);
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

async function load(language: TypedLanguage): Promise<EcmascriptParser> {
  await Parser.init({ locateFile: () => wasmFile(runtime) });
  return parserOf(await Language.load(await readFile(wasmFile(grammars[language]))), omitted, whole);
}
