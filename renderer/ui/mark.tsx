import './mark.css';

/** The product's mark: a check that is signed twice. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <span className="mark" style={{ width: size, height: size }} aria-hidden>
      <svg viewBox="0 0 16 16" width={size * 0.7} height={size * 0.7} aria-hidden="true">
        <path d="M2.5 9.5 6 13l7.5-9M2.5 5.5 5 8" />
      </svg>
    </span>
  );
}
