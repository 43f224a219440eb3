import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall } from '../../client/use-client.tsx';
import { DifferenceList } from '../../facts/difference-list.tsx';
import { EvidenceLine } from '../../facts/evidence-line.tsx';
import { LoadingLine } from '../../ui/notes.tsx';
import { clock } from '../../ui/words.ts';
import { formDifferences, type HistoryRow, historyRows } from './history-model.ts';
import { Section } from './section.tsx';

/** What became of it over the scans and through people; a change opens with both forms and their lines. */
export function HistorySection({ id }: { readonly id: string }) {
  const lifecycle = useCall('inventory.lifecycle', { asset: id });
  const versions = useCall('assets.history', { id });
  if (lifecycle.state === 'failed' || versions.state === 'failed') {
    return (
      <Section title="History">
        {lifecycle.state === 'failed' ? (
          <FailedCall title="The history could not be read." name="inventory.lifecycle" error={lifecycle.error} />
        ) : (
          versions.state === 'failed' && (
            <FailedCall title="The history could not be read." name="assets.history" error={versions.error} />
          )
        )}
      </Section>
    );
  }
  if (lifecycle.state === 'loading' || versions.state === 'loading') {
    return (
      <Section title="History">
        <LoadingLine>Reading the history.</LoadingLine>
      </Section>
    );
  }
  const rows = historyRows(lifecycle.value.events, versions.value);
  return (
    <Section title="History" count={rows.length}>
      {rows.length === 0 && (
        <p className="muted">Nothing yet: no complete scan saw it and nobody said anything of it.</p>
      )}
      <ul>
        {rows.map((row) => (
          <Row key={row.key} id={id} row={row} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ id, row }: { readonly id: string; readonly row: HistoryRow }) {
  const [open, setOpen] = useState(false);
  const when = (
    <>
      <span className="history-row__text">{row.text}</span>
      <span className="history-row__when">
        {row.from}, {clock(row.at, Date.now())}
      </span>
    </>
  );
  if (row.scans === null) return <li className="history-row">{when}</li>;
  return (
    <li>
      <button
        type="button"
        className="history-row history-row--opens"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight aria-hidden />
        {when}
      </button>
      {open && <BothForms id={id} before={row.scans.before} after={row.scans.after} />}
    </li>
  );
}

type FormsProps = { readonly id: string; readonly before: number; readonly after: number };

function BothForms({ id, before, after }: FormsProps) {
  const old = useCall('assets.detail', { scan: before, id });
  const fresh = useCall('assets.detail', { scan: after, id });
  const failed = old.state === 'failed' ? old.error : fresh.state === 'failed' ? fresh.error : null;
  if (failed !== null)
    return <FailedCall title="The two forms could not be compared." name="assets.detail" error={failed} />;
  if (old.state !== 'ready' || fresh.state !== 'ready') return <LoadingLine>Reading both forms.</LoadingLine>;
  const differences = formDifferences(old.value, fresh.value);
  const first = old.value.asset.evidence[0];
  const last = fresh.value.asset.evidence[0];
  return (
    <div className="history-forms">
      {differences.length === 0 ? (
        <p className="muted">Only its place or what people say of it differs.</p>
      ) : (
        <DifferenceList differences={differences} />
      )}
      <div className="history-forms__side">
        <span className="muted">scan {before}</span>
        {first === undefined ? <span>no line</span> : <EvidenceLine bare scan={before} evidence={first} />}
      </div>
      <div className="history-forms__side">
        <span className="muted">scan {after}</span>
        {last === undefined ? <span>no line</span> : <EvidenceLine bare scan={after} evidence={last} />}
      </div>
    </div>
  );
}
