import { CircleQuestionMark, FileWarning, KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { runActionById } from '../../actions/action-store.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import type { AssetTable } from '../../client/asset-table.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { counted, lastSegment } from '../../ui/words.ts';
import type { BoardRow } from './coverage-model.ts';
import { issueLines } from './overview-model.ts';
import { useLiteralSecrets } from './use-literal-secrets.ts';

/** Rows of each sort; the rest is one link away. */
const mostRows = 4;

type NeedsPersonProps = {
  readonly scan: ScanSummary;
  readonly table: AssetTable | null;
  /** Null while the coverage is not known. */
  readonly rows: readonly BoardRow[] | null;
};

/** What no program can settle: values in files, files that could not be read, places that could not be told. */
export function NeedsPerson({ scan, table, rows }: NeedsPersonProps) {
  const issueList = valueOf(useCall('scans.issues', { number: scan.number }));
  const issues = issueLines(issueList ?? []);
  const secrets = useLiteralSecrets(table);
  const found = secrets?.found ?? [];
  const untold = (rows ?? []).filter((row) => row.step === 'see-places');
  const withoutHome = (rows ?? []).filter((row) => row.step === 'add-home');
  const homeRows = withoutHome.length === 0 ? 0 : 1;
  const all = found.length + issues.length + untold.length + homeRows;
  const shown =
    Math.min(found.length, mostRows) + Math.min(issues.length, mostRows) + Math.min(untold.length, mostRows) + homeRows;
  const known = issueList !== undefined && secrets !== null && rows !== null;
  const issuesHref = formatAddress('scan', { number: String(scan.number) });
  const placesHref = formatAddress('scan', { number: String(scan.number), tab: 'places' });
  return (
    <section aria-label="Needs a person">
      <div className="overview__section-head">
        <h2>Needs a person</h2>
        <span className="muted">{known ? (shown === all ? all : `${shown} of ${all}`) : ''}</span>
        {issues.length > 0 && <Link href={issuesHref}>Open issues</Link>}
      </div>
      {found.slice(0, mostRows).map((secret) => (
        <PersonRow
          key={`${secret.id} ${secret.place}:${secret.line}`}
          href={formatAddress('inventory', { asset: secret.id })}
          icon={<KeyRound aria-hidden className="kind-icon--authority" />}
          title={`Value of ${secret.name} stands in a file`}
          second={`${secret.place}:${secret.line}, masked here`}
          end="rotate"
        />
      ))}
      {secrets !== null && !secrets.complete && (
        <p className="overview__empty">Not all credentials were looked at: there may be more values in files.</p>
      )}
      {issues.slice(0, mostRows).map((issue) => (
        <PersonRow
          key={issue.path}
          href={issuesHref}
          icon={<FileWarning aria-hidden className="overview-row__icon--untold" />}
          title={`${lastSegment(issue.path)}${issue.line === null ? '' : `, line ${issue.line}`}: ${issue.message}`}
          second={issue.path}
          end={issue.more === 0 ? 'repair' : `and ${counted(issue.more, 'more', 'more')}`}
        />
      ))}
      {homeRows > 0 && (
        <button type="button" className="overview-row" onClick={() => runActionById('scan.addHome')}>
          <CircleQuestionMark aria-hidden className="overview-row__icon--untold" />
          <span className="overview-row__text">
            <div className="overview-row__title">
              User settings of {counted(withoutHome.length, 'product')} were not scanned
            </div>
            <div className="overview-row__second">{withoutHome.map((row) => row.title).join(', ')}</div>
          </span>
          <span className="overview-row__end">add a home</span>
        </button>
      )}
      {untold.slice(0, mostRows).map((row) => (
        <PersonRow
          key={row.key}
          href={placesHref}
          icon={<CircleQuestionMark aria-hidden className="overview-row__icon--untold" />}
          title={`${row.title}: could not tell`}
          second={row.meaning}
          end="look"
        />
      ))}
      {!known && (
        <p className="overview__empty overview-row__icon--untold">Not everything is known yet: there may be more.</p>
      )}
      {known && all === 0 && (
        <p className="overview__empty">Nothing waits. Every place that was looked at could be read.</p>
      )}
    </section>
  );
}

type PersonRowProps = {
  readonly href: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly second: string;
  readonly end: string;
};

function PersonRow({ href, icon, title, second, end }: PersonRowProps) {
  return (
    <Link className="overview-row" href={href} title={`${title}\n${second}`}>
      {icon}
      <span className="overview-row__text">
        <div className="overview-row__title">{title}</div>
        <div className="overview-row__second">{second}</div>
      </span>
      <span className="overview-row__end">{end}</span>
    </Link>
  );
}
