import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { navigate } from '../../actions/navigation.ts';
import { useCall, useCommand, valueOf } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Named questions. `search` is the query part of the address on screen, without the selection. */
export function GraphViewsMenu({ search }: { readonly search: string }) {
  const views = (valueOf(useCall('views.list', {})) ?? []).filter((view) => view.screen === 'graph');
  const save = useCommand('views.save');
  const remove = useCommand('views.remove');
  const [naming, setNaming] = useState<string | null>(null);
  const current = views.find((view) => view.search === search);
  const store = async (): Promise<void> => {
    const name = (naming ?? '').trim();
    if (name === '') return;
    const result = await save.run({ id: null, name, screen: 'graph', search });
    if (result.ok) setNaming(null);
  };
  const entries: readonly MenuEntry[] = [
    ...views.map(
      (view): MenuEntry => ({
        type: 'item',
        id: view.id,
        label: view.name,
        icon: Bookmark,
        hint: view.id === current?.id ? 'shown' : undefined,
        onSelect: () => navigate(`/graph${view.search === '' ? '' : `?${view.search}`}`),
      }),
    ),
    ...(views.length > 0 ? [{ type: 'separator' as const, id: 'separator' }] : []),
    {
      type: 'item',
      id: 'save',
      label: 'Save this view',
      disabled: current !== undefined,
      onSelect: () => setNaming(''),
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
          current === undefined ? (
            <IconButton icon={Bookmark} label="Views" />
          ) : (
            <Button look="quiet" icon={Bookmark}>
              {current.name}
            </Button>
          )
        }
      />
      {naming !== null && (
        <Dialog
          open
          narrow
          title="Save this view"
          onClose={() => setNaming(null)}
          foot={
            <>
              <Button look="quiet" onClick={() => setNaming(null)}>
                Cancel
              </Button>
              <Button look="primary" disabled={naming.trim() === ''} onClick={() => void store()}>
                Save view
              </Button>
            </>
          }
        >
          {save.error !== null && <ErrorBlock title="The view was not saved.">{save.error.message}</ErrorBlock>}
          <TextField
            label="Name of the view"
            placeholder="Name"
            maxLength={120}
            value={naming}
            onChange={setNaming}
            onKeyDown={(event) => event.key === 'Enter' && void store()}
          />
        </Dialog>
      )}
    </>
  );
}
