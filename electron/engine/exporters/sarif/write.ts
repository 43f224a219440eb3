import { z } from 'zod';
import type { Severity } from '../../../../shared/kinds.ts';
import { escapedJson } from '../../../../shared/escaped-json.ts';
import type { JudgedFinding } from '../../../../shared/model/findings.ts';
import type { Exporter, Snapshot } from '../exporter.ts';

/** SARIF knows three levels; the number is what code hosts sort by (`security-severity`). */
const levels: Readonly<
  Record<Severity, { readonly level: 'none' | 'note' | 'warning' | 'error'; readonly score: string }>
> = {
  info: { level: 'note', score: '0.0' },
  low: { level: 'note', score: '3.0' },
  medium: { level: 'warning', score: '5.5' },
  high: { level: 'error', score: '8.0' },
  critical: { level: 'error', score: '9.5' },
};

/** SARIF 2.1.0 with errata 01 (OASIS). No time and no random id: the same findings give the same bytes. */
export const sarifExporter: Exporter<z.ZodObject> = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  extension: 'sarif',
  mediaType: 'application/sarif+json',
  options: z.strictObject({}),
  write(snapshot: Snapshot, _options, out) {
    const findings = snapshot.findings ?? [];
    const rules = rulesOf(findings);
    const indexes = new Map(rules.map(({ id }, index) => [id, index]));
    const head = {
      tool: {
        driver: {
          name: snapshot.tool.name,
          semanticVersion: snapshot.tool.version,
          informationUri: 'https://countersign.example',
          rules,
        },
      },
      invocations: [{ executionSuccessful: snapshot.status === 'complete' }],
      originalUriBaseIds: Object.fromEntries(
        snapshot.roots.map((root, index) => [`ROOT${index}`, { uri: fileUri(root.endsWith('/') ? root : `${root}/`) }]),
      ),
      columnKind: 'utf16CodeUnits',
    };
    out('{\n');
    out('  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",\n');
    out('  "version": "2.1.0",\n');
    out('  "runs": [\n    {\n');
    for (const [key, value] of Object.entries(head)) out(`      ${escapedJson(key)}: ${escapedJson(value)},\n`);
    out('      "results": [\n');
    for (const [index, finding] of findings.entries())
      out(`        ${escapedJson(resultOf(finding, indexes))}${index === findings.length - 1 ? '' : ','}\n`);
    out('      ]\n    }\n  ]\n}\n');
  },
};

/** Rules that found something, in the order of their names. */
function rulesOf(findings: readonly JudgedFinding[]) {
  const first = new Map<string, JudgedFinding>();
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding);
  return [...first.values()]
    .toSorted((one, other) => (one.rule < other.rule ? -1 : 1))
    .map(({ rule, title, fix, references }) => {
      const worst = findings
        .filter((finding) => finding.rule === rule)
        .map(({ severity }) => levels[severity])
        .toSorted((one, other) => Number(other.score) - Number(one.score))[0];
      return {
        id: rule,
        name: rule.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        shortDescription: { text: title },
        help: { text: fix },
        defaultConfiguration: { level: worst?.level ?? 'warning' },
        properties: {
          'security-severity': worst?.score ?? '5.0',
          tags: ['security', ...references.map(({ framework, id }) => `${framework}:${id}`)],
        },
      };
    });
}

function resultOf(finding: JudgedFinding, indexes: ReadonlyMap<string, number>) {
  const locations = finding.evidence.map(({ root, file, line: startLine, endLine }) => ({
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: `ROOT${root}` },
      region: { startLine, endLine },
    },
    logicalLocations: [{ name: finding.subjectName, kind: finding.subjectKind }],
  }));
  const [first, ...others] = locations;
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: levels[finding.severity].level,
    message: { text: `${finding.message} ${finding.fix}` },
    locations: first === undefined ? [] : [first],
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.map((location, index) => ({ id: index + 1, ...location })) }),
    partialFingerprints: { 'countersignFinding/v1': finding.id },
    ...(finding.waived === null || finding.waived.expired
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${finding.waived.reason} (${finding.waived.owner}, until ${finding.waived.until})`,
            },
          ],
        }),
    properties: { severity: finding.severity, confidence: finding.confidence, group: finding.group },
  };
}

const relativeUri = (path: string): string =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join('/');

const fileUri = (path: string): string =>
  `file://${relativeUri(path.replace(/\\/g, '/').replace(/^(?=[A-Za-z]:)/, '/'))}`;
