import type { Evidence } from '../../shared/model/facts.ts';
import { SourceView } from '../client/source-view.tsx';
import { useCall, valueOf } from '../client/use-client.tsx';
import { HatchNote } from '../ui/notes.tsx';

/**
 * The lines of an evidence as they are on disk now. For a scan that is not the latest they may not be what it saw, and
 * nothing keeps what it saw: that is said.
 */
export function ScanLines({ scan, evidence }: { readonly scan: number | null; readonly evidence: Evidence }) {
  const scans = valueOf(useCall('scans.list', {})) ?? [];
  const isFormer = scan !== null && scans.some(({ number, status }) => status === 'complete' && number > scan);
  return (
    <>
      {isFormer && <HatchNote>The file as it is now. Scan {scan} may have seen other lines.</HatchNote>}
      <SourceView scan={scan} evidence={evidence} />
    </>
  );
}
