import type { ScanLimits, ScanProgress, ScanStatus } from '../../../shared/model/scan.ts';
import type { ScanRequest } from '../../../shared/contract/scans.ts';
import type { Linker, Platform, Source } from '../sources/source.ts';
import type { Connection } from '../store/driver.ts';
import type { Logger } from '../log.ts';

/** What a scan needs from the world. */
export type ScanDeps = {
  /** Facts connection of the workspace; the scan is its only writer while it runs. */
  readonly connection: Connection;
  readonly sources: readonly Source[];
  readonly linkers: readonly Linker[];
  /** Module of parse-worker, for worker threads. */
  readonly parseWorker: URL;
  readonly now: () => number;
  readonly log: Logger;
  /** Name and version that made the scan: `countersign 0.1.0`. */
  readonly tool: string;
  /** Platform whose places are looked for in homes and on the machine. */
  readonly platform: Platform;
};

export type ScanOptions = {
  readonly request: ScanRequest;
  readonly limits: ScanLimits;
  readonly signal: AbortSignal;
  readonly progress: (progress: ScanProgress) => void;
};

export type ScanOutcome = {
  readonly number: number;
  readonly status: Exclude<ScanStatus, 'running'>;
  /** True when a person stopped it before its end. */
  readonly cancelled: boolean;
  /** False when something under a scan path could not be read or was only partly looked at (homes and the machine do not count). */
  readonly complete: boolean;
  /** Scan paths that could not be read at all. */
  readonly unreadableRoots: readonly string[];
  /** True when nothing on disk had changed and the facts of the last complete scan still hold. */
  readonly unchanged: boolean;
  /** Work done, for budgets. */
  readonly work: {
    readonly filesOpened: number;
    readonly filesParsed: number;
    readonly foldersListed: number;
    readonly stats: number;
  };
};
