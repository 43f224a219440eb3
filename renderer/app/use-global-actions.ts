import {
  BookCheck,
  CircleQuestionMark,
  FileDiff,
  FileInput,
  FilePlus2,
  Flag,
  FolderOpen,
  FolderPlus,
  House,
  Keyboard,
  List,
  MoonStar,
  PanelLeft,
  PanelRight,
  RefreshCw,
  ScanSearch,
  Settings,
  Sun,
  SunMoon,
  TableCellsSplit,
  Waypoints,
  X,
} from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';
import type { MenuAction } from '../../shared/desktop-bridge.ts';
import type { Action } from '../actions/action.ts';
import { announce } from '../actions/announce.ts';
import { openKeySheet, openPalette, runActionById, useActions } from '../actions/action-store.ts';
import { showDialog } from '../actions/dialogs.ts';
import { currentAddress, goBack, goForward, navigate, openScreen } from '../actions/navigation.ts';
import { reportProblem } from '../actions/problem.ts';
import { parseAddress, type Screen, selectionParameter } from '../actions/routes.ts';
import { useClient } from '../client/use-client.tsx';
import { setInspectorWidth, toggleInspector, toggleRail, useLayout } from '../actions/layout.ts';

/** What is offered on every screen. Ids that the native menu sends are the same. */
export function useGlobalActions(workspaceOpen: boolean): void {
  const client = useClient();

  const openWorkspace = useCallback(
    async (path: string | null) => {
      if (path === null) return;
      const result = await client.call('workspaces.open', { path });
      if (result.ok) openScreen('overview');
      else reportProblem('The workspace was not opened.', result.error);
    },
    [client],
  );

  const actions = useMemo((): readonly Action[] => {
    const { chooseFolder, chooseWorkspaceFile } = client;
    const chooseAndScan = async (): Promise<void> => {
      if (chooseFolder === undefined) return showDialog({ kind: 'folder', path: '' });
      const path = await chooseFolder();
      if (path !== null) showDialog({ kind: 'folder', path });
    };
    const chooseWorkspace = async (): Promise<void> => {
      if (chooseWorkspaceFile === undefined) showDialog({ kind: 'workspace' });
      else await openWorkspace(await chooseWorkspaceFile('open'));
    };
    const rescan = async (withHome: boolean): Promise<void> => {
      const running = await client.call('scans.running', {});
      if (running.ok && running.value !== null) return openScreen('scan');
      const last = await client.call('scans.lastRequest', {});
      if (!last.ok) return reportProblem('The scan did not start.', last.error);
      if (last.value === null) return chooseAndScan();
      let { home } = last.value;
      if (withHome) {
        const about = await client.call('settings.about', {});
        if (!about.ok) return reportProblem('The scan did not start.', about.error);
        home = about.value.home;
      }
      const started = await client.call('scans.start', { ...last.value, home });
      if (started.ok) announce('The scan started.');
      else reportProblem('The scan did not start.', started.error);
    };
    const close = async (): Promise<void> => {
      const result = await client.call('workspaces.close', {});
      if (result.ok) openScreen('start');
      else reportProblem('The workspace was not closed.', result.error);
    };
    const theme = (value: 'system' | 'light' | 'dark') => () => void client.call('settings.set', { theme: value });
    const go = (
      id: string,
      title: string,
      screen: Screen,
      key: string,
      icon: Action['icon'],
      enabled = workspaceOpen,
    ): Action => ({
      id,
      title,
      group: 'Go to',
      keys: [key],
      enabled,
      ...(icon === undefined ? {} : { icon }),
      run: () => openScreen(screen, keptSelection(screen)),
    });
    return [
      go('go.overview', 'Open Overview', 'overview', 'g o', House),
      go('go.inventory', 'Open Inventory', 'inventory', 'g i', List),
      go('go.graph', 'Open Graph', 'graph', 'g g', Waypoints),
      go('go.ask', 'Ask what an agent may do', 'ask', 'g a', CircleQuestionMark),
      go('go.findings', 'Open Findings', 'findings', 'g f', Flag),
      go('go.scan', 'Open Scans', 'scan', 'g s', ScanSearch),
      go('go.coverage', 'Open Coverage', 'coverage', 'g c', TableCellsSplit),
      go('go.changes', 'Open Changes', 'changes', 'g d', FileDiff),
      go('go.registry', 'Open Registry', 'registry', 'g r', BookCheck),
      { ...go('settings.show', 'Open Settings', 'settings', 'g t', Settings, true), keys: ['g t', 'mod+,'] },
      go('go.start', 'Show all workspaces', 'start', 'g w', FolderOpen),
      { id: 'go.back', title: 'Back', group: 'Go to', keys: ['alt+arrowleft'], run: goBack },
      { id: 'go.forward', title: 'Forward', group: 'Go to', keys: ['alt+arrowright'], run: goForward },
      {
        id: 'view.swap',
        title: 'Same selection as table or graph',
        group: 'Go to',
        keys: ['t'],
        enabled: workspaceOpen,
        run: swapView,
      },
      {
        id: 'scan.start',
        title: 'Rescan',
        group: 'Scan',
        keys: ['r'],
        icon: RefreshCw,
        enabled: workspaceOpen,
        run: () => void rescan(false),
      },
      {
        id: 'scan.addHome',
        title: 'Scan again with the user settings of this home',
        group: 'Scan',
        icon: RefreshCw,
        words: 'add home user settings',
        enabled: workspaceOpen,
        run: () => void rescan(true),
      },
      {
        id: 'workspace.new',
        title: 'Open folder',
        group: 'Workspace',
        icon: FilePlus2,
        words: 'new workspace scan directory',
        run: () => void chooseAndScan(),
      },
      {
        id: 'workspace.addFolder',
        title: 'Add a folder to this workspace',
        group: 'Workspace',
        icon: FolderPlus,
        words: 'add source root scan',
        enabled: workspaceOpen,
        run: () => void chooseAndScan(),
      },
      {
        id: 'imports.add',
        title: 'Import a register, labels, SaaS agents or tool lists',
        group: 'Workspace',
        icon: FileInput,
        words: 'registry context data classification environments csv yaml json drop',
        enabled: workspaceOpen,
        run: () => showDialog({ kind: 'import', file: null }),
      },
      {
        id: 'workspace.open',
        title: 'Open workspace file',
        group: 'Workspace',
        keys: ['mod+o'],
        icon: FolderOpen,
        run: () => void chooseWorkspace(),
      },
      {
        id: 'workspace.close',
        title: 'Close workspace',
        group: 'Workspace',
        icon: X,
        enabled: workspaceOpen,
        run: () => void close(),
      },
      {
        id: 'palette.show',
        title: 'Show commands',
        group: 'Window',
        keys: ['mod+k', 'mod+shift+p'],
        run: () => openPalette(),
      },
      { id: 'help.keys', title: 'Show keys', group: 'Window', keys: ['?'], icon: Keyboard, run: openKeySheet },
      {
        id: 'view.inspector',
        title: 'Show or hide the inspector',
        group: 'Window',
        keys: ['i'],
        icon: PanelRight,
        enabled: workspaceOpen,
        run: toggleInspector,
      },
      {
        id: 'view.wider',
        title: 'Widen the inspector',
        group: 'Window',
        keys: ['['],
        enabled: workspaceOpen,
        run: () => widen(40),
      },
      {
        id: 'view.narrower',
        title: 'Narrow the inspector',
        group: 'Window',
        keys: [']'],
        enabled: workspaceOpen,
        run: () => widen(-40),
      },
      {
        id: 'view.rail',
        title: 'Fold or unfold the screen list',
        group: 'Window',
        keys: ['mod+b'],
        icon: PanelLeft,
        enabled: workspaceOpen,
        run: toggleRail,
      },
      {
        id: 'theme.system',
        title: 'Theme as the system',
        group: 'Window',
        icon: SunMoon,
        words: 'dark light',
        run: theme('system'),
      },
      { id: 'theme.light', title: 'Light theme', group: 'Window', icon: Sun, run: theme('light') },
      { id: 'theme.dark', title: 'Dark theme', group: 'Window', icon: MoonStar, run: theme('dark') },
    ];
  }, [client, workspaceOpen, openWorkspace]);
  useActions(actions);

  useEffect(() => client.onMenuAction?.((action) => runMenuAction(action, openWorkspace)), [client, openWorkspace]);
}

function runMenuAction({ id, argument }: MenuAction, openWorkspace: (path: string | null) => Promise<void>): void {
  if (id === 'workspace.openRecent') void openWorkspace(argument);
  else if (id === 'link.open') {
    if (argument !== null && parseAddress(argument) !== null) navigate(argument);
  } else runActionById(id);
}

const widen = (by: number): void => setInspectorWidth(useLayout.getState().inspectorWidth + by);

/** Table and graph show the same thing selected. */
function keptSelection(screen: Screen): Readonly<Record<string, string | null>> {
  const asset = currentAddress()?.search.get(selectionParameter) ?? null;
  return screen === 'inventory' || screen === 'graph' ? { [selectionParameter]: asset } : {};
}

function swapView(): void {
  const screen: Screen = currentAddress()?.screen === 'inventory' ? 'graph' : 'inventory';
  openScreen(screen, keptSelection(screen));
}
