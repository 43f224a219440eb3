import { z } from 'zod';
import { assetKinds, confidences, coverageStatuses, origins, relationKinds, scopes } from '../kinds.ts';

/** Plain JSON. Properties of assets and relations are plain JSON, so that every host and export can carry them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type Properties = { readonly [key: string]: JsonValue };

const propertiesSchema = z.record(z.string(), z.json()) as unknown as z.ZodType<Properties>;

/**
 * Where a fact was seen. `root` indexes the roots of the scan, `file` is relative to that root with forward slashes,
 * lines are 1-based and inclusive, `source` is the id of the source that read it.
 */
export const evidenceSchema = z.strictObject({
  root: z.int().min(0),
  file: z.string(),
  line: z.int().min(1),
  endLine: z.int().min(1),
  source: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const assetSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(assetKinds),
  name: z.string(),
  origin: z.enum(origins),
  confidence: z.enum(confidences),
  /** True where the fact depends on run time: what is here is the part that can be known from files. */
  dynamic: z.boolean().optional(),
  properties: propertiesSchema,
  evidence: z.array(evidenceSchema),
});
export type Asset = z.infer<typeof assetSchema>;

export const relationSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(relationKinds),
  from: z.string(),
  to: z.string(),
  origin: z.enum(origins),
  confidence: z.enum(confidences),
  dynamic: z.boolean().optional(),
  properties: propertiesSchema,
  evidence: z.array(evidenceSchema),
});
export type Relation = z.infer<typeof relationSchema>;

/** One place that a source wanted to look at, and what became of it. `path` is absolute inside the scanned file system. */
export const coverageEntrySchema = z.strictObject({
  source: z.string(),
  scope: z.enum(scopes),
  path: z.string(),
  status: z.enum(coverageStatuses),
  detail: z.string(),
});
export type CoverageEntry = z.infer<typeof coverageEntrySchema>;

/** Something that could not be read or understood. Lines are 1-based; null where the whole file or folder is meant. */
export const scanIssueSchema = z.strictObject({
  source: z.string(),
  path: z.string(),
  line: z.int().min(1).nullable(),
  message: z.string(),
});
export type ScanIssue = z.infer<typeof scanIssueSchema>;
