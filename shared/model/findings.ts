import { z } from 'zod';
import { confidences, severities } from '../kinds.ts';
import { evidenceSchema } from './facts.ts';

/** A control or weakness of a published framework, with its edition: `OWASP-ASI-2026:ASI02`. */
export const referenceSchema = z.strictObject({ framework: z.string(), id: z.string() });
export type Reference = z.infer<typeof referenceSchema>;

/** Something a person should know about, found by one rule at one thing. */
export const findingSchema = z.strictObject({
  /** Stable fingerprint: rule, subject and what exactly, never a line. The same thing found again keeps it. */
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  confidence: z.enum(confidences),
  /** Id, kind and name of the asset that the finding is about. */
  subject: z.string(),
  subjectKind: z.string(),
  subjectName: z.string(),
  message: z.string(),
  fix: z.string(),
  evidence: z.array(evidenceSchema),
  references: z.array(referenceSchema),
  /** Findings of one root cause share it: one bypass mode, not thirty verdicts. */
  group: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Somebody answers for a finding until a day; once that has passed it counts again. */
export type Waived = {
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, `2027-01-31`. */
  readonly until: string;
  readonly expired: boolean;
};
export type JudgedFinding = Finding & { readonly waived: Waived | null };

/** A rule that could not decide about a thing, and why. Never shown as a pass. */
export const undecidedSchema = z.strictObject({
  rule: z.string(),
  subject: z.string(),
  subjectName: z.string(),
  why: z.string(),
});
export type Undecided = z.infer<typeof undecidedSchema>;

/** What one rule came to: found, not found, could not tell, in numbers of things looked at. */
export const ruleOutcomeSchema = z.strictObject({
  rule: z.string(),
  title: z.string(),
  looked: z.int(),
  found: z.int(),
  notFound: z.int(),
  couldNotTell: z.int(),
  /** Set where the rule itself failed; its result is then unknown, not none. */
  failure: z.string().nullable(),
});
export type RuleOutcome = z.infer<typeof ruleOutcomeSchema>;

export const findingsResultSchema = z.strictObject({
  scan: z.int(),
  findings: z.array(findingSchema),
  undecided: z.array(undecidedSchema),
  rules: z.array(ruleOutcomeSchema),
});
export type FindingsResult = z.infer<typeof findingsResultSchema>;
