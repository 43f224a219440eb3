import { z } from 'zod';
import { coverageEntrySchema, scanIssueSchema } from '../model/facts.ts';
import { scanLimitsChangesSchema, scanProgressSchema, scanSummarySchema } from '../model/scan.ts';
import { command, event, query } from './call.ts';

const pathSchema = z.string().min(1).max(4096);
const scanNumber = z.int().min(1);

export const scanRequestSchema = z.strictObject({
  /** Folders to look at; with fsRoot, as paths inside it. */
  roots: z.array(pathSchema).min(1).max(100),
  home: pathSchema.nullable(),
  fsRoot: pathSchema.nullable(),
  exclude: z.array(z.string().min(1).max(500)).max(200),
  limits: scanLimitsChangesSchema.optional(),
});
export type ScanRequest = z.infer<typeof scanRequestSchema>;

/** Coverage summed up for the board: one row per source and scope. */
export const coverageCellSchema = z.strictObject({
  source: z.string(),
  title: z.string(),
  product: z.string(),
  scope: z.enum(['managed', 'user', 'project', 'local']),
  read: z.int(),
  absent: z.int(),
  /** unreadable + malformed + too-large + skipped + not-supported */
  couldNotTell: z.int(),
  /** First reason, in words, of what could not be told. */
  reason: z.string(),
  assets: z.int(),
});
export type CoverageCell = z.infer<typeof coverageCellSchema>;

const changeSchema = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  /** Names of properties that differ, for changed ones. */
  properties: z.array(z.string()),
});
export type ScanChange = z.infer<typeof changeSchema>;

export const scansContract = {
  'scans.list': query(z.strictObject({}), z.array(scanSummarySchema)),
  /** Starts a scan as a job and answers at once; progress arrives as events. */
  'scans.start': command(scanRequestSchema, z.strictObject({ number: scanNumber })),
  /** What the last scan was asked, so that "Rescan" means the same again. */
  'scans.lastRequest': query(z.strictObject({}), scanRequestSchema.nullable()),
  'scans.cancel': command(z.strictObject({ number: scanNumber }), z.null()),
  /** Progress of the running scan; null when none runs. */
  'scans.running': query(z.strictObject({}), scanProgressSchema.nullable()),
  'scans.coverage': query(z.strictObject({ number: scanNumber }), z.array(coverageEntrySchema)),
  'scans.coverageBoard': query(z.strictObject({ number: scanNumber }), z.array(coverageCellSchema)),
  'scans.issues': query(z.strictObject({ number: scanNumber }), z.array(scanIssueSchema)),
  /** Assets and relations added, removed and changed between two complete scans. */
  'scans.compare': query(
    z.strictObject({ from: scanNumber, to: scanNumber }),
    z.strictObject({
      assets: z.array(changeSchema),
      relationsAdded: z.int(),
      relationsRemoved: z.int(),
      relationsChanged: z.int(),
    }),
  ),
} as const;

export const scansEvents = {
  'scans.progress': event(scanProgressSchema),
  /** A scan ended, in whatever way; facts may be new. */
  'scans.ended': event(
    z.strictObject({ number: scanNumber, status: z.enum(['complete', 'partial', 'failed']), message: z.string() }),
  ),
} as const;
