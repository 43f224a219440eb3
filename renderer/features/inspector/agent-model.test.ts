import { describe, expect, it } from 'vitest';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';
import type { Asset, Properties } from '../../../shared/model/facts.ts';
import { agentParts, dynamicSentences, exposureSentences } from './agent-model.ts';
import { governanceOf, governanceRows, isDue } from './governance-model.ts';
import { bySource, concludedFrom, confidenceReasons, importedPlace, linkSentences } from './why-model.ts';

const asset = (properties: Properties, more: Partial<Asset> = {}): Asset => ({
  id: 'agent:1',
  kind: 'agent',
  name: 'one',
  origin: 'declared',
  confidence: 'high',
  properties,
  evidence: [],
  ...more,
});

const evidence = (file: string, source: string, line = 1) => ({ root: 0, file, line, endLine: line, source });

const neighbour = (
  kind: RelationKind,
  direction: 'out' | 'in',
  of: AssetKind,
  name: string,
  dynamic = false,
): AssetDetail['relations'][number] => ({
  direction,
  other: { id: `${of}:${name}`, kind: of, name },
  relation: {
    id: `${kind} ${direction} ${of} ${name}`,
    kind,
    from: direction === 'out' ? 'agent:1' : `${of}:${name}`,
    to: direction === 'out' ? `${of}:${name}` : 'agent:1',
    origin: 'declared',
    confidence: 'high',
    properties: {},
    evidence: [evidence('a.py', 's', 3)],
    ...(dynamic ? { dynamic: true } : {}),
  },
});

const detail = (own: Asset, relations: AssetDetail['relations']): AssetDetail => ({
  asset: own,
  roots: ['/w'],
  relations,
  relationsLeftOut: 0,
});

describe('parts of an agent', () => {
  it('are sorted by what they are to it, each once', () => {
    const parts = agentParts([
      neighbour('uses', 'out', 'model', 'sonnet'),
      neighbour('configured-by', 'out', 'prompt', 'rules'),
      neighbour('uses', 'out', 'prompt', 'rules'),
      neighbour('uses', 'out', 'tool', 'refund'),
      neighbour('gated-by', 'out', 'approval-gate', 'human'),
      neighbour('exposes', 'in', 'workload', 'api'),
      neighbour('ingests', 'out', 'external-service', 'issues'),
      neighbour('authenticates-with', 'out', 'credential', 'KEY'),
      neighbour('uses', 'in', 'agent', 'caller'),
    ]);
    const names = Object.fromEntries(
      Object.entries(parts).map(([part, members]) => [part, members.map(({ other }) => other.name)]),
    );
    expect(names).toEqual({
      models: ['sonnet'],
      prompts: ['rules'],
      tools: ['refund'],
      servers: [],
      agents: [],
      gates: ['human'],
      exposure: ['api', 'issues'],
      credentials: ['KEY'],
    });
  });

  it('say who can start it and what stays dynamic', () => {
    const own = asset({
      whoCanTrigger: 'anyone',
      triggers: [{ event: 'issues', line: 4, anyone: true }],
      transport: 'decided at run time',
    });
    expect(exposureSentences(own)).toEqual(['who can trigger: anyone', 'triggers: event: issues, anyone: yes']);
    expect(dynamicSentences(detail(own, [neighbour('uses', 'out', 'tool', 'plugin', true)]))).toEqual([
      'tool plugin',
      'transport: decided at run time',
    ]);
    expect(dynamicSentences(detail(asset({}), []))).toEqual([]);
  });
});

describe('why it is here', () => {
  it('groups lines by the source that read them and keeps their numbers', () => {
    const lines = [evidence('a', 'x/one'), evidence('b', 'y/two'), evidence('c', 'x/one')];
    expect(bySource(lines).map(({ source, lines: own }) => [source, own.map(({ index }) => index)])).toEqual([
      ['x/one', [0, 2]],
      ['y/two', [1]],
    ]);
  });

  it('names what was taken for the same thing, where an import stands, and what a derived thing is concluded from', () => {
    expect(linkSentences(asset({ sameCodeAs: ['a.py#x'], declaredIn: 'crew.yaml' }))).toEqual([
      'the same code as a.py#x',
      'declared in crew.yaml',
    ]);
    expect(importedPlace(asset({ importedFrom: { file: 'saas.csv', line: 2, by: 'Ada', at: 5 } }))).toEqual({
      file: 'saas.csv',
      line: 2,
      by: 'Ada',
      at: 5,
    });
    expect(importedPlace(asset({}))).toBeNull();
    const derived = detail(asset({}, { origin: 'derived' }), [neighbour('uses', 'in', 'agent', 'caller')]);
    expect(concludedFrom(derived)).toEqual([
      { sentence: 'used by the agent caller', evidence: evidence('a.py', 's', 3) },
    ]);
    expect(concludedFrom(detail(asset({}, { evidence: [evidence('a', 's')] }), derived.relations))).toEqual([]);
  });

  it('gives every reason for doubt', () => {
    const reasons = confidenceReasons(
      asset(
        { capabilitiesKnown: false, configurations: [{ needsVerification: 'only in one version' }] },
        { confidence: 'low', dynamic: true },
      ),
    );
    expect(reasons).toHaveLength(4);
    expect(reasons).toContain('Only in one version.');
  });
});

describe('owner and state', () => {
  it("take a person's word with who and when, and never an absent one for a yes", () => {
    const own = asset({ governance: { registered: false, state: 'approved', stateBy: 'Ada', stateAt: 7 } });
    const said = governanceOf(own, null, []);
    expect(
      governanceRows(said, 'agent').map(({ title, text, isUntold, by, at }) => [title, text, isUntold, by, at]),
    ).toEqual([
      ['State', 'approved', false, 'by Ada', 7],
      ['Register', 'unregistered: found, and no register speaks of it', true, '', null],
    ]);
    const silent = governanceOf(asset({}), null, []);
    expect(governanceRows(silent, 'agent').map(({ isUntold }) => isUntold)).toEqual([true, true]);
    expect(governanceRows(silent, 'model').map(({ title }) => title)).toEqual(['State']);
  });

  it('a review is due on its day', () => {
    const noon = new Date(2026, 10, 20, 12);
    expect(['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => isDue(day, noon))).toEqual([true, true, false]);
  });
});
