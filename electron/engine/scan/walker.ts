import { isUtf8 } from 'node:buffer';
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { ScanLimits } from '../../../shared/model/scan.ts';
import { excludesPath } from './exclude.ts';
import { type IgnoreRules, isIgnoredFolder, parseIgnoreRules } from './ignore-rules.ts';
import { createFolderLister, type FolderEntry, type ListedFolder } from './list-folder.ts';
import { type ActiveState, descend, type FileMatch, type MatchState, matchFile } from './location-matcher.ts';
import { type FileStamp, tooFresh } from './safe-read.ts';
import { taskFor, type WalkTask } from './walk-task.ts';

/** Folders in flight: enough to keep a disk busy; ripgrep's speed in plain Node (performance.md, section 1a). */
const foldersInFlight = 128;
/** How long listing on the spot may keep a cancel or a finished parse waiting. */
const turnMilliseconds = 8;

/** Never looked into, unless a source names a file inside: what others wrote, what tools generated, what git stores. */
export const prunedNames: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '__pycache__',
  'site-packages',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  '.terraform',
  '.next',
  '.nuxt',
  '.turbo',
  '.yarn',
  '.pnpm-store',
  '.cache',
  '.Trash',
]);

/** Where version control keeps itself: nothing of the folder's own content lies there. */
const versionControl: ReadonlySet<string> = new Set(['.git', '.hg', '.svn']);

export type FolderStamp = { readonly modified: number; readonly changed: number; readonly inode: number };

export type WalkedFolder = {
  /** Relative to the root, '' for the root itself. */
  readonly path: string;
  readonly stamp: FolderStamp;
  readonly files: number;
  readonly repository: boolean;
};

export type WalkedFile = {
  /** Relative to the root, for people and keys; invalid bytes of names as \xNN. */
  readonly path: string;
  /** What to open: the path inside the root, or bytes where the name is not UTF-8, or the target of a followed link. */
  readonly open: string | Buffer;
  readonly matches: readonly FileMatch[];
  /** Come to through a link: path of the file itself, relative to the root. Null where `path` is its own. */
  readonly target: string | null;
  /** True when the ending is one that a code source searches. */
  readonly code: boolean;
};

export type WalkSkip = {
  readonly path: string;
  readonly status: 'skipped' | 'unreadable' | 'too-large';
  readonly detail: string;
  /** A place that a source asked for by name, rather than something beside the way. */
  readonly wanted: boolean;
};

export type WalkListener = {
  folder(folder: WalkedFolder): void;
  /** A folder that was come to through a link. */
  linkedFolder(folder: WalkedFolder): void;
  file(file: WalkedFile): void;
  skip(skip: WalkSkip): void;
  /** A .gitignore that decided what was skipped: a later change of it makes the whole walk out of date. */
  ignoreFile(path: string, stamp: FileStamp): void;
};

export type WalkOptions = {
  /** Absolute path on this machine's disk. */
  readonly root: string;
  readonly start: MatchState;
  readonly isCode: (name: string) => boolean;
  readonly isExcluded: (path: string) => boolean;
  readonly limits: ScanLimits;
  readonly signal: AbortSignal;
  /** Folders that are known already: listed in their parent, not looked into. */
  readonly known?: ReadonlySet<string>;
  /** Others who walk: they may take the folders that wait out of the list, and say whether they did. */
  readonly handOver?: (waiting: WalkTask[]) => boolean;
  /** True while whoever is told cannot keep up. */
  readonly isHeldUp?: () => boolean;
};

/** `rawNames`: folders and wanted files whose names are not text. */
export type WalkCounts = {
  folders: number;
  files: number;
  prunedFolders: number;
  ignoredFolders: number;
  rawNames: number;
};

type Link = {
  readonly path: string;
  /** Own path of the folder that holds the link, where that was come to through a link itself. */
  readonly holder: string | null;
  readonly depth: number;
  readonly active: readonly ActiveState[];
  readonly matches: readonly FileMatch[] | undefined;
};

/** What comes before a place in the walk: states and ignore rules of a folder, found again by walking its path. */
export type WalkFrom = { readonly path: string };

