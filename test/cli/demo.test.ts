import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { reportSchema } from '../../electron/engine/exporters/json/report-schema.ts';
import { recordedIo } from './recorded-io.ts';

const repository = join(import.meta.dirname, '..', '..');
const published = JSON.parse(
  readFileSync(join(repository, 'resources', 'schemas', 'report-1.schema.json'), 'utf8'),
) as object;

let folder: string;
let temporary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-demo-test-'));
  temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
});

async function demo(...args: string[]) {
  const io = recordedIo(folder);
  const code = await runCommand(['demo', ...args], io);
  return { code, out: io.printed(), note: io.noted() };
}

test('the sample is scanned from files, completely, and leaves nothing behind', async () => {
  const { code, out, note } = await demo('--format', 'json');
  expect([code, note]).toEqual([0, '']);
  const report = reportSchema.parse(JSON.parse(out));
  const validate = new Ajv2020({ strict: true }).compile(published);
  expect([validate(JSON.parse(out)), validate.errors]).toEqual([true, null]);
  expect(report.status).toBe('complete');
  expect(report.roots).toContain('/projects/acme-support');
  expect(report.assets.filter((asset) => asset.kind === 'agent').map((asset) => asset.name)).toContain(
    'Claude Code in acme-support',
  );
  expect(report.assets.some((asset) => asset.kind === 'mcp-server')).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
  expect(await demo('--format', 'json')).toEqual({ code, out, note });
});

test('every evidence of the sample names lines that are there', async () => {
  const report = reportSchema.parse(
    JSON.parse((await demo('--format', 'json', '--workspace', 'sample.countersign', '--quiet')).out),
  );
  const evidence = report.assets.flatMap((asset) => asset.evidence);
  expect(evidence.length).toBeGreaterThan(10);
  for (const { root, file, line, endLine } of evidence) {
    const lines = readFileSync(join(report.roots[root] ?? '', file), 'utf8').split('\n').length;
    expect([file, line <= endLine && endLine <= lines]).toEqual([file, true]);
  }
});

test('with a workspace the result and the files it speaks of are kept', async () => {
  const { code, note } = await demo('--workspace', 'sample.countersign');
  expect(code).toBe(0);
  expect(note).toContain('countersign open');
  expect(existsSync(join(folder, 'sample.countersign'))).toBe(true);
  expect(existsSync(join(folder, 'sample-files', 'projects', 'acme-support', '.mcp.json'))).toBe(true);
});

test('no value of a secret of the sample is printed or stored', async () => {
  const { out } = await demo('--format', 'json', '--workspace', 'sample.countersign', '--quiet');
  const text = await demo();
  const stored = readdirSync(folder)
    .filter((name) => name.startsWith('sample.countersign'))
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  for (const output of [out, text.out, ...stored]) expect(output).not.toMatch(/FAKE[-_A-Za-z0-9]{6}/);
});

test('the sample is stored under names that no tool obeys', () => {
  const obeyed = /^(?:\..*|AGENTS\.md|CLAUDE\.md|GEMINI\.md|SKILL\.md|copilot-instructions\.md)$/;
  const names = readdirSync(join(repository, 'resources', 'demo'), { recursive: true, encoding: 'utf8' }).flatMap(
    (path) => path.split(/[\\/]/),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => obeyed.test(name))).toEqual([]);
});
