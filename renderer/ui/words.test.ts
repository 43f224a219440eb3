import { describe, expect, it } from 'vitest';
import { ago, bytes, counted, duration, lastSegment, leadingPath } from './words.ts';

describe('words', () => {
  it('says how long ago', () => {
    const now = 1_000_000_000_000;
    expect([0, 59_000, 60_000, 3_600_000, 86_400_000, 3 * 86_400_000].map((age) => ago(now - age, now))).toEqual([
      'just now',
      'just now',
      '1 min ago',
      '1 h ago',
      '1 day ago',
      '3 days ago',
    ]);
  });

  it('says numbers with their unit', () => {
    expect([counted(1, 'file'), counted(1204, 'file'), counted(0, 'entry', 'entries')]).toEqual([
      '1 file',
      '1,204 files',
      '0 entries',
    ]);
    expect([duration(400), duration(12_000), duration(200_000), duration(180_000)]).toEqual([
      '0.4 s',
      '12 s',
      '3 min 20 s',
      '3 min',
    ]);
    expect([bytes(1), bytes(812), bytes(4 * 1024 * 1024), bytes(1536)]).toEqual([
      '1 byte',
      '812 bytes',
      '4 MB',
      '1.5 kB',
    ]);
  });

  it('cuts paths of every system', () => {
    expect(['/a/b.json', 'b.json', 'C:\\x\\y', '/a/b/', '/'].map(lastSegment)).toEqual([
      'b.json',
      'b.json',
      'y',
      'b',
      '/',
    ]);
    expect(['/a/b.json', 'b.json', 'a/b/c'].map(leadingPath)).toEqual(['/a', '', 'a/b']);
  });
});
