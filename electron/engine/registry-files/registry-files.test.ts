import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plantedFolder } from '../../../test/fixtures/temporary-tree.ts';
import type { RegistryEntry } from '../../../shared/model/imports.ts';
import { importContentSchema } from '../../../shared/model/imports.ts';
import { publicAssetId } from '../store/fact-ids.ts';
import { type Found, matchRegistry, type Registered } from './compare.ts';
import { readImportFile, recogniseList } from './recognise.ts';

const resources = join(import.meta.dirname, '..', '..', '..', 'resources');
const example = (name: string): string => readFileSync(join(resources, 'lists', name), 'utf8');
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(resources, 'schemas', `${name}.schema.json`), 'utf8')) as object;

test('the examples that ship are what they say, for the published schemas as well', () => {
  const read = Object.fromEntries(
    readdirSync(join(resources, 'lists'))
      .filter((name) => name.includes('.example.'))
      .map((name) => {
        const { content, issues } = recogniseList(name, example(name));
        expect([name, issues]).toEqual([name, []]);
        return [name, content.type];
      }),
  );
  expect(read).toEqual({
    'agents.example.csv': 'agents',
    'data-classification.example.csv': 'context',
    'environments.example.yaml': 'context',
    'registry.example.yaml': 'registry',
  });
  for (const [name, file] of [
    ['registry-1', 'registry.example.yaml'],
    ['context-1', 'environments.example.yaml'],
  ] as const) {
    const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema(name));
    const document = JSON.parse(JSON.stringify(load(example(file)))) as object;
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(validate({ ...document, schema: 'other/1' })).toBe(false);
  }
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema('agents-1'));
  expect(validate({ schema: 'countersign-agents/1', agents: [{ name: 'a', system: 'b' }] })).toBe(true);
  expect(validate({ schema: 'countersign-agents/1', agents: [{ name: 'a' }] })).toBe(false);
});

test('a register with everything that an entry can say', () => {
  const { content } = recogniseList('registry.example.yaml', example('registry.example.yaml'));
  expect(content.type === 'registry' ? content.entries[0] : null).toEqual({
    line: 3,
    id: 'AG-0017',
    asset: '',
    kind: 'agent',
    name: 'ops-agent',
    aliases: [],
    repository: 'acme/acme-platform',
    path: 'agents/ops_agent/agent.py',
    owner: 'platform-oncall',
    state: 'approved',
    domain: 'operations',
    attested: '2026-10-01',
    review: {
      reviewer: 'Maria Silva',
      date: '2026-09-28',
      decision: 'approved-with-conditions',
      conditions: 'no shell in production',
      nextReview: '2027-03-28',
    },
  });
});

test.each([
  ['agents.csv', 'name,owner,repository\nops,team,r\n', 'registry', 1],
  ['agents.json', '[{"name": "a", "state": "active"}, {"name": "b"}]', 'registry', 2],
  ['agents.yml', 'agents:\n  ops: {owner: team}\nservers: [grafana]\n', 'registry', 2],
  ['list.csv', 'Name;Platform;Owner\nSales;HubSpot;s\n', 'agents', 1],
  ['list.json', '{"agents": [{"name": "a", "vendor": "x"}]}', 'agents', 1],
] as const)('%s is told by its content', (name, text, type, count) => {
  const { content } = recogniseList(name, text);
  expect([content.type, 'entries' in content ? content.entries.length : 0]).toEqual([type, count]);
});

test.each([
  ['notes.md', '# Notes\n- a\n', 'is none of the lists'],
  ['a.json', '{"a": 1}', 'is none of the lists'],
  ['a.csv', 'x,y\n1,2\n', 'is none of the lists'],
  ['a.json', '', 'holds no JSON value'],
  ['a.yaml', 'a: [', 'line'],
  ['a.yaml', 'schema: countersign-registry/2\nagents: []\n', 'no form that this version knows'],
] as const)('%s with %j is refused with words', (name, text, words) => {
  expect(() => recogniseList(name, text)).toThrow(words);
});

test('what is not understood is told with its line, and the rest counts', () => {
  const { content, issues } = recogniseList(
    'r.yaml',
    'schema: countersign-registry/1\nagents:\n  - name: a\n    state: great\n  - owner: b\n  - name: c\n    state: Active\n',
  );
  expect(issues).toEqual([
    { line: 3, message: "'great' is no state: proposed, approved, retired" },
    { line: 5, message: 'an entry needs a name' },
  ]);
  expect(content.type === 'registry' ? content.entries.map(({ name, state }) => [name, state]) : null).toEqual([
    ['a', null],
    ['c', 'approved'],
  ]);
});

test('text that looks like a secret is not kept', () => {
  const secret = ['FAKE', 'ghp', '0123456789abcdefghijABCDEFGHIJ0123'].join('_');
  const read = recogniseList(
    'a.csv',
    `name,system,id,description,url\nx,y,${secret},token=${secret},https://u:${secret}@h.example\n`,
  );
  expect(JSON.stringify(read.content)).not.toContain(secret);
});

