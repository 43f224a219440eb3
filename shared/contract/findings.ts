import { z } from 'zod';
import { findingsResultSchema } from '../model/findings.ts';
import { query } from './call.ts';

export const ruleDescriptionSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  fix: z.string(),
  references: z.array(z.strictObject({ framework: z.string(), id: z.string() })),
  kinds: z.array(z.string()),
});
export type RuleDescription = z.infer<typeof ruleDescriptionSchema>;

export const findingsContract = {
  /** Every rule over the facts of one scan: found, could not tell, and how many were looked at. */
  'findings.list': query(z.strictObject({ scan: z.int().min(1).nullable() }), findingsResultSchema),
  'findings.rules': query(z.strictObject({}), z.array(ruleDescriptionSchema)),
} as const;
