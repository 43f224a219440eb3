import { createInterface } from 'node:readline/promises';
import { createLogger, type Logger, silentLogger } from '../engine/log.ts';
import { colourStyle, plainStyle, type Style } from './terminal-text.ts';

/** What a command sees of the process that it runs in. Tests bring their own. */
export type CommandIo = {
  /** The answer, and nothing else. */
  out(text: string): void;
  /** Progress, notes and errors. */
  note(text: string): void;
  readonly outIsTerminal: boolean;
  readonly noteIsTerminal: boolean;
  readonly noteColumns: number;
  readonly style: Style;
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  /** Asks the person at the terminal; absent where nobody can see the question or answer it. */
  readonly ask?: (question: string) => Promise<string>;
  /** Ends when a person asks to stop (Ctrl-C, SIGTERM). */
  readonly signal: AbortSignal;
};

/** Exit codes that scripts depend on; 1 wins over 3. */
export const exitCodes = { clean: 0, findings: 1, usage: 2, incomplete: 3, internal: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The process itself. The first interrupt cancels, the second ends at once. */
export function processIo(): CommandIo {
  const stop = new AbortController();
  const onStop = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onStop);
  process.on('SIGTERM', onStop);
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop.abort();
  });
  const { env } = process;
  const wantsColour = process.stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    out: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    noteIsTerminal: process.stderr.isTTY === true,
    noteColumns: process.stderr.columns || 80,
    style: wantsColour ? colourStyle : plainStyle,
    environment: env,
    folder: process.cwd(),
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { ask: askOnTerminal } : {}),
    signal: stop.signal,
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** Log of the engine on stderr: everything with COUNTERSIGN_DEBUG=1, else only what went wrong. */
export function commandLog(io: CommandIo): Logger {
  const log = createLogger((line) => io.note(line), Date.now);
  return io.environment['COUNTERSIGN_DEBUG'] ? log : { ...silentLogger, error: log.error };
}
