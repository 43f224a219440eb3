import './notes.css';
import { CircleQuestionMark, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something could not be told. Hatch behind, words on solid ground, one step to take. */
export function HatchNote({ children, step }: { readonly children: ReactNode; readonly step?: ReactNode }) {
  return (
    <div className="hatch-note" role="note">
      <CircleQuestionMark aria-hidden />
      <span className="hatch-note__text">{children}</span>
      {step !== undefined && <span className="hatch-note__step">{step}</span>}
    </div>
  );
}

type EmptyStateProps = {
  readonly title: string;
  readonly children?: ReactNode;
  readonly steps?: ReactNode;
  /** looked: it was searched and is not there · untold: nobody looked, or it could not be read. */
  readonly outcome?: 'looked' | 'untold';
  readonly centred?: boolean;
};

export function EmptyState({ title, children, steps, outcome = 'looked', centred = false }: EmptyStateProps) {
  const name = `empty-state${centred ? ' empty-state--centred' : ''}${outcome === 'untold' ? ' empty-state--untold' : ''}`;
  return (
    <div className={name}>
      <h2 className="empty-state__title">{title}</h2>
      {children !== undefined && <div className="empty-state__text">{children}</div>}
      {steps !== undefined && <div className="empty-state__steps">{steps}</div>}
    </div>
  );
}

type ErrorBlockProps = { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode };

/** What failed, what is still right, one action. */
export function ErrorBlock({ title, children, action }: ErrorBlockProps) {
  return (
    <div className="error-block" role="alert">
      <TriangleAlert aria-hidden />
      <div className="error-block__body">
        <div className="error-block__title">{title}</div>
        {children !== undefined && <div className="error-block__text">{children}</div>}
      </div>
      {action}
    </div>
  );
}

/** For what is usually there at once: words, no shimmer. */
export function LoadingLine({ children }: { readonly children: ReactNode }) {
  return (
    <div className="loading-line" role="status">
      {children}
    </div>
  );
}
