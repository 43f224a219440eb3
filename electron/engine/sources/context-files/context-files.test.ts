import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { readText } from '../reading.test-support.ts';
import type { AssetDraft, Reading } from '../source.ts';
import { labelEnvironment, reachOf } from './label-environments.ts';
import { labelStore, sensitivityOf } from './label-stores.ts';
import { contextLinker } from './link.ts';
import { parseList, readContextLists } from './lists.ts';
import { organisationLists } from './organisation-lists.ts';

const classification = `store,kind,classification,regulation,owner
s3://acme-customer-exports,object-store,personal-data,GDPR,data-office
rds:incidents,database,internal,,sre-tools
secretsmanager:prod/*,secret-store,secret,,security
s3://acme-*,object-store,internal,,platform
`;
const environments = `environments:
  - name: production
    regulated: true
    aws_accounts: ["111122223333"]
    azure_subscriptions: ["00000000-0000-4000-8000-00000000a001"]
    hosts: ["*.acme.example"]
  - name: staging
    regulated: false
    aws_accounts: ["444455556666"]
    paths: ["terraform/staging"]
owners:
  ops-agent: platform-oncall
  incident-intake: ""
approvers:
  minimum: 2
`;

const rows = readContextLists(parseList(classification, 'csv')).stores;
const entries = readContextLists(parseList(environments, 'yaml')).environments;

test('lists are read with their lines; numbers of subscriptions are names, not secrets', () => {
  expect(rows[0]).toEqual({
    store: 's3://acme-customer-exports',
    type: 'object-store',
    classification: 'personal-data',
    regulation: 'GDPR',
    owner: 'data-office',
    line: 2,
    endLine: 2,
  });
  const lists = readContextLists(parseList(environments, 'yaml'));
  expect(lists.environments[0]).toMatchObject({
    name: 'production',
    regulated: true,
    members: { awsAccounts: ['111122223333'], azureSubscriptions: ['00000000-0000-4000-8000-00000000a001'] },
    line: 2,
  });
  expect(lists.owners).toEqual([
    { name: 'ops-agent', owner: 'platform-oncall', line: 12, endLine: 12 },
    { name: 'incident-intake', owner: '', line: 13, endLine: 13 },
  ]);
});

test('the same lists in another form say the same', () => {
  const json = JSON.stringify({ stores: [{ store: 's3://x', class: 'secret', 'data owner': 'a' }] });
  expect(readContextLists(parseList(json, 'json')).stores).toMatchObject([
    { store: 's3://x', classification: 'secret', owner: 'a' },
  ]);
  const table = 'environment,regulated,AWS account\nproduction,yes,111122223333\nproduction,,222233334444\n';
  expect(readContextLists(parseList(table, 'csv')).environments).toMatchObject([
    {
      name: 'production',
      regulated: true,
      members: { awsAccounts: ['111122223333', '222233334444'] },
      line: 2,
      endLine: 3,
    },
  ]);
  const map = 'environments:\n  production:\n    regulated: true\n';
  expect(readContextLists(parseList(map, 'yaml')).environments).toMatchObject([
    { name: 'production', regulated: true },
  ]);
});

test('a file of another tool with such a name holds no list', () => {
  for (const [path, text] of [
    ['environments.yaml', 'environments:\n  default:\n    values: [a.yaml]\n'],
    ['environments.json', '{"environments": ["a"]}'],
    ['data-classification.csv', 'a,b\n1,2\n'],
  ] as const) {
    expect(readText(organisationLists, path, text)).toMatchObject({
      status: 'read',
      detail: 'no list of stores, environments or owners',
    });
  }
  expect(readText(organisationLists, 'environments.json', '{').status).toBe('not-supported');
  expect(readText(organisationLists, 'environments.yaml', 'environments: {{ .Values.x }}: [').status).toBe(
    'not-supported',
  );
});

test('a list that is broken is told, with what could be read', () => {
  const text = '{"stores": [{"store": "a", "classification": "secret"}';
  const reading = readText(organisationLists, 'data-classification.json', text);
  expect([reading.status, reading.statements?.map(({ subject }) => subject)]).toEqual(['malformed', ['a']]);
  expect(readText(organisationLists, 'data-classification.yaml', 'stores: [').status).toBe('malformed');
});

