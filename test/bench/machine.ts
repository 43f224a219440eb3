import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { connect } from '../../electron/engine/store/driver.ts';
import { findProgram } from './processes.ts';

/** What the figures were measured on; printed and kept with them. */
export type Machine = {
  readonly date: string;
  readonly processor: string;
  readonly processors: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
};

const firstLine = (program: string, args: readonly string[]): string => {
  try {
    return (
      execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .split('\n')[0]
        ?.trim() ?? ''
    );
  } catch {
    return 'not found';
  }
};

export function describeMachine(chromium: string | null): Machine {
  const connection = connect(':memory:', 'facts');
  const sqlite = connection.prepare('SELECT sqlite_version()').pluck().get() as string;
  connection.close();
  const ripgrep = findProgram('rg');
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${platform()} ${release()} ${arch()}`,
    versions: {
      node: process.version,
      sqlite,
      ripgrep: ripgrep === null ? 'not found' : firstLine(ripgrep, ['--version']),
      chromium: chromium === null ? 'not found' : firstLine(chromium, ['--version']),
    },
  };
}

/** Load of the last minute, which includes what this bench does itself. */
export const currentLoad = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;