test('files are read within limits, links are not followed', () => {
  const folder = plantedFolder({ 'r.csv': 'name,owner\na,b\n', 'link.csv': { link: 'r.csv' } });
  expect(readImportFile(join(folder, 'r.csv'))).toMatchObject({ name: 'r.csv', content: { type: 'registry' } });
  for (const name of ['none.csv', 'link.csv', '.'])
    expect(() => readImportFile(join(folder, name))).toThrow('cannot be read');
});

test('whatever stands in a file, it is read or refused with words', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('agents:', 'stores:', 'name,system', '- name: ', '"', '\n', '[', '{'),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.constantFrom('a.csv', 'a.yaml', 'a.json', 'a'), (parts, name) => {
      try {
        importContentSchema.parse(recogniseList(name, parts.join('')).content);
      } catch (error) {
        expect(error).toMatchObject({ name: 'AppError' });
      }
    }),
    { numRuns: 500 },
  );
});

const found = (name: string, more: Partial<Found> = {}): Found => ({
  id: `agent:${name}`,
  kind: 'agent',
  name,
  repositories: ['acme-platform'],
  files: [`agents/${name}/agent.py`],
  ...more,
});
const registered = (entry: Partial<RegistryEntry>): Registered => ({
  file: 'r.yaml',
  entry: {
    line: 1,
    id: '',
    asset: '',
    kind: 'agent',
    name: '',
    aliases: [],
    repository: '',
    path: '',
    owner: null,
    state: null,
    domain: '',
    attested: '',
    review: null,
    ...entry,
  },
});
const compared = (things: readonly Found[], entries: readonly Partial<RegistryEntry>[]) => {
  const match = matchRegistry(things, entries.map(registered));
  return {
    both: match.both.map(
      (each) => `${each.registered.entry.name || each.registered.entry.asset} = ${each.found.name} by ${each.by}`,
    ),
    shadow: match.shadow.map(({ name }) => name),
    gone: match.gone.map(({ entry }) => entry.name),
    ambiguous: match.ambiguous.map(
      (each) => `${each.registered.entry.name}: ${each.candidates.map(({ id }) => id).join(' ')}`,
    ),
  };
};

test('all but one registered: exactly that one is shadow, and a registered one that is gone is listed', () => {
  const things = ['ops-agent', 'incidentBot', 'Codex in app', 'left-out'].map((name) => found(name));
  expect(
    compared(things, [
      { name: 'OPS agent', repository: 'https://github.example/acme/acme-platform.git' },
      { name: 'incident-bot' },
      { asset: 'agent:Codex in app' },
      { name: 'old-bot', repository: 'acme-platform' },
    ]),
  ).toEqual({
    both: [
      'agent:Codex in app = Codex in app by id',
      'OPS agent = ops-agent by name and repository',
      'incident-bot = incidentBot by name',
    ],
    shadow: ['left-out'],
    gone: ['old-bot'],
    ambiguous: [],
  });
});

test('an entry that several fit is ambiguous, and none of them counts; path or exact name decide', () => {
  const one = found('helper', { id: 'agent:1', repositories: ['one'], files: ['a/helper.md'] });
  const two = found('helper', { id: 'agent:2', repositories: ['two'], files: ['b/helper.md'] });
  expect(compared([one, two], [{ name: 'helper' }])).toEqual({
    both: [],
    shadow: [],
    gone: [],
    ambiguous: ['helper: agent:1 agent:2'],
  });
  expect(compared([one, two], [{ name: 'helper', path: 'b' }])).toMatchObject({
    both: ['helper = helper by name and path'],
    shadow: ['helper'],
  });
  expect(compared([one, two], [{ name: 'other', path: 'a/helper.md', repository: 'one' }]).both).toEqual([
    'other = helper by path',
  ]);
  expect(compared([one, two], [{ name: 'helper', repository: 'three' }]).gone).toEqual(['helper']);
  const exact = found('Helper', { id: 'agent:3' });
  expect(compared([one, exact], [{ name: 'Helper' }])).toMatchObject({
    both: ['Helper = Helper by name'],
    shadow: ['helper'],
  });
  // A vague entry takes what a surer one left.
  expect(compared([one, two], [{ name: 'helper' }, { name: 'helper', repository: 'one' }])).toMatchObject({
    both: ['helper = helper by name and repository', 'helper = helper by name'],
    ambiguous: [],
  });
});

test('servers are judged only where a register lists servers; a natural key names a thing as well', () => {
  const server = found('grafana', { kind: 'mcp-server', id: publicAssetId('mcp-server', 'url:https://g.example') });
  const other = found('jira', { kind: 'mcp-server', id: 'mcp-server:2' });
  expect(compared([server, other], [{ name: 'x' }]).shadow).toEqual([]);
  expect(compared([server, other], [{ kind: 'mcp-server', asset: 'url:https://g.example' }])).toMatchObject({
    both: ['url:https://g.example = grafana by id'],
    shadow: ['jira'],
  });
});
