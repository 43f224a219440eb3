import { isCredentialName } from './credential-names.ts';
import { referencesIn, withoutReferences } from './references.ts';

/**
 * What a configured value is, without ever handing the value on. A literal secret has a kind (`api key`, `token` ...);
 * where it stands is known by the caller. The account and host of a connection string are names, not secrets.
 */
export type ValueClass =
  | { readonly kind: 'empty' | 'placeholder' | 'plain' }
  | { readonly kind: 'reference'; readonly references: readonly string[] }
  | {
      readonly kind: 'literal-secret';
      readonly secret: string;
      readonly references: readonly string[];
      readonly account: string | null;
      readonly host: string | null;
    };

export const mask = '***';

/** Prefixes that only tokens of one provider have, with the shortest length that makes the rest plausible. */
const tokenShape =
  /(?<![A-Za-z0-9])(?:sk-ant-|sk-proj-|sk-or-|sk-|sk_live_|sk_test_|rk_live_|rk_test_|whsec_|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox[abeprs]-|xapp-|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|hf_|gsk_|xai-|pplx-|tvly-|figd_|lin_api_|ntn_|secret_|dop_v1_|sbp_|shpat_|SG\.|ATATT|dapi|r8_|ctx7sk-|pat-|eyJ)[A-Za-z0-9_.=+/-]{12,2000}/;

const urlPassword = /^[a-zA-Z][a-zA-Z0-9+.-]{0,30}:\/\/([^\s/:@]{0,200}):([^\s/@]{1,500})@([^\s/?#,]{0,300})/;
const fieldPassword = /(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)\s{0,4}=\s{0,4}([^;]{1,500})/i;

/** Beyond this a value is no name, no command and no secret that anybody typed; the rest is not looked at. */
const longestValue = 16_384;
/** What a fact keeps of a text at most. */
const longestText = 4000;

export function classifyValue(name: string, value: string): ValueClass {
  const text = value.slice(0, longestValue).trim();
  if (text === '') return { kind: 'empty' };
  const references = referencesIn(text);
  const rest = withoutReferences(text);
  const literal = literalSecretIn(name, rest, references.length > 0);
  if (literal !== null) return { kind: 'literal-secret', references, ...literal };
  if (references.length > 0) return { kind: 'reference', references };
  return { kind: looksLikePlaceholder(text) ? 'placeholder' : 'plain' };
}

type Literal = { readonly secret: string; readonly account: string | null; readonly host: string | null };

function literalSecretIn(name: string, text: string, hadReferences: boolean): Literal | null {
  const url = urlPassword.exec(text);
  if (url !== null && !looksLikePlaceholder(url[2] ?? '') && (url[2] ?? '') !== '\u0000') {
    const account = url[1] ?? '';
    return {
      secret: 'password in connection string',
      account: /^[a-z_][a-z0-9_.-]{0,31}$/i.test(account) && !looksRandom(account) ? account : null,
      host: url[3] === undefined || url[3] === '' ? null : url[3].replace(/:\d+$/, '').toLowerCase(),
    };
  }
  const field = fieldPassword.exec(text);
  if (field !== null && !looksLikePlaceholder(field[1] ?? '') && !(field[1] ?? '').startsWith('\u0000')) {
    return { secret: 'password in connection string', account: null, host: null };
  }
  if (text.includes('-----BEGIN') && text.includes('PRIVATE KEY'))
    return { secret: 'private key', account: null, host: null };
  const token = tokenShape.exec(text);
  if (token !== null && !looksLikePlaceholder(token[0])) {
    return { secret: isCredentialName(name) ? kindOfName(name) : 'token', account: null, host: null };
  }
  if (/^https?:\/\//i.test(text)) {
    return hasSecretSegment(text) ? { secret: 'address with a secret in it', account: null, host: null } : null;
  }
  if (!isCredentialName(name) || hadReferences) return null;
  const bare = text.replace(/^(?:bearer|basic|token|apikey)\s+/i, '');
  if (bare === '' || looksLikePlaceholder(bare) || looksLikePath(bare)) return null;
  if (/^(?:true|false|yes|no|on|off|none|null|auto)$/i.test(bare)) return null;
  const secret = kindOfName(name);
  if (secret !== 'password' && /^\d{1,6}$/.test(bare)) return null;
  if (secret === 'connection string' || secret === 'webhook address') return null;
  if (bare !== text && secret === 'credential') return { secret: 'bearer token', account: null, host: null };
  return { secret, account: null, host: null };
}

function kindOfName(name: string): string {
  const text = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/(?:password|passwd|pwd|passphrase|pass)$/.test(text)) return 'password';
  if (/webhook/.test(text)) return 'webhook address';
  if (/(?:url|uri|dsn|connectionstring)$/.test(text)) return 'connection string';
  if (/privatekey/.test(text)) return 'private key';
  if (/(?:token|pat|jwt|bearer)$/.test(text)) return 'token';
  if (/secret/.test(text)) return 'secret';
  if (/key(?:id)?$/.test(text)) return 'api key';
  return 'credential';
}

/** Words that people write where a value is to be filled in. */
export function looksLikePlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '') return true;
  if (/^<[^<>]{0,200}>$|^\[[^[\]]{0,200}\]$|^\{\{?[^{}]{0,200}\}?\}$|^_{2,}|^x{3,}$|^\.{2,}$|^\*{3,}$/i.test(text))
    return true;
  if (
    /(?:your|my)[-_ ]|change[-_ ]?me|replace[-_ ]|place[-_ ]?holder|[-_ ]here\b|insert[-_ ]|x{4,}|\*{3,}|\.{3}|\u2026/i.test(
      text,
    )
  )
    return true;
  if (/^(?:test|dummy|example|sample|mock|demo)[-_ ](?:api[-_ ]?)?(?:key|token|secret|password|value)$/i.test(text))
    return true;
  return /^(?:todo|tbd|none|null|undefined|dummy|example|sample|secret|password|token|key|value|api[-_]?key|your.{0,40})$/i.test(
    text,
  );
}

