import { credentialRef } from '../keys.ts';
import { notebookText } from '../python/notebook.ts';
import type { AssetDraft, CodeSource, FileInput, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { endings, familyOf, keywords, type Named, secretsNamed } from './names.ts';

/**
 * Secrets that code asks the environment for, whatever the code is: which ones a repository lives on is inventory, also
 * where no agent is near. A lexical reading: which agent or tool a secret reaches is said by who understands the code.
 */
export const environmentNames: CodeSource = {
  kind: 'code',
  id: 'environment/code',
  version: 1,
  title: 'Secrets of the environment that code names',
  product: 'environment',
  productTitle: 'Environment variables in code',
  extensions: endings,
  keywords,
  emits: ['credential'],
  summarise: (file) => Promise.resolve(summarise(file)),
  link,
};

/** Places of one name that are kept as evidence; the count goes on. */
const mostPlaces = 40;
/** Generated and bundled code: one line of this length is not written by anybody. */
const longestLine = 5000;

/** Copies of others, and what a build made. */
const foreign =
  /\/(?:_?vendor(?:ed)?|third[-_]party|site-packages|dist-packages|\.?venv|virtualenv|node_modules|bower_components|dist|\.next|\.nuxt|\.output)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$/i;
const tests =
  /\/(?:tests?|testing|__tests__|__mocks__|spec|e2e|testdata|fixtures)\/|\/(?:test_[^/]*|[^/]*_test|conftest)\.(?:py|go)$|\.(?:test|spec|e2e|stories)\.[cm]?[jt]sx?$|Tests?\.(?:java|kt|cs)$/i;

function summarise(file: FileInput): ModuleSummary {
  const { place, sha256 } = file;
  const done = (names: readonly Named[]): ModuleSummary => ({
    place,
    sha256,
    status: 'read',
    content: names,
    issues: [],
  });
  if (foreign.test(`/${place}`)) return done([]);
  const notebook = place.endsWith('.ipynb') ? notebookText(file.text) : null;
  const family = notebook === null ? familyOf(place) : 'python';
  if (family === null || (notebook === null && hasLongLine(file.text))) return done([]);
  const named = secretsNamed(notebook?.text ?? file.text, family).map((one) => ({
    ...one,
    line: notebook?.lines[one.line - 1] ?? one.line,
  }));
  if (!tests.test(`/${place}`)) return done(named);
  // What a test sets up for itself is no secret of the program.
  const own = new Set(named.flatMap(({ name, form }) => (form === 'written' ? [name] : [])));
  return done(named.filter(({ name }) => !own.has(name)));
}

function hasLongLine(text: string): boolean {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    if (end - start > longestLine) return true;
    start = end + 1;
  }
  return text.length - start > longestLine;
}

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const counts = new Map<string, number>();
  const byPlace = new Map<string, AssetDraft[]>();
  const sorted = [...modules].sort((one, other) => (one.place < other.place ? -1 : 1));
  for (const { place, content } of sorted) {
    if (!isNames(content)) continue;
    const seen = new Set<string>();
    for (const { name, line, form } of content) {
      // One place of a file says as much as ten.
      if (seen.has(name)) continue;
      seen.add(name);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count > mostPlaces) continue;
      const drafts = byPlace.get(place) ?? [];
      byPlace.set(place, drafts);
      drafts.push({
        ...credentialRef(name),
        name,
        properties: { supplied: 'environment', forms: [{ form, host: 'code', place, line }] },
        lines: { line, endLine: line },
        confidence: form === 'listed' ? 'medium' : 'high',
      });
    }
  }
  return {
    readings: [...byPlace].map(([place, assets]) => ({
      place,
      reading: { status: 'read', assets, relations: [], issues: [] },
    })),
    wanted: [],
  };
}

const isNames = (content: unknown): content is readonly Named[] => Array.isArray(content);