test.each([
  [{ name: 's3://acme-customer-exports', properties: {} }, 'personal-data', false],
  [{ name: 'exports', properties: { arn: 'arn:aws:s3:::acme-customer-exports' } }, 'personal-data', false],
  [{ name: 'acme-customer-exports', properties: { type: 'aws_s3_bucket' } }, 'personal-data', false],
  [{ name: 'acme-customer-exports', properties: {} }, 'personal-data', true],
  [{ name: 'acme-other', properties: { type: 's3' } }, 'internal', false],
  [{ name: 'incidents', properties: { engine: 'postgres' } }, 'internal', false],
  [{ name: 'INCIDENTS_DATABASE_URL', properties: {} }, 'internal', true],
  [{ name: 'x', properties: { arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db' } }, 'secret', false],
  [{ name: 'customerRecords', properties: {} }, 'personal-data', true],
  [{ name: 'tfstate', properties: {} }, 'secret', true],
] as const)('%j is %s', (store, expected, guess) => {
  const label = labelStore(store, rows);
  expect([label?.class, label?.guess]).toEqual([expected, guess]);
});

test('where neither list nor name speaks, nothing is said', () => {
  expect(labelStore({ name: 'thing', properties: {} }, rows)).toBeNull();
  expect(labelEnvironment({ name: 'thing', properties: {}, places: ['repo/src/a.py'] }, entries)).toBeNull();
  expect(sensitivityOf('Level 7')).toBeNull();
});

test.each([
  [{ role: 'arn:aws:iam::111122223333:role/x' }, [], 'production', false],
  [{ scope: '/subscriptions/00000000-0000-4000-8000-00000000a001/resourceGroups/x' }, [], 'production', false],
  [{ url: 'https://tickets.acme.example/mcp' }, [], 'production', false],
  [{ role: 'arn:aws:iam::444455556666:role/x' }, [], 'staging', false],
  [{ a: 'arn:aws:iam::444455556666:role/x', b: 'arn:aws:iam::111122223333:role/x' }, [], undefined, undefined],
  [{}, ['repo/terraform/staging/main.tf'], 'staging', false],
  [{}, ['repo/deploy/values-prod.yaml'], 'production', true],
  [{ url: 'https://dev.other.example/mcp' }, [], 'development', true],
] as const)('%j in %j runs in %s', (properties, places, expected, guess) => {
  const label = labelEnvironment({ name: 'thing', properties, places }, entries);
  expect([label?.name, label?.guess]).toEqual([expected, guess]);
});

test('accounts and hosts are read from anywhere in the facts', () => {
  expect(
    reachOf({
      a: [{ b: 'arn:aws:iam::111122223333:role/x' }],
      c: 'bot@acme-prod.iam.gserviceaccount.com',
      d: 'see https://U:p@Mcp.Acme.example:8443/x',
    }),
  ).toEqual({
    awsAccounts: ['111122223333'],
    azureSubscriptions: [],
    gcpProjects: ['acme-prod'],
    hosts: ['mcp.acme.example'],
  });
});

const store = (key: string): AssetDraft => ({ kind: 'data-store', key, name: key, lines: { line: 1, endLine: 1 } });
const reading = (assets: readonly AssetDraft[], relations: Reading['relations'] = []) => ({ assets, relations });

test('lists beside the files mark stores and agents of their project alone, with the line that says so', () => {
  const list = (path: string, text: string, anchor: string) => ({
    place: `${anchor}/${path}`,
    source: 'context-files/lists',
    cap: 'high' as const,
    reading: readText(organisationLists, path, text, { place: `${anchor}/${path}`, anchor }),
  });
  const agent = { kind: 'agent', key: 'ops' } as const;
  const role = { kind: 'identity', key: 'role' } as const;
  const lines = { line: 1, endLine: 1 };
  const facts = reconcile(
    [
      list('data-classification.csv', classification, 'repo/governance'),
      list('environments.yaml', environments, 'repo/governance'),
      {
        place: 'repo/main.tf',
        source: 't',
        cap: 'high',
        reading: reading(
          [
            store('s3://acme-customer-exports'),
            { ...agent, name: 'ops', lines },
            { kind: 'workload', key: 'w', name: 'w', properties: { role: 'arn:aws:iam::444455556666:role/r' }, lines },
            { kind: 'agent', key: 'deployed', name: 'deployed', lines },
            { ...role, name: 'role', properties: { arn: 'arn:aws:iam::111122223333:role/r' }, lines },
          ],
          [
            { kind: 'runs-as', from: agent, to: role, lines },
            { kind: 'exposes', from: { kind: 'workload', key: 'w' }, to: { kind: 'agent', key: 'deployed' }, lines },
          ],
        ),
      },
      { place: 'other/main.tf', source: 't', cap: 'high', reading: reading([store('s3://acme-customer-logs')]) },
    ],
    [contextLinker],
  );
  const labels = facts.assets.map(({ name, properties }) => [
    name,
    properties['classification'] ?? properties['deployedTo'],
  ]);
  expect(labels).toEqual([
    [
      's3://acme-customer-logs',
      {
        class: 'personal-data',
        sensitivity: 'restricted',
        guess: true,
        confidence: 'low',
        because: 'its name holds "customer"',
      },
    ],
    [
      's3://acme-customer-exports',
      {
        class: 'personal-data',
        sensitivity: 'restricted',
        guess: false,
        confidence: 'high',
        because: 'listed as s3://acme-customer-exports',
        regulation: 'GDPR',
        owner: 'data-office',
        place: 'repo/governance/data-classification.csv',
        line: 2,
      },
    ],
    [
      'ops',
      {
        name: 'production',
        regulated: true,
        guess: false,
        confidence: 'high',
        because: 'runs as an identity of it: AWS account 111122223333',
        place: 'repo/governance/environments.yaml',
        line: 2,
      },
    ],
    ['w', expect.objectContaining({ name: 'staging', because: 'AWS account 444455556666' })],
    [
      'deployed',
      expect.objectContaining({ name: 'staging', because: 'deployed by a workload of it: AWS account 444455556666' }),
    ],
    ['role', expect.objectContaining({ name: 'production', because: 'AWS account 111122223333' })],
  ]);
});
