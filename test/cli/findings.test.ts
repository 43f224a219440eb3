import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { reportSchema } from '../../electron/engine/exporters/json/report-schema.ts';
import { recordedIo } from './recorded-io.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-findings-'));
  mkdirSync(join(folder, 'temporary'));
  vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
});

const write = (path: string, content: unknown): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
};

async function run(...args: string[]) {
  const io = recordedIo(folder);
  const code = await runCommand(args, io);
  return { code, out: io.printed(), note: io.noted() };
}

const silent = { permissions: { allow: ['Bash(*)'] } };
const fetching = { permissions: { allow: ['WebFetch'] } };

test('folders are scanned and judged; the exit code says whether one is grave', async () => {
  write('app/.claude/settings.json', silent);
  const { code, out } = await run('findings', 'app');
  expect(code).toBe(1);
  expect(out).toContain('silent-shell');
  expect(out).toContain(join(folder, 'app/.claude/settings.json:4'));
  expect((await run('findings', 'app', '--fail-on', 'never')).code).toBe(0);
  write('other/.claude/settings.json', fetching);
  expect((await run('findings', 'other')).code).toBe(0);
  expect((await run('findings', 'other', '--fail-on', 'medium')).code).toBe(1);
});

test('scan judges as well: report, threshold, baseline', async () => {
  write('app/.claude/settings.json', silent);
  const { code, out } = await run('scan', 'app', '--format', 'json');
  expect(code).toBe(1);
  const report = reportSchema.parse(JSON.parse(out));
  expect(report.findings.map(({ rule }) => rule)).toContain('silent-shell');
  write('before.json', out);
  expect((await run('scan', 'app', '--baseline', 'before.json')).code).toBe(0);
  expect((await run('findings', 'app', '--baseline', 'before.json')).code).toBe(0);
  write('app/.cursor/cli.json', { permissions: { allow: ['Shell(**)'] } });
  expect((await run('scan', 'app', '--baseline', 'before.json')).code).toBe(1);
});

test('a finding keeps its id when lines move', async () => {
  write('app/.claude/settings.json', silent);
  const ids = async (): Promise<string[]> =>
    reportSchema.parse(JSON.parse((await run('scan', 'app', '--format', 'json')).out)).findings.map(({ id }) => id);
  const before = await ids();
  write('app/.claude/settings.json', `\n\n\n${JSON.stringify({ model: 'opus', ...silent }, null, 4)}`);
  expect(await ids()).toEqual(before);
});

test('a workspace, and a file in SARIF', async () => {
  write('app/.claude/settings.json', silent);
  await run('scan', 'app', '--workspace', 'team.countersign');
  const { code, out } = await run(
    'findings',
    '--workspace',
    'team.countersign',
    '--format',
    'sarif',
    '--output',
    'out.sarif',
  );
  expect([code, out]).toEqual([1, '']);
  const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as { version: string; runs: unknown[] };
  expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
});

test('waivers: shown with who and until when, and they run out', async () => {
  write('app/.claude/settings.json', fetching);
  const waiver = (until: string) =>
    `waivers:\n  - { rule: broad-webfetch, subject: Claude Code in app, reason: read only, owner: maria, until: ${until} }\n`;
  write('long.yaml', waiver('2999-12-31'));
  write('gone.yaml', waiver('2020-12-31'));
  const kept = await run('findings', 'app', '--fail-on', 'medium', '--waivers', 'long.yaml');
  expect([kept.code, kept.out.includes('waived: read only (maria, until 2999-12-31)')]).toEqual([0, true]);
  const late = await run('findings', 'app', '--fail-on', 'medium', '--waivers', 'gone.yaml');
  expect([late.code, late.out.includes('waiver expired, counts again')]).toEqual([1, true]);
});

test('what is not understood is no pass', async () => {
  write('app/AGENTS.md', '# Rules\n');
  write('bad.yaml', 'waivers: [{ finding: a }]\n');
  expect((await run('findings', 'app', '--waivers', 'bad.yaml')).code).toBe(2);
  expect((await run('findings', 'app', '--waivers', 'none.yaml')).code).toBe(3);
  expect((await run('findings')).code).toBe(2);
  expect((await run('findings', 'app', '--workspace', 'x.countersign')).code).toBe(2);
  expect((await run('findings', 'app', '--format', 'html')).code).toBe(2);
});
