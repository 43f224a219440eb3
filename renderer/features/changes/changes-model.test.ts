import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/model/changes.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import {
  changeDifferences,
  changeSummary,
  chooseChanges,
  chosenScans,
  kindRows,
  scanOfSide,
  totalOf,
} from './changes-model.ts';

const change = (kind: string, type: Change['change'], more: Partial<Change> = {}): Change => ({
  change: type,
  kind,
  id: `${kind}:1`,
  name: kind,
  fields: [],
  before: [],
  after: [],
  ...more,
});

const scan = (number: number, status: ScanSummary['status'] = 'complete'): ScanSummary => ({
  number,
  status,
  startedAt: number,
  endedAt: number,
  roots: [],
  home: null,
  fsRoot: null,
  files: 0,
  filesRead: 0,
  folders: 0,
  assets: 0,
  relations: 0,
  issues: 0,
  couldNotTell: 0,
  tool: 'test',
});

describe('changes', () => {
  it('name the kinds that matter even where nothing differs, then the others that differ', () => {
    const counts = { hook: { added: 1, removed: 0, changed: 0 }, agent: { added: 0, removed: 2, changed: 3 } };
    expect(kindRows({ counts }).map(({ title, added, removed, changed }) => [title, added, removed, changed])).toEqual([
      ['Agents', 0, 2, 3],
      ['MCP servers', 0, 0, 0],
      ['Tools', 0, 0, 0],
      ['Permission rules', 0, 0, 0],
      ['Models', 0, 0, 0],
      ['Prompts', 0, 0, 0],
      ['Hooks', 1, 0, 0],
    ]);
    expect(totalOf({ counts })).toMatchObject({ added: 1, removed: 2, changed: 3 });
  });

  it('come by kind, new before gone before changed, and only those that were asked for', () => {
    const all = [
      change('tool', 'added'),
      change('agent', 'changed'),
      change('agent', 'removed'),
      change('rule', 'added'),
    ];
    const names = (query: { kind: string; change: string }) =>
      chooseChanges(all, query).map((item) => `${item.kind} ${item.change}`);
    expect(names({ kind: '', change: '' })).toEqual(['agent removed', 'agent changed', 'tool added', 'rule added']);
    expect(names({ kind: 'agent', change: 'changed' })).toEqual(['agent changed']);
    expect(names({ kind: '', change: 'added' })).toEqual(['tool added', 'rule added']);
  });

  it('say what differs', () => {
    const item = change('mcp-server', 'changed', {
      fields: [
        { name: 'envNames', before: ['A'], after: ['A', 'B'] },
        { name: 'url', before: null, after: 'https://x.example' },
      ],
    });
    expect(changeSummary(item)).toBe('changed: env names, URL');
    expect(changeDifferences(item)).toEqual([
      { form: 'members', name: 'envNames', removed: [], added: ['B'] },
      { form: 'value', name: 'url', before: null, after: 'https://x.example' },
    ]);
  });

  it('know the scan of a side by its name', () => {
    expect([scanOfSide('scan 12'), scanOfSide('report.json')]).toEqual([12, null]);
  });

  it('compare the scans of the address, else the newest two complete ones', () => {
    const scans = [scan(1), scan(2, 'partial'), scan(3), scan(4), scan(5, 'running')];
    expect(chosenScans(scans, '', '')).toEqual({ from: 3, to: 4 });
    expect(chosenScans(scans, '1', '4')).toEqual({ from: 1, to: 4 });
    expect(chosenScans(scans, '2', '3')).toEqual({ from: 1, to: 3 });
    expect(chosenScans([scan(1)], '', '')).toBeNull();
  });
});
