import { describe, expect, it } from 'vitest';
import { isBare, isSingleKey, type KeyPress, matchStep, stepOf } from './keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('keys', () => {
  it('writes a press as a step of a chord', () => {
    expect(stepOf(press('k', { ctrlKey: true }), false)).toBe('mod+k');
    expect(stepOf(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(stepOf(press('k', { ctrlKey: true }), true)).toBe('ctrl+k');
    expect(stepOf(press('P', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+p');
    expect(stepOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(stepOf(press('G', { shiftKey: true }), false)).toBe('shift+g');
    expect(stepOf(press('ArrowLeft', { altKey: true }), false)).toBe('alt+arrowleft');
    expect(stepOf(press(' '), false)).toBe('space');
  });

  it('does not take the Windows key for Ctrl', () => {
    expect(stepOf(press('k', { metaKey: true }), false)).toBe('k');
  });

  it('runs a complete chord, waits for a longer one, and starts over on a wrong second step', () => {
    const chords = ['g i', 'g g', 'r', 'mod+k'];
    expect(matchStep('', 'g', chords)).toEqual({ type: 'wait' });
    expect(matchStep('g', 'i', chords)).toEqual({ type: 'run', chord: 'g i' });
    expect(matchStep('g', 'r', chords)).toEqual({ type: 'run', chord: 'r' });
    expect(matchStep('g', 'x', chords)).toEqual({ type: 'none' });
    expect(matchStep('', 'mod+k', chords)).toEqual({ type: 'run', chord: 'mod+k' });
  });

  it('knows which chords could be text', () => {
    expect(['r', '?', '[', 'g i', 'shift+g'].map(isSingleKey)).toEqual([true, true, true, true, true]);
    expect(['mod+k', 'alt+arrowleft', 'escape', 'mod+shift+p'].map(isSingleKey)).toEqual([false, false, false, false]);
    expect(['escape', 'r', 'mod+k'].map(isBare)).toEqual([true, true, false]);
  });
});
