import { Fragment, useState } from 'react';
import type { Evidence } from '../../../shared/model/facts.ts';
import { SourceView } from '../../client/source-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { lastSegment } from '../../ui/words.ts';
import { evidenceOfPlace, type Fact, type FactRecord, type FactTable } from './inspector-model.ts';
import { propertyTitle } from '../../facts/property-words.ts';

type FactListProps = {
  readonly facts: readonly Fact[];
  readonly evidence: readonly Evidence[];
  readonly scan: number | null;
};

export function FactList({ facts, evidence, scan }: FactListProps) {
  return (
    <dl className="facts">
      {facts.map((fact) => {
        const wide = fact.form === 'text' || fact.form === 'list' ? undefined : 'facts__wide';
        return (
          <Fragment key={fact.name}>
            <dt className={wide}>{propertyTitle(fact.name)}</dt>
            <dd className={wide}>
              <FactValue fact={fact} evidence={evidence} scan={scan} />
            </dd>
          </Fragment>
        );
      })}
    </dl>
  );
}

function FactValue({
  fact,
  evidence,
  scan,
}: {
  readonly fact: Fact;
  readonly evidence: readonly Evidence[];
  readonly scan: number | null;
}) {
  switch (fact.form) {
    case 'text':
      return fact.code ? <code>{fact.text}</code> : fact.text;
    case 'list':
      return (
        <div className="facts__items">
          {fact.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: members may be equal and never move
            <Chip key={index} look="code" title={item}>
              {item}
            </Chip>
          ))}
        </div>
      );
    case 'group':
      return <RecordView record={fact.record} evidence={evidence} scan={scan} />;
    case 'records':
      return <RecordsView records={fact.records} evidence={evidence} scan={scan} />;
    case 'table':
      return <FactTableView name={fact.name} table={fact.table} evidence={evidence} scan={scan} />;
  }
}

type RecordProps = { readonly evidence: readonly Evidence[]; readonly scan: number | null };

function RecordView({ record, evidence, scan }: RecordProps & { readonly record: FactRecord }) {
  const [open, setOpen] = useState(false);
  const source = record.place === null ? null : evidenceOfPlace(record.place, evidence);
  return (
    <div className="fact-record">
      <FactList facts={record.facts} evidence={evidence} scan={scan} />
      {record.place !== null && (
        <EvidenceChip
          bare
          title={`${record.place.place}:${record.place.line}`}
          file={record.place.place}
          line={record.place.line}
          expanded={source === null ? undefined : open}
          onOpen={source === null ? undefined : () => setOpen(!open)}
        />
      )}
      {open && source !== null && <SourceView scan={scan} evidence={source} />}
    </div>
  );
}

/** Records shown before somebody asks for all. */
const firstRecords = 5;

function RecordsView({ records, evidence, scan }: RecordProps & { readonly records: readonly FactRecord[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? records : records.slice(0, firstRecords);
  return (
    <>
      {shown.map((record, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: records may be equal and never move
        <RecordView key={index} record={record} evidence={evidence} scan={scan} />
      ))}
      {records.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {records.length}
        </Button>
      )}
    </>
  );
}

/** Characters up to which a cell stays on one line. */
const shortCell = 12;
/** Rows shown before somebody asks for all. */
const firstRows = 12;

type FactTableProps = {
  readonly name: string;
  readonly table: FactTable;
  readonly evidence: readonly Evidence[];
  readonly scan: number | null;
};

function FactTableView({ name, table, evidence, scan }: FactTableProps) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const rows = all ? table.rows : table.rows.slice(0, firstRows);
  const located = table.rows.some((row) => row.place !== null);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll sideways, so the keyboard must reach it */}
      <div role="group" className="fact-table__scroll" tabIndex={0} aria-label={propertyTitle(name)}>
        <table className="fact-table">
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {propertyTitle(column)}
                </th>
              ))}
              {located && (
                <th scope="col" className="fact-table__place">
                  Place
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const source = row.place === null ? null : evidenceOfPlace(row.place, evidence);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal and never move
                <Fragment key={index}>
                  <tr>
                    {row.cells.map((cell, at) => (
                      <td
                        key={table.columns[at]}
                        className={cell.length <= shortCell ? 'fact-table__short' : undefined}
                      >
                        {/[^\w ,]/.test(cell) || table.columns[at] === 'rule' ? <code>{cell}</code> : cell}
                      </td>
                    ))}
                    {located && (
                      <td className="fact-table__place">
                        {row.place !== null && (
                          <EvidenceChip
                            title={`${row.place.place}:${row.place.line}`}
                            bare
                            file={lastSegment(row.place.place)}
                            line={row.place.line}
                            expanded={source === null ? undefined : open === index}
                            onOpen={source === null ? undefined : () => setOpen(open === index ? null : index)}
                          />
                        )}
                      </td>
                    )}
                  </tr>
                  {open === index && source !== null && (
                    <tr>
                      <td colSpan={table.columns.length + 1}>
                        <SourceView scan={scan} evidence={source} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {table.rows.length > rows.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {table.rows.length}
        </Button>
      )}
    </>
  );
}
