import type { z } from 'zod';
import type { Asset, CoverageEntry, Relation, ScanIssue } from '../../../shared/model/facts.ts';
import type { JudgedFinding } from '../../../shared/model/findings.ts';
import type { ScanStatus } from '../../../shared/model/scan.ts';

/** All that is known from one scan, as exports see it: no store, no clock. Lists come sorted from the store. */
export type Snapshot = {
  readonly tool: { readonly name: string; readonly version: string };
  readonly status: ScanStatus;
  /** Absolute inside the scanned file system; evidence counts them. */
  readonly roots: readonly string[];
  readonly coverage: readonly CoverageEntry[];
  readonly issues: readonly ScanIssue[];
  readonly assets: readonly Asset[];
  readonly relations: readonly Relation[];
  /** What rules say of these facts; absent where they were not asked. */
  readonly findings?: readonly JudgedFinding[];
};

/** Writes a snapshot in one format. The same snapshot gives the same bytes every time. */
export type Exporter<O extends z.ZodType = z.ZodType> = {
  readonly id: string;
  readonly title: string;
  /** Of the file, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  readonly options: O;
  write(snapshot: Snapshot, options: z.output<O>, out: (chunk: string) => void): void;
};
