import { mask, maskText } from '../sources/parse/secrets.ts';

export type MaskedLines = { readonly lines: string[]; readonly masked: number };

const maxLine = 4000;

/**
 * Lines of a file for showing: values that look like secrets are replaced, in `.env` files every value, in private keys the
 * whole body. `masked` counts the lines that were changed. Rather too much than too little: the file itself is a click away.
 */
export function maskLines(path: string, lines: readonly string[]): MaskedLines {
  const isEnvironmentFile = /(?:^|\/)\.env(?:\.[^/]*)?$/.test(path);
  let masked = 0;
  let inKey = false;
  const result = lines.map((line) => {
    const text = line.length > maxLine ? `${line.slice(0, maxLine)} …` : line;
    const begins = text.includes('-----BEGIN') && text.includes('PRIVATE KEY');
    if (begins || inKey) {
      inKey = !text.includes('-----END');
      masked++;
      return begins ? text.slice(0, text.indexOf('-----BEGIN')) + mask : mask;
    }
    const shown = isEnvironmentFile ? text.replace(/^(\s*(?:export\s+)?[\w.-]+\s*=\s*)(\S.*)$/, `$1${mask}`) : maskText(text);
    if (shown !== text) masked++;
    return shown;
  });
  return { lines: result, masked };
}
