import './key-cap.css';
import { keyCaps } from './key-names.ts';

/** Key caps of a chord such as `mod+k` or `g i`. Read to screen readers by the control they stand on (aria-keyshortcuts). */
export function KeyCaps({ chord }: { readonly chord: string }) {
  return (
    <span className="key-caps" aria-hidden>
      {keyCaps(chord).map((cap) => (
        <kbd key={cap} className="key-cap">
          {cap}
        </kbd>
      ))}
    </span>
  );
}
