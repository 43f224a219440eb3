import './text-field.css';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type TextFieldProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly icon?: LucideIcon | undefined;
  readonly look?: 'plain' | 'code';
  readonly end?: ReactNode;
};

/** One line of text. The label is spoken; show it beside the field where it is not obvious. */
export function TextField({
  label,
  value,
  onChange,
  icon: Icon,
  look = 'plain',
  end,
  className,
  ...rest
}: TextFieldProps) {
  return (
    <span
      className={`text-field${look === 'code' ? ' text-field--code' : ''}${className === undefined ? '' : ` ${className}`}`}
    >
      {Icon !== undefined && <Icon aria-hidden />}
      <input
        spellCheck={false}
        autoComplete="off"
        {...rest}
        className="text-field__input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {end}
    </span>
  );
}
