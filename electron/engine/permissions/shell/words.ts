import type { Node } from 'web-tree-sitter';
import type { Word } from './program.ts';

/** A word with quotes and backslashes removed, as bash would pass it on. */
export function wordOf(node: Node, text: string): Word {
  const raw = text.slice(node.startIndex, node.endIndex);
  const state = { glob: false, quoted: false };
  return { raw, value: literal(node, text, state), glob: state.glob, quoted: state.quoted };
}

function literal(node: Node, text: string, state: { glob: boolean; quoted: boolean }): string | null {
  const raw = text.slice(node.startIndex, node.endIndex);
  switch (node.type) {
    case 'word':
    case 'extglob_pattern':
    case 'regex':
      return plain(raw, state);
    case 'number':
    case 'variable_name':
    case 'special_variable_name':
    case 'file_descriptor':
    case 'test_operator':
      return raw;
    case 'raw_string':
      state.quoted = true;
      return raw.slice(1, -1);
    case 'ansi_c_string':
      state.quoted = true;
      return ansi(raw.slice(2, -1));
    case 'string':
    case 'translated_string':
      state.quoted = true;
      return doubleQuoted(node, text);
    case 'concatenation': {
      // Braces make several words of one.
      if (/\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(raw.replace(/'[^']*'|"[^"]*"/g, ''))) return null;
      const parts = node.children.filter((child) => child !== null).map((child) => literal(child, text, state));
      return parts.includes(null) ? null : parts.join('');
    }
    case 'variable_assignment': {
      const name = node.childForFieldName('name');
      const value = node.childForFieldName('value');
      const read = value === null ? '' : literal(value, text, state);
      return name === null || read === null ? null : `${text.slice(name.startIndex, name.endIndex)}=${read}`;
    }
    case 'simple_expansion':
    case 'expansion':
    case 'command_substitution':
    case 'process_substitution':
    case 'arithmetic_expansion':
    case 'brace_expression':
      return null;
    default:
      return node.isNamed ? null : plain(raw, state);
  }
}

function plain(raw: string, state: { glob: boolean; quoted: boolean }): string {
  let value = '';
  for (let at = 0; at < raw.length; at += 1) {
    const letter = raw[at] ?? '';
    if (letter === '\\') {
      at += 1;
      state.quoted = true;
      if (raw[at] !== '\n') value += raw[at] ?? '';
      continue;
    }
    if (letter === '*' || letter === '?' || letter === '[') state.glob = true;
    value += letter;
  }
  return value;
}

/** Inside of double quotes a backslash counts before `$`, backquote, `"`, itself and a line end only. */
function doubleQuoted(node: Node, text: string): string | null {
  for (const child of node.namedChildren) if (child !== null && child.type !== 'string_content') return null;
  const inner = text.slice(node.startIndex, node.endIndex).replace(/^\$?"/, '').replace(/"$/, '');
  return inner.replace(/\\([$`"\\]|\n)/g, (_, letter: string) => (letter === '\n' ? '' : letter));
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
};

function ansi(inner: string): string {
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|([\s\S]))/g,
    (_, hex: string | undefined, wide: string | undefined, octal: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (wide !== undefined) return String.fromCharCode(Number.parseInt(wide, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return escapes[letter ?? ''] ?? letter ?? '';
    },
  );
}
