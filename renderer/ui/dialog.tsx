import './dialog.css';
import './overlay.css';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the one that does it last. */
  readonly foot?: ReactNode;
  readonly narrow?: boolean;
};

export function Dialog({ open, onClose, title, children, foot, narrow = false }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="overlay-backdrop" />
        <Base.Popup
          ref={popup}
          className={`overlay-popup dialog${narrow ? ' dialog--narrow' : ''}`}
          initialFocus={() => popup.current?.querySelector('input') ?? popup.current ?? true}
        >
          <div className="dialog__head">
            <Base.Title className="dialog__title">{title}</Base.Title>
            <IconButton icon={X} label="Close" keys="escape" onClick={onClose} />
          </div>
          <div className="dialog__body">{children}</div>
          {foot !== undefined && <div className="dialog__foot">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
