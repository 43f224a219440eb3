import './select.css';
import './menu.css';
import './overlay.css';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';

type SelectProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  /** Print the label inside the control. */
  readonly showLabel?: boolean;
};

export function Select<T extends string>({ label, value, options, onChange, showLabel = false }: SelectProps<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => next !== null && onChange(next as T)}>
      <Base.Trigger className="select" aria-label={label}>
        {showLabel && <span className="select__label">{label}</span>}
        <Base.Value>{options.find((option) => option.value === value)?.label ?? value}</Base.Value>
        <Base.Icon>
          <ChevronDown aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="overlay-positioner" alignItemWithTrigger={false} sideOffset={4}>
          <Base.Popup className="overlay-popup menu">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} className="menu__item" value={option.value}>
                  <span className="menu__check">
                    <Base.ItemIndicator>
                      <Check aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText className="menu__label">{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
