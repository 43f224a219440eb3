import './changes-screen.css';
import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Comparison } from '../../../shared/model/changes.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { runActionById } from '../../actions/action-store.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { sentenceCase } from '../../ui/kind-words.ts';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { Select } from '../../ui/select.tsx';
import { clock, count, counted } from '../../ui/words.ts';
import { ChangeRow, RelationChangeRow } from './change-row.tsx';
import {
  changedKindWord,
  changeSign,
  changeSummary,
  chooseChanges,
  chosenScans,
  comparableScans,
  keyOfChange,
  kindRows,
  scanOfSide,
  totalOf,
} from './changes-model.ts';

/** What is different between two scans, with both values and the lines of both sides. */
export function ChangesScreen() {
  const answer = useCall('scans.list', {});
  const scans = valueOf(answer);
  const from = useSearchParameter('from');
  const to = useSearchParameter('to');
  const chosen = scans === undefined ? null : chosenScans(scans, from, to);
  const comparison = useCall('changes.between', chosen);
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Changes</h1>
        {scans !== undefined && chosen !== null && <ScanChoice scans={scans} chosen={chosen} />}
        {comparison.state === 'ready' && comparison.value !== null && <CopyButton comparison={comparison.value} />}
      </div>
      {answer.state === 'failed' ? (
        <div className="screen__body">
          <FailedCall title="The scans could not be read." name="scans.list" error={answer.error} />
        </div>
      ) : scans === undefined ? (
        <div className="screen__body">
          <LoadingLine>Reading the scans.</LoadingLine>
        </div>
      ) : chosen === null ? (
        <NothingToCompare scans={scans} />
      ) : comparison.state === 'failed' ? (
        <div className="screen__body">
          <FailedCall title="The scans could not be compared." name="changes.between" error={comparison.error} />
        </div>
      ) : comparison.state === 'loading' ? (
        <div className="screen__body">
          <LoadingLine>
            Comparing scan {chosen.from} with scan {chosen.to}.
          </LoadingLine>
        </div>
      ) : comparison.value === null ? (
        <NothingToCompare scans={scans} />
      ) : (
        <Changes comparison={comparison.value} />
      )}
    </div>
  );
}

function NothingToCompare({ scans }: { readonly scans: readonly ScanSummary[] }) {
  const complete = comparableScans(scans).length;
  return (
    <div className="screen__body">
      <EmptyState
        outcome="untold"
        title={complete === 0 ? 'There is no complete scan yet.' : 'There is one complete scan.'}
        steps={
          <Button look="primary" keys="r" onClick={() => runActionById('scan.start')}>
            {complete === 0 ? 'Scan' : 'Rescan'}
          </Button>
        }
      >
        {complete === 0
          ? 'What changed is known after two complete scans.'
          : 'The next one is compared with it. Whether anything changed since is unknown.'}
      </EmptyState>
    </div>
  );
}

type ScanChoiceProps = {
  readonly scans: readonly ScanSummary[];
  readonly chosen: { readonly from: number; readonly to: number };
};

function ScanChoice({ scans, chosen }: ScanChoiceProps) {
  const now = Date.now();
  const options = comparableScans(scans).map(({ number, startedAt }) => ({
    value: String(number),
    label: `${number}, ${clock(startedAt, now)}`,
  }));
  const without = (number: number) => options.filter(({ value }) => value !== String(number));
  return (
    <>
      <Select
        label="Before, scan"
        showLabel
        value={String(chosen.from)}
        options={without(chosen.to)}
        onChange={(from) => changeSearch({ from, to: String(chosen.to) })}
      />
      <Select
        label="After, scan"
        showLabel
        value={String(chosen.to)}
        options={without(chosen.from)}
        onChange={(to) => changeSearch({ from: String(chosen.from), to })}
      />
    </>
  );
}

function CopyButton({ comparison }: { readonly comparison: Comparison }) {
  return (
    <Button
      className="push"
      look="quiet"
      icon={Copy}
      onClick={() => void navigator.clipboard.writeText(asMarkdown(comparison))}
    >
      Copy as Markdown
    </Button>
  );
}

const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#!&]/g, '\\$&');

function asMarkdown({ before, after, changes, leftOut }: Comparison): string {
  return [
    `${sentenceCase(before.name)} compared with ${after.name}`,
    '',
    ...chooseChanges(changes, { kind: '', change: '' }).map((change) => {
      const place = change.after[0] ?? change.before[0];
      return `- ${changeSign(change.change)} ${changedKindWord(change.kind)} **${escaped(change.name)}**, ${changeSummary(change)}${place === undefined ? '' : ` (${escaped(`${place.file}:${place.line}`)})`}`;
    }),
    ...(leftOut === 0 ? [] : ['', `${leftOut} further differences are not listed.`]),
  ].join('\n');
}

/** Rows shown before somebody asks for more: each may open, and thousands would block the window. */
const pageRows = 200;

