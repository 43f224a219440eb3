import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext } from '../bench-row.ts';
import { findProgram, timeProcess } from '../processes.ts';

/** The whole command as a person runs it: from the start of the process to its end. */
export const scanArguments = (context: BenchContext, folder: string, workspace: string): string[] => [
  context.commandLine,
  'scan',
  folder,
  '--workspace',
  workspace,
  '--quiet',
];

export const workspaceFile = (context: BenchContext, name: string): string =>
  join(context.scratch, `${name}.countersign`);

export function removeWorkspace(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-lock']) rmSync(`${file}${ending}`, { force: true });
}

export const timeScan = (context: BenchContext, folder: string, workspace: string): number =>
  timeProcess(process.execPath, scanArguments(context, folder, workspace));

/** A first scan: into a workspace that is not there yet. */
export function timeFirstScan(context: BenchContext, folder: string, workspace: string): number {
  removeWorkspace(workspace);
  return timeScan(context, folder, workspace);
}

export const ripgrep = (): string | null => findProgram('rg');
export const noRipgrep = 'ripgrep (rg) is not installed';
export const timeRipgrep = (folder: string): number => timeProcess(ripgrep() ?? 'rg', ['--files', '-uu', folder]);
