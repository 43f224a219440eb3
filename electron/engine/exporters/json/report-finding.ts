import type { JudgedFinding } from '../../../../shared/model/findings.ts';
import type { ReportFinding } from './report-schema.ts';

/** A finding as reports carry it. */
export const reportFinding = (finding: JudgedFinding): ReportFinding => ({
  id: finding.id,
  rule: finding.rule,
  severity: finding.severity,
  confidence: finding.confidence,
  subject: finding.subject,
  message: finding.message,
  evidence: finding.evidence,
  path: [],
  frameworks: finding.references.map(({ framework, id }) => `${framework}:${id}`),
  fix: finding.fix,
  title: finding.title,
  group: finding.group,
  ...(finding.waived === null ? {} : { waived: finding.waived }),
});
