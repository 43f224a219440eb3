import { CircleQuestionMark } from 'lucide-react';
import { type Confidence, confidences } from '../../../shared/kinds.ts';
import type { AssetTable } from '../../client/asset-table.ts';
import { compareText } from '../../ui/data-table-model.ts';
import type { TableColumn } from '../../ui/data-table.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { lastSegment, leadingPath } from '../../ui/words.ts';

const confidenceRank = (confidence: Confidence): number => confidences.indexOf(confidence);

/** Columns of the inventory; a row is a number of the asset table. */
export function assetTableColumns(table: AssetTable): readonly TableColumn<number>[] {
  return [
    {
      id: 'name',
      title: 'Name',
      width: 240,
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
    {
      id: 'kind',
      title: 'Kind',
      width: 100,
      text: (row) => sentenceCase(kindWord(table.kind(row))),
    },
    { id: 'note', title: 'Fact', width: 190, text: (row) => table.notes[row] ?? '' },
    {
      id: 'place',
      title: 'Place',
      width: 250,
      look: 'code',
      text: (row) => table.places[row] ?? '',
      compare: (first, second) => compareText(table.places[first] ?? '', table.places[second] ?? ''),
      render: (row) => <PlaceText place={table.places[row] ?? ''} />,
    },
    { id: 'host', title: 'Host', width: 104, text: (row) => table.hosts[row] ?? '' },
    { id: 'repository', title: 'Repository', width: 120, text: (row) => table.repositories[row] ?? '' },
    {
      id: 'origin',
      title: 'Origin',
      width: 84,
      text: (row) => table.origin(row),
    },
    {
      id: 'confidence',
      title: 'Confidence',
      width: 144,
      text: (row) => (table.dynamic(row) ? `${table.confidence(row)}, at run time` : table.confidence(row)),
      compare: (first, second) => confidenceRank(table.confidence(first)) - confidenceRank(table.confidence(second)),
      render: (row) =>
        table.confidence(row) === 'low' || table.dynamic(row) ? (
          <>
            <CircleQuestionMark aria-hidden className="inventory__untold" />
            <span className="inventory__untold">
              {table.dynamic(row) ? `${table.confidence(row)}, at run time` : 'low'}
            </span>
          </>
        ) : undefined,
    },
    {
      id: 'source',
      title: 'Source',
      width: 160,
      look: 'code',
      hiddenAtFirst: true,
      text: (row) => table.sources[row] ?? '',
    },
  ];
}

/** Too long a path loses the middle, never file name and line. */
function PlaceText({ place }: { readonly place: string }) {
  if (place === '') return <span className="inventory__derived">follows from other facts</span>;
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
