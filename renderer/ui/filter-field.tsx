import { Search } from 'lucide-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { TextField } from './text-field.tsx';

/** Milliseconds after the last letter until the list follows. */
const typingPause = 120;

type FilterFieldProps = {
  readonly label: string;
  /** What the list is filtered by now. */
  readonly text: string;
  onText(text: string): void;
  readonly field: Ref<HTMLInputElement>;
  readonly className?: string;
};

/** Text that narrows a list as it is typed. Escape empties it, and leaves it when it is empty. */
export function FilterField({ label, text, onText, field, className }: FilterFieldProps) {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(text), [text]);
  const type = (value: string): void => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onText(value), typingPause);
  };
  return (
    <TextField
      {...(className === undefined ? {} : { className })}
      label={label}
      placeholder={label}
      icon={Search}
      ref={field}
      value={typed}
      onChange={type}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (typed !== '') type('');
        else event.currentTarget.blur();
      }}
    />
  );
}
