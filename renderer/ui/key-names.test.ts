import { expect, it } from 'vitest';
import { ariaKeys, keyCaps } from './key-names.ts';

it('prints the caps of the machine', () => {
  expect(keyCaps('mod+shift+p', false)).toEqual(['Ctrl', 'Shift', 'P']);
  expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keyCaps('g i', false)).toEqual(['G', 'I']);
  expect(keyCaps('alt+arrowleft', false)).toEqual(['Alt', '←']);
});

it('writes aria-keyshortcuts where it can', () => {
  expect(ariaKeys('mod+shift+p', false)).toBe('Control+Shift+P');
  expect(ariaKeys('mod+k', true)).toBe('Meta+K');
  expect(ariaKeys('g i', false)).toBeUndefined();
  expect(ariaKeys(undefined, false)).toBeUndefined();
});
