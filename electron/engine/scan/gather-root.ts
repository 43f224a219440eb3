import { createHash } from 'node:crypto';
import { lstatSync, opendirSync } from 'node:fs';
import type { ScanLimits } from '../../../shared/model/scan.ts';
import type { Source } from '../sources/source.ts';
import type { CachedFile, CachedFolder, ScanCache } from '../store/repos/scan-cache.ts';
import type { SkipRow } from '../store/repos/scans.ts';
import type { CoverageBook } from './coverage.ts';
import type { CodeSearch } from './disk-messages.ts';
import { type GatherFile, pathInFs } from './file-input.ts';
import { type Gatherer, ignoreFileMark } from './gather.ts';
import {
  type ActiveState,
  descend,
  type FileMatch,
  type MatchState,
  matchFile,
  type Want,
} from './location-matcher.ts';
import { compareFolders, type FolderChanges } from './rescan.ts';
import { resolveInside, type RootContext } from './roots.ts';
import type { FileStamp, SafeRead } from './safe-read.ts';
import type { WalkThreads } from './walk-threads.ts';
import { type RootListener, walkWithHelp } from './walk-with-help.ts';
import { type WalkedFile, type WalkedFolder, type WalkSkip, linkOut, linkToNothing, prunedNames } from './walker.ts';

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
  readonly threads: WalkThreads;
  /** Numbered as `start` numbers them: `source` of a want is the source's, so wants are told by their position. */
  readonly wants: readonly Want[];
  readonly codeSources: readonly CodeSearch[];
  readonly exclude: readonly string[];
  /** Files on disk that another root or the home speaks for. */
  readonly claimed: Iterable<string>;
  readonly now: () => number;
  readonly cache: ScanCache;
  readonly coverage: CoverageBook;
  readonly gatherer: Gatherer;
  readonly scan: number;
  /** Folders and files that a scan skipped below this root, each once; null where it did not come to say so. */
  readonly skipsOf: (scan: number) => readonly SkipRow[] | null;
  readonly onFolders: (current: string, folders: number, files: number) => void;
};

/** Without their number: a rescan does not count those again that it does not come by. */
const prunedDetail = 'folders of installed packages and caches: only what sources name in them';

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
  const walkedBy = cache.walkedBy(root.id);
  const previousSkips = walkedBy === null ? null : options.skipsOf(walkedBy);
  if (previousSkips === null) return fullWalk(options, cachedFiles);
  const changes = compareFolders(root.disk, cachedFolders, signal);
  const ignoreChanged = ignoreFilesChanged(options, cachedFiles, changes.changed);
  // A rule of .gitignore may bring folders back that were skipped, so everything is walked again.
  if (changes.linkedMoved || ignoreChanged || signal.aborted || changes.gone.includes(''))
    return fullWalk(options, cachedFiles);
  const retried = worthAnotherLook(options, previousSkips, new Set(changes.gone));
  const walked = new Set(cachedFolders.filter(({ followed }) => !followed).map(({ path }) => path));
  if (retried.some(({ folder, isNew }) => !isNew && !walked.has(folder))) return fullWalk(options, cachedFiles);
  return partialWalk(
    options,
    cachedFiles,
    { ...changes, changed: [...new Set([...changes.changed, ...retried.map(({ folder }) => folder)])] },
    previousSkips,
    new Set(cachedFolders.filter((folder) => folder.followed).map(({ path }) => path)),
  );
}

