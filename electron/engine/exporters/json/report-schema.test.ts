import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Snapshot } from '../exporter.ts';
import { exporters } from '../registry.ts';
import { reportJsonSchema, reportSchema } from './report-schema.ts';
import { jsonExporter } from './write.ts';

const published = join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'schemas', 'report-1.schema.json');

const snapshot: Snapshot = {
  tool: { name: 'countersign', version: '0.1.0' },
  status: 'complete',
  roots: ['/home/dev/app', '/home/dev', '/'],
  coverage: [
    {
      source: 'claude-code/settings',
      scope: 'user',
      path: '/home/dev/.claude/settings.json',
      status: 'malformed',
      detail: 'line 3: , expected',
    },
  ],
  issues: [{ source: 'claude-code/settings', path: '/home/dev/.claude/settings.json', line: 3, message: ', expected' }],
  assets: [
    {
      id: 'agent-1',
      kind: 'agent',
      name: 'Claude Code in app \u009b31m\u202e',
      origin: 'declared',
      confidence: 'high',
      properties: { host: 'claude-code', nested: { list: [1, true, null, 'x'] } },
      evidence: [{ root: 0, file: '.claude/settings.json', line: 1, endLine: 9, source: 'claude-code/settings' }],
    },
    {
      id: 'model-1',
      kind: 'model',
      name: 'some-model',
      origin: 'declared',
      confidence: 'medium',
      dynamic: true,
      properties: {},
      evidence: [],
    },
  ],
  relations: [
    {
      id: 'uses-1',
      kind: 'uses',
      from: 'agent-1',
      to: 'model-1',
      origin: 'derived',
      confidence: 'low',
      properties: {},
      evidence: [],
    },
  ],
};

function write(of: Snapshot): string {
  const chunks: string[] = [];
  jsonExporter.write(of, {}, (chunk) => chunks.push(chunk));
  return chunks.join('');
}

test('the published schema is the one of the code: npm run schemas writes it', () => {
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
});

test('a report is what the schema says, for zod and for a second validator', () => {
  const report: unknown = JSON.parse(write(snapshot));
  expect(report).toEqual({ schemaVersion: '1', ...snapshot, findings: [] });
  expect(reportSchema.parse(report)).toEqual(report);
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(published, 'utf8')) as object,
  );
  expect([validate(report), validate.errors]).toEqual([true, null]);
});

test('the second validator would notice', () => {
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(published, 'utf8')) as object);
  const report = JSON.parse(write(snapshot)) as { assets: { kind: string; evidence: unknown }[] };
  for (const broken of [
    { ...report, schemaVersion: '2' },
    { ...report, coverage: undefined },
    { ...report, assets: [{ ...report.assets[0], kind: 'thing' }] },
    {
      ...report,
      assets: [{ ...report.assets[0], evidence: [{ root: 0, file: 'x', line: 0, endLine: 1, source: 's' }] }],
    },
  ]) {
    expect(validate(JSON.parse(JSON.stringify(broken)))).toBe(false);
  }
});

test('the same snapshot gives the same bytes, and none that a terminal obeys', () => {
  const text = write(snapshot);
  expect(write(structuredClone(snapshot))).toBe(text);
  // biome-ignore format: one character class
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('empty lists are lists', () => {
  const empty: Snapshot = { ...snapshot, roots: [], coverage: [], issues: [], assets: [], relations: [] };
  expect(JSON.parse(write(empty))).toEqual({ schemaVersion: '1', ...empty, findings: [] });
});

test('formats have names of their own', () => {
  const ids = exporters.map((exporter) => exporter.id);
  expect(new Set(ids).size).toBe(ids.length);
});