/** A walk under way. Folders may be added to it, and taken from it by another walk of the same root, while it runs. */
export type Walker = {
  readonly counts: WalkCounts;
  add(tasks: readonly WalkTask[]): void;
  /** Up to half of the folders that wait, those with the most below them first. */
  give(): WalkTask[];
  /** Goes on where `isHeldUp` stopped it. */
  resume(): void;
  /** Whether folders wait or are being listed. */
  isBusy(): boolean;
  /** Resolves when nothing is left to do for now, or the signal said so; throws what listing or a listener threw. */
  idle(): Promise<void>;
};

/** Walks a root, or only the given folders of it (each with everything below). Ends early when the signal says so. */
export async function walk(
  options: WalkOptions,
  listener: WalkListener,
  from: readonly WalkFrom[] = [{ path: '' }],
): Promise<WalkCounts> {
  const walker = createWalker(options, listener);
  walker.add(from.map(({ path }) => taskFor(options, path)));
  await walker.idle();
  return walker.counts;
}

export function createWalker(options: WalkOptions, listener: WalkListener): Walker {
  const { root, start, limits, signal } = options;
  const counts: WalkCounts = { folders: 0, files: 0, prunedFolders: 0, ignoredFolders: 0, rawNames: 0 };
  const queue: WalkTask[] = [];
  const links: Link[] = [];
  const lister = createFolderLister();
  const startedAt = Date.now();

  const absolute = (path: string, raw: Buffer | null): string | Buffer =>
    raw ?? (path === '' ? root : `${root}/${path}`);

  const noteRaw = (raw: Buffer | null): void => {
    if (raw !== null && !isUtf8(raw)) counts.rawNames++;
  };

  function enter(
    parent: WalkTask,
    name: string,
    path: string,
    raw: Buffer | null,
    rules: IgnoreRules | null,
    segments: () => string[],
  ): void {
    if (options.known?.has(path) === true) return;
    if (parent.depth + 1 > limits.maxDepth) {
      listener.skip({ path, status: 'skipped', detail: `more than ${limits.maxDepth} folders deep`, wanted: true });
      return;
    }
    const target = below(parent, name);
    if (options.isExcluded(path) || (target !== null && options.isExcluded(target))) {
      listener.skip({ path, status: 'skipped', detail: excluded, wanted: false });
      return;
    }
    const fromHere: ActiveState = { state: start, anchorDepth: parent.depth };
    const named = parent.namedOnly ? descend(parent.active, name) : descend([...parent.active, fromHere], name);
    const asked = named.length > 0 && isAsked(parent, start, name);
    if (prunedNames.has(name) || parent.namedOnly) {
      if (prunedNames.has(name) && !versionControl.has(name)) counts.prunedFolders++;
      if (!asked && !(target !== null && named.length > 0 && !prunedNames.has(name))) return;
      noteRaw(raw);
      queue.push({
        path,
        raw,
        depth: parent.depth + 1,
        active: named,
        rules: null,
        namedOnly: true,
        target,
      });
      return;
    }
    if (named.length === 0 && rules !== null && isIgnoredFolder(rules, segments(), name)) {
      counts.ignoredFolders++;
      listener.skip({ path, status: 'skipped', detail: 'ignored by git', wanted: false });
      return;
    }
    noteRaw(raw);
    queue.push({ path, raw, depth: parent.depth + 1, active: named, rules, namedOnly: false, target: null });
  }

  function look(task: WalkTask, { entries, raws, ignoreFile }: ListedFolder): void {
    let files = 0;
    let repository = false;
    let rules = task.rules;
    if (ignoreFile?.status === 'read') {
      const { stamp } = ignoreFile;
      listener.ignoreFile(
        join(task.path, '.gitignore'),
        stamp.changed >= startedAt - tooFresh ? { ...stamp, modified: -1, changed: -1 } : stamp,
      );
      rules = parseIgnoreRules(ignoreFile.bytes.toString('utf8'), task.depth, task.rules) ?? task.rules;
    }
    const fromHere: ActiveState[] = task.namedOnly ? [] : [{ state: start, anchorDepth: task.depth }];
    const states = task.active.length === 0 ? fromHere : [...task.active, ...fromHere];
    let segments: string[] | undefined;
    const segmentsOf = (): string[] => (segments ??= task.path === '' ? [] : task.path.split('/'));
    const limited = entries.length > limits.maxFolderEntries ? entries.slice(0, limits.maxFolderEntries) : entries;
    if (limited !== entries) {
      listener.skip({
        path: task.path,
        status: 'too-large',
        detail: `${entries.length} entries, only ${limits.maxFolderEntries} were looked at`,
        wanted: true,
      });
    }
    for (let index = 0; index < limited.length; index++) {
      const entry = limited[index] as FolderEntry;
      const raw = raws?.[index] ?? null;
      const name = entry.name;
      if (name === '.git') repository = true;
      if (entry.isFile()) {
        files++;
        const matches = matchFile(states, name);
        const code = !task.namedOnly && options.isCode(name);
        if (matches === undefined && !code) continue;
        const path = join(task.path, name);
        const target = below(task, name);
        if (options.isExcluded(path) || (target !== null && options.isExcluded(target))) {
          listener.skip({ path, status: 'skipped', detail: excluded, wanted: matches !== undefined });
          continue;
        }
        noteRaw(raw);
        listener.file({ path, open: absolute(path, raw), matches: matches ?? noMatches, target, code });
      } else if (entry.isDirectory()) {
        enter(task, name, join(task.path, name), raw, rules, segmentsOf);
      } else if (entry.isSymbolicLink()) {
        const matches = matchFile(states, name);
        // A linked folder may hold links to folders in its turn: only named ones are followed, or two of them could go on for ever.
        const asked = isAsked(task, start, name) || (task.target === null && descend(task.active, name).length > 0);
        const active = asked ? descend(states, name) : noStates;
        if (!asked && matches === undefined && descend(task.active, name).length > 0) {
          listener.skip({
            path: join(task.path, name),
            status: 'skipped',
            detail: 'symbolic link in a linked folder, not followed',
            wanted: true,
          });
        } else if ((matches !== undefined || active.length > 0) && options.isExcluded(join(task.path, name))) {
          listener.skip({
            path: join(task.path, name),
            status: 'skipped',
            detail: excluded,
            wanted: matches !== undefined,
          });
        } else if (matches !== undefined || active.length > 0)
          links.push({ path: join(task.path, name), holder: task.target, depth: task.depth + 1, active, matches });
      } else if (matchFile(states, name) !== undefined) {
        listener.skip({ path: join(task.path, name), status: 'skipped', detail: 'not a regular file', wanted: true });
      }
    }
    // What is come to through a link is counted where it lies.
    if (task.target === null) {
      counts.folders++;
      counts.files += files;
    }
    if (task.target !== null)
      listener.linkedFolder({
        path: task.path,
        stamp: folderStamp(absolute(task.path, task.raw), startedAt),
        files,
        repository: false,
      });
    else if (!task.namedOnly)
      listener.folder({
        path: task.path,
        stamp: folderStamp(absolute(task.path, task.raw), startedAt),
        files,
        repository,
      });
  }

  /**
   * Leads each link once to its target. What lies there may be read under its own name as well: it is one thing with
   * several readers, and a link says who they are.
   */
  function followLinks(): void {
    for (const link of links.splice(0)) {
      let target: string;
      try {
        target = realpathSync(`${root}/${link.path}`);
      } catch {
        listener.skip({ path: link.path, status: 'skipped', detail: linkToNothing, wanted: true });
        continue;
      }
      const realRoot = realpathSync(root);
      if (target !== realRoot && !target.startsWith(realRoot === '/' ? '/' : `${realRoot}/`)) {
        listener.skip({ path: link.path, status: 'skipped', detail: linkOut, wanted: true });
        continue;
      }
      const inside = target.slice(realRoot === '/' ? 1 : realRoot.length + 1);
      if (inside !== '' && excludesPath(options.isExcluded, inside)) {
        listener.skip({ path: link.path, status: 'skipped', detail: excluded, wanted: link.matches !== undefined });
        continue;
      }
      const folder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
      if (folder) {
        if (link.active.length === 0) continue;
        if (inside === '' || isWithin(link.path, inside) || (link.holder !== null && isWithin(link.holder, inside))) {
          listener.skip({
            path: link.path,
            status: 'skipped',
            detail: 'symbolic link to a folder above it, not followed',
            wanted: true,
          });
        } else {
          queue.push({
            path: link.path,
            raw: Buffer.from(target),
            depth: link.depth,
            active: link.active,
            rules: null,
            namedOnly: true,
            target: inside,
          });
        }
      } else if (link.matches !== undefined) {
        listener.file({ path: link.path, open: target, matches: link.matches, target: inside, code: false });
      }
    }
  }

  let live = 0;
  let failure: { readonly error: unknown } | null = null;
  let waiting: (() => void)[] = [];
  const isDone = (): boolean =>
    failure !== null || (live === 0 && (signal.aborted || (queue.length === 0 && links.length === 0)));
  const tellDone = (): void => {
    if (!isDone()) return;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
  };

  // A listing that is done on the spot calls back before `list` returns: the loop goes on, it does not start again.
  let pumping = false;
  function pump(): void {
    if (pumping || failure !== null) return;
    pumping = true;
    try {
      const turnEnds = performance.now() + turnMilliseconds;
      while (live < foldersInFlight && !signal.aborted && options.isHeldUp?.() !== true) {
        if (queue.length === 0) {
          if (live > 0 || links.length === 0) break;
          followLinks();
          continue;
        }
        if (options.handOver?.(queue) === true) continue;
        if (performance.now() > turnEnds) {
          setImmediate(pump);
          break;
        }
        next(queue.pop() as WalkTask);
      }
    } catch (error) {
      fail(error);
    }
    pumping = false;
    tellDone();
  }

  function next(task: WalkTask): void {
    live++;
    lister.list(absolute(task.path, task.raw), task.raw !== null, !task.namedOnly, (error, folder) => {
      live--;
      if (failure !== null) return;
      try {
        if (error !== null) listener.skip(unreadableFolder(task.path, error));
        else look(task, folder);
      } catch (thrown) {
        fail(thrown);
      }
      pump();
    });
  }

  return {
    counts,
    add(tasks) {
      for (const task of tasks) queue.push(task);
      pump();
    },
    give: () => queue.splice(0, Math.floor(queue.length / 2)),
    resume: pump,
    isBusy: () => !isDone(),
    async idle() {
      while (!isDone()) await new Promise<void>((resolve) => waiting.push(resolve));
      if (failure !== null) throw failure.error;
    },
  };
}

