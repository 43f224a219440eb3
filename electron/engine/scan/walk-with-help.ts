import { assertNever } from '../../../shared/kinds.ts';
import type { CachedFile } from '../store/repos/scan-cache.ts';
import type { Found, FoundFile, FoundRead, WalkJob } from './disk-messages.ts';
import type { RootGatherOptions } from './gather-root.ts';
import { ignoreFileMark } from './gather.ts';
import { type SafeRead, stampFrom, tooFresh } from './safe-read.ts';
import { walk, type WalkCounts, type WalkedFile, type WalkFrom, type WalkListener } from './walker.ts';

/** What is told of a root's files and folders, and what of them comes in whole blocks from threads. */
export type RootListener = WalkListener & {
  folders(current: string, folders: number, files: number, repositories: readonly string[]): void;
  readFile(file: WalkedFile, read: SafeRead): void;
};

/**
 * Walks a root, or the given folders of it, with the help of threads where it turns out to be large. The threads read as
 * well, unless files are known from a scan before: then most of them do not have to be read.
 */
export async function walkWithHelp(
  options: RootGatherOptions,
  cachedFiles: ReadonlyMap<string, CachedFile>,
  listener: RootListener,
  from: readonly WalkFrom[] = [{ path: '' }],
  known: ReadonlySet<string> | null = null,
): Promise<WalkCounts> {
  const { root, start, isCode, isExcluded, limits, signal } = options;
  const job: WalkJob = {
    root: root.disk,
    places: options.wants.map((want) => want.location.path),
    code: options.codeSources.map(({ extensions, keywords }) => ({ extensions, keywords })),
    exclude: options.exclude,
    limits,
    known: known === null ? null : [...known],
    reads:
      cachedFiles.size > 0
        ? null
        : {
            leave: [...options.claimed],
            searchedMark: options.gatherer.searchedMark,
            ignoreFileMark,
            freshFrom: options.now() - tooFresh,
          },
  };
  const help = options.threads.help(job, start, signal, (part) => takePart(options, listener, part));
  const counts = await walk(
    {
      root: root.disk,
      start,
      isCode,
      isExcluded,
      limits,
      signal,
      ...(known === null ? {} : { known }),
      handOver: (waiting) => help.handOver(waiting),
    },
    listener,
    from,
  );
  const helped = await help.finish();
  return {
    folders: counts.folders + helped.folders,
    files: counts.files + helped.files,
    prunedFolders: counts.prunedFolders + helped.prunedFolders,
    ignoredFolders: counts.ignoredFolders + helped.ignoredFolders,
    rawNames: counts.rawNames + helped.rawNames,
  };
}

function takePart({ root, cache, gatherer, wants }: RootGatherOptions, listener: RootListener, part: Found): void {
  if (part.folderBlock !== null) cache.putFolderBlock(root.id, part.folderBlock);
  if (part.fileBlock !== null) cache.noteFileBlock(root.id, part.fileBlock);
  if (part.searched > 0) gatherer.noteSearchedFiles(root, part.searched, part.searchedBy);
  for (const { path, stamp } of part.ignoreFiles) listener.ignoreFile(path, stampFrom(stamp));
  for (const skip of part.skips) listener.skip(skip);
  listener.folders(part.current, part.folders, part.files, part.repositories);
  for (const found of part.found) {
    const file: WalkedFile = {
      path: found.path,
      open: typeof found.open === 'string' ? found.open : bufferOf(found.open),
      matches: matchesOf(found, wants),
      target: found.target,
      code: found.code,
    };
    if (found.read === null) listener.file(file);
    else listener.readFile(file, readOf(found.read, part.bytes));
  }
}

function matchesOf({ matches }: FoundFile, wants: RootGatherOptions['wants']): WalkedFile['matches'] {
  const list: WalkedFile['matches'][number][] = [];
  for (let at = 0; at < matches.length; at += 2) {
    const want = wants[matches[at] ?? -1];
    if (want === undefined) throw new Error('a thread speaks of a place that no source wants');
    list.push({ want, anchorDepth: matches[at + 1] ?? 0 });
  }
  return list;
}

function readOf(read: FoundRead, bytes: Uint8Array): SafeRead {
  switch (read.status) {
    case 'read':
      return {
        status: 'read',
        bytes: bufferOf(bytes.subarray(read.start, read.start + read.length)),
        stamp: stampFrom(read.stamp),
      };
    case 'absent':
    case 'unreadable':
    case 'too-large':
    case 'skipped':
      return read;
    default:
      return assertNever(read);
  }
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
