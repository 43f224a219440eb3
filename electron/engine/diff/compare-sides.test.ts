import { expect, test } from 'vitest';
import type { Asset, Evidence, Relation } from '../../../shared/model/facts.ts';
import { compareSides, type DiffSide } from './compare-sides.ts';
import { namedRelations } from './diff-sides.ts';
import { withoutLines } from './plain-values.ts';

const at = (file: string, line: number, source = 'test/source'): Evidence => ({
  root: 0,
  file,
  line,
  endLine: line,
  source,
});
const asset = (
  kind: Asset['kind'],
  name: string,
  properties: Asset['properties'] = {},
  evidence: Evidence[] = [],
): Asset => ({
  id: `${kind}:${name}`,
  kind,
  name,
  origin: 'declared',
  confidence: 'high',
  properties,
  evidence,
});
const side = (name: string, assets: readonly Asset[], relations: readonly Relation[] = []): DiffSide => ({
  name,
  status: 'complete',
  at: null,
  roots: ['/app'],
  assets,
  relations: namedRelations(assets, relations),
});
const lines = (before: readonly Asset[], after: readonly Asset[]): readonly string[] =>
  compareSides(side('a', before), side('b', after)).changes.map(
    ({ change, kind, name, fields, before: old, after: fresh }) =>
      `${change} ${kind} ${name} [${fields.map((field) => `${field.name} ${JSON.stringify(field.before)} ${JSON.stringify(field.after)}`).join('; ')}] ${old[0]?.line ?? '-'} ${fresh[0]?.line ?? '-'}`,
  );

test('added, removed and changed, with both values and the lines on both sides; agents first', () => {
  expect(
    lines(
      [
        asset('model', 'm', { channel: 'pinned' }, [at('a.py', 3)]),
        asset('agent', 'gone', {}, [at('g.py', 1)]),
        asset('mcp-server', 'same', { configurations: [{ host: 'x', line: 4 }, { host: 'y' }] }, [at('s', 1)]),
      ],
      [
        asset('model', 'm', { channel: 'floating' }, [at('a.py', 9)]),
        asset('prompt', 'new', {}, [at('p.md', 1)]),
        asset('mcp-server', 'same', { configurations: [{ host: 'y' }, { line: 80, host: 'x' }] }, [at('s', 7)]),
      ],
    ),
  ).toEqual([
    'removed agent gone [] 1 -',
    'changed model m [channel "pinned" "floating"] 3 9',
    'added prompt new [] - 1',
  ]);
});

test('of lists only the members that differ are told', () => {
  expect(
    lines([asset('agent', 'a', { tools: ['x', 'y', 'z'] })], [asset('agent', 'a', { tools: ['z', 'new', 'x'] }, [])]),
  ).toEqual(['changed agent a [tools ["y"] ["new"]] - -']);
});

const rule = (list: string, text: string, line: number) => ({
  list,
  rule: text,
  scope: 'project',
  place: 'app/.claude/settings.json',
  line,
});
const agent = (...permissions: ReturnType<typeof rule>[]): Asset =>
  asset('agent', 'a', { permissions }, [at('.claude/settings.json', 1)]);

test('rules are compared one by one: come, gone, and moved to another list', () => {
  expect(
    lines(
      [agent(rule('deny', 'Bash(rm *)', 3), rule('allow', 'Read', 4), rule('allow', 'Edit', 5))],
      [agent(rule('allow', 'Bash(rm *)', 8), rule('allow', 'Read', 6), rule('ask', 'WebFetch', 9))],
    ),
  ).toEqual([
    'changed rule allow: Bash(rm *) (project) · a [list "deny" "allow"] 3 8',
    'removed rule allow: Edit (project) · a [] 5 -',
    'added rule ask: WebFetch (project) · a [] - 9',
  ]);
  expect(lines([agent(rule('allow', 'Read', 1))], [agent(rule('allow', 'Read', 99))])).toEqual([]);
  expect(lines([], [agent(rule('allow', 'Read', 2))])).toEqual([
    'added agent a [] - 1',
    'added rule allow: Read (project) · a [] - 2',
  ]);
});

test('relations are named at both ends; one more commit by the same person is no other owner', () => {
  const things = [asset('agent', 'a'), asset('tool', 't'), asset('person', 'p')];
  const relation = (kind: Relation['kind'], to: string, properties: Relation['properties'] = {}): Relation => ({
    id: `${kind}:${to}`,
    kind,
    from: 'agent:a',
    to,
    origin: 'derived',
    confidence: 'low',
    properties,
    evidence: [at('x', 1)],
  });
  const owned = (commit: string): Relation =>
    relation('owned-by', 'person:p', { by: 'git-recent', guess: true, commit });
  const { relations, counts } = compareSides(
    side('a', things, [owned('1'), relation('uses', 'tool:t', { via: 'x' })]),
    side('b', things, [owned('2'), relation('uses', 'tool:t', { via: 'y' }), relation('reads', 'tool:t')]),
  );
  expect(relations.map(({ change, kind, from, to }) => `${change} ${from.name} ${kind} ${to.name}`)).toEqual([
    'added a reads t',
    'changed a uses t',
  ]);
  expect(counts).toEqual({});
});

test('more than can be read is counted', () => {
  const many = Array.from({ length: 6000 }, (_item, index) => asset('tool', `t${index}`));
  const comparison = compareSides(side('a', []), side('b', many));
  expect([comparison.changes.length, comparison.leftOut, comparison.counts['tool']]).toEqual([
    5000,
    1000,
    { added: 6000, removed: 0, changed: 0 },
  ]);
});

test('lines and order mean nothing, everything else does', () => {
  expect(withoutLines([{ b: 1, line: 4, a: [2, 1] }, 'x'])).toEqual(['x', { a: [1, 2], b: 1 }]);
  expect(withoutLines({ line: 1, deep: { endLine: 3, value: null } })).toEqual({ deep: { value: null } });
});
