import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { exitCodeFor } from '../../electron/cli/scan.ts';
import { type Report, reportSchema } from '../../electron/engine/exporters/json/report-schema.ts';
import { recordedIo } from './recorded-io.ts';

const schemaFile = join(import.meta.dirname, '..', '..', 'resources', 'schemas', 'report-1.schema.json');
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);

let folder: string;
let temporary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const settings = JSON.stringify({ model: 'opus', permissions: { allow: ['Bash(ls)'] } }, null, 2);
const servers = JSON.stringify(
  { mcpServers: { tickets: { command: 'npx', args: ['-y', '@acme/tickets@1.2.3'] } } },
  null,
  2,
);

async function run(...args: string[]) {
  const io = recordedIo(folder);
  const code = await runCommand(args, io);
  return { code, out: io.printed(), note: io.noted() };
}

const parse = (text: string): Report => reportSchema.parse(JSON.parse(text));
const named = (report: Report, kind: string): string[] =>
  report.assets.filter((asset) => asset.kind === kind).map((asset) => asset.name);

test('a project is scanned, the report is what its schema says, and nothing is left behind', async () => {
  write('app/.claude/settings.json', settings);
  write('app/.mcp.json', servers);
  const { code, out, note } = await run('scan', 'app', '--format', 'json');
  expect([code, note]).toEqual([0, '']);
  const report = parse(out);
  expect([validate(JSON.parse(out)), validate.errors]).toEqual([true, null]);
  expect(report.roots[0]).toBe(join(folder, 'app'));
  expect(named(report, 'agent')).not.toEqual([]);
  expect(named(report, 'mcp-server')).toEqual(['tickets']);
  expect(report.assets.find((asset) => asset.name === 'tickets')?.evidence[0]).toMatchObject({
    root: 0,
    file: '.mcp.json',
    line: 3,
  });
  expect(readdirSync(temporary)).toEqual([]);
});

test('two scans of the same folder print the same bytes', async () => {
  write('app/.claude/settings.json', settings);
  write('app/.mcp.json', servers);
  const first = await run('scan', 'app', '--format', 'json');
  expect(await run('scan', 'app', '--format', 'json')).toEqual(first);
  expect(await run('scan', 'app', '--format', 'json', '--workspace', 'kept.countersign')).toEqual(first);
  expect(await run('scan', 'app', '--format', 'json', '--workspace', 'kept.countersign')).toEqual(first);
  const text = await run('scan', 'app');
  expect(text.out).toMatch(/^countersign \d/);
  expect(await run('scan', 'app')).toEqual(text);
});

test('a home is read when it is named, and only then', async () => {
  write('app/AGENTS.md', '# Rules\n');
  write('home/.claude/settings.json', settings);
  const without = parse((await run('scan', 'app', '--format', 'json')).out);
  const users = without.coverage.filter((entry) => entry.scope === 'user');
  expect(new Set(users.map((entry) => entry.status))).toEqual(new Set(['skipped']));
  const report = parse((await run('scan', 'app', '--home', 'home', '--format', 'json')).out);
  expect(report.coverage).toContainEqual(
    expect.objectContaining({ scope: 'user', path: join(folder, 'home/.claude/settings.json'), status: 'read' }),
  );
});

test('with --fs-root all paths are those inside it', async () => {
  write('disk/home/dev/app/.mcp.json', servers);
  write('disk/etc/claude-code/managed-settings.json', settings);
  const { code, out } = await run(
    'scan',
    '/home/dev/app',
    '--home',
    '/home/dev',
    '--fs-root',
    'disk',
    '--format',
    'json',
  );
  const report = parse(out);
  expect(code).toBe(0);
  expect(report.roots).toEqual(['/home/dev/app', '/home/dev', '/']);
  expect(report.coverage).toContainEqual(
    expect.objectContaining({ scope: 'managed', path: '/etc/claude-code/managed-settings.json', status: 'read' }),
  );
  expect(out).not.toContain(folder);
});

test('a path that is not there is exit 3, and its absence is in the report', async () => {
  write('app/.mcp.json', servers);
  const { code, out, note } = await run('scan', 'app', 'gone', '--format', 'json');
  expect(code).toBe(3);
  expect(note).toContain(`error: ${join(folder, 'gone')} could not be read`);
  expect(parse(out).coverage).toContainEqual(
    expect.objectContaining({ path: join(folder, 'gone'), status: 'unreadable' }),
  );
  expect(named(parse(out), 'mcp-server')).toEqual(['tickets']);
  expect((await run('scan', 'app', 'gone', '--quiet', '--allow-incomplete')).code).toBe(0);
  expect((await run('scan', 'gone')).code).toBe(3);
});