const looksLikePath = (text: string): boolean =>
  !/\s/.test(text) && /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/])/.test(text) && !/[+=]/.test(text);

/** Long, of mixed classes and with digits: the look of something generated. Words, versions and digests of images are not. */
export function looksRandom(text: string): boolean {
  if (text.length < 20 || text.length > 4000) return false;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return true;
  if (!/^[A-Za-z0-9+/_=-]+$/.test(text)) return false;
  const digits = text.replace(/[^0-9]/g, '').length;
  if (/^[0-9a-f]{32,}$/i.test(text)) return digits >= 4;
  return (
    digits >= 3 && /[a-z]/.test(text) && /[A-Z]/.test(text) && !/^[A-Za-z]+(?:[-_/][A-Za-z]+)*[-_/]?\d*$/.test(text)
  );
}

const segmentsOf = (path: string): readonly string[] => path.split('/');

function hasSecretSegment(url: string): boolean {
  const withoutQuery = url.split(/[?#]/, 1)[0] ?? '';
  return segmentsOf(withoutQuery).slice(3).some(looksRandom) || maskQuery(url) !== url;
}

function maskQuery(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return url;
  const parts = url
    .slice(at + 1)
    .split('&')
    .map((part) => {
      const equals = part.indexOf('=');
      if (equals === -1) return looksRandom(part) ? mask : part;
      const name = part.slice(0, equals);
      const value = part.slice(equals + 1);
      if (referencesIn(value).length > 0 && withoutReferences(value).replace(/\u0000/g, '') === '') return part;
      const secret =
        isCredentialName(name) ||
        /^(?:sig|signature|code|auth|profile)$/i.test(name) ||
        looksRandom(value) ||
        tokenShape.test(value);
      return secret && value !== '' && !looksLikePlaceholder(value) ? `${name}=${mask}` : part;
    });
  return `${url.slice(0, at + 1)}${parts.join('&')}`;
}

/** An address without passwords, secret query values and generated path segments. References stay: they are names. */
export function maskUrl(whole: string): string {
  const masked = whole
    .slice(0, longestText)
    .replace(/^([a-zA-Z][a-zA-Z0-9+.-]{0,30}:\/\/)([^\s/@]{1,700})@/, (_matched, scheme: string, user: string) => {
      const colon = user.indexOf(':');
      if (colon === -1) return looksRandom(user) || tokenShape.test(user) ? `${scheme}${mask}@` : `${scheme}${user}@`;
      const password = user.slice(colon + 1);
      const kept = withoutReferences(password).replace(/\u0000/g, '') === '' ? password : mask;
      const account = user.slice(0, colon);
      return `${scheme}${looksRandom(account) || tokenShape.test(account) ? mask : account}:${kept}@`;
    });
  const query = masked.search(/[?#]/);
  const head = query === -1 ? masked : masked.slice(0, query);
  const tail = query === -1 ? '' : masked.slice(query);
  const parts = segmentsOf(head).map((segment, index) =>
    index > 2 && (looksRandom(segment) || tokenShape.test(segment)) && referencesIn(segment).length === 0
      ? mask
      : segment,
  );
  return maskQuery(`${parts.join('/')}${tail}`);
}

const anyToken = new RegExp(tokenShape.source, 'g');
const urlInText = /[a-zA-Z][a-zA-Z0-9+.-]{0,30}:\/\/[^\s"'<>`]{1,2000}/g;
const namedValue = /([A-Za-z][A-Za-z0-9_-]{1,63})(["']?\s{0,2}[=:]\s{0,2}["']?)([^\s"',;&|]{6,2000})/g;
const flagValue = /(--[A-Za-z][A-Za-z0-9-]{1,63})(\s{1,3}["']?)([^\s"']{4,2000})/g;
const authorisation = /\b(bearer|basic)(\s{1,3})([A-Za-z0-9_.=+/-]{8,2000})/gi;

/** Free text (commands, instructions) with everything that looks like a secret replaced. */
export function maskText(whole: string): string {
  const text = whole.length > longestText ? `${whole.slice(0, longestText)}\u2026` : whole;
  return text
    .replace(/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{0,20000}/g, `-----BEGIN PRIVATE KEY-----${mask}`)
    .replace(urlInText, (url) => maskUrl(url))
    .replace(authorisation, (whole: string, word: string, blank: string, value: string) =>
      /\d/.test(value) || value.length > 20 ? `${word}${blank}${mask}` : whole,
    )
    .replace(namedValue, (whole: string, name: string, between: string, value: string) => {
      if (value.startsWith(mask) || !isCredentialName(name) || referencesIn(value).length > 0) return whole;
      if (looksLikePlaceholder(value) || looksLikePath(value) || value.startsWith('//')) return whole;
      const wordy = between.includes(':') && /^[A-Za-z.()`*-]+$/.test(value);
      return wordy ? whole : `${name}${between}${mask}`;
    })
    .replace(anyToken, (token) => (looksLikePlaceholder(token) ? token : mask))
    .replace(flagValue, (whole: string, flag: string, blank: string, value: string) =>
      isCredentialName(flag) &&
      !value.startsWith('-') &&
      !looksLikePlaceholder(value) &&
      referencesIn(value).length === 0 &&
      !value.startsWith(mask)
        ? `${flag}${blank}${mask}`
        : whole,
    )
    .replace(/[A-Za-z0-9+_=-]{20,4000}/g, (word) => (looksRandom(word) ? mask : word));
}
