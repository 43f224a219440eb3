import type { Change } from '../../../shared/model/changes.ts';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { propertyWord } from '../../facts/property-words.ts';
import { kindWord } from '../../ui/kind-words.ts';
import { clock, count, counted } from '../../ui/words.ts';
import { changeSign, countWords, orderChanges } from './overview-model.ts';

const mostRows = 8;

const isKind = (kind: string): kind is AssetKind => (assetKinds as readonly string[]).includes(kind);
const wordOf = (kind: string): string => (kind === 'rule' ? 'permission rule' : isKind(kind) ? kindWord(kind) : kind);

/** What differs from the complete scan before: agents, servers, tools, rules, models, prompts and the rest. */
export function Drift({ scan, before }: { readonly scan: ScanSummary; readonly before: ScanSummary | null }) {
  const answer = useCall('changes.between', before === null ? null : { from: before.number, to: scan.number });
  const comparison = valueOf(answer) ?? null;
  const changes = orderChanges(comparison?.changes ?? []);
  const all = changes.length + (comparison?.leftOut ?? 0);
  const now = Date.now();
  return (
    <section aria-label="Since the last scan">
      <div className="overview__section-head">
        <h2>Since the last scan</h2>
        {changes.length > 0 && (
          <span className="muted">{all > mostRows ? `${mostRows} of ${count(all)}` : changes.length}</span>
        )}
        {before !== null && <Link href={formatAddress('changes')}>Open changes</Link>}
      </div>
      {before === null && (
        <p className="overview__empty">
          This is the first complete scan. The next one is compared with it; until then, what changed is unknown.
        </p>
      )}
      {answer.state === 'failed' && (
        <FailedCall title="The scans could not be compared." name="changes.between" error={answer.error} />
      )}
      {before !== null && comparison !== null && changes.length === 0 && (
        <p className="overview__empty">
          No asset changed since scan {before.number} of {clock(before.startedAt, now)}.
        </p>
      )}
      {comparison !== null && changes.length > 0 && <p className="overview__empty">{countWords(comparison.counts)}.</p>}
      {changes.slice(0, mostRows).map((change) => (
        <DriftRow key={`${change.kind} ${change.id} ${change.name} ${change.change}`} change={change} />
      ))}
      {comparison !== null && comparison.relations.length > 0 && (
        <p className="overview__empty">{counted(comparison.relations.length, 'relation')} differ as well.</p>
      )}
    </section>
  );
}

function DriftRow({ change }: { readonly change: Change }) {
  const words =
    change.change === 'changed'
      ? `changed: ${change.fields.map(({ name }) => propertyWord(name)).join(', ') || 'evidence'}`
      : change.change;
  const place = change.after[0] ?? change.before[0];
  return (
    <Link
      className="overview-row"
      href={formatAddress('changes', { kind: change.kind, change: change.change, asset: change.id })}
    >
      <span className="overview-row__sign" aria-hidden>
        {changeSign(change)}
      </span>
      <span className="overview-row__text">
        <div className="overview-row__title">{change.name}</div>
        <div className="overview-row__second">
          {wordOf(change.kind)} {words}
          {place !== undefined && `, ${place.file}:${place.line}`}
        </div>
      </span>
    </Link>
  );
}
