import { expect, test } from 'vitest';
import type { Asset } from '../../shared/model/facts.ts';
import type { AssetKind } from '../../shared/kinds.ts';
import type { LabelledItem } from './label-format.ts';
import { type Judged, scoreOf } from './match.ts';

const asset = (kind: AssetKind, name: string, file: string, line: number): Asset => ({
  id: `${kind}:${name}:${file}:${line}`,
  kind,
  name,
  origin: 'declared',
  confidence: 'high',
  properties: {},
  evidence: [{ root: 0, file, line, endLine: line, source: 'test/source' }],
});
const item = (kind: AssetKind, name: string, file: string | null, line: number | null): LabelledItem => ({
  kind,
  name,
  file,
  line,
});
const judged = (items: readonly LabelledItem[], more: Partial<Judged> = {}): Judged => ({
  covers: [''],
  complete: ['agent'],
  items: [...items],
  negative: [],
  ...more,
});
const numbers = (labels: Judged, assets: readonly Asset[]): readonly number[][] =>
  scoreOf(labels, assets).kinds.map((kind) => [kind.labelled, kind.found, kind.reported, kind.right]);

test('an item is found at its place, three lines off at most, whatever the spelling of its name', () => {
  const labels = judged([item('agent', 'ops-agent', 'a.py', 10)]);
  expect(numbers(labels, [asset('agent', 'Ops agent', 'a.py', 13)])).toEqual([[1, 1, 1, 1]]);
  expect(numbers(labels, [asset('agent', 'Ops agent', 'a.py', 14)])).toEqual([[1, 0, 1, 0]]);
  expect(numbers(labels, [asset('agent', 'Ops agent', 'b.py', 10)])).toEqual([[1, 0, 1, 0]]);
  expect(numbers(labels, [asset('tool', 'Ops agent', 'a.py', 10)])).toEqual([[1, 0, 0, 0]]);
});

test('two assets for one agent: the second is an error', () => {
  const labels = judged([item('agent', 'ops', 'a.py', 10)]);
  const score = scoreOf(labels, [asset('agent', 'ops', 'a.py', 10), asset('agent', 'ops', 'a.py', 11)]);
  expect(score.kinds[0]?.invented.map((one) => one.evidence[0]?.line)).toEqual([11]);
});

test('two servers that are configured twice are two assets, all right, and all labels are found', () => {
  const labels = judged([item('mcp-server', 'db', '.mcp.json', 3), item('mcp-server', 'db', '.cursor/mcp.json', 3)], {
    complete: ['mcp-server'],
  });
  const merged: Asset = {
    ...asset('mcp-server', 'db', '.mcp.json', 3),
    evidence: ['.mcp.json', '.cursor/mcp.json'].map((file) => ({ root: 0, file, line: 3, endLine: 3, source: 's/s' })),
  };
  expect(numbers(labels, [merged])).toEqual([[2, 2, 1, 1]]);
  expect(
    numbers(labels, [asset('mcp-server', 'db', '.mcp.json', 3), asset('mcp-server', 'db', '.cursor/mcp.json', 3)]),
  ).toEqual([[2, 2, 2, 2]]);
});

test('at the right place under another name: found, and said', () => {
  const score = scoreOf(judged([item('agent', 'triage', 'a.py', 10)]), [asset('agent', 'graph', 'a.py', 10)]);
  expect(score.kinds[0]?.renamed.map((one) => one.as)).toEqual(['graph']);
});

test('neighbours keep their own names', () => {
  const labels = judged([item('agent', 'one', 'a.py', 10), item('agent', 'two', 'a.py', 11)]);
  const score = scoreOf(labels, [asset('agent', 'two', 'a.py', 11)]);
  expect(score.kinds[0]?.missed.map((one) => one.name)).toEqual(['one']);
});

test('only what was read is judged, and a trap counts wherever it is', () => {
  const labels = judged([], { covers: ['src/'], negative: [{ file: 'docs/', why: 'documentation' }] });
  const score = scoreOf(labels, [asset('agent', 'x', 'other/a.py', 1), asset('agent', 'y', 'docs/a.py', 1)]);
  expect(score.kinds[0]?.reported).toBe(0);
  expect(score.trapped.map((one) => one.asset.name)).toEqual(['y']);
});

test('known by name alone', () => {
  const labels = judged([item('credential', 'API_KEY', null, null)], { complete: ['credential'] });
  expect(numbers(labels, [asset('credential', 'API_KEY', 'anywhere.py', 99)])).toEqual([[1, 1, 1, 1]]);
  expect(numbers(labels, [asset('credential', 'OTHER', 'anywhere.py', 99)])).toEqual([[1, 0, 1, 0]]);
});
