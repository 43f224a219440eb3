import { describe, expect, it } from 'vitest';
import type { CoverageEntry } from '../../../shared/model/facts.ts';
import { cellWords, choosePlaces, columns, matrixRows, placesOf, platformOfScan } from './coverage-matrix.ts';

const entry = (source: string, scope: CoverageEntry['scope'], status: CoverageEntry['status']): CoverageEntry => ({
  source,
  scope,
  status,
  path: `/${source}/${scope}/${status}`,
  detail: '',
});
const productOf = (source: string): string => source.split('/')[0] ?? source;

describe('coverage matrix', () => {
  it('tells the platform of a scan by its home, else by this machine', () => {
    const scan = { roots: [], fsRoot: '/image' };
    expect(platformOfScan({ ...scan, home: '/Users/dev' }, 'linux')).toBe('macos');
    expect(platformOfScan({ ...scan, home: 'C:/Users/dev' }, 'linux')).toBe('windows');
    expect(platformOfScan({ ...scan, home: '/home/dev' }, 'win32')).toBe('linux');
    expect(platformOfScan({ ...scan, home: null, fsRoot: null }, 'darwin')).toBe('macos');
  });

  it('merges the newest scan of each platform; projects are those of the newest alone', () => {
    const places = placesOf(
      [
        { scan: 3, platform: 'linux', entries: [entry('a/x', 'user', 'read'), entry('a/x', 'project', 'malformed')] },
        { scan: 2, platform: 'macos', entries: [entry('a/x', 'user', 'absent'), entry('a/x', 'project', 'read')] },
        { scan: 1, platform: 'linux', entries: [entry('b/x', 'user', 'read')] },
      ],
      productOf,
    );
    const rows = matrixRows(places, new Set(['linux', 'macos']));
    expect(rows.map(({ product }) => product)).toEqual(['a']);
    const words = (rows[0]?.cells ?? []).map((cell, index) => [
      `${columns[index]?.scope} ${columns[index]?.platform}`,
      cell.outcome,
      cellWords(cell),
    ]);
    expect(words).toEqual([
      ['project any', 'untold', '1 malformed'],
      ['local any', 'none', ''],
      ['user linux', 'found', '1 read'],
      ['managed linux', 'none', ''],
      ['user macos', 'absent', 'not there'],
      ['managed macos', 'none', ''],
      ['user windows', 'not-looked', 'not scanned'],
      ['managed windows', 'not-looked', 'not scanned'],
    ]);
  });

  it('one file that was read does not make good for one that was not', () => {
    const places = placesOf(
      [{ scan: 1, platform: 'linux', entries: [entry('a/x', 'user', 'read'), entry('a/y', 'user', 'unreadable')] }],
      productOf,
    );
    const cell = matrixRows(places, new Set(['linux']))[0]?.cells[2];
    expect(cell?.outcome).toBe('untold');
    expect(
      choosePlaces(places, { product: 'a', column: 'user.linux', status: '' }).map(({ status }) => status),
    ).toEqual(['unreadable', 'read']);
    expect(choosePlaces(places, { product: '', column: '', status: 'read' })).toHaveLength(1);
  });
});
