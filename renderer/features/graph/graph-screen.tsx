import './graph-screen.css';
import { useMemo } from 'react';
import { runActionById } from '../../actions/action-store.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { buildGraphData } from '../../graph/graph-data.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { counted } from '../../ui/words.ts';
import { GraphBoard } from './graph-board.tsx';

/** The facts of the latest scan as a picture. Opens on a question, never on everything. */
export function GraphScreen() {
  const scans = useCall('scans.list', {});
  const list = valueOf(scans);
  const scanned = list?.some((scan) => scan.status === 'complete' || scan.status === 'partial') ?? false;
  const assets = useCall('assets.columns', scanned ? { scan: null } : null);
  const relations = useCall('assets.relationColumns', scanned ? { scan: null } : null);
  const workspace = valueOf(useCall('workspaces.current', {}));
  const assetColumns = valueOf(assets);
  const relationColumns = valueOf(relations);
  // Two answers of different scans would join wrong rows; the younger one is on its way then.
  const data = useMemo(
    () =>
      assetColumns === undefined || relationColumns === undefined || assetColumns.scan !== relationColumns.scan
        ? null
        : buildGraphData(assetColumns, relationColumns),
    [assetColumns, relationColumns],
  );

  if (list !== undefined && !scanned) return <NotScanned running={list.some((scan) => scan.status === 'running')} />;
  const failure =
    scans.state === 'failed'
      ? scans.error
      : assets.state === 'failed'
        ? assets.error
        : relations.state === 'failed'
          ? relations.error
          : null;
  if (data === null) {
    return (
      <div className="screen">
        <h1 className="visually-hidden">Graph</h1>
        <div className="graph-note">
          {failure === null ? (
            <LoadingLine>Reading assets and relations.</LoadingLine>
          ) : (
            <ErrorBlock title="The graph could not be read.">{failure.message}</ErrorBlock>
          )}
        </div>
      </div>
    );
  }
  const scan = list?.find((candidate) => candidate.number === data.scan) ?? null;
  if (data.count === 0) {
    return (
      <div className="screen">
        <h1 className="visually-hidden">Graph</h1>
        <EmptyState
          centred
          outcome={scan !== null && scan.couldNotTell > 0 ? 'untold' : 'looked'}
          title="Nothing to draw: the scan found no agents and nothing of theirs."
          steps={<Button onClick={() => runActionById('workspace.addFolder')}>Add a folder</Button>}
        >
          {scan !== null && `Looked at ${counted(scan.files, 'file')}, read ${scan.filesRead}.`}
          {scan !== null && scan.couldNotTell > 0 && ` ${counted(scan.couldNotTell, 'place')} could not be told.`}
        </EmptyState>
      </div>
    );
  }
  return <GraphBoard data={data} scan={scan} workspace={workspace?.name ?? 'workspace'} />;
}

function NotScanned({ running }: { readonly running: boolean }) {
  return (
    <div className="screen">
      <h1 className="visually-hidden">Graph</h1>
      {running ? (
        <EmptyState
          centred
          title="The first scan is running."
          steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
        >
          The graph appears here when it is complete.
        </EmptyState>
      ) : (
        <EmptyState
          centred
          outcome="untold"
          title="Nothing was scanned into this workspace yet."
          steps={
            <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
              Choose a folder
            </Button>
          }
        >
          What the agents reach is not known before a folder was scanned.
        </EmptyState>
      )}
    </div>
  );
}
