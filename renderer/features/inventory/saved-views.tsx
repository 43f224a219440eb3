import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { navigate } from '../../actions/navigation.ts';
import { useCall, useCommand, valueOf } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';

const useViews = (): readonly SavedView[] =>
  (valueOf(useCall('views.list', {})) ?? []).filter((view) => view.screen === 'inventory');

/** The saved view that is exactly what is on screen. */
export const useCurrentView = (search: string): SavedView | undefined =>
  useViews().find((view) => view.search === search);

/** Named filters of the inventory. `search` is the query part that is on screen now, without the selection. */
export function SavedViews({ search }: { readonly search: string }) {
  const views = useViews();
  const [naming, setNaming] = useState(false);
  const save = useCommand('views.save');
  const remove = useCommand('views.remove');
  const current = views.find((view) => view.search === search);

  const entries: readonly MenuEntry[] = [
    ...views.map((view) => ({
      type: 'item' as const,
      id: view.id,
      label: view.name,
      icon: Bookmark,
      hint: view.id === current?.id ? 'shown' : undefined,
      onSelect: () => openView(view),
    })),
    ...(views.length > 0 ? [{ type: 'separator' as const, id: 'separator' }] : []),
    {
      type: 'item',
      id: 'save',
      label: 'Save this view',
      disabled: search === '' || current !== undefined,
      onSelect: () => setNaming(true),
    },
    ...(current === undefined
      ? []
      : [
          {
            type: 'item' as const,
            id: 'remove',
            label: `Remove the view ${current.name}`,
            onSelect: () => void remove.run({ id: current.id }),
          },
        ]),
  ];
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <IconButton
            icon={Bookmark}
            label={current === undefined ? 'Views' : `Views, ${current.name} is shown`}
            pressed={current !== undefined}
          />
        }
      />
      {naming && (
        <NameDialog
          error={save.error?.message ?? null}
          onClose={() => setNaming(false)}
          onSave={async (name) => {
            const result = await save.run({ id: null, name, screen: 'inventory', search });
            if (result.ok) setNaming(false);
          }}
        />
      )}
    </>
  );
}

const openView = (view: SavedView): void => navigate(`/inventory${view.search === '' ? '' : `?${view.search}`}`);

type NameDialogProps = {
  readonly error: string | null;
  readonly onClose: () => void;
  readonly onSave: (name: string) => void;
};

function NameDialog({ error, onClose, onSave }: NameDialogProps) {
  const [name, setName] = useState('');
  const usable = name.trim() !== '';
  return (
    <Dialog
      open
      narrow
      onClose={onClose}
      title="Save this view"
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!usable} onClick={() => onSave(name.trim())}>
            Save view
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBlock title="The view was not saved.">{error}</ErrorBlock>}
      <TextField
        label="Name of the view"
        placeholder="Name"
        maxLength={120}
        value={name}
        onChange={setName}
        onKeyDown={(event) => event.key === 'Enter' && usable && onSave(name.trim())}
      />
    </Dialog>
  );
}
