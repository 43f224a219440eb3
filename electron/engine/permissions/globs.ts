import ignore, { type Ignore } from 'ignore';
import { normalise } from './paths.ts';

const compiled = new Map<string, RegExp>();

/** `*` stands for any run of characters, also of slashes and line ends. */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === '**' || pattern === text) return true;
  if (!pattern.includes('*')) return false;
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    if (compiled.size > 5000) compiled.clear();
    const parts = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('[^]*')}$`);
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

const matchers = new Map<string, Ignore>();

/** A gitignore-like glob against an absolute path; relative patterns hang on the folder, `/...` and `~` are absolute. */
export function matchesPathGlob(
  pattern: string,
  path: string,
  base: { readonly home: string; readonly workingDirectory: string },
): boolean {
  if (pattern === '**' || pattern === '*') return true;
  const absolute = pattern.startsWith('~/') ? `${base.home}${pattern.slice(1)}` : pattern;
  const folder = absolute.startsWith('/') ? '/' : base.workingDirectory;
  const full = normalise(path);
  const below = folder === '/' ? full.slice(1) : full.startsWith(`${folder}/`) ? full.slice(folder.length + 1) : null;
  if (below === null || below === '') return false;
  let matcher = matchers.get(absolute);
  if (matcher === undefined) {
    if (matchers.size > 2000) matchers.clear();
    matcher = ignore().add(absolute.startsWith('!') ? `\\${absolute}` : absolute);
    matchers.set(absolute, matcher);
  }
  return matcher.ignores(below);
}

/** A regular expression that a file brings: null where it is none, or could take long. */
export function safeExpression(source: string, flags = ''): RegExp | null {
  if (source.length > 500 || /\([^)]*[*+][^)]*\)[*+{]/.test(source)) return null;
  try {
    return new RegExp(source, flags.replace(/[^imsu]/g, ''));
  } catch {
    return null;
  }
}
