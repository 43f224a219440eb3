import './chip.css';
import { type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';

type ChipProps = {
  readonly children: ReactNode;
  readonly icon?: LucideIcon | undefined;
  readonly look?: 'plain' | 'code' | 'untold';
  readonly title?: string | undefined;
  /** Makes the chip removable; the label says what goes. */
  readonly onRemove?: (() => void) | undefined;
  readonly removeLabel?: string | undefined;
};

export function Chip({ children, icon: Icon, look = 'plain', title, onRemove, removeLabel }: ChipProps) {
  const name = `chip${look === 'plain' ? '' : ` chip--${look}`}${onRemove === undefined ? '' : ' chip--removable'}`;
  return (
    <span className={name} title={title}>
      {Icon !== undefined && <Icon aria-hidden />}
      <span>{children}</span>
      {onRemove !== undefined && (
        <button type="button" className="chip__remove" aria-label={removeLabel ?? 'Remove'} onClick={onRemove}>
          <X aria-hidden />
        </button>
      )}
    </span>
  );
}
