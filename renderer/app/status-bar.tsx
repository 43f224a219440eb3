import './status-bar.css';
import { CircleQuestionMark, Lock, RefreshCw, TriangleAlert } from 'lucide-react';
import { openKeySheet } from '../actions/action-store.ts';
import { Link } from '../actions/link.tsx';
import { formatAddress } from '../actions/routes.ts';
import { useCall, valueOf } from '../client/use-client.tsx';
import { KeyCaps } from '../ui/key-cap.tsx';
import { useNow } from '../ui/use-now.ts';
import { ago, clock, counted } from '../ui/words.ts';

/** How old the facts are and what they leave open. */
export function StatusBar() {
  const now = useNow(30_000);
  const list = valueOf(useCall('scans.list', {})) ?? [];
  const running = valueOf(useCall('scans.running', {}));
  const latest = list.find((scan) => scan.status === 'complete') ?? list.find((scan) => scan.status !== 'running');
  const endedAt = latest?.endedAt ?? latest?.startedAt;
  return (
    <footer className="status-bar">
      {running !== undefined && running !== null ? (
        <Link className="status-bar__item" href={formatAddress('scan')}>
          <RefreshCw aria-hidden />
          Scanning, {counted(running.filesRead, 'file')} read, {counted(running.agents, 'agent')} so far
        </Link>
      ) : (
        <Link className="status-bar__item" href={formatAddress('scan')}>
          <RefreshCw aria-hidden />
          {endedAt === undefined ? 'Not scanned yet' : `Scanned ${clock(endedAt, now)}, ${ago(endedAt, now)}`}
        </Link>
      )}
      {latest !== undefined && latest.couldNotTell > 0 && (
        <Link className="status-bar__item status-bar__item--untold" href={formatAddress('overview')}>
          <CircleQuestionMark aria-hidden />
          {counted(latest.couldNotTell, 'place')}: could not tell
        </Link>
      )}
      {latest !== undefined && latest.issues > 0 && (
        <Link className="status-bar__item" href={formatAddress('scan', { number: String(latest.number) })}>
          <TriangleAlert aria-hidden />
          {counted(latest.issues, 'issue')}
        </Link>
      )}
      <span className="status-bar__push" />
      <span className="status-bar__item" title="Nothing is sent anywhere. There is no account.">
        <Lock aria-hidden />
        Offline
      </span>
      <button type="button" className="status-bar__item" onClick={openKeySheet} aria-keyshortcuts="?">
        Keys <KeyCaps chord="?" />
      </button>
    </footer>
  );
}
