import { expect, test } from 'vitest';
import type { DraftEvidence, MergedAsset, MergedRelation } from '../sources/source.ts';
import { publicAssetId } from '../store/fact-ids.ts';
import type { RootContext } from './roots.ts';
import { toRows } from './to-rows.ts';

const app: RootContext = { id: 11, type: 'scan', label: 'app', path: '/w/app', disk: '/w/app' };
const other: RootContext = { id: 12, type: 'scan', label: 'b/lib', path: '/w/b/lib', disk: '/w/b/lib' };
const home: RootContext = { id: 13, type: 'home', label: '~', path: '/home/me', disk: '/home/me' };
const machine: RootContext = { id: 14, type: 'machine', label: '', path: '/', disk: '/' };
const roots = [app, other, home, machine];

const at = (place: string, line = 1): DraftEvidence => ({ place, line, endLine: line, source: 's' });
const asset = (kind: MergedAsset['kind'], key: string, evidence: DraftEvidence[], properties = {}): MergedAsset => ({
  kind,
  key,
  name: key,
  properties,
  origin: 'declared',
  confidence: 'high',
  dynamic: false,
  evidence,
});
const rows = (assets: MergedAsset[], relations: MergedRelation[] = [], repositories: [RootContext, string[]][] = []) =>
  toRows({ assets, relations, dangling: [] }, roots, new Map(repositories));

test('places become roots and paths again', () => {
  const evidence = rows([
    asset('agent', 'a', [
      at('/etc/x/y.json'),
      at('~/.x/s.json'),
      at('b/lib/f'),
      at('app/sub/f', 3),
      at('app/sub/f', 2),
      at('app'),
    ]),
  ]).assets[0]?.evidence;
  expect(evidence?.map(({ root, path, line }) => [root, path, line])).toEqual([
    [11, '', 1],
    [11, 'sub/f', 2],
    [11, 'sub/f', 3],
    [12, 'f', 1],
    [13, '.x/s.json', 1],
    [14, 'etc/x/y.json', 1],
  ]);
});

test('a place outside all roots keeps the fact and says where it claims to be', () => {
  expect(rows([asset('agent', 'a', [at('elsewhere/f')])]).assets[0]?.evidence).toEqual([
    { root: 11, path: 'elsewhere/f', line: 1, endLine: 1, source: 's' },
  ]);
});

test('an asset belongs to the innermost repository around its files, to several when they do', () => {
  const found = rows(
    [
      asset('agent', 'top', [at('app/f')]),
      asset('agent', 'inner', [at('app/packages/one/deep/f')]),
      asset('agent', 'both', [at('app/packages/one/f'), at('b/lib/f')]),
      asset('agent', 'home', [at('~/f')]),
    ],
    [],
    [
      [app, ['', 'packages/one']],
      [other, []],
    ],
  ).assets;
  const place = Object.fromEntries(found.map(({ name, properties }) => [name, properties]));
  expect(place).toEqual({
    top: { repository: 'app' },
    inner: { repository: 'one' },
    both: { repositories: ['lib', 'one'] },
    home: {},
  });
});

test('repositories that hold nothing else are left out, with the relations that touch them', () => {
  const uses: MergedRelation = {
    kind: 'uses',
    from: { kind: 'agent', key: 'a' },
    to: { kind: 'repository', key: 'app/empty' },
    discriminator: '',
    properties: {},
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    evidence: [],
  };
  const result = rows(
    [
      asset('agent', 'a', [at('app/full/f')]),
      asset('repository', 'app/full', [at('app/full/.git/config')]),
      asset('repository', 'app/empty', [at('app/empty/.git/config')]),
    ],
    [uses, { ...uses, to: { kind: 'repository', key: 'app/full' } }],
    [[app, ['full', 'empty']]],
  );
  expect(result.assets.map(({ key }) => key).sort()).toEqual(['a', 'app/full']);
  const byKey = (key: string): number => result.assets.findIndex((row) => row.key === key);
  expect(result.relations.map(({ from, to }) => [from, to])).toEqual([[byKey('a'), byKey('app/full')]]);
});

test('rows come in one order, whatever the order of the facts', () => {
  const assets = ['a', 'b', 'c', 'd'].map((key) => asset('agent', key, [at('app/f')]));
  const relation = (from: string, to: string, kind: MergedRelation['kind'] = 'uses'): MergedRelation => ({
    kind,
    from: { kind: 'agent', key: from },
    to: { kind: 'agent', key: to },
    discriminator: '',
    properties: {},
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    evidence: [],
  });
  const relations = [relation('a', 'b'), relation('a', 'c'), relation('c', 'a', 'reads'), relation('c', 'a')];
  const first = rows(assets, relations, [[app, ['']]]);
  expect(rows([...assets].reverse(), [...relations].reverse(), [[app, ['']]])).toEqual(first);
  expect(first.assets.map(({ publicId }) => publicId)).toEqual(
    ['a', 'b', 'c', 'd'].map((key) => publicAssetId('agent', key)).sort(),
  );
});
