import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { JudgedFinding } from '../../../../shared/model/findings.ts';
import type { Snapshot } from '../exporter.ts';
import { sarifExporter } from './write.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../test/fixtures/schemas/sarif-2.1.0.schema.json'), 'utf8'),
) as Record<string, unknown>;
// Draft 04 names its id otherwise; nothing else of it differs in this schema from what the validator reads.
delete schema['$schema'];
delete schema['id'];
const formats = { uri: true, 'uri-reference': true, 'date-time': true, regex: true } as const;
const validate = new Ajv({ strict: false, allErrors: true, formats }).compile(schema);

const finding = (more: Partial<JudgedFinding>): JudgedFinding => ({
  id: 'sandbox-off:1',
  rule: 'sandbox-off',
  title: 'The sandbox is switched off',
  severity: 'medium',
  confidence: 'high',
  subject: 'agent-1',
  subjectKind: 'agent',
  subjectName: 'Codex in app',
  message: 'sandbox_mode is off.',
  fix: 'Switch it on.',
  evidence: [{ root: 0, file: 'a b/ü#.toml', line: 3, endLine: 4, source: 'codex/config' }],
  references: [{ framework: 'OWASP-ASI-2026', id: 'ASI05' }],
  group: 'g',
  waived: null,
  ...more,
});
const snapshot = (findings: readonly JudgedFinding[]): Snapshot => ({
  tool: { name: 'countersign', version: '0.1.0' },
  status: 'complete',
  roots: ['/home/dev/app', '/'],
  coverage: [],
  issues: [],
  assets: [],
  relations: [],
  findings,
});
const written = (findings: readonly JudgedFinding[]): string => {
  const chunks: string[] = [];
  sarifExporter.write(snapshot(findings), {}, (chunk) => chunks.push(chunk));
  return chunks.join('');
};
type Log = { runs: { results: Record<string, unknown>[]; tool: { driver: { rules: { id: string }[] } } }[] };

const several = [
  finding({}),
  finding({ id: 'silent-shell:2', rule: 'silent-shell', severity: 'critical', evidence: [] }),
  finding({
    id: 'sandbox-off:3',
    severity: 'high',
    evidence: [
      { root: 0, file: 'x', line: 1, endLine: 1, source: 's' },
      { root: 1, file: 'etc/y', line: 2, endLine: 2, source: 's' },
    ],
    waived: { owner: 'maria', reason: 'container', until: '2027-01-31', expired: false },
  }),
  finding({ id: 'sandbox-off:4', waived: { owner: 'm', reason: 'r', until: '2020-01-31', expired: true } }),
];

test('it is SARIF 2.1.0', () => {
  for (const findings of [[], several]) {
    const log: unknown = JSON.parse(written(findings));
    expect([validate(log), validate.errors]).toEqual([true, null]);
  }
});

test('the validator would notice', () => {
  const log = JSON.parse(written(several)) as Log;
  expect(validate({ ...log, version: '2.0.0' })).toBe(false);
  const [run] = log.runs;
  expect(validate({ ...log, runs: [{ ...run, results: [{ ruleId: 'x' }] }] })).toBe(false);
});

test('places, levels, fingerprints and waivers', () => {
  const log = JSON.parse(written(several)) as Log;
  const results = log.runs[0]?.results ?? [];
  expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['sandbox-off', 'silent-shell']);
  expect(results.map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
    [0, 'warning'],
    [1, 'error'],
    [0, 'error'],
    [0, 'warning'],
  ]);
  expect(results[0]).toMatchObject({
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/%C3%BC%23.toml', uriBaseId: 'ROOT0' },
          region: { startLine: 3, endLine: 4 },
        },
      },
    ],
    partialFingerprints: { 'countersignFinding/v1': 'sandbox-off:1' },
  });
  expect(results.map((result) => result['suppressions'])).toEqual([
    undefined,
    undefined,
    [{ kind: 'external', status: 'accepted', justification: 'container (maria, until 2027-01-31)' }],
    undefined,
  ]);
});

test('the same findings give the same bytes', () => {
  expect(written(structuredClone(several))).toBe(written(several));
});
