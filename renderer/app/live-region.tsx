import { useAnnouncement } from '../actions/announce.ts';

/** Read out by screen readers when its text changes. */
export function LiveRegion() {
  const text = useAnnouncement((state) => state.text);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
