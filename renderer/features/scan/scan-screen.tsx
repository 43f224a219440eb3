import './scan-screen.css';
import { CircleQuestionMark, Eye, type LucideIcon, OctagonX, RefreshCw } from 'lucide-react';
import type { ScanProgress, ScanStatus, ScanSummary } from '../../../shared/model/scan.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Link } from '../../actions/link.tsx';
import { openScreen, useSearchParameter } from '../../actions/navigation.ts';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useCommand, useEvent, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useNow } from '../../ui/use-now.ts';
import { clock, count, counted, duration, lastSegment } from '../../ui/words.ts';
import { ScanDetail } from './scan-detail.tsx';
import { chosenScan, newestFirst, phaseWord, progressSentence, progressShare, statusWords } from './scan-model.ts';

/** What runs, what ran, and what could not be read. */
export function ScanScreen() {
  const list = useCall('scans.list', {});
  const running = valueOf(useCall('scans.running', {})) ?? null;
  const number = useSearchParameter('number');
  const scans = newestFirst(valueOf(list) ?? []);
  const chosen = chosenScan(scans, number);
  useEvent('scans.ended', ({ status }) => {
    if (status === 'complete' && scans.every((scan) => scan.status !== 'complete')) openScreen('overview');
  });

  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        <h1>Scans</h1>
        <span className="screen__note">{chosen === null ? '' : chosen.roots.map(lastSegment).join(', ')}</span>
        <Button className="push" onClick={() => runActionById('workspace.addFolder')}>
          Add folder
        </Button>
        <Button
          look="primary"
          icon={RefreshCw}
          keys="r"
          disabled={running !== null}
          onClick={() => runActionById('scan.start')}
        >
          Rescan
        </Button>
      </div>
      {running !== null && (
        <Running
          progress={running}
          startedAt={scans.find((scan) => scan.number === running.number)?.startedAt ?? null}
        />
      )}
      {list.state === 'failed' && (
        <div className="screen__body">
          <FailedCall title="The scans could not be read." name="scans.list" error={list.error} />
        </div>
      )}
      {list.state === 'failed' && scans.length === 0 ? null : list.state === 'loading' ? (
        <div className="screen__body">
          <LoadingLine>Reading the scans of this workspace.</LoadingLine>
        </div>
      ) : scans.length === 0 && running === null ? (
        <div className="screen__body">
          <EmptyState
            outcome="untold"
            title="Nothing was scanned into this workspace yet."
            steps={
              <Button look="primary" onClick={() => runActionById('workspace.addFolder')}>
                Choose a folder
              </Button>
            }
          >
            What is in it is not known before a folder was scanned.
          </EmptyState>
        </div>
      ) : (
        <div className="scan-columns">
          <PastScans scans={scans} chosen={chosen} />
          {chosen !== null && <ScanDetail scan={chosen} />}
        </div>
      )}
    </div>
  );
}

function Running({ progress, startedAt }: { readonly progress: ScanProgress; readonly startedAt: number | null }) {
  const cancel = useCommand('scans.cancel');
  const now = useNow(1000);
  const time = startedAt === null ? null : Math.max(0, now - startedAt);
  return (
    <section className="scan-running" aria-label="Running scan">
      <div className="scan-running__line">
        <span className="scan-running__what">{phaseWord(progress.phase)}</span>
        <span className="scan-running__far figures">{progressSentence(progress)}</span>
        {time !== null && <span className="muted">{duration(Math.floor(time / 1000) * 1000)}</span>}
        <Button disabled={cancel.running} onClick={() => void cancel.run({ number: progress.number })}>
          {cancel.running ? 'Stopping' : 'Cancel'}
        </Button>
      </div>
      <ProgressBar label="Progress of the scan" value={progressShare(progress)} />
      <div className="scan-running__path" title={progress.current}>
        {progress.current}
      </div>
      {cancel.error !== null && <ErrorBlock title="The scan was not stopped.">{cancel.error.message}</ErrorBlock>}
    </section>
  );
}

const statusIcons: { readonly [S in ScanStatus]: LucideIcon } = {
  running: RefreshCw,
  complete: Eye,
  partial: CircleQuestionMark,
  failed: OctagonX,
};

function PastScans({ scans, chosen }: { readonly scans: readonly ScanSummary[]; readonly chosen: ScanSummary | null }) {
  const now = useNow(60_000);
  return (
    <section>
      <div className="scan-section__head">
        <h2>Scans of this workspace</h2>
        <span>{scans.length}</span>
      </div>
      <ul>
        {scans.map((scan) => (
          <li key={scan.number}>
            <ScanRow scan={scan} current={scan.number === chosen?.number} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ScanRow({
  scan,
  current,
  now,
}: {
  readonly scan: ScanSummary;
  readonly current: boolean;
  readonly now: number;
}) {
  const Icon = statusIcons[scan.status];
  const tab = useSearchParameter('tab');
  const doubtful = scan.status === 'partial' || scan.status === 'failed';
  return (
    <Link
      className="scan-row"
      href={formatAddress('scan', { number: String(scan.number), tab })}
      aria-current={current || undefined}
    >
      <span className="scan-row__number">{scan.number}</span>
      <Icon aria-hidden className={doubtful ? 'scan-row__untold' : 'muted'} />
      <span className="scan-row__main">
        <div className="scan-row__title">
          {clock(scan.startedAt, now)}
          {scan.status !== 'complete' && <span className="scan-row__untold"> {statusWords[scan.status]}</span>}
        </div>
        <div className="scan-row__second" title={scan.roots.join('\n')}>
          {scan.status === 'running'
            ? scan.roots.map(lastSegment).join(', ')
            : `${counted(scan.files, 'file')} in ${counted(scan.folders, 'folder')}, ${count(scan.filesRead)} read`}
          {scan.home === null && ', no home'}
        </div>
      </span>
      <span className="scan-row__end figures">
        <div>{scan.status === 'running' ? '' : counted(scan.assets, 'asset')}</div>
        <div>
          {[
            scan.endedAt === null ? '' : duration(scan.endedAt - scan.startedAt),
            scan.issues === 0 ? '' : counted(scan.issues, 'issue'),
          ]
            .filter(Boolean)
            .join(', ')}
        </div>
      </span>
    </Link>
  );
}
