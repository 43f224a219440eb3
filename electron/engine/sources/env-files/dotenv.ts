import { credentialRef } from '../keys.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue } from '../parse/secrets.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';

const product = { product: 'env-files', productTitle: '.env files' } as const;

/** A file that shows which variables are needed, not what they are. */
const isExample = (place: string): boolean =>
  /\.(?:example|sample|template|dist|defaults?|tmpl|tpl)$|\.(?:example|sample|template)\./i.test(
    place.split('/').at(-1) ?? '',
  );

/** Variables of `.env` files: names of credentials and whether a value stands there. Values never leave this function. */
export const dotenvFiles: FileSource = {
  kind: 'file',
  id: 'env-files/dotenv',
  version: 2,
  title: '.env files',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.env' },
    { scope: 'project', base: 'project', path: '.env.*' },
  ],
  emits: ['credential'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const example = isExample(file.place);
  const lines = file.text.split('\n');
  for (let at = 0; at < lines.length && at < 20_000; at++) {
    const assignment = /^\s{0,100}(?:export\s{1,10})?([A-Za-z_][A-Za-z0-9_.-]{0,127})\s{0,20}=(.*)$/.exec(
      (lines[at] ?? '').slice(0, 20_000).replace(/\r$/, ''),
    );
    if (assignment === null) continue;
    const name = assignment[1] ?? '';
    const line = at + 1;
    const quoted = readValue(lines, at, assignment[2] ?? '');
    at = quoted.lastIndex;
    const judged = classifyValue(name, quoted.value);
    if (namesADriver(name, quoted.value)) continue;
    if (judged.kind !== 'literal-secret' && !isCredentialName(name)) continue;
    const form = example ? 'example' : judged.kind === 'literal-secret' ? 'literal' : judged.kind;
    builder.asset({
      ...credentialRef(name),
      name,
      properties: {
        ...(form === 'literal' ? { literal: true } : {}),
        ...(judged.kind === 'literal-secret' && !example ? { secretKind: judged.secret } : {}),
        forms: [{ form, host: 'env-file', place: file.place, line }],
      },
      lines: { line, endLine: at + 1 },
      confidence: 'high',
    });
  }
  return builder.done();
}

/** `DB_CONNECTION=mysql` chooses one of several connections, it does not say how to get in. */
const namesADriver = (name: string, value: string): boolean =>
  /connection$/i.test(name) && /^[a-z]{2,20}(?:[-_][a-z]{2,20}){0,3}\d?$/.test(value);

/** A quoted value may go on over lines; the reader gives up after 200 of them. */
function readValue(
  lines: readonly string[],
  index: number,
  rest: string,
): { readonly value: string; readonly lastIndex: number } {
  const text = rest.trim();
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return { value: text.replace(/\s+#.*$/, ''), lastIndex: index };
  const end = text.indexOf(quote, 1);
  if (end !== -1) return { value: text.slice(1, end), lastIndex: index };
  for (let next = index + 1; next < lines.length && next < index + 200; next++) {
    if ((lines[next] ?? '').includes(quote))
      return { value: [text.slice(1), ...lines.slice(index + 1, next + 1)].join('\n'), lastIndex: next };
  }
  return { value: text.slice(1), lastIndex: index };
}