test('an interrupt ends the scan as partial, whatever was allowed', async () => {
  write('app/.mcp.json', servers);
  const io = recordedIo(folder);
  io.interrupt();
  const code = await runCommand(
    ['scan', 'app', '--format', 'json', '--allow-incomplete', '--workspace', 'kept.countersign'],
    io,
  );
  expect(code).toBe(3);
  expect(parse(io.printed()).status).toBe('partial');
  expect(io.noted()).toContain('as a partial scan');
  expect((await run('scan', 'app', '--workspace', 'kept.countersign', '--format', 'json')).code).toBe(0);
});

test('the exit code for every way to end', () => {
  const codes = [false, true].flatMap((cancelled) =>
    [true, false].flatMap((complete) =>
      [true, false].map(
        (allow) =>
          `${cancelled ? 'cancelled' : 'ended'} ${complete} ${allow}: ${exitCodeFor({ cancelled, complete }, allow)}`,
      ),
    ),
  );
  expect(codes).toEqual([
    'ended true true: 0',
    'ended true false: 0',
    'ended false true: 0',
    'ended false false: 3',
    'cancelled true true: 3',
    'cancelled true false: 3',
    'cancelled false true: 3',
    'cancelled false false: 3',
  ]);
});

test('--output writes the report for its owner alone and leaves stdout empty', async () => {
  write('app/.mcp.json', servers);
  const { code, out } = await run('scan', 'app', '--format', 'json', '--output', 'report.json');
  expect([code, out]).toEqual([0, '']);
  expect(statSync(join(folder, 'report.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe((await run('scan', 'app', '--format', 'json')).out);
  expect((await run('scan', 'app', '--output', 'no/folder/report.json')).code).toBe(3);
});

test('a baseline has to be a report', async () => {
  write('app/.mcp.json', servers);
  write('notes.json', '{"findings": []}');
  await run('scan', 'app', '--format', 'json', '--output', 'report.json');
  expect((await run('scan', 'app', '--baseline', 'report.json')).code).toBe(0);
  expect((await run('scan', 'app', '--baseline', 'notes.json')).code).toBe(3);
  expect((await run('scan', 'app', '--baseline', 'gone.json')).code).toBe(3);
});

test('--fail-on has the last word on what is grave', async () => {
  write('app/.mcp.json', servers);
  write('app/.claude/settings.json', JSON.stringify({ enableAllProjectMcpServers: true }));
  expect((await run('scan', 'app', '--quiet')).code).toBe(1);
  expect((await run('scan', 'app', '--fail-on', 'critical')).code).toBe(0);
  expect(await run('scan', 'app', '--fail-on', 'never')).toMatchObject({ code: 0, note: '' });
});

test('a foreign file is not taken for a workspace and not touched', async () => {
  write('app/.mcp.json', servers);
  write('notes.countersign', 'my notes\n');
  const { code, note } = await run('scan', 'app', '--workspace', 'notes.countersign');
  expect([code, note]).toEqual([3, expect.stringContaining('is not a Countersign workspace')]);
  expect(readFileSync(join(folder, 'notes.countersign'), 'utf8')).toBe('my notes\n');
});

test('what --exclude matches is left out', async () => {
  write('app/.mcp.json', servers);
  write('app/vendor/thing/.mcp.json', JSON.stringify({ mcpServers: { other: { command: 'other' } } }));
  expect(named(parse((await run('scan', 'app', '--format', 'json')).out), 'mcp-server')).toEqual(['other', 'tickets']);
  expect(
    named(parse((await run('scan', 'app', '--exclude', 'vendor/', '--format', 'json')).out), 'mcp-server'),
  ).toEqual(['tickets']);
});

test('no value of a secret is printed or stored', async () => {
  const secret = ['FAKE', 'ghp', '0123456789abcdefghijABCDEFGHIJ0123'].join('_');
  write(
    'app/.mcp.json',
    JSON.stringify({ mcpServers: { tickets: { command: 'tickets', env: { TICKETS_TOKEN: secret } } } }),
  );
  const json = await run('scan', 'app', '--format', 'json', '--workspace', 'kept.countersign');
  const text = await run('scan', 'app');
  expect(json.out).toContain('TICKETS_TOKEN');
  const stored = readdirSync(folder)
    .filter((name) => name.startsWith('kept.'))
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  for (const output of [json.out, json.note, text.out, text.note, ...stored]) expect(output).not.toContain(secret);
  expect(existsSync(join(folder, 'kept.countersign'))).toBe(true);
});
