import { createHash } from 'node:crypto';
import { isCredentialName } from '../parse/credential-names.ts';
import { classifyValue, mask, maskText } from '../parse/secrets.ts';
import type { Expression, TextExpression } from './expressions.ts';

/** Texts up to this length are kept whole. */
const keptText = 4000;
/** Cheap first look: everything that masking could find has one of these. */
const mightHoldSecret =
  /[A-Za-z0-9+/_=.-]{14,}|:\/\/|-----BEGIN|\b(?:bearer|basic)\s|(?:key|token|secret|pass\w*|pwd)["']?\s{0,2}[=:]/i;

/** Text without secrets; the same text where there is none. */
export const masked = (value: string): string =>
  mightHoldSecret.test(value) && !modelName.test(value) ? maskText(value) : value;

/** `Qwen/Qwen3-Next-80B-A3B-Thinking`: an owner and words between hyphens, which no key is made of. */
const modelName =
  /^(?:[a-z_]{2,20}\/)?[A-Za-z][\w.-]{1,40}\/[A-Za-z][A-Za-z0-9.]{0,11}(?:[-_][A-Za-z0-9.]{1,11}){2,8}(?::[a-z]{1,12})?$/;

export function textLiteral(value: string, line: number, endLine: number): TextExpression {
  const safe = masked(value);
  return {
    kind: 'text',
    value: safe.length > keptText ? safe.slice(0, keptText) : safe,
    line,
    ...(endLine > line ? { endLine } : {}),
    ...(safe.length > keptText
      ? { whole: { sha256: createHash('sha256').update(value).digest('hex'), length: value.length } }
      : {}),
    ...(safe === value ? {} : { secret: true as const }),
  };
}

/**
 * A literal given to something with a secret's name is a secret. Code has many harmless keys (`reranker_key="text"`), so a
 * name that says no more than "key" counts only with a value that looks generated.
 */
export function withoutSecret(name: string, value: Expression): Expression {
  if (value.kind !== 'text' || value.secret === true || !isCredentialName(name)) return value;
  const text = value.value.trim();
  const plain = strongName.test(name)
    ? !/\s/.test(text) || /^(?:bearer|basic)\s/i.test(text)
    : text.length >= 16 && /\d/.test(text) && !/\s/.test(text);
  if (!plain || classifyValue(name, text).kind !== 'literal-secret') return value;
  return { kind: 'text', value: mask, line: value.line, secret: true };
}

const strongName =
  /(?:api|access|secret|private|signing|encryption|auth|account)[_-]?key|secret|password|passwd|passphrase|pwd|token|credential|authorization|bearer|webhook|dsn|ur[il]$|connection/i;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** Escapes of a Python string literal taken out. */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(\r?\n|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|N\{[^}]{1,100}\}|.)/gs,
    (all, code: string) => {
      if (code === '\r\n') return '';
      const hex = /^[xuU]([0-9A-Fa-f]+)$/.exec(code)?.[1];
      if (hex !== undefined) {
        const point = Number.parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      if (/^[0-7]+$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      return escapes[code] ?? all;
    },
  );
}

const maxBeginning = 2000;
const maxDocumentation = 400;
const stringStart = /^([A-Za-z]{0,3})("""|'''|"|')/;

/** Beginning of the string at this place, on one line, for people to read. Masked before it is cut, so that no secret is cut into something harmless. */
export function documentationIn(text: string, start: number, end: number): string {
  const source = text.slice(start, Math.min(end, start + maxBeginning));
  const match = stringStart.exec(source);
  const quote = match?.[2] ?? '';
  const inner = source.slice(match?.[0].length ?? 0);
  const whole = end - start <= maxBeginning;
  const kept = whole
    ? inner.endsWith(quote)
      ? inner.slice(0, inner.length - quote.length)
      : inner
    : inner.replace(/\S*$/, '');
  const read = masked((match?.[1] ?? '').toLowerCase().includes('r') ? kept : unescape(kept));
  return read.replace(/\s+/g, ' ').trim().slice(0, maxDocumentation);
}

/** Source text on one line, masked, at most `length` characters. */
export function sourceText(text: string, start: number, end: number, length: number): string {
  const source = masked(text.slice(start, Math.min(end, start + 2000)))
    .replace(/\s+/g, ' ')
    .trim();
  return source.length > length ? `${source.slice(0, length - 1)}…` : source;
}
