import './top-bar.css';
import { ChevronDown, ChevronLeft, ChevronRight, PanelLeft, PanelRight, Search } from 'lucide-react';
import { offeredActions, openPalette, runAction, useActionStore } from '../actions/action-store.ts';
import { goBack, goForward, openScreen, useHistory } from '../actions/navigation.ts';
import { reportProblem } from '../actions/problem.ts';
import { useCall, useClient, valueOf } from '../client/use-client.tsx';
import { IconButton } from '../ui/button.tsx';
import { KeyCaps } from '../ui/key-cap.tsx';
import { ariaKeys } from '../ui/key-names.ts';
import { Mark } from '../ui/mark.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { toggleInspector, toggleRail, useLayout } from '../actions/layout.ts';

type TopBarProps = { readonly workspace: string | null; readonly hasInspector: boolean };

export function TopBar({ workspace, hasInspector }: TopBarProps) {
  const { canGoBack, canGoForward } = useHistory();
  const { railOpen, inspectorOpen } = useLayout();
  return (
    <header className="top-bar">
      <div className="top-bar__start">
        {workspace === null ? (
          <span className="top-bar__workspace">
            <Mark />
            <span>Countersign</span>
          </span>
        ) : (
          <>
            <IconButton
              icon={PanelLeft}
              label={railOpen ? 'Fold the screen list' : 'Unfold the screen list'}
              onClick={toggleRail}
            />
            <WorkspaceSwitcher name={workspace} />
          </>
        )}
        <IconButton icon={ChevronLeft} label="Back" keys="alt+arrowleft" disabled={!canGoBack} onClick={goBack} />
        <IconButton
          icon={ChevronRight}
          label="Forward"
          keys="alt+arrowright"
          disabled={!canGoForward}
          onClick={goForward}
        />
      </div>
      <button
        type="button"
        className="top-bar__palette"
        onClick={() => openPalette()}
        aria-keyshortcuts={ariaKeys('mod+k')}
      >
        <Search aria-hidden />
        <span>Search or run a command</span>
        <KeyCaps chord="mod+k" />
      </button>
      <div className="top-bar__end">
        {hasInspector && (
          <IconButton icon={PanelRight} label="Inspector" keys="i" pressed={inspectorOpen} onClick={toggleInspector} />
        )}
      </div>
    </header>
  );
}

function WorkspaceSwitcher({ name }: { readonly name: string }) {
  const client = useClient();
  const recent = valueOf(useCall('workspaces.recent', {})) ?? [];
  const current = valueOf(useCall('workspaces.current', {}));
  const offered = useActionStore((state) => state.offered);
  const open = async (path: string): Promise<void> => {
    const result = await client.call('workspaces.open', { path });
    if (result.ok) openScreen('overview');
    else reportProblem('The workspace was not opened.', result.error);
  };
  const others = recent.filter((entry) => entry.path !== current?.path && entry.present).slice(0, 6);
  const commands = ['workspace.new', 'workspace.open', 'workspace.addFolder', 'workspace.close', 'go.start'].flatMap(
    (id) => offeredActions(offered).filter((action) => action.id === id),
  );
  const entries: readonly MenuEntry[] = [
    ...others.map((entry) => ({
      type: 'item' as const,
      id: entry.path,
      label: entry.name,
      onSelect: () => void open(entry.path),
    })),
    ...(others.length > 0 ? [{ type: 'separator' as const, id: 'separator' }] : []),
    ...commands.map((action) => ({
      type: 'item' as const,
      id: action.id,
      label: action.title,
      icon: action.icon,
      keys: action.keys?.[0],
      onSelect: () => runAction(action),
    })),
  ];
  return (
    <Menu
      entries={entries}
      trigger={
        <button type="button" className="top-bar__workspace" aria-label={`Workspace ${name}`}>
          <Mark />
          <span>{name}</span>
          <ChevronDown aria-hidden />
        </button>
      }
    />
  );
}