async function fullWalk(options: RootGatherOptions, cachedFiles: Map<string, CachedFile>): Promise<RootGathering> {
  const { root, cache } = options;
  cache.clearSignature(root.id);
  cache.dropFolders(root.id);
  const repositories: string[] = [];
  const seen = new Set<string>();
  const skips = createSkipBook(options);
  const counts = await walkWithHelp(options, cachedFiles, listener(options, cachedFiles, repositories, seen, skips));
  await options.gatherer.settled();
  skips.close(counts.prunedFolders);
  if (!options.signal.aborted) {
    for (const path of cachedFiles.keys()) {
      if (!seen.has(path)) cache.removeFile(root.id, path);
    }
    // Paths with names that are not text cannot be looked up again by what was noted of them: the next scan walks again.
    if (counts.rawNames === 0) cache.setSignature(root.id, options.signature, options.scan);
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
  changes: FolderChanges,
  previousSkips: readonly SkipRow[],
  followed: ReadonlySet<string>,
): Promise<RootGathering> {
  const { root, cache, gatherer, signal } = options;
  let somethingMoved = changes.changed.length > 0 || changes.gone.length > 0;
  const relisted = new Set(changes.changed);
  const gone = changes.gone;
  const isGone = (path: string): boolean => gone.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
  const repositories = changes.same.filter((folder) => folder.repository).map((folder) => folder.path);
  let folders = changes.same.length;
  let files = changes.same.reduce((sum, folder) => sum + folder.files, 0);
  let foldersListed = 0;
  let hasRawNames = false;
  let prunedFolders = 0;
  const skips = createSkipBook(options);
  if (somethingMoved) {
    cache.clearSignature(root.id);
    for (const path of gone) cache.removeFolder(root.id, path);
  }

  const changedBefore = gatherer.counts.changed;
  const seen = new Set<string>();
  if (changes.changed.length > 0) {
    const known = new Set([...changes.same.map((folder) => folder.path), ...changes.changed]);
    const counts = await walkWithHelp(
      options,
      cachedFiles,
      listener(options, cachedFiles, repositories, seen, skips),
      changes.changed.map((path) => ({ path })),
      known,
    );
    folders += counts.folders;
    files += counts.files;
    foldersListed = counts.folders;
    hasRawNames = counts.rawNames > 0;
    prunedFolders = counts.prunedFolders;
  }
  const realRoot = resolveInside(root.disk, '');
  const targetOf = (path: string): string | null => {
    const place = resolveInside(root.disk, path);
    if (place.status !== 'inside' || realRoot.status !== 'inside') return null;
    const own = place.path.slice(realRoot.path === '/' ? 1 : realRoot.path.length + 1);
    return own === path ? null : own;
  };
  let removed = 0;
  const same: [string, CachedFile][] = [];
  const fileOf = (path: string, known: CachedFile): GatherFile => {
    const matches = options.unclaimed(`${root.disk}/${path}`, matchesOf(options.start, path, followed));
    const target = matches.length > 0 ? targetOf(path) : null;
    const code = target === null && options.isCode(path.slice(path.lastIndexOf('/') + 1));
    return { root, path, open: null, target, matches, code, known };
  };
  for (const [path, known] of cachedFiles) {
    if (signal.aborted) break;
    if (seen.has(path) || known.sha256 === ignoreFileMark) continue;
    // What stood in a folder that was listed again and did not come up is gone; probed places below pruned folders stay.
    if (isGone(path) || (relisted.has(folderOf(path)) && !seen.has(path))) {
      cache.removeFile(root.id, path);
      removed++;
      continue;
    }
    const holds = gatherer.stampHolds(root, path, known);
    const lost = holds ? null : lostLink(root, path);
    if (lost !== null) {
      cache.removeFile(root.id, path);
      removed++;
      somethingMoved = true;
      skips.add({ path, status: 'skipped', detail: lost, wanted: true });
      continue;
    }
    // What is the same has to be looked at more closely only when something else changed.
    if (holds) same.push([path, known]);
    else gatherer.add(fileOf(path, known));
  }
  await gatherer.settled();
  skips.close(prunedFolders);
  for (const skip of previousSkips) {
    const inside = insideRoot(root, skip.path);
    if (inside !== '' && (relisted.has(inside) || relisted.has(folderOf(inside)) || isGone(inside))) continue;
    const { wanted, ...entry } = skip;
    if (entry.detail === prunedDetail && skips.hasPruned) continue;
    options.coverage.add({ ...entry, underScanRoot: true });
    if (wanted) options.coverage.issue({ source: entry.source, path: entry.path, line: null, message: entry.detail });
  }
  if (somethingMoved && !signal.aborted && !hasRawNames) cache.setSignature(root.id, options.signature, options.scan);
  return {
    folders,
    files,
    foldersListed,
    stats: changes.same.length + changes.changed.length + cachedFiles.size,
    repositories,
    unchanged: !somethingMoved && removed === 0 && gatherer.counts.changed === changedBefore,
    recall() {
      for (const [path, known] of same) gatherer.recall(fileOf(path, known));
    },
  };
}

function listener(
  options: RootGatherOptions,
  cachedFiles: ReadonlyMap<string, CachedFile>,
  repositories: string[],
  seen: Set<string>,
  skips: SkipBook,
): RootListener {
  const { root, cache, gatherer } = options;
  const toGather = (file: WalkedFile): GatherFile | null => {
    seen.add(file.path);
    const matches = options.unclaimed(`${root.disk}/${file.path}`, file.matches);
    if (matches.length === 0 && !file.code) return null;
    const { path, open, target, code } = file;
    return { root, path, open, target, matches, code, known: cachedFiles.get(path) };
  };
  return {
    folder(folder: WalkedFolder): void {
      if (folder.repository) repositories.push(folder.path);
      const row: CachedFolder = {
        path: folder.path,
        ...folder.stamp,
        files: folder.files,
        repository: folder.repository,
        followed: false,
      };
      cache.putFolder(root.id, row);
      options.onFolders(folder.path, 1, folder.files);
    },
    linkedFolder({ path, stamp }: WalkedFolder): void {
      cache.putFolder(root.id, { path, ...stamp, files: 0, repository: false, followed: true });
    },
    folders(current, folders, files, found): void {
      for (const path of found) repositories.push(path);
      if (folders > 0) options.onFolders(current, folders, files);
    },
    file(file: WalkedFile): void {
      const wanted = toGather(file);
      if (wanted !== null) gatherer.add(wanted);
    },
    readFile(file: WalkedFile, read: SafeRead): void {
      const wanted = toGather(file);
      if (wanted !== null) gatherer.take(wanted, read);
    },
    skip: (skip: WalkSkip): void => skips.add(skip),
    ignoreFile(path: string, stamp: FileStamp): void {
      seen.add(path);
      cache.noteFile(root.id, path, stamp, ignoreFileMark);
    },
  };
}

const insideRoot = (root: RootContext, path: string): string =>
  path === root.path ? '' : path.slice(root.path === '/' ? 1 : root.path.length + 1);

/** A link that led to a file: why it does not any more, in the words of a walk; null where it is no link or still does. */
function lostLink(root: RootContext, path: string): string | null {
  try {
    if (!lstatSync(`${root.disk}/${path}`).isSymbolicLink()) return null;
  } catch {
    return null;
  }
  const { status } = resolveInside(root.disk, path);
  return status === 'inside' ? null : status === 'outside' ? linkOut : linkToNothing;
}

/**
 * Folders that could not be listed and can be now, and those that hold a link which leads somewhere now: permissions and
 * targets change without a trace in the folder itself.
 */
function worthAnotherLook(
  { root }: RootGatherOptions,
  skips: readonly SkipRow[],
  gone: ReadonlySet<string>,
): { folder: string; isNew: boolean }[] {
  return skips.flatMap((skip): { folder: string; isNew: boolean }[] => {
    const path = insideRoot(root, skip.path);
    if (path === '' || gone.has(path)) return [];
    if (skip.status === 'unreadable') return canList(`${root.disk}/${path}`) ? [{ folder: path, isNew: true }] : [];
    if (skip.detail !== linkOut && skip.detail !== linkToNothing) return [];
    return lostLink(root, path) === null
      ? [{ folder: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', isNew: false }]
      : [];
  });
}

function canList(folder: string): boolean {
  try {
    if (!lstatSync(folder).isDirectory()) return false;
    opendirSync(folder).closeSync();
    return true;
  } catch {
    return false;
  }
}

function ignoreFilesChanged(
  options: RootGatherOptions,
  cachedFiles: ReadonlyMap<string, CachedFile>,
  changed: readonly string[],
): boolean {
  // One that is new in a folder that stood before may hide folders that are known; in a new folder it is read on the way.
  for (const folder of changed) {
    const path = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
    if (
      cachedFiles.get(path)?.sha256 !== ignoreFileMark &&
      lstatSync(`${options.root.disk}/${path}`, { throwIfNoEntry: false })?.isFile() === true
    )
      return true;
  }
  for (const [path, known] of cachedFiles) {
    if (known.sha256 === ignoreFileMark && !options.gatherer.stampHolds(options.root, path, known)) return true;
  }
  return false;
}

/**
 * Who wants a path that is known from the last walk: the walk's own matching, without the disk. Below `followed` folders,
 * which were come to through links, and below pruned ones no place begins.
 */
export function matchesOf(start: MatchState, path: string, followed: ReadonlySet<string> = new Set()): FileMatch[] {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  let active: readonly ActiveState[] = [];
  let folder = '';
  let namedOnly = false;
  const states = (depth: number): readonly ActiveState[] =>
    namedOnly ? active : [...active, { state: start, anchorDepth: depth }];
  for (const [depth, segment] of segments.entries()) {
    active = descend(states(depth), segment);
    folder = folder === '' ? segment : `${folder}/${segment}`;
    namedOnly ||= prunedNames.has(segment) || followed.has(folder);
  }
  return matchFile(states(segments.length), name) ?? [];
}

type SkipBook = { add(skip: WalkSkip): void; close(prunedFolders: number): void; readonly hasPruned: boolean };

/**
 * Skipped places go to the coverage: wanted ones each, folders beside the way by name up to a limit, then as a count. Which
 * ones are named does not depend on the order of the walk.
 */
function createSkipBook({ root, coverage }: RootGatherOptions): SkipBook {
  const besides = new Map<string, { count: number; first: WalkSkip[] }>();
  let hasPruned = false;
  const tell = (skip: WalkSkip): void => {
    const path = pathInFs(root, skip.path);
    coverage.add({
      source: 'scan/folders',
      scope: 'project',
      path,
      status: skip.status,
      detail: skip.detail,
      underScanRoot: true,
    });
    if (skip.wanted) coverage.issue({ source: 'scan/folders', path, line: null, message: skip.detail });
  };
  const keepFirst = (list: WalkSkip[]): void => {
    list.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    if (list.length > namedSkips) list.length = namedSkips;
  };
  return {
    add(skip) {
      if (skip.wanted) return tell(skip);
      let beside = besides.get(skip.detail);
      if (beside === undefined) besides.set(skip.detail, (beside = { count: 0, first: [] }));
      beside.count++;
      beside.first.push(skip);
      if (beside.first.length >= 4 * namedSkips) keepFirst(beside.first);
    },
    close(prunedFolders) {
      for (const [detail, { count, first }] of besides) {
        keepFirst(first);
        for (const skip of first) tell(skip);
        if (count > namedSkips) {
          coverage.add({
            source: 'scan/folders',
            scope: 'project',
            path: root.path,
            status: 'skipped',
            detail: `${count - namedSkips} more: ${detail}`,
          });
        }
      }
      if (prunedFolders > 0) {
        hasPruned = true;
        coverage.add({
          source: 'scan/folders',
          scope: 'project',
          path: root.path,
          status: 'skipped',
          detail: prunedDetail,
        });
      }
    },
    get hasPruned() {
      return hasPruned;
    },
  };
}

/** Changes when the same folder would be walked differently: other places, keywords, limits or exclusions. */
export function walkSignature(
  sources: readonly Source[],
  limits: ScanLimits,
  exclude: readonly string[],
  home: string | null,
): string {
  const parts = sources.map((source) =>
    source.kind === 'file'
      ? [source.id, source.locations.map(({ base, path }) => `${base}:${path}`)]
      : [source.id, source.extensions, source.keywords],
  );
  return createHash('sha256')
    .update(JSON.stringify([2, parts, limits, exclude, home]))
    .digest('hex')
    .slice(0, 32);
}
