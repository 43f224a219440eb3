import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/fixtures/temporary-tree.ts';
import type { Properties } from '../../../shared/model/facts.ts';
import { expand } from './expand.ts';
import { findEntry } from './find-entry.ts';
import { type PlannedIntrospection, planIntrospection } from './launch-plan.ts';
import { introspectionLimits } from './limits.ts';

const sources = {
  environment: { TOKEN: 'FAKE-value', PATH: '/bin', SECRET_OF_OTHERS: 'no' },
  folder: '/app',
  home: '/home/ada',
};

test.each([
  ['plain', 'plain', []],
  ['Bearer ${TOKEN}', 'Bearer FAKE-value', []],
  ['${env:TOKEN}', 'FAKE-value', []],
  ['{env:TOKEN}', 'FAKE-value', []],
  ['${workspaceFolder}/x', '/app/x', []],
  ['${userHome}/x', '/home/ada/x', []],
  ['${MISSING:-other}', 'other', []],
  ['${MISSING}', '${MISSING}', ['MISSING']],
  ['${input:key}', '${input:key}', ['${input:key}']],
  ['${constructor}', '${constructor}', ['constructor']],
])('%j is expanded', (text, value, missing) => {
  expect(expand(text, sources)).toMatchObject({ value, missing });
});

test('a value from a variable is never expanded again', () => {
  expect(expand('${A}', { ...sources, environment: { A: '${TOKEN} ${input:x}' } })).toMatchObject({
    value: '${TOKEN} ${input:x}',
    missing: [],
  });
});

function planned(
  name: string,
  text: string,
  configuration: Properties,
  changes: Partial<typeof sources> = {},
  key = '00',
): PlannedIntrospection {
  const path = join(temporaryFolder('plan'), name);
  writeFileSync(path, text);
  return planIntrospection({
    server: { id: 'mcp-server:1', name: 'x' },
    configuration: { index: 0, host: 'h', file: path, line: 1 },
    entry: findEntry(path, configuration),
    sources: { ...sources, ...changes },
    platform: 'linux',
    limits: introspectionLimits,
    key,
  });
}

const json = (entry: object): string => JSON.stringify({ mcpServers: { x: entry } }, null, 1);
const program = { name: 'x', line: 3, command: 'npx', args: ['-y', 'pkg'] };

test('entries are found again in the formats of the hosts', () => {
  const toml =
    '[mcp_servers.x]\nurl = "https://a.example/mcp"\nbearer_token_env_var = "TOKEN"\n[mcp_servers.x.http_headers]\nX-Plain = "1"\n';
  const codex = planned('config.toml', toml, { name: 'x', line: 1, url: 'https://a.example/mcp' });
  expect(codex.plan).toMatchObject({
    type: 'address',
    transport: 'http',
    headers: [
      { name: 'X-Plain', value: '1' },
      { name: 'Authorization', value: 'Bearer FAKE-value', from: 'TOKEN of this process' },
    ],
  });
  expect(JSON.stringify(codex.preview)).not.toContain('FAKE');
  const yaml = 'mcpServers:\n  x:\n    command: npx\n    args: [-y, pkg]\n    envs:\n      LEVEL: low\n';
  expect(planned('config.yaml', yaml, { ...program, line: 2 }).plan).toMatchObject({
    type: 'program',
    environment: [
      { name: 'PATH', value: '/bin' },
      { name: 'LEVEL', value: 'low' },
    ],
  });
});

test('an entry that is not what the scan saw is refused', () => {
  for (const [entry, configuration] of [
    [{ command: 'npx', args: ['-y', 'other'] }, program],
    [{ command: 'sh', args: ['-y', 'pkg'] }, program],
    [
      { command: 'npx', args: ['-y', 'pkg'] },
      { ...program, line: 4 },
    ],
    [
      { command: 'npx', args: ['-y', 'pkg'] },
      { ...program, name: 'y' },
    ],
    [{ url: 'https://b.example' }, { name: 'x', line: 3, url: 'https://a.example' }],
  ] as const)
    expect(() => planned('mcp.json', json(entry), configuration)).toThrow(
      'The configuration is not what the scan saw any more',
    );
  expect(() => planned('mcp.json', '{', program)).toThrow('not what the scan saw');
});

test('the digest names everything that would be run, and only for this workspace', () => {
  const digest = (entry: object, changes: Partial<typeof sources> = {}, key = '00'): string | null =>
    planned('mcp.json', json({ ...program, ...entry }), program, changes, key).preview.digest;
  const own = digest({});
  expect(digest({})).toBe(own);
  const others = [
    digest({ env: { A: '1' } }),
    digest({ env: { A: '2' } }),
    digest({ env: { A: '${TOKEN}' } }),
    digest({ env: { A: '${TOKEN}' } }, { environment: { TOKEN: 'another', PATH: '/bin', SECRET_OF_OTHERS: '' } }),
    digest({}, { folder: '/other' }),
    digest({}, { environment: { ...sources.environment, PATH: '/evil:/bin' } }),
    digest({}, {}, '01'),
  ];
  expect(new Set([own, ...others]).size).toBe(others.length + 1);
});

test('only the minimum of the environment is handed on', () => {
  const { plan } = planned('mcp.json', json({ ...program, env: { A: '1' } }), program);
  expect(plan?.type === 'program' && plan.environment.map(({ name }) => name)).toEqual(['PATH', 'A']);
});

test('what cannot be sent or reached is a problem, and there is no digest to agree to', () => {
  const problems = (entry: object, url: string): readonly string[] => {
    const { plan, preview } = planned('mcp.json', json({ url, ...entry }), { name: 'x', line: 3, url });
    expect([plan, preview.digest]).toEqual([null, null]);
    return preview.problems;
  };
  expect(problems({}, 'ftp://a.example')).toEqual(['the address is no http or https URL']);
  expect(problems({ type: 'ws' }, 'wss://a.example')).toEqual([
    'the address is no http or https URL',
    'servers that are reached over a WebSocket cannot be asked',
  ]);
  expect(problems({ headers: { 'A\r\nB': 'x' } }, 'https://a.example')).toEqual([
    'a header has a form that cannot be sent',
  ]);
  expect(problems({ headers: { A: 'x\r\nHost: b' } }, 'https://a.example')).toEqual([
    'a header has a form that cannot be sent',
  ]);
});

test('whatever stands in an entry: a plan or problems, never both, never an exception but the agreed one', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.string())), { maxKeys: 4 }),
      fc.string(),
      (more, url) => {
        const entry = { ...more, url };
        const { text } = { text: json(entry) };
        try {
          const { plan, preview } = planned('mcp.json', text, { name: 'x', line: 3, url });
          expect((plan === null) === (preview.digest === null)).toBe(true);
          expect((plan === null) === preview.problems.length > 0).toBe(true);
        } catch (error) {
          expect((error as Error).message).toContain('is not what the scan saw');
        }
      },
    ),
    { numRuns: 200 },
  );
});
