import type { ReactNode } from 'react';

type SectionProps = {
  readonly title: string;
  readonly count?: number | undefined;
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

export function Section({ title, count, action, children }: SectionProps) {
  return (
    <section className="inspector-section" aria-label={title}>
      <div className="inspector-section__head">
        <h2>{title}</h2>
        {count !== undefined && <span>{count}</span>}
        {action !== undefined && <div className="inspector-section__action">{action}</div>}
      </div>
      {children}
    </section>
  );
}
