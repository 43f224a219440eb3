import { isCredentialName } from '../parse/credential-names.ts';
import { referencesIn } from '../parse/references.ts';
import { classifyValue, looksLikePlaceholder, looksRandom, mask, maskText, maskUrl } from '../parse/secrets.ts';

/** Something in an argument that is, or points to, a secret. `name` is the flag, header or variable it belongs to. */
export type ArgumentSecret = {
  readonly index: number;
  readonly name: string;
  readonly kind: string | null;
  readonly references: readonly string[];
};
export type MaskedArguments = {
  readonly args: readonly string[];
  readonly secrets: readonly ArgumentSecret[];
  readonly headerNames: readonly string[];
};

const headerFlags = new Set(['--header', '-H', '--headers']);
const envFlags = new Set(['-e', '--env', '--set-env', '--set']);

/** Arguments fit to be kept: values of secret flags, headers and variables, tokens and URL passwords are replaced. */
export function maskArguments(args: readonly string[]): MaskedArguments {
  const secrets: ArgumentSecret[] = [];
  const headerNames: string[] = [];
  const masked: string[] = [];
  let expects: { flag: string; type: 'header' | 'env' | 'secret' } | null = null;

  const judge = (index: number, name: string, value: string, always: boolean): string => {
    const found = classifyValue(name, value);
    if (found.kind === 'literal-secret') {
      secrets.push({ index, name, kind: found.secret, references: found.references });
      return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? maskUrl(value) : mask;
    }
    if (found.kind === 'reference') {
      if (
        always ||
        isCredentialName(name) ||
        found.references.some((reference) => isCredentialName(afterColon(reference)))
      ) {
        secrets.push({ index, name, kind: null, references: found.references });
      }
      return maskText(value);
    }
    if (found.kind === 'plain' && looksRandom(value)) {
      secrets.push({ index, name, kind: 'random-looking text', references: [] });
      return mask;
    }
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? maskUrl(value) : maskText(value);
  };
  const header = (index: number, text: string): string => {
    const colon = text.search(/[:=]/);
    if (colon === -1) return judge(index, 'header', text, true);
    const name = text.slice(0, colon).trim();
    const value = text.slice(colon + 1).trim();
    headerNames.push(name);
    const secret = isCredentialName(name);
    const kept = judge(index, name, value, secret);
    const shown = secret && referencesIn(value).length === 0 && !looksLikePlaceholder(value) ? mask : kept;
    return `${text.slice(0, colon + 1)}${/^\s/.test(text.slice(colon + 1)) ? ' ' : ''}${shown}`;
  };

  for (const [index, word] of args.entries()) {
    if (expects !== null && !(word.startsWith('-') && expects.type === 'secret')) {
      const { flag, type } = expects;
      expects = null;
      if (type === 'header') masked.push(header(index, word));
      else if (type === 'secret') masked.push(judge(index, flag, word, true));
      else {
        const equals = word.indexOf('=');
        masked.push(
          equals === -1
            ? maskText(word)
            : `${word.slice(0, equals + 1)}${judge(index, word.slice(0, equals), word.slice(equals + 1), false)}`,
        );
      }
      continue;
    }
    expects = null;
    const flag = /^(--?[A-Za-z][A-Za-z0-9_.-]{0,63}|[A-Za-z_][A-Za-z0-9_]{0,63})=(.*)$/s.exec(word);
    if (flag !== null && !word.includes('://', 0)) {
      masked.push(
        `${flag[1] ?? ''}=${headerFlags.has(flag[1] ?? '') ? header(index, flag[2] ?? '') : judge(index, flag[1] ?? '', flag[2] ?? '', false)}`,
      );
    } else if (flag !== null) {
      masked.push(`${flag[1] ?? ''}=${judge(index, flag[1] ?? '', flag[2] ?? '', false)}`);
    } else if (headerFlags.has(word)) {
      expects = { flag: word, type: 'header' };
      masked.push(word);
    } else if (envFlags.has(word)) {
      expects = { flag: word, type: 'env' };
      masked.push(word);
    } else if (/^--?[A-Za-z]/.test(word) && isCredentialName(word)) {
      expects = { flag: word, type: 'secret' };
      masked.push(word);
    } else masked.push(judge(index, '', word, false));
  }
  return { args: masked, secrets, headerNames };
}

const afterColon = (reference: string): string => reference.slice(reference.indexOf(':') + 1);
