import './coverage-screen.css';
import { CircleQuestionMark, Eye, Minus, RefreshCw, X } from 'lucide-react';
import { useMemo } from 'react';
import { coverageStatuses } from '../../../shared/kinds.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { Action } from '../../actions/action.ts';
import { runActionById, useActions } from '../../actions/action-store.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { clock, count } from '../../ui/words.ts';
import {
  type CoveragePart,
  choosePlaces,
  columnKey,
  columns,
  countsOf,
  type MatrixPlatform,
  matrixRows,
  type Place,
  type PlaceQuery,
  placesOf,
  platformOfScan,
  platformWord,
  type StatusCounts,
  statusWord,
  totalSentence,
} from './coverage-matrix.ts';
import { Matrix } from './matrix.tsx';
import { PlaceTable } from './place-table.tsx';

/** What was looked at: products against scopes and platforms, and every place behind a cell. */
export function CoverageScreen() {
  const answer = useCall('scans.list', {});
  const about = useCall('settings.about', {});
  const scans = valueOf(answer);
  if (scans === undefined || about.state === 'loading') {
    return (
      <Frame>
        {answer.state === 'failed' ? (
          <FailedCall title="The scans could not be read." name="scans.list" error={answer.error} />
        ) : (
          <LoadingLine>Reading the scans.</LoadingLine>
        )}
      </Frame>
    );
  }
  const machine = valueOf(about)?.platform ?? '';
  const shown = newestPerPlatform(scans, machine);
  if (shown.length === 0) {
    return (
      <Frame>
        {scans.some((scan) => scan.status === 'running') ? (
          <EmptyState
            title="The first scan is running."
            steps={<Button onClick={() => runActionById('go.scan')}>Show the scan</Button>}
          >
            What was looked at appears here when it is complete.
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
            No place was looked at, so nothing can be told of any.
          </EmptyState>
        )}
      </Frame>
    );
  }
  return <Coverage shown={shown} />;
}

function Frame({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        <h1>Coverage</h1>
      </div>
      <div className="screen__body">{children}</div>
    </div>
  );
}

type Shown = { readonly scan: ScanSummary; readonly platform: Exclude<MatrixPlatform, 'any'> };

/** The newest complete scan of each platform, newest first; a partial one only where there is no complete one at all. */
function newestPerPlatform(scans: readonly ScanSummary[], machine: string): readonly Shown[] {
  const newest = scans.toSorted((first, second) => second.number - first.number);
  const complete = newest.filter((scan) => scan.status === 'complete');
  const usable = complete.length > 0 ? complete : newest.filter((scan) => scan.status === 'partial').slice(0, 1);
  const found = new Map<string, Shown>();
  for (const scan of usable) {
    const platform = platformOfScan(scan, machine);
    if (!found.has(platform)) found.set(platform, { scan, platform });
  }
  return [...found.values()];
}

const numberOf = (shown: Shown | undefined): { number: number } | null =>
  shown === undefined ? null : { number: shown.scan.number };

function Coverage({ shown }: { readonly shown: readonly Shown[] }) {
  // At most three platforms, and hooks come in a fixed number.
  const answers = [
    useCall('scans.coverage', numberOf(shown[0])),
    useCall('scans.coverage', numberOf(shown[1])),
    useCall('scans.coverage', numberOf(shown[2])),
  ];
  const about = valueOf(useCall('settings.about', {}));
  const [first, second, third] = answers.map(valueOf);
  const places = useMemo(() => {
    const products = new Map((about?.sources ?? []).map(({ id, product }) => [id, product]));
    const parts = shown.flatMap(({ scan, platform }, index): CoveragePart[] => {
      const entries = [first, second, third][index];
      return entries === undefined ? [] : [{ scan: scan.number, platform, entries }];
    });
    return placesOf(parts, (source) => products.get(source) ?? 'Folders');
  }, [shown, about, first, second, third]);
  const failed = answers.find(({ state }) => state === 'failed');
  const [newest] = shown;
  const now = Date.now();
  if (failed?.state === 'failed') {
    return (
      <Frame>
        <FailedCall title="The coverage could not be read." name="scans.coverage" error={failed.error} />
      </Frame>
    );
  }
  if (newest === undefined || answers.slice(0, shown.length).some(({ state }) => state === 'loading')) {
    return (
      <Frame>
        <LoadingLine>Reading every place that was looked at.</LoadingLine>
      </Frame>
    );
  }
  return (
    <div className="screen">
      <div className="screen__head">
        <h1>Coverage</h1>
        <span className="screen__note" title={newest.scan.roots.join('\n')}>
          {shown
            .map(
              ({ scan, platform }) => `${platformWord[platform]}: scan ${scan.number}, ${clock(scan.startedAt, now)}`,
            )
            .join('; ')}
        </span>
        {newest.scan.home === null && (
          <Button className="push" onClick={() => runActionById('scan.addHome')}>
            Add a home
          </Button>
        )}
        <Button
          className={newest.scan.home === null ? undefined : 'push'}
          look="primary"
          icon={RefreshCw}
          keys="r"
          onClick={() => runActionById('scan.start')}
        >
          Rescan
        </Button>
      </div>
      {newest.scan.status === 'partial' && (
        <div className="coverage__note">
          <HatchNote>
            Scan {newest.scan.number} was stopped before the end. Places that it did not come to are missing here.
          </HatchNote>
        </div>
      )}
      <Board places={places} looked={new Set<MatrixPlatform>(shown.map(({ platform }) => platform))} />
    </div>
  );
}

