import type { ScanProgress } from '../../shared/model/scan.ts';
import type { CommandIo } from './io.ts';
import { printable } from './terminal-text.ts';

/** One line on a terminal's stderr that is written over; nothing at all for pipes and files. */
export type ProgressLine = { show(progress: ScanProgress): void; clear(): void };

const pauseMilliseconds = 80;
const barWidth = 20;

export function createProgressLine(io: CommandIo, isQuiet: boolean): ProgressLine {
  if (!io.noteIsTerminal || isQuiet) return { show: () => {}, clear: () => {} };
  let last = 0;
  let isShown = false;
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < pauseMilliseconds) return;
      last = now;
      isShown = true;
      io.note(`\r\u001b[K${progressText(progress, io.noteColumns - 1)}`);
    },
    clear() {
      if (isShown) io.note('\r\u001b[K');
      isShown = false;
    },
  };
}

/** At most `columns` characters, so that the line never wraps. */
export function progressText(progress: ScanProgress, columns: number): string {
  const count = (value: number): string => value.toLocaleString('en-GB');
  const share = progress.filesWanted === 0 ? 0 : Math.min(1, progress.filesRead / progress.filesWanted);
  const filled = Math.round(share * barWidth);
  const bar = progress.phase === 'walking' ? '' : `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] `;
  const counts =
    progress.phase === 'walking'
      ? `${count(progress.files)} files in ${count(progress.folders)} folders`
      : `${count(progress.filesRead)} of ${count(progress.filesWanted)} files, ${count(progress.agents)} agents`;
  return printable(`${bar}${progress.phase} · ${counts} · ${progress.current}`, Math.max(20, columns));
}