const noMatches: readonly FileMatch[] = [];
const noStates: readonly ActiveState[] = [];

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Own path of what stands in a folder that was come to through a link; null in any other folder. */
const below = (task: WalkTask, name: string): string | null => (task.target === null ? null : join(task.target, name));

/** A source names this folder literally, here or as the begin of a place. */
function isAsked(parent: WalkTask, start: MatchState, name: string): boolean {
  if (!parent.namedOnly && start.folders.has(name)) return true;
  return parent.active.some((entry) => entry.state.folders.has(name));
}

export const linkToNothing = 'symbolic link to nothing';
export const linkOut = 'symbolic link out of the scanned folder, not followed';
const excluded = 'excluded by the person who scanned';

function unreadableFolder(path: string, error: NodeJS.ErrnoException): WalkSkip {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  return {
    path,
    status: 'unreadable',
    detail: denied ? 'no permission to list it' : `cannot be listed (${error.code ?? 'error'})`,
    wanted: true,
  };
}

function folderStamp(seen: string | Buffer, startedAt: number): FolderStamp {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(seen, { throwIfNoEntry: false });
  } catch {
    stats = undefined;
  }
  if (stats === undefined) return { modified: -1, changed: -1, inode: -1 };
  if (stats.ctimeMs >= startedAt - tooFresh) return { modified: -1, changed: -1, inode: stats.ino };
  return { modified: stats.mtimeMs, changed: stats.ctimeMs, inode: stats.ino };
}
