import { describe, expect, it } from 'vitest';
import type { AssetVersion } from '../../../shared/contract/assets.ts';
import type { LifecycleEvent } from '../../../shared/contract/inventory.ts';
import { historyRows } from './history-model.ts';

const event = (more: Partial<LifecycleEvent>): LifecycleEvent => ({
  type: 'found',
  asset: 'agent:1',
  kind: 'agent',
  name: 'one',
  at: 1,
  scan: 1,
  by: '',
  detail: [],
  ...more,
});
const version = (sinceScan: number, untilScan: number | null): AssetVersion => ({
  sinceScan,
  untilScan,
  sinceTime: sinceScan,
  name: 'one',
  changed: [],
});

describe('history of an asset', () => {
  it('holds a change against the form before it, and nothing else', () => {
    const rows = historyRows(
      [
        event({ type: 'declared', at: 9, scan: null, by: 'Ada', detail: ['approved'] }),
        event({ type: 'changed', at: 5, scan: 5, detail: ['envNames'] }),
        event({}),
      ],
      [version(5, null), version(1, 3)],
    );
    expect(rows.map(({ text, from, scans }) => ({ text, from, scans }))).toEqual([
      { text: 'State set to approved', from: 'Ada', scans: null },
      { text: 'Changed: env names', from: 'scan 5', scans: { before: 3, after: 5 } },
      { text: 'Found', from: 'scan 1', scans: null },
    ]);
  });

  it('says what was taken back', () => {
    const rows = historyRows(
      [
        event({ type: 'declared', scan: null, by: 'Ada' }),
        event({ type: 'owner-set', scan: null, by: 'Ada' }),
        event({ type: 'owner-set', scan: null, by: 'Ada', detail: [''] }),
        event({ type: 'reviewed', scan: null, by: 'Ada', detail: ['approved-with-conditions'] }),
      ],
      [],
    );
    expect(rows.map(({ text }) => text)).toEqual([
      'State taken back',
      'Owner left to what files say',
      'Owner set to nobody',
      'Reviewed: approved with conditions',
    ]);
  });
});
