import './key-sheet.css';
import { Dialog } from '../ui/dialog.tsx';
import { KeyCaps } from '../ui/key-cap.tsx';
import type { ActionGroup } from './action.ts';
import { closeKeySheet, offeredActions, useActionStore } from './action-store.ts';

const order: readonly ActionGroup[] = ['Go to', 'Window', 'Scan', 'Workspace', 'Table', 'Graph', 'Selection'];

/** `?`: every key that works on this screen, from the same definitions that run them. */
export function KeySheet({ singleKeys }: { readonly singleKeys: boolean }) {
  const open = useActionStore((state) => state.keySheetOpen);
  const offered = useActionStore((state) => state.offered);
  const withKeys = offeredActions(offered).filter((action) => (action.keys?.length ?? 0) > 0);
  return (
    <Dialog open={open} onClose={closeKeySheet} title="Keys">
      {!singleKeys && (
        <p className="muted">Single letters are switched off in the settings. Keys with Ctrl, Alt or Cmd work.</p>
      )}
      <div className="key-sheet">
        {order.map((group) => {
          const actions = withKeys.filter((action) => action.group === group);
          if (actions.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <ul>
                {actions.map((action) => (
                  <li key={action.id}>
                    {action.title}
                    <KeyCaps chord={action.keys?.[0] ?? ''} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
