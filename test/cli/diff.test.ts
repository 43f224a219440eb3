import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { comparisonJsonSchema } from '../../electron/engine/diff/comparison-schema.ts';
import { type Comparison, comparisonSchema } from '../../shared/model/changes.ts';
import { temporaryFolder } from '../fixtures/temporary-tree.ts';
import { recordedIo } from './recorded-io.ts';

const schemaFile = join(import.meta.dirname, '..', '..', 'resources', 'schemas', 'diff-1.schema.json');

let folder: string;
beforeEach(() => {
  folder = temporaryFolder('cli');
  mkdirSync(join(folder, 'temporary'));
  vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  return () => vi.unstubAllEnvs();
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
async function run(...args: string[]) {
  const io = recordedIo(folder);
  const code = await runCommand(args, io);
  return { code, out: io.printed(), note: io.noted() };
}
const parse = (text: string): Comparison => comparisonSchema.parse(JSON.parse(text));
const told = ({ changes }: Comparison): readonly string[] =>
  changes.map(
    ({ change, kind, name, before, after }) =>
      `${change} ${kind} ${name} ${before[0]?.line ?? '-'} ${after[0]?.line ?? '-'}`,
  );

const settings = (list: string, model: string): string =>
  JSON.stringify({ model, permissions: { [list]: ['Bash(rm *)'] } }, null, 2);

/** Two scans into one workspace, and their reports: a rule moved, a model changed, a server came. */
async function twoScans(): Promise<void> {
  write('app/.claude/settings.json', settings('deny', 'opus'));
  await run('scan', 'app', '--workspace', 'w.countersign', '--format', 'json', '--output', 'one.json');
  write('app/.claude/settings.json', settings('allow', 'haiku'));
  write('app/.mcp.json', JSON.stringify({ mcpServers: { tickets: { url: 'https://tickets.example/mcp' } } }, null, 2));
  await run('scan', 'app', '--workspace', 'w.countersign', '--format', 'json', '--output', 'two.json');
}
const expected = [
  'added mcp-server tickets - 3',
  'changed rule allow: Bash(rm *) (project) · Claude Code in app 5 5',
  'added model haiku - 2',
  'removed model opus 2 -',
];

test('two reports, two scans and one of each say the same, with lines on both sides', async () => {
  await twoScans();
  for (const args of [
    ['one.json', 'two.json'],
    ['w.countersign'],
    ['w.countersign#1', 'w.countersign'],
    ['1', '2', '--workspace', 'w.countersign'],
    ['one.json', 'w.countersign'],
  ]) {
    const { code, out, note } = await run('diff', ...args, '--format', 'json');
    const comparison = parse(out);
    const own = told(comparison).filter((line) => !line.includes(' agent '));
    expect([args, code, note, own]).toEqual([args, 0, '', expected]);
    expect(comparison.counts).toMatchObject({ model: { added: 1, removed: 1, changed: 0 }, rule: { changed: 1 } });
    expect(comparison.relations.map(({ change, kind, to }) => `${change} ${kind} ${to.name}`)).toEqual(
      expect.arrayContaining(['added uses tickets', 'added uses haiku', 'removed uses opus']),
    );
  }
  expect(told(parse((await run('diff', 'two.json', 'one.json', '--format', 'json')).out))).toContain(
    'removed mcp-server tickets 3 -',
  );
});

test('the published schema is the one of the code, and a comparison is what it says', async () => {
  const published = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
  expect(published).toEqual(JSON.parse(JSON.stringify(comparisonJsonSchema())));
  await twoScans();
  const { code, out } = await run('diff', 'w.countersign', '--format', 'json', '--output', 'diff.json');
  expect([code, out, statSync(join(folder, 'diff.json')).mode & 0o777]).toEqual([0, '', 0o600]);
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(published);
  expect([validate(JSON.parse(readFileSync(join(folder, 'diff.json'), 'utf8'))), validate.errors]).toEqual([
    true,
    null,
  ]);
});

test('text for people; nothing different is said; --exit-code tells scripts', async () => {
  await twoScans();
  const { out } = await run('diff', 'w.countersign');
  expect(out).toMatch(/^scan 1 → scan 2\n/);
  expect(out).toContain('+ mcp-server   tickets  .mcp.json:3');
  expect(out).toContain('~ rule         allow: Bash(rm *) (project) · Claude Code in app  .claude/settings.json:5');
  expect(out).toContain('    list: "deny" → "allow"');
  expect((await run('diff', 'w.countersign', '--exit-code')).code).toBe(1);
  const same = await run('diff', 'two.json', 'w.countersign', '--exit-code');
  expect([same.code, same.out]).toEqual([0, expect.stringContaining('Nothing is different.')]);
});

test('a side that cannot be read or is not complete is exit 3', async () => {
  await twoScans();
  write('notes.json', '{"assets": []}');
  write('broken.json', '{');
  write('notes.countersign', 'my notes\n');
  for (const [args, words] of [
    [['one.json', 'gone.json'], 'cannot be read'],
    [['one.json', 'notes.json'], 'is not a report'],
    [['broken.json', 'one.json'], 'is not a report'],
    [['gone.countersign'], 'is not there'],
    [['notes.countersign'], 'is not a Countersign workspace'],
    [['w.countersign#9', 'w.countersign'], 'There is no scan 9'],
    [['one.json', 'w.countersign#9'], 'holds no scan 9'],
    [['1', '9', '--workspace', 'w.countersign'], 'There is no scan 9'],
  ] as const) {
    const { code, out, note } = await run('diff', ...args);
    expect([args, code, out]).toEqual([args, 3, '']);
    expect(note).toContain(words);
  }
  expect(readFileSync(join(folder, 'notes.countersign'), 'utf8')).toBe('my notes\n');
  const partial = readFileSync(join(folder, 'two.json'), 'utf8').replace('"status": "complete"', '"status": "partial"');
  write('partial.json', partial);
  const cut = await run('diff', 'one.json', 'partial.json');
  expect([cut.code, cut.note]).toEqual([3, expect.stringContaining('partial.json is not complete')]);
  expect((await run('diff', 'one.json', 'partial.json', '--allow-incomplete')).code).toBe(0);
  rmSync(join(folder, 'w.countersign'));
});

test('a workspace with one scan has nothing to compare', async () => {
  write('app/CLAUDE.md', '# Rules\n');
  await run('scan', 'app', '--workspace', 'w.countersign');
  const { code, note } = await run('diff', 'w.countersign');
  expect([code, note]).toEqual([3, expect.stringContaining('does not hold two complete scans')]);
});

test('names from reports cannot steer the terminal', async () => {
  await twoScans();
  const hostile = readFileSync(join(folder, 'two.json'), 'utf8').replaceAll('"tickets"', '"\\u001b[31mred\\u202etxt"');
  write('hostile.json', hostile);
  const { out } = await run('diff', 'one.json', 'hostile.json');
  // biome-ignore format: one character class
  expect(out).not.toMatch(/[\u001b\u009b\u202e]/);
  expect(out).toContain('red<U+202E>txt');
});
