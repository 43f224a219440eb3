import './facet-menu.css';
import { ChevronDown } from 'lucide-react';
import { Menu } from './menu.tsx';
import { count } from './words.ts';

type FacetMenuProps = {
  readonly title: string;
  /** `count` is what a choice would give under all the other filters. */
  readonly options: readonly {
    readonly value: string;
    readonly word: string;
    readonly count: number;
    readonly chosen: boolean;
  }[];
  onToggle(value: string): void;
};

/** Values of one property to narrow a list by; several may be chosen. */
export function FacetMenu({ title, options, onToggle }: FacetMenuProps) {
  const chosen = options.filter((option) => option.chosen).length;
  if (options.length === 0) return null;
  return (
    <Menu
      entries={options.map((option) => ({
        type: 'check' as const,
        id: option.value,
        label: option.word,
        hint: count(option.count),
        checked: option.chosen,
        onChange: () => onToggle(option.value),
      }))}
      trigger={
        <button type="button" className={`facet-menu${chosen > 0 ? ' facet-menu--chosen' : ''}`}>
          {title}
          {chosen > 0 && ` ${chosen}`}
          <ChevronDown aria-hidden />
        </button>
      }
    />
  );
}
