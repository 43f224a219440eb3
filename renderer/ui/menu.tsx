import './menu.css';
import './overlay.css';
import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { KeyCaps } from './key-cap.tsx';

export type MenuEntry =
  | {
      readonly type: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly hint?: string | undefined;
      readonly keys?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | {
      readonly type: 'check';
      readonly id: string;
      readonly label: string;
      readonly checked: boolean;
      readonly hint?: string | undefined;
      readonly onChange: (checked: boolean) => void;
    }
  | { readonly type: 'label'; readonly id: string; readonly label: string }
  | { readonly type: 'separator'; readonly id: string };

type MenuProps = {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
};

export function Menu({ trigger, entries, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="overlay-positioner" align={align} sideOffset={4}>
          <MenuPopup entries={entries} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same actions on the right mouse button and the context-menu key. */
export function ContextMenu({
  trigger,
  entries,
}: {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
}) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={trigger} />
      <BaseContext.Portal>
        <BaseContext.Positioner className="overlay-positioner">
          <MenuPopup entries={entries} />
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

function MenuPopup({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return (
    <Base.Popup className="overlay-popup menu">
      {entries.map((entry) => (
        <MenuRow key={entry.id} entry={entry} />
      ))}
    </Base.Popup>
  );
}

function MenuRow({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.type) {
    case 'separator':
      return <Base.Separator className="menu__separator" />;
    case 'label':
      return <div className="menu__group-label">{entry.label}</div>;
    case 'check':
      return (
        <Base.CheckboxItem
          className="menu__item"
          checked={entry.checked}
          onCheckedChange={entry.onChange}
          closeOnClick={false}
        >
          <span className="menu__check">
            <Base.CheckboxItemIndicator>
              <Check aria-hidden />
            </Base.CheckboxItemIndicator>
          </span>
          <span className="menu__label">{entry.label}</span>
          {entry.hint !== undefined && <span className="menu__hint figures">{entry.hint}</span>}
        </Base.CheckboxItem>
      );
    case 'item': {
      const Icon = entry.icon;
      return (
        <Base.Item className="menu__item" disabled={entry.disabled ?? false} onClick={entry.onSelect}>
          {Icon !== undefined && <Icon aria-hidden />}
          <span className="menu__label">{entry.label}</span>
          {entry.hint !== undefined && <span className="menu__hint figures">{entry.hint}</span>}
          {entry.keys !== undefined && <KeyCaps chord={entry.keys} />}
        </Base.Item>
      );
    }
  }
}
