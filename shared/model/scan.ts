import { z } from 'zod';

/**
 * running: facts are being gathered · complete: counts as the state of the world · partial: cancelled, crashed or
 * without one of its paths, kept but never the latest · failed: nothing could be read.
 */
export const scanStatuses = ['running', 'complete', 'partial', 'failed'] as const;
export type ScanStatus = (typeof scanStatuses)[number];

export const scanSummarySchema = z.strictObject({
  /** Version number of the facts, 1 upwards. */
  number: z.int().min(1),
  status: z.enum(scanStatuses),
  /** Milliseconds since 1970, UTC. */
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  roots: z.array(z.string()),
  /** Home whose user settings were read; null when none was. */
  home: z.string().nullable(),
  /** Folder that stood for the whole file system; null when it was the machine's own. */
  fsRoot: z.string().nullable(),
  files: z.int(),
  filesRead: z.int(),
  folders: z.int(),
  assets: z.int(),
  relations: z.int(),
  issues: z.int(),
  /** Places of the coverage that ended unreadable, malformed, too large, skipped or not supported. */
  couldNotTell: z.int(),
  tool: z.string(),
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

export const scanProgressSchema = z.strictObject({
  number: z.int().min(1),
  phase: z.enum(['walking', 'reading', 'linking', 'storing']),
  folders: z.int(),
  files: z.int(),
  filesRead: z.int(),
  filesWanted: z.int(),
  agents: z.int(),
  issues: z.int(),
  /** The path being looked at, for people who wait. */
  current: z.string(),
});
export type ScanProgress = z.infer<typeof scanProgressSchema>;

export const scanLimitsSchema = z.strictObject({
  /** Bytes of a configuration or source file that are read at most. */
  maxFileBytes: z
    .int()
    .min(1024)
    .max(64 * 1024 * 1024)
    .default(4 * 1024 * 1024),
  /** Entries of one folder that are looked at before the rest is reported as not read. */
  maxFolderEntries: z.int().min(100).max(10_000_000).default(50_000),
  /** Folder levels below a root. */
  maxDepth: z.int().min(1).max(1000).default(64),
  /** Seconds that one file may take to parse. */
  maxFileSeconds: z.int().min(1).max(600).default(10),
});
/** Some of the limits, for changing those alone: none of them fills in a default. */
export const scanLimitsChangesSchema = z.strictObject({
  maxFileBytes: scanLimitsSchema.shape.maxFileBytes.unwrap().optional(),
  maxFolderEntries: scanLimitsSchema.shape.maxFolderEntries.unwrap().optional(),
  maxDepth: scanLimitsSchema.shape.maxDepth.unwrap().optional(),
  maxFileSeconds: scanLimitsSchema.shape.maxFileSeconds.unwrap().optional(),
});

export type ScanLimits = z.infer<typeof scanLimitsSchema>;
