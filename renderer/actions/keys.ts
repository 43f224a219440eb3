/**
 * Key chords. A chord is one or more steps, separated by a space: `mod+k`, `g i`, `shift+t`, `?`. `mod` is the command
 * key of Apple machines and Ctrl elsewhere.
 */

/** The part of a keyboard event that decides. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** Writes a key press as one step of a chord. Shift counts for named keys and with other modifiers: `?` is `?`, not `shift+?`. */
export function stepOf(press: KeyPress, onApple: boolean): string {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const mod = onApple ? press.metaKey : press.ctrlKey;
  const ctrl = onApple ? press.ctrlKey : false;
  const named = key.length > 1;
  const shift = press.shiftKey && (named || mod || press.altKey || /^[a-z]$/.test(key));
  return [mod && 'mod', ctrl && 'ctrl', press.altKey && 'alt', shift && 'shift', key].filter(Boolean).join('+');
}

/** Whether a chord is typed without Ctrl, Alt or the command key, and so belongs to the field or overlay that has the focus. */
export const isBare = (chord: string): boolean => !/^(mod|ctrl|alt)\+/.test(chord);

/** Whether a chord could be text: a bare letter, digit or sign (WCAG 2.1.4). */
export const isSingleKey = (chord: string): boolean =>
  isBare(chord) && (chord.split(' ')[0]?.split('+').at(-1)?.length ?? 0) === 1;

export type Matched =
  | { readonly type: 'run'; readonly chord: string }
  | { readonly type: 'wait' }
  | { readonly type: 'none' };

/** What a step does after the steps already typed. A chord that is complete runs even where it starts a longer one. */
export function matchStep(pending: string, step: string, chords: readonly string[]): Matched {
  const typed = pending === '' ? step : `${pending} ${step}`;
  if (chords.includes(typed)) return { type: 'run', chord: typed };
  if (chords.some((chord) => chord.startsWith(`${typed} `))) return { type: 'wait' };
  return pending === '' ? { type: 'none' } : matchStep('', step, chords);
}
