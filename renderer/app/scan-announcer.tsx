import { useRef } from 'react';
import { announce } from '../actions/announce.ts';
import { reportProblem } from '../actions/problem.ts';
import { useEvent } from '../client/use-client.tsx';
import { counted } from '../ui/words.ts';

/** Milliseconds between two announcements of progress. */
const pause = 10_000;

/** Says how a scan goes to people who do not see the bar: not more than every ten seconds, and its end at once. */
export function ScanAnnouncer() {
  const last = useRef(0);
  useEvent('scans.progress', (progress) => {
    const now = Date.now();
    if (now - last.current < pause) return;
    last.current = now;
    announce(
      `Scanning: ${counted(progress.filesRead, 'file')} of ${progress.filesWanted}, ${counted(progress.agents, 'agent')} so far.`,
    );
  });
  useEvent('scans.ended', ({ status, message }) => {
    last.current = 0;
    if (status === 'complete') announce('The scan is complete.');
    else if (status === 'partial') announce('The scan was stopped. What was found is kept as partial.');
    else {
      reportProblem('The scan failed. What was found before is still shown.', { code: 'internal', message });
    }
  });
  return null;
}
