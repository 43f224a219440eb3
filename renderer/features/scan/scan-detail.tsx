import { CircleQuestionMark, Eye, Minus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ScanIssue } from '../../../shared/model/facts.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, HatchNote, LoadingLine } from '../../ui/notes.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { counted } from '../../ui/words.ts';
import { isUntold, issuesByFile, orderPlaces, placeWord } from './scan-model.ts';

/** What one scan could not read, and every place that it looked at. */
export function ScanDetail({ scan }: { readonly scan: ScanSummary }) {
  const tab = useSearchParameter('tab') === 'places' ? 'places' : 'issues';
  return (
    <section aria-label={`Scan ${scan.number}`}>
      {scan.status === 'partial' && (
        <HatchNote>Scan {scan.number} was stopped before the end, and does not count as the latest.</HatchNote>
      )}
      <Tabs
        label={`Scan ${scan.number}`}
        value={tab}
        onChange={(next) => changeSearch({ tab: next === 'issues' ? null : next }, { replace: true })}
        tabs={[
          { value: 'issues', label: 'Issues', count: scan.issues, content: <Issues scan={scan} /> },
          { value: 'places', label: 'Places', content: <Places scan={scan} /> },
        ]}
      />
    </section>
  );
}

/** Files shown before somebody asks for all: thousands of blocks would block the window. */
const firstFiles = 100;

function Issues({ scan }: { readonly scan: ScanSummary }) {
  const answer = useCall('scans.issues', { number: scan.number });
  const issues = valueOf(answer);
  const files = useMemo(() => issuesByFile(issues ?? []), [issues]);
  const [all, setAll] = useState(false);
  const shown = all ? files : files.slice(0, firstFiles);
  if (answer.state === 'failed')
    return <FailedCall title="The issues could not be read." name="scans.issues" error={answer.error} />;
  if (issues === undefined) return <LoadingLine>Reading the issues.</LoadingLine>;
  return (
    <>
      {issues.length === 0 && (
        <EmptyState title={`No issues in ${counted(scan.files, 'file')}.`}>
          Every file that a source asked for could be read and understood. What no source knows was not looked at.
        </EmptyState>
      )}
      {shown.map((file) => (
        <IssueFile key={file.path} path={file.path} issues={file.issues} />
      ))}
      {files.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {files.length} files
        </Button>
      )}
    </>
  );
}

function IssueFile({ path, issues }: { readonly path: string; readonly issues: readonly ScanIssue[] }) {
  return (
    <div className="issue-file">
      <div className="issue-file__path">{path}</div>
      <ul>
        {issues.map((issue, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two issues may be equal and never move
          <li key={index}>
            <span>{issue.line === null ? 'whole file' : `line ${issue.line}`}</span>
            <span>{issue.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Places shown before somebody asks for all. */
const firstPlaces = 200;

function Places({ scan }: { readonly scan: ScanSummary }) {
  const answer = useCall('scans.coverage', { number: scan.number });
  const entries = valueOf(answer);
  const places = useMemo(() => orderPlaces(entries ?? []), [entries]);
  const [all, setAll] = useState(false);
  const shown = all ? places : places.slice(0, firstPlaces);
  if (answer.state === 'failed')
    return <FailedCall title="The places could not be read." name="scans.coverage" error={answer.error} />;
  if (entries === undefined) return <LoadingLine>Reading the places.</LoadingLine>;
  return (
    <>
      <p className="place-summary">
        {counted(places.length, 'place')} that a source asked for,{' '}
        {places.filter((place) => isUntold(place.status)).length} could not be told.
      </p>
      <ul>
        {shown.map((place) => {
          const Icon = isUntold(place.status) ? CircleQuestionMark : place.status === 'read' ? Eye : Minus;
          return (
            <li
              key={`${place.source} ${place.scope} ${place.path}`}
              className={`place-row${isUntold(place.status) ? ' place-row--untold' : ''}`}
            >
              <Icon aria-hidden />
              <span className="place-row__path" title={place.path}>
                {place.path}
              </span>
              <span className="place-row__what" title={place.detail}>
                {placeWord(place.status)}
                {place.detail !== '' && place.detail !== place.status && `: ${place.detail}`}
              </span>
              <span className="place-row__source">
                {place.source}, {place.scope}
              </span>
            </li>
          );
        })}
      </ul>
      {places.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {places.length} places
        </Button>
      )}
    </>
  );
}
