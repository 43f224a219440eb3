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
export const masked = (value: string): string => (mightHoldSecret.test(value) ? maskText(value) : value);

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
