import { z } from 'zod';

export const declaredStates = ['proposed', 'approved', 'retired'] as const;
export type DeclaredState = (typeof declaredStates)[number];

export const reviewDecisions = ['approved', 'approved-with-conditions', 'rejected', 'deferred'] as const;

/** How far a marketplace, and so what comes from it, is trusted. */
export const trustTiers = ['own', 'vendor', 'community', 'unknown'] as const;

const dateSchema = z.iso.date();

/** One review of an asset: who looked, when, what was decided, and until when that holds. */
export const reviewSchema = z.strictObject({
  reviewer: z.string().trim().min(1).max(200),
  date: dateSchema,
  decision: z.enum(reviewDecisions),
  conditions: z.string().max(4000),
  nextReview: dateSchema.nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

/** What people said about one asset; null and '' where nobody said anything. Kept by asset id, untouched by scans. */
export const assetRecordSchema = z.strictObject({
  state: z.enum(declaredStates).nullable(),
  /** A person or team; `''` says that there is none, which is something else than not having said so. */
  owner: z.string().trim().max(200).nullable(),
  note: z.string().max(10_000),
  domain: z.string().trim().max(200),
  trust: z.enum(trustTiers).nullable(),
  review: reviewSchema.nullable(),
  /** The day on which somebody last confirmed that this is right. */
  attested: dateSchema.nullable(),
});
export type AssetRecord = z.infer<typeof assetRecordSchema>;

export const recordFields = ['state', 'owner', 'note', 'domain', 'trust', 'review', 'attested'] as const;
export type RecordField = keyof AssetRecord & (typeof recordFields)[number];

export const emptyRecord: AssetRecord = {
  state: null,
  owner: null,
  note: '',
  domain: '',
  trust: null,
  review: null,
  attested: null,
};

/** One change of one field. Times are milliseconds since 1970, UTC. */
export const recordEntrySchema = z.strictObject({
  number: z.int(),
  asset: z.string(),
  field: z.enum(recordFields),
  before: z.json(),
  after: z.json(),
  by: z.string(),
  at: z.int(),
});
export type RecordEntry = z.infer<typeof recordEntrySchema>;

/** Changes of a record; what is not named stays. */
export const recordChangesSchema = assetRecordSchema.partial();
export type RecordChanges = z.infer<typeof recordChangesSchema>;
