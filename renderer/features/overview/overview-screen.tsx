import './overview-screen.css';
import { Copy, Plus, RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { count, counted, lastSegment } from '../../ui/words.ts';
import { CoverageBoard, CoverageKey } from './coverage-board.tsx';
import { boardAsMarkdown, boardRows, boardTotals } from './coverage-model.ts';
import { Drift } from './drift.tsx';
import { NeedsPerson } from './needs-person.tsx';
import { kindCounts, scanBefore, shownScan } from './overview-model.ts';

/** What was looked at and what was not, what is there, what changed, and what needs a person. */
export function OverviewScreen() {
  const answer = useCall('scans.list', {});
  const scans = valueOf(answer);
  if (scans === undefined) {
    return (
      <div className="screen__body">
        {answer.state === 'failed' ? (
          <FailedCall title="The scans could not be read." name="scans.list" error={answer.error} />
        ) : (
          <LoadingLine>Reading the workspace.</LoadingLine>
        )}
      </div>
    );
  }
  const scan = shownScan(scans);
  if (scan === null) return <NothingYet running={scans.some((other) => other.status === 'running')} />;
  return <Overview scan={scan} before={scanBefore(scans, scan)} />;
}

function NothingYet({ running }: { readonly running: boolean }) {
  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        <h1>Overview</h1>
      </div>
      <div className="screen__body">
        {running ? (
          <EmptyState
            title="The first scan is running."
            steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
          >
            What was looked at and what was found appears here when it is complete.
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
            Nothing is known about any agent before a folder was scanned.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function Overview({ scan, before }: { readonly scan: ScanSummary; readonly before: ScanSummary | null }) {
  const board = useCall('scans.coverageBoard', { number: scan.number });
  const assets = useCall('assets.columns', { scan: scan.number });
  const columns = valueOf(assets);
  const cells = valueOf(board);
  const running = valueOf(useCall('scans.running', {})) ?? null;
  const rows = useMemo(() => (cells === undefined ? [] : boardRows(cells, scan)), [cells, scan]);
  const table = columns === undefined ? null : assetTableOf(columns);
  const names = scan.roots.map(lastSegment);
  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        <h1>Overview</h1>
        <span className="screen__note" title={scan.roots.join('\n')}>
          {counted(names.length, 'root')}: {names.join(', ')}
          {scan.home !== null && ', and the user settings of this home'}
        </span>
        <Button
          className="push"
          look="quiet"
          icon={Copy}
          onClick={() => void navigator.clipboard.writeText(boardAsMarkdown(rows))}
        >
          Copy as Markdown
        </Button>
        <Button icon={Plus} onClick={() => runActionById('workspace.addFolder')}>
          Add folder
        </Button>
        <Button look="primary" icon={RefreshCw} keys="r" onClick={() => runActionById('scan.start')}>
          {running === null ? 'Rescan' : 'Scanning'}
        </Button>
      </div>
      <div className="screen__body">
        {scan.status === 'partial' && (
          <HatchNote>Scan {scan.number} was stopped before the end. Everything below is at least this much.</HatchNote>
        )}
        <section aria-label="Coverage">
          <div className="overview__head">
            <h2>Coverage</h2>
            <span className="screen__note muted">What was looked at, and what was not</span>
            <Link className="overview__link" href={formatAddress('coverage')}>
              Open coverage
            </Link>
            {cells !== undefined && <CoverageKey totals={boardTotals(cells)} />}
          </div>
          {board.state === 'failed' && (
            <FailedCall title="The coverage could not be read." name="scans.coverageBoard" error={board.error} />
          )}
          {board.state === 'loading' && <LoadingLine>Summing up the coverage.</LoadingLine>}
          {rows.length > 0 && <CoverageBoard rows={rows} scan={scan.number} />}
        </section>
        <div className="overview__columns">
          <section aria-label="Found">
            <div className="overview__section-head">
              <h2>Found</h2>
              <span className="muted">{counted(scan.assets, 'asset')}</span>
              <Link href={formatAddress('inventory')}>Open inventory</Link>
            </div>
            {assets.state === 'failed' && (
              <FailedCall title="The assets could not be read." name="assets.columns" error={assets.error} />
            )}
            {table !== null && table.count === 0 && (
              <p className="overview__empty">No agents and nothing of theirs in {counted(scan.files, 'file')}.</p>
            )}
            {table !== null &&
              kindCounts(table).map(({ kind, count: number }) => (
                <Link
                  key={kind}
                  className="overview-row overview-row--short"
                  href={formatAddress('inventory', { kind })}
                >
                  <KindIcon kind={kind} />
                  <span className="overview-row__title">{sentenceCase(kindWord(kind, number))}</span>
                  <span className="figures">{count(number)}</span>
                </Link>
              ))}
          </section>
          <NeedsPerson scan={scan} table={table} rows={cells === undefined ? null : rows} />
          <Drift scan={scan} before={before} />
        </div>
      </div>
    </div>
  );
}
