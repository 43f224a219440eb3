import { maskCredentials } from '../log.ts';
import { classifyValue } from '../sources/parse/secrets.ts';

/** `name: "value"`, `"name" = 'value'`, `NAME=value`, `--name value`: what a line assigns. Linear: each part excludes the next one's start. */
const assignment = /(["']?)([A-Za-z][\w.-]{0,100})\1(\s{0,8}(?::|=>|=)\s{0,8}|\s)(["'`]?)([^"'`\s,;{}[\]()]{4,4000})\4/g;

export type MaskedLines = { readonly lines: string[]; readonly masked: number };

/** Lines of a file for showing: values of secrets are replaced, in `.env` files every value. What was done is counted. */
export function maskLines(path: string, lines: readonly string[]): MaskedLines {
  const isEnvironmentFile = /(?:^|\/)\.env(?:\.[^/]*)?$/.test(path);
  let masked = 0;
  const result = lines.map((line) => {
    const text = line.length > 4000 ? `${line.slice(0, 4000)} …` : line;
    if (isEnvironmentFile) {
      return text.replace(/^(\s*(?:export\s+)?[\w.-]+\s*=\s*)(.+)$/, (_whole, name: string) => {
        masked++;
        return `${name}***`;
      });
    }
    const assigned = text.replace(assignment, (whole, quote: string, name: string, separator: string, valueQuote: string, value: string) => {
      if (classifyValue(name, value).kind !== 'literal-secret') return whole;
      masked++;
      return `${quote}${name}${quote}${separator}${valueQuote}***${valueQuote}`;
    });
    const safe = maskCredentials(assigned);
    if (safe !== assigned) masked++;
    return safe;
  });
  return { lines: result, masked };
}
