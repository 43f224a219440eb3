import { z } from 'zod';
import { confidences, severities } from '../../../../shared/kinds.ts';
import {
  assetSchema,
  coverageEntrySchema,
  evidenceSchema,
  relationSchema,
  scanIssueSchema,
} from '../../../../shared/model/facts.ts';
import { scanStatuses } from '../../../../shared/model/scan.ts';

/** Version of the published form. It only ever grows: a field that is in it keeps its name and meaning. */
export const reportSchemaVersion = '1';

const findingSchema = z.strictObject({
  id: z.string(),
  rule: z.string(),
  severity: z.enum(severities),
  confidence: z.enum(confidences),
  /** Id of the asset that the finding is about. */
  subject: z.string(),
  message: z.string(),
  evidence: z.array(evidenceSchema),
  /** Ids of the relations that lead to the harm, in order. */
  path: z.array(z.string()),
  frameworks: z.array(z.string()),
  fix: z.string(),
  title: z.string().optional(),
  /** Findings of one root cause share it. */
  group: z.string().optional(),
  /** Somebody answers for it until a day; `expired` once that has passed, and then it counts again. */
  waived: z.strictObject({ owner: z.string(), reason: z.string(), until: z.string(), expired: z.boolean() }).optional(),
});
export type ReportFinding = z.infer<typeof findingSchema>;

/** What `--format json` prints; published as `resources/schemas/report-1.schema.json`, which a test compares with this. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(reportSchemaVersion),
  tool: z.strictObject({ name: z.literal('countersign'), version: z.string() }),
  /** `complete`, or `partial` where the scan was cancelled and facts are missing. */
  status: z.enum(scanStatuses),
  roots: z.array(z.string()),
  coverage: z.array(coverageEntrySchema),
  issues: z.array(scanIssueSchema),
  assets: z.array(assetSchema),
  relations: z.array(relationSchema),
  findings: z.array(findingSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** The published form as JSON Schema 2020-12. Readers of version 1 must accept what a later minor version adds. */
export function reportJsonSchema(): object {
  const schema = z.toJSONSchema(reportSchema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://countersign.example/schemas/report-1.schema.json',
    title: 'Countersign report, version 1',
    description:
      'Printed by `countersign scan --format json`. Paths are those inside the scanned file system, lines are 1-based.',
    ...schema,
  };
}
