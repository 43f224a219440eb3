import JSON5 from 'json5';
import { parseJson } from './json-document.ts';
import { maxDepth, type ParsedDocument } from './node.ts';

/** The library recurses and dies on long texts; no configuration that a person wrote comes near. */
const largestText = 256 * 1024;
const longestString = 32 * 1024;

/**
 * JSON5 with lines. The library decides whether a text is JSON5 but knows no positions; the text is therefore also
 * rewritten to JSON with comments, token by token and line by line, and read by the reader that does.
 */
export function parseJson5(text: string): ParsedDocument {
  if (text.trim() === '')
    return { root: null, problems: [{ kind: 'empty', line: null, message: 'the file holds no value' }] };
  if (text.length > largestText) return refused(null, `more than ${largestText / 1024} kB of JSON5`);
  const rewritten = rewrite(text);
  if (rewritten.refused !== null) return refused(rewritten.line, rewritten.refused);
  const document = parseJson(rewritten.text);
  const allowed = document.problems.filter(
    (problem) => problem.kind !== 'comment' && problem.kind !== 'trailing-comma',
  );
  const line = faultLine(text);
  if (line === null) return { root: document.root, problems: allowed };
  const known = allowed.some((problem) => problem.kind === 'syntax' || problem.kind === 'limit');
  return {
    root: document.root,
    problems: known
      ? allowed
      : [...allowed, { kind: 'syntax', line: line === 0 ? null : line, message: 'broken JSON5' }],
  };
}

const refused = (line: number | null, message: string): ParsedDocument => ({
  root: null,
  problems: [{ kind: 'limit', line, message }],
});

/** Line of the first fault by the library; 0 where it has none to tell, null where the text is JSON5. */
function faultLine(text: string): number | null {
  try {
    // The values are not used: the reviver keeps the library from building anything of the keys.
    // It prints a warning for the two separators, which a scanned file must not make it do.
    JSON5.parse(text.replace(/[\u2028\u2029]/g, ' '), () => null);
    return null;
  } catch (error) {
    const line = error instanceof Error && 'lineNumber' in error ? error.lineNumber : 0;
    return typeof line === 'number' ? line : 0;
  }
}

type Rewritten = { readonly text: string; readonly refused: string | null; readonly line: number };

const identifier = /[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$_\u200c\u200d]*/uy;
const number = /[+-]?(?:0[xX][0-9a-fA-F]+|Infinity|NaN|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;

function rewrite(text: string): Rewritten {
  const out: string[] = [];
  let line = 1;
  let depth = 0;
  let at = 0;
  const stop = (why: string): Rewritten => ({ text: '', refused: why, line });
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') line++;
    if (character === '"' || character === "'") {
      const string = readString(text, at, character);
      if (string.value.length > longestString) return stop(`a text of more than ${longestString / 1024} kB`);
      out.push(JSON.stringify(string.value), '\n'.repeat(string.lines));
      line += string.lines;
      at = string.end;
    } else if (character === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const block = text[at + 1] === '*';
      const end = text.indexOf(block ? '*/' : '\n', at + 2);
      const stopAt = end === -1 ? text.length : block ? end + 2 : end;
      const lines = text.slice(at, stopAt).split('\n').length - 1;
      out.push('\n'.repeat(lines));
      line += lines;
      at = stopAt;
    } else {
      const word = matchAt(identifier, text, at);
      const isKey = word !== null && /^\s*:/.test(text.slice(at + word.length, at + word.length + 100));
      const figure = isKey ? null : matchAt(number, text, at);
      if (figure !== null) {
        out.push(jsonNumber(figure));
        at += figure.length;
      } else if (word !== null) {
        out.push(!isKey && /^(?:true|false|null)$/.test(word) ? word : JSON.stringify(word));
        at += word.length;
      } else {
        if (character === '{' || character === '[') depth++;
        if (character === '}' || character === ']') depth--;
        if (depth > maxDepth) return stop(`nested more than ${maxDepth} levels deep`);
        out.push(/\s/.test(character) && character !== '\n' ? ' ' : character);
        at++;
      }
    }
  }
  return { text: out.join(''), refused: null, line };
}

function matchAt(shape: RegExp, text: string, at: number): string | null {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? null;
}

/** Numbers that JSON does not write: hexadecimal, a sign or a point in front, none at all. */
function jsonNumber(text: string): string {
  const value = Number(/^[+-]0x/i.test(text) ? text.slice(1) : text);
  if (!Number.isFinite(value)) return 'null';
  return String(text.startsWith('-') && /0x/i.test(text) ? -value : value);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['0', '\0'],
]);

function readString(
  text: string,
  start: number,
  quote: string,
): { readonly value: string; readonly end: number; readonly lines: number } {
  const parts: string[] = [];
  let lines = 0;
  let at = start + 1;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === quote) return { value: parts.join(''), end: at + 1, lines };
    if (character === '\n') break;
    if (character !== '\\') {
      parts.push(character);
      at++;
      continue;
    }
    const next = text[at + 1] ?? '';
    if (next === '\n' || next === '\r') {
      lines++;
      at += next === '\r' && text[at + 2] === '\n' ? 3 : 2;
    } else if (next === 'x' || next === 'u') {
      const length = next === 'x' ? 2 : 4;
      const code = Number.parseInt(text.slice(at + 2, at + 2 + length), 16);
      parts.push(Number.isNaN(code) ? '' : String.fromCharCode(code));
      at += 2 + length;
    } else {
      parts.push(escapes.get(next) ?? next);
      at += 2;
    }
  }
  return { value: parts.join(''), end: at, lines };
}
