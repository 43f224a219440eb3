import './evidence-chip.css';
import { File } from 'lucide-react';
import { lastSegment, leadingPath } from './words.ts';

type EvidenceChipProps = {
  /** Path relative to its root, forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly endLine?: number | undefined;
  /** Word at the end: how the fact is known. */
  readonly origin?: string | undefined;
  readonly expanded?: boolean | undefined;
  readonly onOpen?: (() => void) | undefined;
  /** Without icon and outline, for the cells of a table. */
  readonly bare?: boolean;
  /** The whole place, where `file` is only a part of it. */
  readonly title?: string;
};

/** Where a fact stands. Too long a path loses the middle, never the file name or the line. `C` copies. */
export function EvidenceChip({
  file,
  line,
  endLine,
  origin,
  expanded,
  onOpen,
  bare = false,
  title,
}: EvidenceChipProps) {
  const folder = leadingPath(file);
  const place = title ?? `${file}:${line}`;
  const lines = endLine !== undefined && endLine > line ? `${line}-${endLine}` : `${line}`;
  const name = `evidence-chip${bare ? ' evidence-chip--bare' : ''}`;
  const content = (
    <>
      {!bare && <File aria-hidden />}
      <span className="evidence-chip__place">
        {folder !== '' && <span className="evidence-chip__path">{folder}</span>}
        <span className="evidence-chip__file">
          {folder !== '' && '/'}
          {lastSegment(file)}
          <span className="evidence-chip__line">:{lines}</span>
        </span>
      </span>
      {origin !== undefined && <span className="evidence-chip__origin">{origin}</span>}
    </>
  );
  if (onOpen === undefined) {
    return (
      <span className={name} title={place}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={name}
      title={place}
      aria-expanded={expanded}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.stopPropagation();
        void navigator.clipboard.writeText(place);
      }}
    >
      {content}
    </button>
  );
}
