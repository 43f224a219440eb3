import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { GraphData } from '../../graph/graph-data.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBlock, HatchNote } from '../../ui/notes.tsx';
import type { GraphAddress } from './graph-address.ts';

type NotesProps = {
  readonly data: GraphData;
  readonly scan: ScanSummary | null;
  readonly address: GraphAddress;
  readonly problem: string | null;
  onAgain(): void;
  onWhole(): void;
};

/** What is not whole about the picture, and what to do about it. */
export function Notes({ data, scan, address, problem, onAgain, onWhole }: NotesProps) {
  const { focus } = address.question;
  return (
    <>
      {problem !== null && (
        <div className="graph-note">
          <ErrorBlock title={problem} action={<Button onClick={onAgain}>Try again</Button>}>
            The table shows the same items.
          </ErrorBlock>
        </div>
      )}
      {focus !== null && !data.rowOf.has(focus) && (
        <div className="graph-note">
          <HatchNote step={<Button onClick={onWhole}>Show the estate</Button>}>
            The asset of this address is not in scan {data.scan}. The whole estate is shown.
          </HatchNote>
        </div>
      )}
      {scan?.status === 'partial' && (
        <div className="graph-note">
          <HatchNote>Scan {scan.number} was stopped before the end. There may be more than is shown.</HatchNote>
        </div>
      )}
      {data.relationsLeftOut > 0 && (
        <div className="graph-note">
          <HatchNote>
            {data.relationsLeftOut.toLocaleString('en')} relations could not be drawn, because an end of them is not
            known.
          </HatchNote>
        </div>
      )}
    </>
  );
}

export function Legend() {
  return (
    <div className="graph-legend" aria-hidden data-graph-control>
      {(['declared', 'derived', 'observed'] as const).map((origin) => (
        <span key={origin}>
          <svg width="26" height="6" viewBox="0 0 26 6" aria-hidden>
            <path className={`graph-legend__line graph-legend__line--${origin}`} d="M0 3H26" />
          </svg>
          {origin}
        </span>
      ))}
    </div>
  );
}
