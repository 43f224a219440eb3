import './checkbox.css';
import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

type CheckboxProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
};

export function Checkbox({ checked, onChange, children }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside
    <label className="checkbox">
      <Base.Root className="checkbox__box" checked={checked} onCheckedChange={onChange}>
        <Base.Indicator>
          <Check aria-hidden />
        </Base.Indicator>
      </Base.Root>
      <span className="checkbox__label">{children}</span>
    </label>
  );
}
