import { packModule } from '../python/packed.ts';
import type { FileInput, Issue, ModuleSummary } from '../source.ts';
import { moduleBody } from './module-body.ts';
import type { EcmascriptParsers } from './parser.ts';
import { readProjectFile } from './project-files.ts';

/** File name endings that the front end reads. */
export const ecmascriptEndings: readonly string[] = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/**
 * What one TypeScript or JavaScript file says, or a `package.json` or `tsconfig.json` that linking asked for. Never throws
 * for any text: what cannot be read becomes an issue. What a tool has generated is not parsed, and says so.
 */
export function summariseEcmascript(
  parsers: EcmascriptParsers,
  file: Pick<FileInput, 'place' | 'sha256' | 'text'>,
): ModuleSummary {
  const base = { place: file.place, sha256: file.sha256 };
  if (file.place.endsWith('.json')) return { ...base, status: 'read', content: readProjectFile(file.text), issues: [] };
  const empty = packModule({ language: 'ecmascript', body: [] });
  const made = generatedBecause(file.place, file.text);
  if (made !== null)
    return { ...base, status: 'read', content: empty, issues: [{ line: null, message: `not looked into: ${made}` }] };
  const parser = /\.[cm]?ts$/.test(file.place) ? parsers.typescript : parsers.tsx;
  const result = parser.parse(file.text);
  if (!result.ok) {
    const reasons = {
      'too-long': 'too long to parse',
      'too-many-nodes': 'too many syntax nodes to parse',
      'too-slow': 'parsing took too long and was stopped',
    };
    return { ...base, status: 'malformed', content: empty, issues: [{ line: null, message: reasons[result.reason] }] };
  }
  const { body, tooDeep } = moduleBody(result.tree, parser.grammar);
  const content = packModule({ language: 'ecmascript', body });
  const issues: Issue[] = [
    ...result.tree.errorLines.map((line) => ({ line, message: 'TypeScript or JavaScript syntax not understood' })),
    ...tooDeep.map((line) => ({ line, message: 'nested too deep to be read' })),
  ];
  return { ...base, status: issues.length > 0 ? 'malformed' : 'read', content, issues };
}

const longLine = 5000;
/** Characters above which a file of mostly long lines is what a bundler wrote. */
const bundleLength = 20_000;

/** Why a file is taken for the work of a tool; null where it is not. */
export function generatedBecause(place: string, text: string): string | null {
  if (/\.min\.[cm]?js$/.test(place)) return 'minified';
  if (/\.d\.[cm]?ts$/.test(place)) return 'declarations only';
  if (
    /(?:^|\/)(?:dist|vendor|vendored|third_party|\.output|\.svelte-kit|\.vercel|storybook-static)\//.test(
      place.slice(place.indexOf('/')),
    )
  )
    return 'built or copied from elsewhere';
  if (/^\s*(?:\/\/|\/\*)[^\n]{0,200}@generated\b|^\/\*! For license information please see/.test(text.slice(0, 600)))
    return 'generated';
  if (/\bwebpackBootstrap\b|__webpack_require__/.test(text.slice(0, 4000))) return 'written by a bundler';
  if (text.length < bundleLength) return null;
  let long = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > longLine) long += length;
    if (end < 0) break;
    start = end + 1;
  }
  return long > text.length / 2 ? 'minified' : null;
}
