import './findings-screen.css';
import { type ReactNode, useMemo } from 'react';
import type { FindingsResult } from '../../../shared/model/findings.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { runActionById } from '../../actions/action-store.ts';
import { openScreen, useAddress } from '../../actions/navigation.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, LoadingLine } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { count } from '../../ui/words.ts';
import { FindingsView } from './findings-view.tsx';
import { findingViews, type HostedFinding, tallyOf } from './findings-model.ts';
import { RulesView } from './rules-view.tsx';
import { UntoldView } from './untold-view.tsx';

/** What the rules found in the latest scan, what they did not, and what they could not tell. */
export function FindingsScreen() {
  const scans = useCall('scans.list', {});
  const list = valueOf(scans);
  const scanned = list?.some((scan) => scan.status === 'complete' || scan.status === 'partial') ?? false;
  const answer = useCall('findings.list', scanned ? { scan: null } : null);
  const result = valueOf(answer);

  if (list !== undefined && !scanned) return <NotScanned running={list.some((scan) => scan.status === 'running')} />;
  if (result === undefined) {
    return (
      <Bare>
        {scans.state === 'failed' ? (
          <FailedCall title="The scans could not be read." name="scans.list" error={scans.error} />
        ) : answer.state === 'failed' ? (
          <FailedCall title="The rules could not be run." name="findings.list" error={answer.error} />
        ) : (
          <div aria-busy="true">
            <LoadingLine>Running the rules.</LoadingLine>
          </div>
        )}
      </Bare>
    );
  }
  return <Findings result={result} scan={list?.find((scan) => scan.number === result.scan) ?? null} />;
}

function Findings({ result, scan }: { readonly result: FindingsResult; readonly scan: ScanSummary | null }) {
  const search = useAddress()?.search;
  const view = findingViews.find((name) => name === search?.get('view')) ?? 'findings';
  const assets = valueOf(useCall('assets.columns', { scan: null }));
  const hosted = useMemo((): readonly HostedFinding[] => {
    const table = assets === undefined ? undefined : assetTableOf(assets);
    return result.findings.map((finding) => ({
      finding,
      host: table === undefined ? '' : (table.hosts[table.rowOf(finding.subject)] ?? ''),
    }));
  }, [result, assets]);
  const tally = tallyOf(result);
  return (
    <div className="screen">
      <h1 className="visually-hidden">Findings</h1>
      <div className="findings__views">
        <Segmented
          label="View"
          value={view}
          options={[
            { value: 'findings', label: `Findings ${count(result.findings.length)}` },
            { value: 'rules', label: `Rules ${count(tally.rules)}` },
            { value: 'untold', label: `Could not tell ${count(tally.couldNotTell + tally.failed)}` },
          ]}
          onChange={(next) => openScreen('findings', { view: next === 'findings' ? null : next })}
        />
      </div>
      {view === 'findings' ? (
        <FindingsView all={hosted} result={result} scan={scan} />
      ) : view === 'rules' ? (
        <RulesView result={result} />
      ) : (
        <UntoldView result={result} />
      )}
    </div>
  );
}

function Bare({ children }: { readonly children: ReactNode }) {
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Findings</h1>
      </div>
      <div className="findings__state">{children}</div>
    </div>
  );
}

function NotScanned({ running }: { readonly running: boolean }) {
  return (
    <Bare>
      {running ? (
        <EmptyState
          title="The first scan is running."
          steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
        >
          The rules run when it is complete.
        </EmptyState>
      ) : (
        <EmptyState
          outcome="untold"
          title="Nothing was scanned into this workspace yet."
          steps={
            <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
              Choose a folder
            </Button>
          }
        >
          No rule has looked at anything, so nothing is known.
        </EmptyState>
      )}
    </Bare>
  );
}
