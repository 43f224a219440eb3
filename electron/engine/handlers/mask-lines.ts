import { isCredentialName } from '../sources/parse/credential-names.ts';
import { referencesIn } from '../sources/parse/references.ts';
import { looksLikePlaceholder, mask, maskText } from '../sources/parse/secrets.ts';

export type MaskedLines = { readonly lines: string[]; readonly masked: number };

const maxLine = 4000;

/**
 * Lines of a file for showing: values that look like secrets or stand beside the name of one are replaced, in `.env` files
 * every value, in private keys the whole body. `masked` counts the lines that were changed. Rather too much than too
 * little: the file itself is a click away.
 */
export function maskLines(path: string, lines: readonly string[]): MaskedLines {
  const isEnvironmentFile = /(?:^|\/)\.env(?:\.[^/]*)?$/.test(path);
  let masked = 0;
  let inKey = false;
  let afterFlag = false;
  const result = lines.map((line) => {
    const text = line.length > maxLine ? `${line.slice(0, maxLine)} …` : line;
    const begins = text.includes('-----BEGIN') && text.includes('PRIVATE KEY');
    if (begins || inKey) {
      inKey = !text.includes('-----END');
      masked++;
      return begins ? text.slice(0, text.indexOf('-----BEGIN')) + mask : mask;
    }
    const shown = isEnvironmentFile
      ? text.replace(/^(\s*(?:export\s+)?[\w.-]+\s*=\s*)(\S.*)$/, `$1${mask}`)
      : maskNamed(maskText(afterFlag ? maskArgument(text) : text));
    afterFlag = isCredentialName(flagAlone.exec(text)?.[1] ?? '');
    if (shown !== text) masked++;
    return shown;
  });
  return { lines: result, masked };
}

/** `name: value`, `NAME=value`, `"name": "value"`. Linear: name, separator and value exclude each other's first sign. */
const named = /([A-Za-z][A-Za-z0-9_-]{1,63})(["']?\s{0,4}[=:]\s{0,4}["']?)([^\s"',;&|]{4,4000})/g;
/** `"--name", "value"` on one line. */
const flagAndValue = /(["'])(-{1,2}([A-Za-z][A-Za-z0-9_-]{1,63}))\1(\s{0,4},\s{0,4})(["'])([^"']{4,4000})\5/g;
/** `"--name",` or `- --name`, with the value on the next line. */
const flagAlone = /^\s{0,200}(?:-\s{1,4})?["']?-{1,2}([A-Za-z][A-Za-z0-9_-]{1,63})["']?,?\s{0,200}$/;

const isShown = (value: string): boolean =>
  value.startsWith(mask) || referencesIn(value).length > 0 || looksLikePlaceholder(value);

function maskNamed(text: string): string {
  return text
    .replace(
      flagAndValue,
      (whole, quote: string, flag: string, name: string, comma: string, valueQuote: string, value: string) =>
        !isCredentialName(name) || isShown(value)
          ? whole
          : `${quote}${flag}${quote}${comma}${valueQuote}${mask}${valueQuote}`,
    )
    .replace(named, (whole, name: string, separator: string, value: string) => {
      // A value may hold an assignment itself: "command": "TOKEN=x curl".
      if (!isCredentialName(name)) return /[=:]/.test(value) ? `${name}${separator}${maskNamed(value)}` : whole;
      return isShown(value) || value.startsWith('//') ? whole : `${name}${separator}${mask}`;
    });
}

const maskArgument = (text: string): string =>
  text.replace(/^(\s{0,200}(?:-\s{1,4})?["']?)([^\s"',[\]{}-][^"']{3,4000})/, (whole, before: string, value: string) =>
    isShown(value) ? whole : before + mask,
  );
