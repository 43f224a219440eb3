import { Search } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useMemo, useState } from 'react';
import { type GraphData, kindOf, searchRows } from '../../graph/graph-data.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { count } from '../../ui/words.ts';

const mostResults = 12;

type GraphSearchProps = {
  readonly data: GraphData;
  readonly field: Ref<HTMLInputElement>;
  onChoose(row: number): void;
};

/** Finds an asset and asks for its neighbourhood. */
export function GraphSearch({ data, field, onChoose }: GraphSearchProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const found = useMemo(() => searchRows(data, text, 1_000), [data, text]);
  const shown = found.slice(0, mostResults);
  const choose = (row: number): void => {
    setText('');
    setOpen(false);
    onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && shown[at] !== undefined) choose(shown[at]);
    else if (event.key === 'Escape') {
      if (text === '') event.currentTarget.blur();
      else setText('');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const listed = open && text.trim() !== '';
  return (
    <div className="graph-search">
      <TextField
        ref={field}
        label="Find an asset and show its neighbourhood"
        placeholder="Find and focus"
        icon={Search}
        value={text}
        role="combobox"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={listed && shown.length > 0 ? `${id}-${at}` : undefined}
        onChange={(value) => {
          setText(value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {listed && (
        <div className="graph-search__results overlay-popup">
          <div id={`${id}-list`} role="listbox" aria-label="Found assets">
            {shown.map((row, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, options are its active descendants
              <div
                key={data.ids[row]}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className="graph-search__option"
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(row)}
              >
                <KindIcon kind={kindOf(data, row)} />
                <span className="graph-search__name">{data.names[row]}</span>
                <span className="graph-search__place">{data.places[row]}</span>
              </div>
            ))}
          </div>
          <p className="graph-search__rest">
            {found.length === 0
              ? `Nothing named ${text.trim()}.`
              : `${count(shown.length)} of ${found.length === 1_000 ? '1,000 or more' : count(found.length)}`}
          </p>
        </div>
      )}
    </div>
  );
}
