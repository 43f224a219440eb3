import { z } from 'zod';
import { relationKinds } from '../kinds.ts';
import { evidenceSchema } from './facts.ts';

/**
 * Things that a comparison speaks of: kinds of assets, and `rule`: a permission rule of an agent, which is a member of a
 * list in the facts and of more interest than the list.
 */
export const changeSchema = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  kind: z.string(),
  /** Id of the asset; of a rule, that of its agent. */
  id: z.string(),
  name: z.string(),
  /** What differs, with the value on both sides; lines alone are no difference. Null where a side has none. */
  fields: z.array(z.strictObject({ name: z.string(), before: z.json(), after: z.json() })),
  /** Evidence counts the roots of its side. */
  before: z.array(evidenceSchema),
  after: z.array(evidenceSchema),
});
export type Change = z.infer<typeof changeSchema>;

export const relationChangeSchema = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  kind: z.enum(relationKinds),
  id: z.string(),
  from: z.strictObject({ id: z.string(), kind: z.string(), name: z.string() }),
  to: z.strictObject({ id: z.string(), kind: z.string(), name: z.string() }),
  before: z.array(evidenceSchema),
  after: z.array(evidenceSchema),
});
export type RelationChange = z.infer<typeof relationChangeSchema>;

const sideSchema = z.strictObject({
  /** Scan number, or the name of a report file. */
  name: z.string(),
  status: z.string(),
  /** Start of the scan; null where a report does not say. */
  at: z.int().nullable(),
  roots: z.array(z.string()),
});
export type ComparedSide = z.infer<typeof sideSchema>;

export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal('1'),
  before: sideSchema,
  after: sideSchema,
  /** How many of each kind were added, removed and changed; kinds without a difference are absent. */
  counts: z.record(z.string(), z.strictObject({ added: z.int(), removed: z.int(), changed: z.int() })),
  changes: z.array(changeSchema),
  relations: z.array(relationChangeSchema),
  /** Differences beyond the limit, which are counted and not listed. */
  leftOut: z.int(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
