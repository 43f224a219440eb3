import { useEffect } from 'react';
import { isApple } from '../ui/key-names.ts';
import { offeredActions, runAction } from './action-store.ts';
import { isBare, isSingleKey, matchStep, stepOf } from './keys.ts';

/** Time that the second key of a sequence may take, in milliseconds. */
const sequenceTime = 1200;

/** In these, keys are text or belong to the control. */
const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

const inOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

/** Runs actions by key. Single letters never fire in a field or over an overlay, and not at all when switched off. */
export function useKeyDispatch(singleKeys: boolean): void {
  useEffect(() => {
    const onApple = isApple();
    let pending = '';
    let timer: ReturnType<typeof setTimeout> | undefined;

    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key))
        return;
      const overlaid = isField(event.target) || inOverlay(event.target);
      const byChord = new Map(
        offeredActions().flatMap((action) => (action.keys ?? []).map((chord) => [chord, action] as const)),
      );
      const chords = [...byChord.keys()].filter(
        (chord) => !(overlaid && isBare(chord)) && (singleKeys || !isSingleKey(chord)),
      );
      const matched = matchStep(pending, stepOf(event, onApple), chords);
      clearTimeout(timer);
      pending = '';
      if (matched.type === 'none') return;
      event.preventDefault();
      if (matched.type === 'wait') {
        pending = stepOf(event, onApple);
        timer = setTimeout(() => {
          pending = '';
        }, sequenceTime);
        return;
      }
      const action = byChord.get(matched.chord);
      if (action !== undefined) runAction(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [singleKeys]);
}
