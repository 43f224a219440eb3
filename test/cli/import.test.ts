import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ImportReport } from '../../electron/cli/import.ts';
import { runCommand } from '../../electron/cli/program.ts';
import { reportSchema } from '../../electron/engine/exporters/json/report-schema.ts';
import { temporaryFolder } from '../fixtures/temporary-tree.ts';
import { recordedIo } from './recorded-io.ts';

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
  const io = recordedIo(folder, { environment: { USER: 'ada' } });
  const code = await runCommand(args, io);
  return { code, out: io.printed(), note: io.noted() };
}

const register =
  'schema: countersign-registry/1\nagents:\n  - name: one\n    owner: team-a\n    review: {reviewer: Ada, date: 2026-01-02, decision: approved}\n  - name: gone\n  - name: Claude Code in app\n';

test('a register is compared with what was found, and its word appears in the report', async () => {
  write('app/.claude/agents/one.md', '---\nname: one\ndescription: d\n---\nDo.\n');
  write('app/.claude/agents/two.md', '---\nname: two\ndescription: d\n---\nDo.\n');
  write('register.yaml', register);
  await run('scan', 'app', '--workspace', 'w.countersign');
  const { code, out, note } = await run('import', 'register.yaml', '--workspace', 'w.countersign', '--format', 'json');
  expect([code, note]).toEqual([0, '']);
  const { imports, registry } = JSON.parse(out) as ImportReport;
  expect(imports.map(({ type, name, by, rows }) => [type, name, by, rows])).toEqual([
    ['registry', 'register.yaml', 'ada', { entries: 3 }],
  ]);
  expect(registry?.both.map(({ asset }) => asset.name).sort()).toEqual(['Claude Code in app', 'one']);
  expect(registry?.shadow.map(({ name }) => name)).toEqual(['two']);
  expect(registry?.gone.map(({ entry }) => entry.name)).toEqual(['gone']);
  const text = (await run('import', 'register.yaml', '--workspace', 'w.countersign', '--by', 'Bob')).out;
  expect(text).toMatch(/shadow +1\n {4}two {2}\.claude\/agents\/two\.md:2 {2}no owner known/);
  expect(text).toMatch(/registered and gone +1\n {4}gone {2}register\.yaml:6 {2}no scan ever saw it/);

  const report = reportSchema.parse(
    JSON.parse((await run('scan', 'app', '--workspace', 'w.countersign', '--format', 'json')).out),
  );
  const one = report.assets.find(({ kind, name }) => kind === 'agent' && name === 'one');
  expect(one?.properties['governance']).toEqual({
    registered: true,
    registry: 'register.yaml:3',
    review: { reviewer: 'Ada', date: '2026-01-02', decision: 'approved', conditions: '', nextReview: '' },
  });
  const owner = report.relations.find(({ kind, from }) => kind === 'owned-by' && from === one?.id);
  expect(owner).toMatchObject({
    origin: 'declared',
    properties: { by: 'registry', guess: false, file: 'register.yaml', line: 3 },
  });
  expect(report.assets.find(({ id }) => id === owner?.to)).toMatchObject({ kind: 'person', name: 'team-a' });
});

test('agents of a SaaS product stand beside the scanned ones', async () => {
  write('app/CLAUDE.md', '# Rules\n');
  write('saas.csv', 'name,system,id,domain,owner\nService,Salesforce,X1,support,support-ops\n');
  const imported = await run('import', 'saas.csv', '--workspace', 'w.countersign');
  expect([imported.code, imported.out]).toEqual([0, 'saas.csv  agents that no scan can see: 1 entries\n']);
  const { out } = await run('scan', 'app', '--workspace', 'w.countersign', '--format', 'json');
  const report = reportSchema.parse(JSON.parse(out));
  expect(report.assets.find(({ name }) => name === 'Service')).toMatchObject({
    kind: 'agent',
    confidence: 'medium',
    properties: { origin: 'saas', imported: true, host: 'Salesforce', domain: 'support', externalId: 'X1' },
    evidence: [],
  });
  // Without that workspace nobody knows of them.
  expect((await run('scan', 'app', '--format', 'json')).out).not.toContain('Salesforce');
});

test('a file that is no list is exit 3, and the others are imported', async () => {
  write('README.md', '# Notes\n');
  write('classes.csv', 'store,classification\ns3://x,secret\n\n,\ny,\n');
  const { code, out, note } = await run(
    'import',
    'README.md',
    'gone.yaml',
    'classes.csv',
    '--workspace',
    'w.countersign',
  );
  expect(code).toBe(3);
  expect(note).toMatch(/README\.md is none of the lists[\s\S]*gone\.yaml cannot be read: not there/);
  expect(out).toBe(
    'classes.csv  lists of the organisation: 1 stores\n  line 5: a row needs a store and a classification\n',
  );
  const nothing = await run('import', 'README.md', '--workspace', 'w.countersign');
  expect([nothing.code, nothing.out]).toEqual([3, '']);
});

test('no value of a secret is printed or stored', async () => {
  const secret = ['FAKE', 'ghp', '0123456789abcdefghijABCDEFGHIJ0123'].join('_');
  write('saas.csv', `name,system,id,description\nService,${secret},${secret},uses token=${secret}\n`);
  write(
    'register.yaml',
    `schema: countersign-registry/1\nagents:\n  - name: ${secret}\n    review: {reviewer: a, conditions: "API_KEY=${secret}"}\n`,
  );
  const { out, note } = await run(
    'import',
    'saas.csv',
    'register.yaml',
    '--workspace',
    'w.countersign',
    '--format',
    'json',
  );
  const stored = readdirSync(folder)
    .filter((name) => name.startsWith('w.'))
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  for (const text of [out, note, ...stored]) expect(text).not.toContain(secret);
});
