import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { kindWord } from '../../ui/kind-words.ts';
import { clock, counted } from '../../ui/words.ts';
import { changeSign, orderChanges } from './overview-model.ts';

const mostRows = 8;

const isKind = (kind: string): kind is AssetKind => (assetKinds as readonly string[]).includes(kind);

/** What differs from the complete scan before. */
export function Drift({ scan, before }: { readonly scan: ScanSummary; readonly before: ScanSummary | null }) {
  const answer = useCall('scans.compare', before === null ? null : { from: before.number, to: scan.number });
  const changes = orderChanges(valueOf(answer)?.assets ?? []);
  const relations = valueOf(answer);
  const now = Date.now();
  return (
    <section aria-label="Since the last scan">
      <div className="overview__section-head">
        <h2>Since the last scan</h2>
        {changes.length > 0 && (
          <span className="muted">
            {changes.length > mostRows ? `${mostRows} of ${changes.length}` : changes.length}
          </span>
        )}
      </div>
      {before === null && (
        <p className="overview__empty">This is the first complete scan. The next one is compared with it.</p>
      )}
      {answer.state === 'failed' && (
        <FailedCall title="The scans could not be compared." name="scans.compare" error={answer.error} />
      )}
      {before !== null && answer.state === 'ready' && changes.length === 0 && (
        <p className="overview__empty">
          No asset changed since scan {before.number} of {clock(before.startedAt, now)}.
        </p>
      )}
      {changes.slice(0, mostRows).map((change) => {
        const kind = isKind(change.kind) ? kindWord(change.kind) : change.kind;
        const words =
          change.change === 'changed' ? `changed: ${change.properties.join(', ') || 'evidence'}` : change.change;
        const content = (
          <>
            <span className="overview-row__sign" aria-hidden>
              {changeSign(change)}
            </span>
            <span className="overview-row__text">
              <div className="overview-row__title">{change.name}</div>
              <div className="overview-row__second">
                {kind} {words}
              </div>
            </span>
          </>
        );
        return change.change === 'removed' ? (
          <div key={change.id} className="overview-row">
            {content}
          </div>
        ) : (
          <Link key={change.id} className="overview-row" href={formatAddress('inventory', { asset: change.id })}>
            {content}
          </Link>
        );
      })}
      {relations !== undefined &&
        relations.relationsAdded + relations.relationsRemoved + relations.relationsChanged > 0 && (
          <p className="overview__empty">
            Relations: {counted(relations.relationsAdded, 'added', 'added')}, {relations.relationsRemoved} removed,{' '}
            {relations.relationsChanged} changed.
          </p>
        )}
    </section>
  );
}
