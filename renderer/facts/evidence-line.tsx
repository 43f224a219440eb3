import { useState } from 'react';
import type { Evidence } from '../../shared/model/facts.ts';
import { EvidenceChip } from '../ui/evidence-chip.tsx';
import { lastSegment } from '../ui/words.ts';
import { ScanLines } from './scan-lines.tsx';

type EvidenceLineProps = {
  /** Scan whose roots the evidence counts; null: the latest. */
  readonly scan: number | null;
  readonly evidence: Evidence;
  readonly origin?: string;
  readonly bare?: boolean;
};

/** A line that shows a fact, and the lines around it when somebody opens it. */
export function EvidenceLine({ scan, evidence, origin, bare = false }: EvidenceLineProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <EvidenceChip
        bare={bare}
        file={bare ? lastSegment(evidence.file) : evidence.file}
        title={`${evidence.file}:${evidence.line}`}
        line={evidence.line}
        endLine={evidence.endLine}
        origin={origin}
        expanded={open}
        onOpen={() => setOpen(!open)}
      />
      {open && <ScanLines scan={scan} evidence={evidence} />}
    </>
  );
}