function useQuery(): PlaceQuery {
  return {
    product: useSearchParameter('product'),
    column: useSearchParameter('cell'),
    status: useSearchParameter('status'),
  };
}

const clearQuery = (): void => changeSearch({ product: null, cell: null, status: null }, { replace: true });

type BoardProps = { readonly places: readonly Place[]; readonly looked: ReadonlySet<MatrixPlatform> };

function Board({ places, looked }: BoardProps) {
  const query = useQuery();
  const counts = useMemo(() => countsOf(places), [places]);
  const rows = useMemo(() => matrixRows(places, looked), [places, looked]);
  const chosen = query.product !== '' || query.column !== '' || query.status !== '';
  const listed = useMemo(() => (chosen ? choosePlaces(places, query) : []), [places, chosen, query]);
  const withStatus = query.status === '' ? rows : rows.filter((row) => row.counts[query.status as 'read'] > 0);
  useActions(coverageActions);
  return (
    <div className="coverage">
      <StatusBar counts={counts} status={query.status} />
      {withStatus.length === 0 ? (
        <div className="screen__body">
          <EmptyState title={`No place is ${statusWord(query.status as 'read')}.`}>{totalSentence(counts)}.</EmptyState>
        </div>
      ) : (
        <Matrix
          rows={withStatus}
          looked={looked}
          query={query}
          onChoose={(product, column) =>
            changeSearch(
              query.product === product && query.column === column
                ? { product: null, cell: null }
                : { product, cell: column === '' ? null : column },
              { replace: true },
            )
          }
        />
      )}
      {chosen && (
        <section className="places" aria-label="Places">
          <div className="places__head">
            <h2>Places</h2>
            <span className="muted">
              {count(listed.length)} of {count(places.length)}
              {query.product === '' ? '' : `, ${query.product}`}
              {query.column === '' ? '' : `, ${columnTitle(query.column)}`}
              {query.status === '' ? '' : `, ${statusWord(query.status as 'read')}`}
            </span>
            <span className="push" />
            <IconButton small icon={X} label="Close the places" keys="escape" onClick={clearQuery} />
          </div>
          <PlaceTable places={listed} />
        </section>
      )}
    </div>
  );
}

function columnTitle(key: string): string {
  const column = columns.find((candidate) => columnKey(candidate) === key);
  return column === undefined
    ? key
    : `${column.scope} scope${column.platform === 'any' ? '' : ` on ${platformWord[column.platform]}`}`;
}

const coverageActions: readonly Action[] = [
  { id: 'selection.clear', title: 'Close the places', group: 'Selection', keys: ['escape'], run: clearQuery },
];

/** Every status with its number; pressing one leaves the products that have it, and lists the places. */
function StatusBar({ counts, status }: { readonly counts: StatusCounts; readonly status: string }) {
  return (
    <div className="coverage__bar" role="group" aria-label="Statuses">
      {coverageStatuses.map((name) => {
        const untold = name !== 'read' && name !== 'absent';
        const Icon = name === 'read' ? Eye : name === 'absent' ? Minus : CircleQuestionMark;
        return (
          <button
            key={name}
            type="button"
            className={`coverage__status${untold && counts[name] > 0 ? ' coverage__status--untold' : ''}`}
            aria-pressed={status === name}
            onClick={() => changeSearch({ status: status === name ? null : name }, { replace: true })}
          >
            <Icon aria-hidden />
            <b className="figures">{count(counts[name])}</b>
            {statusWord(name)}
          </button>
        );
      })}
    </div>
  );
}
