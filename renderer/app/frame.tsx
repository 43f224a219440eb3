import './frame.css';
import { type DragEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { closeDialog, showDialog } from '../actions/dialogs.ts';
import { KeySheet } from '../actions/key-sheet.tsx';
import { navigate, openScreen, useAddress } from '../actions/navigation.ts';
import { Palette } from '../actions/palette.tsx';
import { dismissProblem, reportProblem, useProblem } from '../actions/problem.ts';
import { formatAddress, type Screen } from '../actions/routes.ts';
import { useKeyDispatch } from '../actions/use-key-dispatch.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { FailedCall } from '../client/failed-call.tsx';
import { useCall, useClient, useIsWaiting, valueOf } from '../client/use-client.tsx';
import { RecordDialogs } from '../features/records/record-dialog.tsx';
import { ImportDialogs } from '../features/registry/import-dialog.tsx';
import { readImportFile } from '../features/registry/import-file.ts';
import { OpenDialogs } from '../features/start/open-dialogs.tsx';
import { StartScreen } from '../features/start/start-screen.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState, ErrorBlock } from '../ui/notes.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { InspectorPane } from './inspector-pane.tsx';
import { useLayout } from '../actions/layout.ts';
import { LiveRegion } from './live-region.tsx';
import { Rail } from './rail.tsx';
import { ScanAnnouncer } from './scan-announcer.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useGlobalActions } from './use-global-actions.ts';

const ScanScreen = lazy(async () => ({ default: (await import('../features/scan/scan-screen.tsx')).ScanScreen }));
const OverviewScreen = lazy(async () => ({
  default: (await import('../features/overview/overview-screen.tsx')).OverviewScreen,
}));
const InventoryScreen = lazy(async () => ({
  default: (await import('../features/inventory/inventory-screen.tsx')).InventoryScreen,
}));
const CoverageScreen = lazy(async () => ({
  default: (await import('../features/coverage/coverage-screen.tsx')).CoverageScreen,
}));
const ChangesScreen = lazy(async () => ({
  default: (await import('../features/changes/changes-screen.tsx')).ChangesScreen,
}));
const ServerScreen = lazy(async () => ({
  default: (await import('../features/server/server-screen.tsx')).ServerScreen,
}));
const RegistryScreen = lazy(async () => ({
  default: (await import('../features/registry/registry-screen.tsx')).RegistryScreen,
}));
const GraphScreen = lazy(async () => ({ default: (await import('../features/graph/graph-screen.tsx')).GraphScreen }));
const AskScreen = lazy(async () => ({ default: (await import('../features/ask/ask-screen.tsx')).AskScreen }));
const FindingsScreen = lazy(async () => ({
  default: (await import('../features/findings/findings-screen.tsx')).FindingsScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen,
}));

const titles: { readonly [S in Screen]: string } = {
  start: 'Workspaces',
  scan: 'Scans',
  overview: 'Overview',
  coverage: 'Coverage',
  changes: 'Changes',
  inventory: 'Inventory',
  server: 'MCP server',
  graph: 'Graph',
  ask: 'Ask',
  findings: 'Findings',
  registry: 'Registry',
  settings: 'Settings',
};
const withInspector: readonly Screen[] = ['inventory', 'graph', 'registry', 'changes'];

/** Top bar, rail, screen, inspector, status bar. */
export function Frame({ settings }: { readonly settings: Settings }) {
  const address = useAddress();
  const current = useCall('workspaces.current', {});
  const workspace = valueOf(current) ?? null;
  const { railOpen, inspectorOpen } = useLayout();
  useGlobalActions(workspace !== null);
  useKeyDispatch(settings.singleKeys);
  useOpensLastScreen(current.state !== 'loading', workspace !== null);
  const drop = useDrop(workspace !== null);
  const client = useClient();
  const isWaiting = useIsWaiting();

  const screen: Screen = address?.screen ?? 'overview';
  const needsWorkspace = screen !== 'start' && screen !== 'settings';
  const shown: Screen = needsWorkspace && workspace === null ? 'start' : screen;
  const inFrame = workspace !== null && shown !== 'start';
  // Only the comparison of the registry selects things; its lists need the room.
  const hasInspector =
    inFrame && withInspector.includes(shown) && !(shown === 'registry' && (address?.search.get('tab') ?? '') !== '');
  useTitle(workspace?.name ?? null, titles[shown]);

  return (
    <div className="frame" data-density={settings.density}>
      <a className="frame__skip" href="#main">
        Skip to the screen
      </a>
      <TopBar workspace={inFrame ? workspace.name : null} hasInspector={hasInspector} />
      {inFrame && <Rail screen={shown} open={railOpen} />}
      <main
        id="main"
        className="frame__main"
        tabIndex={-1}
        aria-label={titles[shown]}
        aria-busy={isWaiting}
        {...drop.handlers}
      >
        <ProblemBar />
        <ErrorBoundary what={`the ${titles[shown].toLowerCase()} screen`} resetKey={shown}>
          <Suspense fallback={<div aria-busy="true" />}>
            {current.state === 'loading' ? null : current.state === 'failed' && current.value === undefined ? (
              <div className="screen__body" style={{ paddingTop: 20 }}>
                <FailedCall title="The engine does not answer." name="workspaces.current" error={current.error} />
              </div>
            ) : address === null ? (
              <EmptyState
                title="There is no screen at this address."
                steps={<Button onClick={() => navigate(formatAddress('overview'))}>Open Overview</Button>}
                centred
              />
            ) : (
              <ScreenContent screen={shown} />
            )}
          </Suspense>
        </ErrorBoundary>
        {drop.over && (
          <div className="frame__drop">{dropWords(client.pathOfDrop !== undefined, workspace !== null)}</div>
        )}
      </main>
      {hasInspector && inspectorOpen && <InspectorPane />}
      {inFrame && <StatusBar />}
      <Palette />
      <KeySheet singleKeys={settings.singleKeys} />
      <OpenDialogs onClose={closeDialog} />
      <RecordDialogs />
      <ImportDialogs />
      <LiveRegion />
      <ScanAnnouncer />
    </div>
  );
}

function ScreenContent({ screen }: { readonly screen: Screen }) {
  switch (screen) {
    case 'start':
      return <StartScreen />;
    case 'scan':
      return <ScanScreen />;
    case 'overview':
      return <OverviewScreen />;
    case 'coverage':
      return <CoverageScreen />;
    case 'changes':
      return <ChangesScreen />;
    case 'inventory':
      return <InventoryScreen />;
    case 'server':
      return <ServerScreen />;
    case 'graph':
      return <GraphScreen />;
    case 'ask':
      return <AskScreen />;
    case 'findings':
      return <FindingsScreen />;
    case 'registry':
      return <RegistryScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

function ProblemBar() {
  const problem = useProblem((state) => state.problem);
  if (problem === null) return null;
  return (
    <div className="frame__problem">
      <ErrorBlock title={problem.title} action={<Button onClick={dismissProblem}>Dismiss</Button>}>
        {problem.message}
      </ErrorBlock>
    </div>
  );
}

function dropWords(knowsPaths: boolean, workspaceOpen: boolean): string {
  const list = 'a list (YAML, JSON, CSV) to import it';
  if (!knowsPaths) return `Drop ${list}`;
  return `Drop a folder to scan it, a workspace to open it${workspaceOpen ? `, ${list}` : ''}`;
}

/** A window that starts at `/` with a workspace open goes on where work is; later `/` is the list of workspaces. */
function useOpensLastScreen(known: boolean, open: boolean): void {
  const done = useRef(false);
  useEffect(() => {
    if (!known || done.current) return;
    done.current = true;
    if (open && window.location.pathname === '/') navigate(formatAddress('overview'), { replace: true });
  }, [known, open]);
}

function useTitle(workspace: string | null, screen: string): void {
  useEffect(() => {
    document.title = workspace === null ? 'Countersign' : `${screen}: ${workspace} - Countersign`;
  }, [workspace, screen]);
}

/** A dropped folder is scanned, a dropped workspace opened, a dropped list imported. The window never goes to the file itself. */
function useDrop(workspaceOpen: boolean) {
  const client = useClient();
  const isList = (name: string): boolean => workspaceOpen && /\.(?:ya?ml|json|csv|tsv)$/i.test(name);
  const takes = workspaceOpen || client.pathOfDrop !== undefined;
  const [over, setOver] = useState(false);
  const onDrop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && isList(file.name)) {
      const read = await readImportFile(file);
      if (typeof read === 'string')
        reportProblem('The file was not taken.', { code: 'file-unreadable', message: read });
      else showDialog({ kind: 'import', file: read });
      return;
    }
    const path = file === undefined ? null : client.pathOfDrop?.(file);
    if (path === null || path === undefined) return;
    if (!path.endsWith('.countersign')) return showDialog({ kind: 'folder', path });
    const result = await client.call('workspaces.open', { path });
    if (result.ok) openScreen('overview');
    else reportProblem('The workspace was not opened.', result.error);
  };
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = takes ? 'copy' : 'none';
      if (takes) setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (event.currentTarget === event.target || !event.currentTarget.contains(event.relatedTarget as Node | null))
        setOver(false);
    },
    onDrop: (event: DragEvent) => void onDrop(event),
  };
  return { over, handlers };
}
