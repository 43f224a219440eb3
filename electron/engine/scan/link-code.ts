import { readdirSync } from 'node:fs';
import type { CodeSource, Linked, ModuleSummary } from '../sources/source.ts';
import type { CoverageBook } from './coverage.ts';
import { excludesPath } from './exclude.ts';
import type { Gatherer } from './gather.ts';
import type { PlacedFacts } from './reconcile.ts';
import type { RootContext } from './roots.ts';

/** Rounds of asking for imported modules, and files of one root that linking may ask for. */
const maxRounds = 24;
const maxAskedFiles = 4000;
/**
 * Milliseconds of one round in which files are read as they are come upon. Nobody can cancel meanwhile; what is asked for
 * later is read before the next round.
 */
const readingPerRound = 5000;

/** Milliseconds after which whoever wants to cancel, and a parser that has ended, are heard. */
const uninterrupted = 100;

export type LinkCodeOptions = {
  readonly gatherer: Gatherer;
  readonly codeSources: readonly CodeSource[];
  readonly roots: readonly RootContext[];
  readonly coverage: CoverageBook;
  readonly signal: AbortSignal;
  readonly isExcluded: (path: string) => boolean;
};

/** Links the summaries of each root, fetching imported modules until nothing new is asked for. */
export async function linkCode(options: LinkCodeOptions): Promise<PlacedFacts[]> {
  const { gatherer, codeSources, roots, coverage } = options;
  const facts: PlacedFacts[] = [];
  const listings = new Map(roots.map((root) => [root, createFolderListing(root.disk)]));
  for (const source of codeSources) {
    for (const [root, exists] of listings) {
      if (root.type !== 'scan') continue;
      const modules = gatherer.modules.get(source)?.get(root) ?? [];
      if (modules.length === 0) continue;
      const linked = await linkRoot(options, source, root, modules, exists);
      for (const { place, reading } of linked.readings) {
        facts.push({ place, source: source.id, cap: 'high', reading });
        for (const { line, message } of reading.issues)
          coverage.issue({ source: source.id, path: place, line, message });
      }
    }
  }
  return facts;
}

async function linkRoot(
  { gatherer, coverage, signal, isExcluded }: LinkCodeOptions,
  source: CodeSource,
  root: RootContext,
  first: readonly ModuleSummary[],
  exists: (path: string) => boolean,
): Promise<Linked> {
  const modules = [...first];
  const summarise = gatherer.summarise(root, source);
  const known = new Map<string, ModuleSummary | null>(first.map((module) => [module.place, module]));
  const unread = new Set<string>();
  let asked = 0;

  const pathOf = (place: string): string => place.slice(root.label.length + 1);
  const mayBeRead = (place: string): boolean =>
    isBelow(place, root.label) &&
    !isMadeByTools(place) &&
    !excludesPath(isExcluded, pathOf(place)) &&
    exists(pathOf(place));
  const summaryOf = (place: string): ModuleSummary | null => {
    if (!mayBeRead(place)) return null;
    if (asked >= maxAskedFiles) {
      unread.add(place);
      return null;
    }
    asked += 1;
    return summarise(pathOf(place));
  };
  const take = (place: string): void => {
    if (known.has(place)) return;
    const summary = summaryOf(place);
    known.set(place, summary);
    if (summary !== null) modules.push(summary);
  };

  for (let round = 1; ; round++) {
    const later = new Set<string>();
    const before = modules.length;
    let spent = 0;
    const read = (place: string): ModuleSummary | null => {
      if (!known.has(place)) {
        if (spent > readingPerRound) {
          later.add(place);
          return null;
        }
        const started = performance.now();
        take(place);
        spent += performance.now() - started;
      }
      return known.get(place) ?? null;
    };
    const linked = source.link(sorted(modules), { rootLabel: root.label, read });
    await others();
    const goesOn = (): boolean => round < maxRounds && !signal.aborted;
    let since = performance.now();
    for (const place of [...later, ...linked.wanted]) {
      if (!goesOn()) {
        if (!known.has(place) && mayBeRead(place)) unread.add(place);
      } else take(place);
      if (performance.now() - since < uninterrupted) continue;
      await others();
      since = performance.now();
    }
    // The same summaries would be linked to the same facts.
    if (modules.length > before && goesOn()) continue;
    if (unread.size > 0) {
      const detail = `${unread.size} imported files were not looked at: more than ${maxAskedFiles} files or ${maxRounds} steps of imports`;
      coverage.add({
        source: source.id,
        scope: 'project',
        path: root.path,
        status: 'skipped',
        detail,
        underScanRoot: true,
      });
    }
    return linked;
  }
}

const others = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Names of imports come from hostile files: none may lead out of the root. */
const isBelow = (place: string, label: string): boolean =>
  place.startsWith(`${label}/`) &&
  !place
    .slice(label.length + 1)
    .split('/')
    .some((segment) => segment === '' || segment === '.' || segment === '..');

/** What was installed, generated or only declares: an agent's own code is not among it. */
const isMadeByTools = (place: string): boolean =>
  /\/(?:node_modules|site-packages|dist-packages|bower_components)\/|(?:_pb2(?:_grpc)?\.pyi?|\.d\.[cm]?ts|\.min\.[cm]?js)$/.test(
    place,
  );

/**
 * Whether a path below a folder may be there, told by listing each folder once: most of the files that an import may mean
 * are not. Links may lead anywhere and upper and lower case may be the same, so that a "yes" has to be looked at.
 */
function createFolderListing(base: string): (path: string) => boolean {
  type Entries = ReadonlyMap<string, 'folder' | 'other'> | 'anything';
  const listed = new Map<string, Entries>();
  const nothing: Entries = new Map();
  const entriesOf = (folder: string): Entries => {
    const known = listed.get(folder);
    if (known !== undefined) return known;
    let entries: Entries = nothing;
    const above = folder === '' ? null : entriesOf(parentOf(folder));
    const kind = above === null ? 'folder' : above === 'anything' ? 'other' : above.get(nameKey(folder));
    if (kind === 'folder') entries = list(folder === '' ? base : `${base}/${folder}`);
    // Behind a link.
    else if (kind === 'other') entries = 'anything';
    listed.set(folder, entries);
    return entries;
  };
  return (path) => {
    const entries = entriesOf(parentOf(path));
    return entries === 'anything' || entries.has(nameKey(path));
  };
  function list(disk: string): Entries {
    try {
      const entries = readdirSync(disk, { withFileTypes: true });
      const found = new Map<string, 'folder' | 'other'>();
      for (const entry of entries) {
        const key = nameKey(entry.name);
        // `Tools` and `tools` side by side.
        found.set(key, entry.isDirectory() && !found.has(key) ? 'folder' : 'other');
      }
      return found;
    } catch {
      return nothing;
    }
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameKey = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .normalize('NFC')
    .toLowerCase();

const sorted = (modules: readonly ModuleSummary[]): ModuleSummary[] =>
  [...modules].sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
