import './severity-mark.css';
import { Circle, Diamond, Info, type LucideIcon, OctagonAlert, Triangle } from 'lucide-react';
import type { Severity } from '../../shared/kinds.ts';

const icons: { readonly [S in Severity]: LucideIcon } = {
  critical: OctagonAlert,
  high: Triangle,
  medium: Diamond,
  low: Circle,
  info: Info,
};

/** Shape, colour and word of a severity. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  const Icon = icons[severity];
  return (
    <span className={`severity-mark severity-mark--${severity}`}>
      <Icon aria-hidden />
      {severity}
    </span>
  );
}
