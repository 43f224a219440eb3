import './progress-bar.css';

/** `value` from 0 to 1; null while the whole is not known. */
export function ProgressBar({ value, label }: { readonly value: number | null; readonly label: string }) {
  if (value === null)
    return <div className="progress-bar progress-bar--unknown" role="progressbar" aria-label={label} />;
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      className="progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className="progress-bar__fill" style={{ width: `${percent}%` }} />
    </div>
  );
}
