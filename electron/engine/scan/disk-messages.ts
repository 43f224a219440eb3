/** What crosses between the scan and its disk thread. Requests and answers travel in batches: a message costs more than a small folder. */
export type DiskWorkerData = {
  /** A code file that holds none of these is of no further interest. */
  readonly keywords: readonly Uint8Array[];
};

export type ListRequest = { readonly path: string; readonly ignoreFile: boolean };
export type SearchRequest = { readonly path: string; readonly maxBytes: number };
export type DiskRequest =
  | { readonly type: 'list'; readonly id: number; readonly folders: readonly ListRequest[] }
  | { readonly type: 'search'; readonly id: number; readonly files: readonly SearchRequest[] };

/** size, modified, changed, inode, mode: the fields of a FileStamp. */
export type StampNumbers = readonly [number, number, number, number, number];

/** Names are separated by NUL, which no name holds; a type for each: 1 file, 2 folder, 3 link, 0 anything else. */
export type ListAnswer = {
  readonly names: string;
  readonly types: Uint8Array;
  readonly stamp: StampNumbers;
  readonly ignoreFile: { readonly bytes: Uint8Array; readonly stamp: StampNumbers } | null;
};
/** `bytes` only where a keyword is in them. */
export type SearchAnswer = { readonly stamp: StampNumbers; readonly bytes: Uint8Array | null };

/** Null: not a plain case (an error, a name that is not text, no regular file), to be looked at by the scan itself. */
export type DiskAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'listed'; readonly id: number; readonly folders: readonly (ListAnswer | null)[] }
  | { readonly type: 'searched'; readonly id: number; readonly files: readonly (SearchAnswer | null)[] };
