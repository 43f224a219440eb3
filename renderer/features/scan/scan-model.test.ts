import { describe, expect, it } from 'vitest';
import type { ScanProgress } from '../../../shared/model/scan.ts';
import { issuesByFile, orderPlaces, progressSentence, progressShare } from './scan-model.ts';

const progress: ScanProgress = {
  number: 1,
  phase: 'reading',
  folders: 9,
  files: 1204,
  filesRead: 312,
  filesWanted: 1204,
  agents: 9,
  issues: 0,
  current: '',
};

describe('scan', () => {
  it('says how far it is only when the whole is known', () => {
    expect(progressShare({ ...progress, phase: 'walking' })).toBeNull();
    expect(progressShare({ ...progress, filesWanted: 0 })).toBeNull();
    expect(progressShare({ ...progress, filesRead: 1300 })).toBeNull();
    expect(progressShare(progress)).toBeCloseTo(312 / 1204);
  });

  it('says what was found so far', () => {
    expect(progressSentence(progress)).toBe('312 of 1,204 files, 9 agents so far');
    expect(progressSentence({ ...progress, issues: 1 })).toBe('312 of 1,204 files, 9 agents so far, 1 issue');
    expect(progressSentence({ ...progress, phase: 'walking' })).toBe('1,204 files in 9 folders, 9 agents so far');
    expect(progressSentence({ ...progress, filesRead: 1300 })).toBe('1,300 files read, 9 agents so far');
  });

  it('puts what could not be told before what was read and what is not there', () => {
    const place = (path: string, status: 'read' | 'absent' | 'malformed' | 'skipped') =>
      ({ source: 's', scope: 'project', path, status, detail: '' }) as const;
    const places = [place('a', 'absent'), place('b', 'read'), place('d', 'skipped'), place('c', 'malformed')];
    expect(orderPlaces(places).map(({ path }) => path)).toEqual(['c', 'd', 'b', 'a']);
  });

  it('puts the issues of a file together in the order of its lines', () => {
    const issue = (path: string, line: number | null) => ({ source: 's', path, line, message: '' });
    expect(
      issuesByFile([issue('b', 3), issue('a', 9), issue('a', null), issue('a', 2)]).map((file) => [
        file.path,
        file.issues.map(({ line }) => line),
      ]),
    ).toEqual([
      ['a', [null, 2, 9]],
      ['b', [3]],
    ]);
  });
});
