import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { fuzzyMatch, rankActions, readPaletteText } from './palette-model.ts';

const action = (id: string, title: string, words?: string): Action => ({
  id,
  title,
  group: 'Window',
  ...(words === undefined ? {} : { words }),
  run: () => {},
});
const actions = [
  action('inventory', 'Open Inventory'),
  action('settings', 'Open Settings'),
  action('rescan', 'Rescan'),
  action('dark', 'Theme: night', 'dark'),
];
const titles = (query: string, recent: readonly string[] = []) =>
  rankActions(actions, query, recent).map(({ action: { id } }) => id);

describe('palette', () => {
  it('reads the prefix as the mode', () => {
    expect(readPaletteText('> res ')).toEqual({ mode: 'commands', query: 'res' });
    expect(readPaletteText('@support')).toEqual({ mode: 'agents', query: 'support' });
    expect(readPaletteText('/src')).toEqual({ mode: 'paths', query: 'src' });
    expect(readPaletteText('#secret')).toEqual({ mode: 'findings', query: 'secret' });
    expect(readPaletteText('support')).toEqual({ mode: 'everything', query: 'support' });
    expect(readPaletteText('')).toEqual({ mode: 'everything', query: '' });
  });

  it('takes a call for a question, and only a whole one', () => {
    expect(readPaletteText(' run: rm -rf build ')).toEqual({ mode: 'call', query: 'run: rm -rf build' });
    expect(readPaletteText('run:')).toEqual({ mode: 'everything', query: 'run:' });
    expect(readPaletteText('https://x.example')).toEqual({ mode: 'everything', query: 'https://x.example' });
  });

  it('shows recent actions first while nothing is typed', () => {
    expect(titles('', ['rescan', 'settings'])).toEqual(['rescan', 'settings', 'inventory', 'dark']);
  });

  it('finds by first letters of words, by parts and by further words', () => {
    expect(titles('oi')[0]).toBe('inventory');
    expect(titles('set')[0]).toBe('settings');
    expect(titles('dark')).toEqual(['dark']);
    expect(titles('zzz')).toEqual([]);
  });

  it('prefers the start of a word over the middle of one', () => {
    expect(titles('s').at(0)).toBe('settings');
  });

  it('falls back where preferring word starts would miss', () => {
    expect(fuzzyMatch('obc', 'oabc b')?.at).toEqual([0, 2, 3]);
  });

  it('marks letters of the query in order, or does not match', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.string({ maxLength: 30 }), (query, text) => {
        const match = fuzzyMatch(query, text);
        if (match === null) return;
        const marked = match.at.map((index) => text.toLowerCase().charAt(index)).join('');
        const wanted = query.trim().toLowerCase();
        expect([wanted, wanted.replaceAll(/\s+/g, '')]).toContain(marked);
        expect(match.at).toEqual(match.at.toSorted((first, second) => first - second));
      }),
    );
  });
});
