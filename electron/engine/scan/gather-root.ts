import { createHash } from 'node:crypto';
import type { ScanLimits } from '../../../shared/model/scan.ts';
import type { Source } from '../sources/source.ts';
import type { CachedFile, CachedFolder, ScanCache } from '../store/repos/scan-cache.ts';
import type { CoverageRow } from '../store/repos/scans.ts';
import type { CoverageBook } from './coverage.ts';
import { type GatherFile, type Gatherer, ignoreFileMark, pathInFs } from './gather.ts';
import { type ActiveState, descend, type FileMatch, type MatchState, matchFile } from './location-matcher.ts';
import { compareFolders } from './rescan.ts';
import type { RootContext } from './roots.ts';
import { type WalkedFile, type WalkedFolder, type WalkSkip, walk } from './walker.ts';

export type RootGathering = {
  readonly folders: number;
  readonly files: number;
  readonly foldersListed: number;
  readonly stats: number;
  /** Folders (relative) that hold a repository, in no order. */
  readonly repositories: readonly string[];
  /** False when anything at all was new, changed or gone since the last walk. */
  readonly unchanged: boolean;
  /** Hands over what the files that did not change say; not needed when nothing changed anywhere. */
  readonly recall: () => void;
};

export type RootGatherOptions = {
  readonly root: RootContext;
  readonly start: MatchState;
  readonly isCode: (name: string) => boolean;
  readonly isExcluded: (path: string) => boolean;
  /** Drops what another root or the home claims for itself. */
  readonly unclaimed: (disk: string, matches: readonly FileMatch[]) => readonly FileMatch[];
  readonly limits: ScanLimits;
  readonly signal: AbortSignal;
  readonly signature: string;
  readonly cache: ScanCache;
  readonly coverage: CoverageBook;
  readonly gatherer: Gatherer;
  /** Folders and files beside the way that the last complete scan skipped: still so where their folder is unchanged. */
  readonly previousSkips: readonly CoverageRow[];
  readonly onFolder: (path: string, files: number) => void;
};

/** Most skipped folders that are named one by one; the rest is counted. */
const namedSkips = 200;

/**
 * Gathers what sources want below one scan root. When the folders of the last complete walk are known, only folders that
 * changed are listed again and only files that changed are opened.
 */
export async function gatherRoot(options: RootGatherOptions): Promise<RootGathering> {
  const { root, cache, signal } = options;
  const cachedFolders = cache.loadFolders(root.id, options.signature);
  const cachedFiles = cache.loadFiles(root.id);
  if (cachedFolders === null) return fullWalk(options, cachedFiles);
  const changes = compareFolders(root.disk, cachedFolders, signal);
  const ignoreChanged = ignoreFilesChanged(options, cachedFiles);
  // A rule of .gitignore may bring folders back that were skipped, so everything is walked again.
  if (ignoreChanged || signal.aborted || changes.gone.includes('')) return fullWalk(options, cachedFiles);
  return partialWalk(options, cachedFiles, changes);
}

async function fullWalk(options: RootGatherOptions, cachedFiles: Map<string, CachedFile>): Promise<RootGathering> {
  const { root, cache } = options;
  cache.clearSignature(root.id);
  cache.dropFolders(root.id);
  const repositories: string[] = [];
  const seen = new Set<string>();
  const skips = createSkipBook(options);
  const counts = await walk(walkOptions(options), listener(options, cachedFiles, repositories, seen, skips));
  await options.gatherer.settled();
  skips.close(counts.prunedFolders);
  if (!options.signal.aborted) {
    for (const [path, file] of cachedFiles) {
      if (!seen.has(path)) cache.removeFile(file.id);
    }
    cache.setSignature(root.id, options.signature);
  }
  return {
    folders: counts.folders,
    files: counts.files,
    foldersListed: counts.folders,
    stats: counts.folders,
    repositories,
    unchanged: false,
    recall: () => {},
  };
}

async function partialWalk(
  options: RootGatherOptions,
  cachedFiles: Map<string, CachedFile>,
  changes: ReturnType<typeof compareFolders>,
): Promise<RootGathering> {
  const { root, cache, gatherer, signal } = options;
  const somethingMoved = changes.changed.length > 0 || changes.gone.length > 0;
  const relisted = new Set(changes.changed);
  const gone = changes.gone;
  const isGone = (path: string): boolean => gone.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
  const repositories = changes.same.filter((folder) => folder.repository).map((folder) => folder.path);
  let folders = changes.same.length;
  let files = changes.same.reduce((sum, folder) => sum + folder.files, 0);
  let foldersListed = 0;
  const skips = createSkipBook(options);
  if (somethingMoved) {
    cache.clearSignature(root.id);
    for (const path of gone) cache.removeFolder(root.id, path);
  }

  const changedBefore = gatherer.counts.changed;
  const seen = new Set<string>();
  if (changes.changed.length > 0) {
    const known = new Set([...changes.same.map((folder) => folder.path), ...changes.changed]);
    const counts = await walk(
      { ...walkOptions(options), known },
      listener(options, cachedFiles, repositories, seen, skips),
      changes.changed.map((path) => ({ path })),
    );
    folders += counts.folders;
    files += counts.files;
    foldersListed = counts.folders;
  }
  let removed = 0;
  const same: GatherFile[] = [];
  for (const [path, known] of cachedFiles) {
    if (signal.aborted) break;
    if (seen.has(path) || known.sha256 === ignoreFileMark) continue;
    // What stood in a folder that was listed again and did not come up is gone; probed places below pruned folders stay.
    if (isGone(path) || (relisted.has(folderOf(path)) && !seen.has(path))) {
      cache.removeFile(known.id);
      removed++;
      continue;
    }
    const holds = gatherer.stampHolds(root, path, known);
    const matches = options.unclaimed(`${root.disk}/${path}`, matchesOf(options.start, path));
    const file: GatherFile = { root, path, open: `${root.disk}/${path}`, matches, code: options.isCode(path.slice(path.lastIndexOf('/') + 1)), known };
    if (holds) same.push(file);
    else gatherer.add(file);
  }
  await gatherer.settled();
  skips.close(null);
  for (const skip of options.previousSkips) {
    const inside = skip.path === root.path ? '' : skip.path.slice(root.path === '/' ? 1 : root.path.length + 1);
    if (inside !== '' && (relisted.has(inside) || relisted.has(folderOf(inside)) || isGone(inside))) continue;
    options.coverage.add({ ...skip, underScanRoot: true });
  }
  if (somethingMoved && !signal.aborted) cache.setSignature(root.id, options.signature);
  return {
    folders,
    files,
    foldersListed,
    stats: changes.same.length + changes.changed.length + cachedFiles.size,
    repositories,
    unchanged: !somethingMoved && removed === 0 && gatherer.counts.changed === changedBefore,
    recall() {
      for (const file of same) gatherer.recall(file);
    },
  };
}

