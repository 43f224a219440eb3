import { describe, expect, it } from 'vitest';
import type { ImportSummary } from '../../../shared/contract/imports.ts';
import type { RegistryComparison } from '../../../shared/contract/registry.ts';
import { firstView, orderImports, reachWords, rowsSentence } from './registry-model.ts';

const nothing: RegistryComparison = {
  scan: 1,
  files: [],
  found: 0,
  registered: 0,
  both: [],
  shadow: [],
  gone: [],
  ambiguous: [],
  imported: [],
};

const shadow: RegistryComparison['shadow'][number] = {
  id: 'agent:1',
  kind: 'agent',
  name: 'one',
  place: 'a.py:1',
  lastSeen: 1,
  owners: [],
  source: 's',
  confidence: 'high',
  hasTools: true,
  hasData: false,
  canExecute: true,
};

const one: ImportSummary = {
  id: 1,
  type: 'registry',
  name: 'agents.yaml',
  sha256: '',
  rows: { entries: 1 },
  issues: [],
  by: 'Ada',
  at: 1,
  endedAt: null,
  endedBy: null,
};

describe('registry', () => {
  it('opens on the first part that has something to say', () => {
    expect(firstView(nothing)).toBe('shadow');
    const imported = [{ id: 'agent:2', name: 'two', system: 'S', entry: null }];
    expect(firstView({ ...nothing, imported, shadow: [shadow] })).toBe('imported');
    expect(firstView({ ...nothing, files: ['a'], imported, shadow: [shadow] })).toBe('shadow');
  });

  it('claims no reach that was not seen', () => {
    expect(reachWords(shadow)).toBe('tools, executes');
    expect(reachWords({ ...shadow, hasTools: false, canExecute: false })).toBe('none seen');
  });

  it('words and order of imports', () => {
    expect(rowsSentence({ entries: 2 })).toBe('2 entries');
    expect(rowsSentence({ stores: 1, environments: 0, owners: 3 })).toBe('1 store, 3 owners');
    expect(rowsSentence({})).toBe('no rows');
    const list = [
      { ...one, id: 1, at: 9, endedAt: 10 },
      { ...one, id: 2, at: 1 },
      { ...one, id: 3, at: 5 },
    ];
    expect(orderImports(list).map(({ id }) => id)).toEqual([3, 2, 1]);
  });
});