function Changes({ comparison }: { readonly comparison: Comparison }) {
  const query = { kind: useSearchParameter('kind'), change: useSearchParameter('change') };
  const [shownRows, setShownRows] = useState(pageRows);
  const { kind, change } = query;
  const chosen = useMemo(() => chooseChanges(comparison.changes, { kind, change }), [comparison, kind, change]);
  const shown = chosen.slice(0, shownRows);
  const total = totalOf(comparison);
  const all = total.added + total.removed + total.changed;
  const roots = rootNote(comparison);
  return (
    <div className="changes">
      <KindTable comparison={comparison} kind={kind} change={change} />
      <section className="changes__list" aria-label="Differences">
        {roots !== null && <HatchNote>{roots}</HatchNote>}
        {comparison.leftOut > 0 && (
          <HatchNote>
            {counted(comparison.leftOut, 'further difference')} beyond the limit: counted, not listed.
          </HatchNote>
        )}
        <div className="changes__bar">
          <h2>Differences</h2>
          <span className="figures">
            {chosen.length === all ? count(all) : `${count(chosen.length)} of ${count(all)}`}
          </span>
          {kind !== '' && (
            <Chip
              removeLabel={`Remove the filter ${changedKindWord(kind, 2)}`}
              onRemove={() => changeSearch({ kind: null }, { replace: true })}
            >
              {changedKindWord(kind, 2)}
            </Chip>
          )}
          {change !== '' && (
            <Chip
              removeLabel={`Remove the filter ${change}`}
              onRemove={() => changeSearch({ change: null }, { replace: true })}
            >
              {change}
            </Chip>
          )}
        </div>
        {chosen.length === 0 && (
          <EmptyState title={all === 0 ? 'Nothing differs.' : 'None of the differences fits.'}>
            {all === 0
              ? `${sentenceCase(comparison.after.name)} found what ${comparison.before.name} found. Lines that moved are no difference.`
              : `${counted(all, 'difference')} of other kinds.`}
          </EmptyState>
        )}
        {shown.map((item) => (
          <ChangeRow
            key={keyOfChange(item)}
            change={item}
            before={scanOfSide(comparison.before.name)}
            after={scanOfSide(comparison.after.name)}
          />
        ))}
        {chosen.length > shown.length && (
          <Button look="link" onClick={() => setShownRows(shownRows + pageRows)}>
            Show {count(Math.min(pageRows, chosen.length - shown.length))} more
          </Button>
        )}
        {kind === '' && <Relations comparison={comparison} change={change} />}
      </section>
    </div>
  );
}

/** Two scans of different folders differ in what was looked at, which is no change of the world. */
function rootNote({ before, after }: Comparison): string | null {
  const gone = before.roots.filter((root) => !after.roots.includes(root));
  const fresh = after.roots.filter((root) => !before.roots.includes(root));
  if (gone.length + fresh.length === 0) return null;
  const parts = [
    gone.length === 0 ? '' : `only ${before.name} looked at ${gone.join(', ')}`,
    fresh.length === 0 ? '' : `only ${after.name} looked at ${fresh.join(', ')}`,
  ].filter(Boolean);
  return `Not the same folders: ${parts.join('; ')}. What is added or removed there may have been there all along.`;
}

type KindTableProps = { readonly comparison: Comparison; readonly kind: string; readonly change: string };

function KindTable({ comparison, kind, change }: KindTableProps) {
  const rows = [totalOf(comparison), ...kindRows(comparison)];
  const choose = (nextKind: string, nextChange: string): void =>
    changeSearch(
      { kind: nextKind === '' ? null : nextKind, change: nextChange === '' ? null : nextChange },
      { replace: true },
    );
  return (
    <div className="changes__side">
      <table className="changes__kinds figures">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">
              <span aria-hidden title="Added">
                +
              </span>
              <span className="visually-hidden">Added</span>
            </th>
            <th scope="col">
              <span aria-hidden title="Removed">
                −
              </span>
              <span className="visually-hidden">Removed</span>
            </th>
            <th scope="col">
              <span aria-hidden title="Changed">
                ±
              </span>
              <span className="visually-hidden">Changed</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind} data-current={row.kind === kind && change === '' ? true : undefined}>
              <th scope="row">
                <button type="button" className="changes__kind" onClick={() => choose(row.kind, '')}>
                  {row.title}
                </button>
              </th>
              {(['added', 'removed', 'changed'] as const).map((name) => (
                <td key={name}>
                  {row[name] === 0 ? (
                    <span className="changes__nil">0</span>
                  ) : (
                    <button
                      type="button"
                      className="changes__number"
                      aria-label={`${count(row[name])} ${row.title.toLowerCase()} ${name}`}
                      onClick={() => choose(row.kind, name)}
                    >
                      {count(row[name])}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Relations({ comparison, change }: { readonly comparison: Comparison; readonly change: string }) {
  const [shownRows, setShownRows] = useState(40);
  const chosen = comparison.relations.filter((item) => change === '' || item.change === change);
  const shown = chosen.slice(0, shownRows);
  if (chosen.length === 0) return null;
  return (
    <div className="changes__relations">
      <div className="changes__bar">
        <h2>Relations</h2>
        <span className="figures">{count(chosen.length)}</span>
      </div>
      {shown.map((item) => (
        <RelationChangeRow
          key={`${item.change} ${item.id}`}
          change={item}
          before={scanOfSide(comparison.before.name)}
          after={scanOfSide(comparison.after.name)}
        />
      ))}
      {chosen.length > shown.length && (
        <Button look="link" onClick={() => setShownRows(shownRows + pageRows)}>
          Show {count(Math.min(pageRows, chosen.length - shown.length))} more
        </Button>
      )}
    </div>
  );
}
