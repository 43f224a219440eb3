import type { Location } from '../sources/source.ts';
import { encodeFile, encodeFolder } from '../store/repos/walk-rows.ts';
import { compileExcludes } from './exclude.ts';
import { createFileReader } from './file-reader.ts';
import { createCodeSearch } from './keyword-search.ts';
import type { DiskAnswer, Found, FoundFile, StampNumbers, WalkJob } from './disk-messages.ts';
import { codeTest, compileLocations } from './location-matcher.ts';
import type { FileStamp, SafeRead } from './safe-read.ts';
import { createTaskPacker, type PackedTask } from './walk-task.ts';
import {
  createWalker,
  type WalkedFile,
  type WalkedFolder,
  type Walker,
  type WalkCounts,
  type WalkSkip,
} from './walker.ts';

/** The part of a walk that one thread does: it walks and reads, and tells what it found in messages of some size. */
export type PartWalk = {
  add(tasks: readonly PackedTask[]): void;
  give(): PackedTask[];
  taken(): void;
  abort(): void;
};

/** A message costs more than a small folder; one that comes too late leaves the scan without work. */
const foldersPerPart = 256;
const filesPerPart = 64;
const bytesPerPart = 256 * 1024;
const valuesPerPart = 8 * 1024;
/** Parts on their way: a scan that cannot keep up must not be buried under what is found. */
const partsInFlight = 6;
/** Larger files are only named: they would fill the messages. */
const maxSentBytes = 64 * 1024;
/** Files found and not yet read: a fast walk must not run away from a slow disk. */
const filesWaiting = 1024;

