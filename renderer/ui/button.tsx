import './button.css';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { KeyCaps } from './key-cap.tsx';
import { ariaKeys } from './key-names.ts';
import { Tooltip } from './tooltip.tsx';

type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'link';
  readonly icon?: LucideIcon | undefined;
  /** Key chord that does the same, printed on the button. */
  readonly keys?: string | undefined;
  readonly children: ReactNode;
};

export function Button({ look = 'plain', icon: Icon, keys, children, className, ...rest }: ButtonProps) {
  const name = `button${look === 'plain' ? '' : ` button--${look}`}${className === undefined ? '' : ` ${className}`}`;
  return (
    <button {...rest} type="button" className={name} aria-keyshortcuts={ariaKeys(keys)}>
      {Icon !== undefined && <Icon aria-hidden />}
      {children}
      {keys !== undefined && <KeyCaps chord={keys} />}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'type' | 'children'> & {
  readonly icon: LucideIcon;
  /** Name for everybody: tooltip and screen reader. */
  readonly label: string;
  readonly keys?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly small?: boolean;
};

export function IconButton({ icon: Icon, label, keys, pressed, small = false, className, ...rest }: IconButtonProps) {
  const name = `icon-button${small ? ' icon-button--small' : ''}${className === undefined ? '' : ` ${className}`}`;
  return (
    <Tooltip label={label} keys={keys}>
      <button
        {...rest}
        type="button"
        className={name}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={ariaKeys(keys)}
      >
        <Icon aria-hidden />
      </button>
    </Tooltip>
  );
}