const walkOptions = (options: RootGatherOptions) => ({
  root: options.root.disk,
  start: options.start,
  isCode: options.isCode,
  isExcluded: options.isExcluded,
  limits: options.limits,
  signal: options.signal,
});

function listener(
  options: RootGatherOptions,
  cachedFiles: ReadonlyMap<string, CachedFile>,
  repositories: string[],
  seen: Set<string>,
  skips: SkipBook,
) {
  const { root, cache, gatherer } = options;
  return {
    folder(folder: WalkedFolder): void {
      if (folder.repository) repositories.push(folder.path);
      const row: CachedFolder = { path: folder.path, ...folder.stamp, files: folder.files, repository: folder.repository };
      cache.putFolder(root.id, row);
      options.onFolder(folder.path, folder.files);
    },
    file(file: WalkedFile): void {
      seen.add(file.path);
      const matches = options.unclaimed(`${root.disk}/${file.path}`, file.matches);
      if (matches.length === 0 && !file.code) return;
      gatherer.add({ root, path: file.path, open: file.open, matches, code: file.code, known: cachedFiles.get(file.path) });
    },
    skip: (skip: WalkSkip): void => skips.add(skip),
    ignoreFile(path: string, stamp: { size: number; modified: number; changed: number; inode: number }): void {
      seen.add(path);
      cache.putFile(root.id, path, stamp, ignoreFileMark);
    },
  };
}

function ignoreFilesChanged(options: RootGatherOptions, cachedFiles: ReadonlyMap<string, CachedFile>): boolean {
  for (const [path, known] of cachedFiles) {
    if (known.sha256 === ignoreFileMark && !options.gatherer.stampHolds(options.root, path, known)) return true;
  }
  return false;
}

/** Who wants a path that is known from the last walk: the walk's own matching, without the disk. */
export function matchesOf(start: MatchState, path: string): FileMatch[] {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  let active: readonly ActiveState[] = [];
  for (const [depth, segment] of segments.entries()) active = descend([...active, { state: start, anchorDepth: depth }], segment);
  return matchFile([...active, { state: start, anchorDepth: segments.length }], name) ?? [];
}

type SkipBook = { add(skip: WalkSkip): void; close(prunedFolders: number | null): void };

/** Skipped places go to the coverage: wanted ones each, folders beside the way by name up to a limit, then as a count. */
function createSkipBook({ root, coverage }: RootGatherOptions): SkipBook {
  const reasons = new Map<string, number>();
  return {
    add(skip) {
      const count = (reasons.get(skip.detail) ?? 0) + 1;
      reasons.set(skip.detail, count);
      if (!skip.wanted && count > namedSkips) return;
      const path = pathInFs(root, skip.path);
      coverage.add({ source: 'scan/folders', scope: 'project', path, status: skip.status, detail: skip.detail, underScanRoot: true });
      if (skip.wanted) coverage.issue({ source: 'scan/folders', path, line: null, message: skip.detail });
    },
    close(prunedFolders) {
      for (const [detail, count] of reasons) {
        if (count > namedSkips) {
          coverage.add({ source: 'scan/folders', scope: 'project', path: root.path, status: 'skipped', detail: `${count - namedSkips} more: ${detail}` });
        }
      }
      if (prunedFolders !== null && prunedFolders > 0) {
        const detail = `${prunedFolders} folders of installed packages, version control and caches: only what sources name in them`;
        coverage.add({ source: 'scan/folders', scope: 'project', path: root.path, status: 'skipped', detail });
      }
    },
  };
}

/** Changes when the same folder would be walked differently: other places, keywords, limits or exclusions. */
export function walkSignature(sources: readonly Source[], limits: ScanLimits, exclude: readonly string[], home: string | null): string {
  const parts = sources.map((source) =>
    source.kind === 'file'
      ? [source.id, source.locations.map(({ base, path }) => `${base}:${path}`)]
      : [source.id, source.extensions, source.keywords],
  );
  return createHash('sha256').update(JSON.stringify([1, parts, limits, exclude, home])).digest('hex').slice(0, 32);
}
