import type { CommandIo } from '../../electron/cli/io.ts';
import { plainStyle } from '../../electron/cli/terminal-text.ts';

/** An io for tests: what was printed, and a way to interrupt. */
export type RecordedIo = CommandIo & {
  readonly printed: () => string;
  readonly noted: () => string;
  interrupt(): void;
};

export function recordedIo(folder: string, more: Partial<CommandIo> = {}): RecordedIo {
  const out: string[] = [];
  const note: string[] = [];
  const stop = new AbortController();
  return {
    out: (text) => void out.push(text),
    note: (text) => void note.push(text),
    outIsTerminal: false,
    noteIsTerminal: false,
    noteColumns: 80,
    style: plainStyle,
    environment: {},
    folder,
    signal: stop.signal,
    ...more,
    printed: () => out.join(''),
    noted: () => note.join(''),
    interrupt: () => stop.abort(),
  };
}
