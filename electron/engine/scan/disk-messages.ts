import type { ScanLimits } from '../../../shared/model/scan.ts';
import type { SafeRead } from './safe-read.ts';
import type { PackedTask } from './walk-task.ts';
import type { WalkCounts, WalkSkip } from './walker.ts';

/** What a thread has to know to walk a part of one root as the scan itself would. */
export type WalkJob = {
  /** Absolute path on this machine's disk. */
  readonly root: string;
  /** Places that sources want, in the order in which both sides number them. */
  readonly places: readonly string[];
  readonly code: readonly CodeSearch[];
  readonly exclude: readonly string[];
  readonly limits: ScanLimits;
  /** Folders that are known already: listed in their parent, not looked into. */
  readonly known: readonly string[] | null;
  readonly reads: WalkReads | null;
};

export type CodeSearch = { readonly extensions: readonly string[]; readonly keywords: readonly string[] };

/** How a thread reads what it finds. Without it everything found is only named: a scan before may have read it. */
export type WalkReads = {
  /** Files that somebody else speaks for (absolute): named, not read. */
  readonly leave: readonly string[];
  /** What stands in the stamps of files that were searched in vain, and of .gitignore files. */
  readonly searchedMark: string;
  readonly ignoreFileMark: string;
  /** Milliseconds since 1970: a file that changed later is not trusted to stay as it is. */
  readonly freshFrom: number;
};

export type DiskRequest =
  | { readonly type: 'begin'; readonly job: WalkJob }
  | { readonly type: 'tasks'; readonly tasks: readonly PackedTask[] }
  /** Another thread has nothing to do: some of the folders that wait are to be given away. */
  | { readonly type: 'give' }
  /** One `found` was dealt with. */
  | { readonly type: 'taken' }
  | { readonly type: 'abort' };

/** size, modified, changed, inode, mode: the fields of a FileStamp. */
export type StampNumbers = readonly [number, number, number, number, number];

/** `start` and `length`: where its bytes lie among those of the message. */
export type FoundRead =
  | { readonly status: 'read'; readonly stamp: StampNumbers; readonly start: number; readonly length: number }
  | Exclude<SafeRead, { status: 'read' }>;

export type FoundFile = {
  readonly path: string;
  readonly open: string | Uint8Array;
  /** Number of the place and depth of its anchor, in turn. */
  readonly matches: readonly number[];
  readonly target: string | null;
  readonly code: boolean;
  /** Null: named only, to be read by the scan itself. */
  readonly read: FoundRead | null;
};

/** A part of what a walk found. Rows that are stored as they are come as the text of their block. */
export type Found = {
  readonly folderBlock: string | null;
  readonly fileBlock: string | null;
  readonly folders: number;
  readonly files: number;
  /** The last folder looked at, for people who watch. */
  readonly current: string;
  readonly repositories: readonly string[];
  readonly skips: readonly WalkSkip[];
  /** Files that were searched in vain, and how many of them by each code source. */
  readonly searched: number;
  readonly searchedBy: readonly number[];
  readonly found: readonly FoundFile[];
  readonly bytes: Uint8Array;
  /** Only where nothing is read: .gitignore files with their stamps. */
  readonly ignoreFiles: readonly { readonly path: string; readonly stamp: StampNumbers }[];
};

export type DiskAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'found'; readonly part: Found }
  | { readonly type: 'given'; readonly tasks: readonly PackedTask[] }
  /** Everything that this thread was asked for is found and told. `counts`: since it was last idle. */
  | { readonly type: 'idle'; readonly counts: WalkCounts }
  | { readonly type: 'failed'; readonly message: string };
