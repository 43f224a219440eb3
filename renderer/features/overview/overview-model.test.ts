import { describe, expect, it } from 'vitest';
import type { ScanStatus, ScanSummary } from '../../../shared/model/scan.ts';
import { issueLines, literalSecrets, orderChanges, scanBefore, shownScan } from './overview-model.ts';

const scan = (number: number, status: ScanStatus): ScanSummary => ({
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
  tool: '',
});

describe('overview', () => {
  it('shows the latest complete scan, and a partial one only where there is no complete one', () => {
    const scans = [scan(1, 'complete'), scan(4, 'partial'), scan(3, 'complete'), scan(5, 'running')];
    expect(shownScan(scans)?.number).toBe(3);
    expect(scanBefore(scans, scan(3, 'complete'))?.number).toBe(1);
    expect(shownScan([scan(1, 'failed'), scan(2, 'partial')])?.number).toBe(2);
    expect(shownScan([scan(1, 'failed')])).toBeNull();
  });

  it('does not compare a partial scan: what it did not reach is not gone', () => {
    expect(scanBefore([scan(1, 'complete'), scan(2, 'partial')], scan(2, 'partial'))).toBeNull();
  });

  it('lists the places of values, not the references', () => {
    const asset = {
      id: 'c',
      kind: 'credential',
      name: 'TOKEN',
      origin: 'declared',
      confidence: 'high',
      properties: {
        literal: true,
        forms: [
          { form: 'reference', host: 'cursor', place: 'app/a.json', line: 1 },
          { form: 'literal', host: 'cursor', place: 'app/b.json', line: 7 },
        ],
      },
      evidence: [],
    } as const;
    const detail = { asset, roots: [], relations: [], relationsLeftOut: 0 };
    expect(literalSecrets(detail as never)).toEqual([{ id: 'c', name: 'TOKEN', place: 'app/b.json', line: 7 }]);
    expect(literalSecrets({ ...detail, asset: { ...asset, properties: {} } } as never)).toEqual([]);
  });

  it('puts new agents first', () => {
    const change = (kind: string, how: 'added' | 'removed' | 'changed') => ({
      change: how,
      id: `${how} ${kind}`,
      kind,
      name: '',
      properties: [],
    });
    expect(
      orderChanges([
        change('tool', 'changed'),
        change('tool', 'added'),
        change('agent', 'removed'),
        change('agent', 'added'),
      ]).map(({ id }) => id),
    ).toEqual(['added agent', 'added tool', 'removed agent', 'changed tool']);
  });

  it('makes one line per file of the issues', () => {
    const issue = (path: string, line: number | null) => ({ source: 's', path, line, message: 'broken' });
    expect(issueLines([issue('a', 1), issue('b', null), issue('a', 2)])).toEqual([
      { path: 'a', line: 1, message: 'broken', more: 1 },
      { path: 'b', line: null, message: 'broken', more: 0 },
    ]);
  });
});
