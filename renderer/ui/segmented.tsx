import './segmented.css';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { LucideIcon } from 'lucide-react';

type SegmentedProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: LucideIcon }[];
  readonly onChange: (value: T) => void;
};

/** One of a few, all of them visible. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <RadioGroup className="segmented" aria-label={label} value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map(({ icon: Icon, ...option }) => (
        <Radio.Root
          key={option.value}
          className="segmented__part"
          value={option.value}
          nativeButton
          render={<button type="button" />}
        >
          {Icon !== undefined && <Icon aria-hidden />}
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