export function createPartWalk(job: WalkJob, send: (answer: DiskAnswer, transfer?: ArrayBuffer[]) => void): PartWalk {
  const { reads } = job;
  const start = compileLocations(
    job.places.map((path, source) => ({ source, location: { ...anyPlace, path } })),
    (location) => location.path,
  );
  const packer = createTaskPacker(start);
  const holdsKeyword = createCodeSearch(job.code);
  const leave = new Set(reads?.leave);
  const reader = createFileReader();
  const aborted = new AbortController();
  let inFlight = 0;
  let isWaitingForReads = false;
  let part = createPart(job.code.length);

  function flush(): void {
    if (part.isEmpty()) return;
    const { found, transfer } = part.close();
    part = createPart(job.code.length);
    inFlight++;
    send({ type: 'found', part: found }, transfer);
  }
  const flushFull = (): void => {
    if (part.isFull()) flush();
  };

  function noteSearched(path: string, stamp: FileStamp): void {
    if (reads === null) return;
    part.searched++;
    for (const [source, { extensions }] of job.code.entries())
      if (extensions.some((extension) => path.endsWith(extension)))
        part.searchedBy[source] = (part.searchedBy[source] ?? 0) + 1;
    const { size, inode } = stamp;
    const isFresh = stamp.changed >= reads.freshFrom;
    const modified = isFresh ? -1 : stamp.modified;
    const changed = isFresh ? -1 : stamp.changed;
    encodeFile(path, { size, modified, changed, inode, sha256: reads.searchedMark }, part.fileRows);
  }

  function readFile(file: WalkedFile): void {
    // Where sources want a code file as well, its bytes are needed whatever they hold.
    reader.read(file.open, job.limits.maxFileBytes, (read) => {
      if (read.status !== 'read') part.add(file, read);
      else if (file.matches.length === 0 && !holdsKeyword(file.path, read.bytes)) noteSearched(file.path, read.stamp);
      else part.add(file, read.bytes.length > maxSentBytes ? null : read);
      flushFull();
      if (!isWaitingForReads || reader.waiting >= filesWaiting / 2) return;
      isWaitingForReads = false;
      walker.resume();
    });
  }

  const listener = {
    folder(folder: WalkedFolder): void {
      encodeFolder({ ...folder, ...folder.stamp, followed: false }, part.folderRows);
      part.folders++;
      part.files += folder.files;
      part.current = folder.path;
      if (folder.repository) part.repositories.push(folder.path);
      flushFull();
    },
    linkedFolder({ path, stamp }: WalkedFolder): void {
      encodeFolder({ path, ...stamp, files: 0, repository: false, followed: true }, part.folderRows);
    },
    file(file: WalkedFile): void {
      if (reads !== null && !leave.has(`${job.root}/${file.path}`)) readFile(file);
      else {
        part.add(file, null);
        flushFull();
      }
    },
    skip: (skip: WalkSkip): void => void part.skips.push(skip),
    ignoreFile(path: string, stamp: FileStamp): void {
      if (reads === null) part.ignoreFiles.push({ path, stamp: stampNumbers(stamp) });
      else encodeFile(path, { ...stamp, sha256: reads.ignoreFileMark }, part.fileRows);
    },
  };

  const walker: Walker = createWalker(
    {
      root: job.root,
      start,
      isCode: codeTest(job.code),
      isExcluded: compileExcludes(job.exclude),
      limits: job.limits,
      signal: aborted.signal,
      ...(job.known === null ? {} : { known: new Set(job.known) }),
      isHeldUp() {
        isWaitingForReads ||= reader.waiting >= filesWaiting;
        return isWaitingForReads || inFlight >= partsInFlight;
      },
    },
    listener,
  );

  let told: WalkCounts = { ...walker.counts };
  let settling = false;
  /** Tells that nothing is left, each time when that comes true: folders may be added again afterwards. */
  async function settle(): Promise<void> {
    if (settling) return;
    settling = true;
    try {
      do {
        await walker.idle();
        await reader.idle();
      } while (walker.isBusy());
      settling = false;
      flush();
      const counts = { ...walker.counts };
      const since = told;
      told = counts;
      send({
        type: 'idle',
        counts: {
          folders: counts.folders - since.folders,
          files: counts.files - since.files,
          prunedFolders: counts.prunedFolders - since.prunedFolders,
          ignoredFolders: counts.ignoredFolders - since.ignoredFolders,
          rawNames: counts.rawNames - since.rawNames,
        },
      });
    } catch (error) {
      send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    add(tasks) {
      walker.add(packer.unpack(tasks));
      void settle();
    },
    give: () => packer.pack(walker.give()),
    taken() {
      inFlight--;
      walker.resume();
    },
    abort() {
      aborted.abort();
      walker.resume();
    },
  };
}

const anyPlace: Omit<Location, 'path'> = { scope: 'project', base: 'project' };
const stampNumbers = ({ size, modified, changed, inode, mode }: FileStamp): StampNumbers => [
  size,
  modified,
  changed,
  inode,
  mode,
];

function createPart(codeSources: number) {
  const folderRows: (string | number)[] = [];
  const fileRows: (string | number)[] = [];
  const repositories: string[] = [];
  const skips: WalkSkip[] = [];
  const found: FoundFile[] = [];
  const ignoreFiles: Found['ignoreFiles'][number][] = [];
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    folderRows,
    fileRows,
    repositories,
    skips,
    ignoreFiles,
    folders: 0,
    files: 0,
    current: '',
    searched: 0,
    searchedBy: new Array<number>(codeSources).fill(0),
    add(file: WalkedFile, result: SafeRead | null): void {
      const { path, open, target, code } = file;
      const matches = file.matches.flatMap(({ want, anchorDepth }) => [want.source, anchorDepth]);
      if (result?.status !== 'read') {
        found.push({ path, open, matches, target, code, read: result });
        return;
      }
      const { length } = result.bytes;
      found.push({
        path,
        open,
        matches,
        target,
        code,
        read: { status: 'read', stamp: stampNumbers(result.stamp), start: bytes, length },
      });
      // The reader's memory is used again for the next file.
      chunks.push(Buffer.from(result.bytes));
      bytes += length;
    },
    isEmpty: (): boolean =>
      folderRows.length + fileRows.length + skips.length + found.length + ignoreFiles.length === 0,
    isFull(): boolean {
      return (
        this.folders >= foldersPerPart ||
        found.length >= filesPerPart ||
        bytes >= bytesPerPart ||
        fileRows.length >= valuesPerPart
      );
    },
    close(): { readonly found: Found; readonly transfer: ArrayBuffer[] } {
      const all = new Uint8Array(bytes);
      let at = 0;
      for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.length;
      }
      return {
        found: {
          folderBlock: folderRows.length === 0 ? null : JSON.stringify(folderRows),
          fileBlock: fileRows.length === 0 ? null : JSON.stringify(fileRows),
          folders: this.folders,
          files: this.files,
          current: this.current,
          repositories,
          skips,
          searched: this.searched,
          searchedBy: this.searchedBy,
          found,
          bytes: all,
          ignoreFiles,
        },
        transfer: [all.buffer],
      };
    },
  };
}
