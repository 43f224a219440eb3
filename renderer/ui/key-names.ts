/** Whether this machine writes its command key as a symbol. */
export const isApple = (): boolean => /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '');

const apple: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃' };
const elsewhere: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl' };
const named: Readonly<Record<string, string>> = {
  enter: '↵',
  escape: 'Esc',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};

/** Caps to print for a chord: `mod+shift+p` gives Ctrl, Shift, P; `g i` gives G, I. */
export function keyCaps(chord: string, onApple = isApple()): readonly string[] {
  const modifiers = onApple ? apple : elsewhere;
  return chord
    .split(' ')
    .flatMap((step) => step.split('+'))
    .map((key) => modifiers[key] ?? named[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** Chord as `aria-keyshortcuts` writes it: `Control+K`; undefined for sequences, which it cannot say. */
export function ariaKeys(chord: string | undefined, onApple = isApple()): string | undefined {
  if (chord === undefined || chord.includes(' ')) return undefined;
  const names: Readonly<Record<string, string>> = {
    mod: onApple ? 'Meta' : 'Control',
    ctrl: 'Control',
    alt: 'Alt',
    shift: 'Shift',
  };
  return chord
    .split('+')
    .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1)))
    .join('+');
}
