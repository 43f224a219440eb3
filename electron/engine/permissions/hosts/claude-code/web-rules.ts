import type { Rule } from './rule.ts';

/** Hosts of documentation that 2.1.328 fetched without asking. Not a complete list: only what was seen or documented. */
const preapproved = new Set([
  'docs.python.org',
  'code.claude.com',
  'docs.claude.com',
  'platform.claude.com',
  'modelcontextprotocol.io',
]);

export function hostOf(url: string): string | null {
  try {
    return new URL(/^[a-z][\w+.-]*:/i.test(url) ? url : `https://${url}`).hostname.toLowerCase().replace(/\.$/, '');
  } catch {
    return null;
  }
}

export const isPreapproved = (host: string): boolean => preapproved.has(host);

/** `domain:*` is every host; a leading `*.` any depth of sub-domains but not the domain itself; other `*` one label. */
export function matchesWeb(rule: Rule, url: string): boolean {
  if (rule.specifier === null) return true;
  const domain = /^domain:(.+)$/i.exec(rule.specifier)?.[1]?.toLowerCase().replace(/\.$/, '');
  const host = hostOf(url);
  if (domain === undefined || host === null) return false;
  if (domain === '*') return true;
  const leading = domain.startsWith('*.');
  const rest = (leading ? domain.slice(2) : domain)
    .split('.')
    .map((label) => label.split(/\*+/).map(escape).join('[^.]*'));
  return new RegExp(`^${leading ? '(?:[^.]+\\.)+' : ''}${rest.join('\\.')}$`).test(host);
}

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
