import type { CodeSource, ModuleSummary } from '../sources/source.ts';
import type { CoverageBook } from './coverage.ts';
import { excludesPath } from './exclude.ts';
import type { Gatherer } from './gather.ts';
import type { PlacedFacts } from './reconcile.ts';
import type { RootContext } from './roots.ts';

/** Rounds of asking for imported modules, and files of one root that linking may ask for. */
const maxRounds = 24;
const maxAskedFiles = 4000;

export type LinkCodeOptions = {
  readonly gatherer: Gatherer;
  readonly codeSources: readonly CodeSource[];
  readonly roots: readonly RootContext[];
  readonly coverage: CoverageBook;
  readonly signal: AbortSignal;
  readonly isExcluded: (path: string) => boolean;
};

/** Links the summaries of each root, fetching imported modules until nothing new is asked for. */
export async function linkCode({
  gatherer,
  codeSources,
  roots,
  coverage,
  signal,
  isExcluded,
}: LinkCodeOptions): Promise<PlacedFacts[]> {
  const facts: PlacedFacts[] = [];
  for (const source of codeSources) {
    for (const root of roots) {
      if (root.type !== 'scan') continue;
      const modules = [...(gatherer.modules.get(source)?.get(root) ?? [])];
      if (modules.length === 0) continue;
      const asked = new Set(modules.map((module) => module.place));
      for (let round = 0; ; round++) {
        const linked = source.link(sorted(modules), { rootLabel: root.label });
        const wanted = linked.wanted.filter(
          (place) =>
            !asked.has(place) &&
            isBelow(place, root.label) &&
            !excludesPath(isExcluded, place.slice(root.label.length + 1)),
        );
        const over = asked.size + wanted.length > maxAskedFiles || round >= maxRounds;
        if (wanted.length > 0 && !over && !signal.aborted) {
          for (const place of wanted) asked.add(place);
          const found = await gatherer.summarise(
            root,
            source,
            wanted.map((place) => place.slice(root.label.length + 1)),
          );
          modules.push(...found);
          // The same summaries would be linked to the same facts.
          if (found.length > 0) continue;
        } else if (wanted.length > 0) {
          const detail = `${wanted.length} imported files were not looked at: more than ${maxAskedFiles} files or ${maxRounds} steps of imports`;
          coverage.add({
            source: source.id,
            scope: 'project',
            path: root.path,
            status: 'skipped',
            detail,
            underScanRoot: true,
          });
        }
        for (const { place, reading } of linked.readings) {
          facts.push({ place, source: source.id, cap: 'high', reading });
          for (const { line, message } of reading.issues)
            coverage.issue({ source: source.id, path: place, line, message });
        }
        break;
      }
    }
  }
  return facts;
}

/** Names of imports come from hostile files: none may lead out of the root. */
const isBelow = (place: string, label: string): boolean =>
  place.startsWith(`${label}/`) &&
  !place
    .slice(label.length + 1)
    .split('/')
    .some((segment) => segment === '' || segment === '.' || segment === '..');

const sorted = (modules: readonly ModuleSummary[]): ModuleSummary[] =>
  [...modules].sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
