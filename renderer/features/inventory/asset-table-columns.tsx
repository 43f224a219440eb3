import { CircleQuestionMark } from 'lucide-react';
import { type Confidence, confidences } from '../../../shared/kinds.ts';
import type { InventoryTable } from '../../client/inventory-table.ts';
import { ownerWay } from '../../facts/owner-words.ts';
import { compareText } from '../../ui/data-table-model.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { lastSegment, leadingPath } from '../../ui/words.ts';
import {
  frameworkText,
  freshnessText,
  hostText,
  isSilent,
  lastSeenText,
  lifecycleWord,
  locationWord,
  notApplicable,
  noteText,
  ownerText,
  placeText,
  repositoryText,
  stateOf,
  stateWord,
  unknown,
} from './inventory-words.ts';

const confidenceRank = (confidence: Confidence): number => confidences.indexOf(confidence);

/** A value, or one of the two words that say why there is none. `unknown` never looks like a fact. */
export function CellText({ text, doubt = false }: { readonly text: string; readonly doubt?: boolean }) {
  if (text === unknown || doubt) {
    return (
      <>
        <CircleQuestionMark aria-hidden className="cell-untold" />
        <span className="cell-untold">{text}</span>
      </>
    );
  }
  return <span className={text === notApplicable ? 'cell-not-applicable' : undefined}>{text}</span>;
}

type Words = (row: number) => string;

/** Going up, silent values stand behind all others. */
const bySpeech =
  (text: Words, value: (row: number) => number | string) =>
  (first: number, second: number): number => {
    const silence = Number(isSilent(text(first))) - Number(isSilent(text(second)));
    if (silence !== 0) return silence;
    const [one, other] = [value(first), value(second)];
    return typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other));
  };

/** Columns of the inventory; a row is a number of the table. `now`: milliseconds since 1970. */
export function assetTableColumns(table: InventoryTable, now: number): readonly TableColumn<number>[] {
  const silent = (
    id: string,
    title: string,
    width: number,
    text: Words,
    more: Partial<TableColumn<number>> = {},
  ): TableColumn<number> => ({
    id,
    title,
    width,
    text,
    compare: bySpeech(text, text),
    render: (row) => <CellText text={text(row)} />,
    ...more,
  });
  const lastSeen: Words = (row) => lastSeenText(table, row, now);
  const freshness: Words = (row) => freshnessText(table, row, now);
  const owner: Words = (row) => ownerText(table, row);
  return [
    {
      id: 'name',
      title: 'Name',
      width: 200,
      minWidth: 120,
      look: 'name',
      hideable: false,
      text: (row) => table.names[row] ?? '',
      render: (row) => (
        <>
          <KindIcon kind={table.kind(row)} />
          <span>{table.names[row]}</span>
        </>
      ),
    },
    { id: 'kind', title: 'Kind', width: 88, text: (row) => sentenceCase(kindWord(table.kind(row))) },
    {
      id: 'place',
      title: 'Place',
      width: 176,
      look: 'code',
      text: (row) => placeText(table, row),
      compare: (first, second) => compareText(table.places[first] ?? '', table.places[second] ?? ''),
      render: (row) => {
        const place = table.places[row] ?? '';
        return place === '' ? <SilentPlace text={placeText(table, row)} /> : <PlaceText place={place} />;
      },
    },
    silent('owner', 'Owner', 128, owner, {
      render: (row) => (
        <span title={`${owner(row)}${table.owners[row] === '' ? '' : `, ${ownerWay(table.ownedBy[row] ?? '')}`}`}>
          <CellLine>
            <CellText text={owner(row)} doubt={table.ownerGuessed(row)} />
          </CellLine>
        </span>
      ),
    }),
    silent('state', 'State', 112, (row) => stateWord(stateOf(table, row)), {
      render: (row) => {
        const state = stateOf(table, row);
        return <CellText text={stateWord(state)} doubt={state === 'unregistered' || state === 'ambiguous'} />;
      },
    }),
    silent('freshness', 'Freshness', 84, freshness, {
      render: (row) => <CellText text={freshness(row)} doubt={/^(?:stale|gone)/.test(freshness(row))} />,
    }),
    silent('seen', 'Last seen', 120, lastSeen, {
      compare: bySpeech(lastSeen, (row) => table.lastSeen(row) ?? table.goneSince(row) ?? 0),
    }),
    silent('lifecycle', 'Lifecycle', 96, (row) => lifecycleWord(table.lifecycle(row)), { hiddenAtFirst: true }),
    silent('host', 'Host', 116, (row) => hostText(table, row)),
    silent('framework', 'Framework', 116, (row) => frameworkText(table, row)),
    silent('note', 'Fact', 190, (row) => noteText(table, row)),
    silent('repository', 'Repository', 120, (row) => repositoryText(table, row)),
    { id: 'origin', title: 'Origin', width: 84, text: (row) => table.origin(row) },
    {
      id: 'confidence',
      title: 'Confidence',
      width: 132,
      text: (row) =>
        row >= table.live
          ? notApplicable
          : table.dynamic(row)
            ? `${table.confidence(row)}, at run time`
            : table.confidence(row),
      compare: (first, second) => confidenceRank(table.confidence(first)) - confidenceRank(table.confidence(second)),
      render: (row) =>
        row >= table.live ? (
          <CellText text={notApplicable} />
        ) : (
          <CellText
            text={table.dynamic(row) ? `${table.confidence(row)}, at run time` : table.confidence(row)}
            doubt={table.confidence(row) === 'low' || table.dynamic(row)}
          />
        ),
    },
    silent('location', 'Location', 112, (row) => locationWord(table.locations[row] ?? '') || notApplicable, {
      hiddenAtFirst: true,
    }),
    silent('environment', 'Environment', 112, (row) => (table.environments[row] ?? '') || unknown, {
      hiddenAtFirst: true,
    }),
    silent(
      'class',
      'Data class',
      112,
      (row) => (table.classes[row] ?? '') || (table.kind(row) === 'data-store' ? unknown : notApplicable),
      { hiddenAtFirst: true },
    ),
    {
      id: 'source',
      title: 'Source',
      width: 160,
      look: 'code',
      hiddenAtFirst: true,
      text: (row) => (table.sources[row] ?? '') || notApplicable,
    },
  ];
}

const CellLine = ({ children }: { readonly children: React.ReactNode }) => (
  <span className="cell-line">{children}</span>
);

function SilentPlace({ text }: { readonly text: string }) {
  if (text === unknown) return <CellText text={text} />;
  return <span className="cell-not-applicable">{text}</span>;
}

/** Too long a path loses the middle, never file name and line. */
function PlaceText({ place }: { readonly place: string }) {
  const at = place.lastIndexOf(':');
  const path = at < 0 ? place : place.slice(0, at);
  const folder = leadingPath(path);
  return (
    <span className="place-text">
      {folder !== '' && <span className="place-text__folder">{folder}</span>}
      <span className="place-text__file">
        {folder !== '' && '/'}
        {lastSegment(path)}
        {at >= 0 && <span className="place-text__line">{place.slice(at)}</span>}
      </span>
    </span>
  );
}
