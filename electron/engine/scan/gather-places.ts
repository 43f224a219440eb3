import type { FileSource, Location, Platform } from '../sources/source.ts';
import type { ScanCache } from '../store/repos/scan-cache.ts';
import type { CoverageBook } from './coverage.ts';
import { pathInFs } from './file-input.ts';
import type { Gatherer } from './gather.ts';
import { compileLocations, type Want } from './location-matcher.ts';
import { probe } from './probe.ts';
import { leadsOut, leavesFsRoot, onDisk, type RootContext } from './roots.ts';

export type GatherPlacesOptions = {
  readonly fileSources: readonly FileSource[];
  readonly roots: readonly RootContext[];
  readonly platform: Platform;
  readonly coverage: CoverageBook;
  readonly cache: ScanCache;
  readonly gatherer: Gatherer;
  readonly fsRoot: string | null;
};

/**
 * Gathers the known places of the home and of the machine. `claimed`: which files on disk are theirs, by product;
 * `skipped`: what could not be looked at, to be compared with the scan before. Places of
 * other platforms are no gap; places that nobody asked to look at are said to be skipped.
 */
export async function gatherPlaces(
  options: GatherPlacesOptions,
): Promise<{ claimed: Map<string, Set<string>>; skipped: string }> {
  const claimed = new Map<string, Set<string>>();
  const skipped: string[] = [];
  for (const base of ['home', 'machine'] as const) {
    const root = options.roots.find((candidate) => candidate.type === base);
    if (root === undefined) {
      addNotLookedAt(options, base);
      continue;
    }
    const wants = wantsOf(options, base);
    if (leavesFsRoot(options.fsRoot, root)) {
      for (const want of wants) {
        const source = options.fileSources[want.source]?.id ?? '';
        options.coverage.add({
          source,
          scope: want.location.scope,
          path: pathInFs(root, want.location.path),
          status: 'skipped',
          detail: leadsOut,
        });
      }
      options.coverage.issue({ source: 'scan/files', path: root.path, line: null, message: leadsOut });
      skipped.push(`${root.path} ${leadsOut}`);
      continue;
    }
    const start = compileLocations(wants, (location) => location.path);
    const known = options.cache.loadFiles(root.id);
    const found = new Set<Location>();
    const seen = new Set<string>();
    const boundary = base === 'home' ? root.disk : onDisk(options.fsRoot, '/');
    probe(
      root.disk,
      boundary,
      start,
      (file) => {
        seen.add(file.path);
        for (const match of file.matches) {
          found.add(match.want.location);
          const product = options.fileSources[match.want.source]?.product ?? '';
          for (const disk of [`${root.disk === '/' ? '' : root.disk}/${file.path}`, file.open]) {
            const products = claimed.get(disk);
            if (products === undefined) claimed.set(disk, new Set([product]));
            else products.add(product);
          }
        }
        options.gatherer.add({
          root,
          path: file.path,
          open: file.open,
          target: file.target,
          matches: file.matches,
          code: false,
          known: known.get(file.path),
        });
      },
      (skip) => {
        skipped.push(`${pathInFs(root, skip.path)} ${skip.detail}`);
        for (const want of wants) {
          if (!covers(want.location.path, skip.path)) continue;
          found.add(want.location);
          const source = options.fileSources[want.source]?.id ?? '';
          options.coverage.add({
            source,
            scope: want.location.scope,
            path: pathInFs(root, skip.path),
            status: skip.status,
            detail: skip.detail,
          });
        }
        options.coverage.issue({
          source: 'scan/files',
          path: pathInFs(root, skip.path),
          line: null,
          message: skip.detail,
        });
      },
    );
    for (const path of known.keys()) {
      if (!seen.has(path)) {
        options.cache.removeFile(root.id, path);
        options.gatherer.counts.changed++;
      }
    }
    for (const want of wants) {
      if (found.has(want.location)) continue;
      const source = options.fileSources[want.source]?.id ?? '';
      options.coverage.add({
        source,
        scope: want.location.scope,
        path: pathInFs(root, want.location.path.replace(/^\/+/, '')),
        status: 'absent',
        detail: 'not there',
      });
    }
  }
  await options.gatherer.settled();
  return { claimed, skipped: skipped.join('\n') };
}

const wantsOf = ({ fileSources, platform }: GatherPlacesOptions, base: Location['base']): Want[] =>
  fileSources.flatMap((source, index) =>
    source.locations
      .filter(
        (location) => location.base === base && (location.platform === undefined || location.platform === platform),
      )
      .map((location) => ({ source: index, location })),
  );

function addNotLookedAt(options: GatherPlacesOptions, base: 'home' | 'machine'): void {
  const detail =
    base === 'home' ? 'no home was given' : 'no home was given, so the settings of its machine were not looked at';
  for (const source of options.fileSources) {
    const scopes = new Set(
      source.locations.filter((location) => location.base === base).map((location) => location.scope),
    );
    for (const scope of scopes)
      options.coverage.add({ source: source.id, scope, path: base === 'home' ? '~' : '/', status: 'skipped', detail });
  }
}

/** Whether a place lies at or below a path that could not be looked at. */
function covers(place: string, path: string): boolean {
  const clean = place.replace(/^\/+/, '');
  return clean === path || clean.startsWith(`${path}/`);
}
