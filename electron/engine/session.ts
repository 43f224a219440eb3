import { AppError } from './errors.ts';
import { getScan, latestScan } from './store/repos/scans.ts';
import type { OpenWorkspace } from './store/open.ts';

/** The open workspace, if any. Calls that need one ask here and get words when there is none. */
export type Session = {
  current(): OpenWorkspace | null;
  require(): OpenWorkspace;
  requireWritable(): OpenWorkspace;
  /** The scan that a call speaks of: the one it names, or the latest. */
  scan(number: number | null): number;
  set(workspace: OpenWorkspace): void;
  close(): void;
};

export function createSession(): Session {
  let workspace: OpenWorkspace | null = null;
  const required = (): OpenWorkspace => {
    if (workspace === null) throw new AppError('not-found', 'No workspace is open.');
    return workspace;
  };
  return {
    current: () => workspace,
    require: required,
    requireWritable() {
      const open = required();
      if (open.readOnly)
        throw new AppError('read-only', 'This workspace is open in another Countersign, so it is read-only here.');
      return open;
    },
    scan(number) {
      const { connection } = required();
      if (number !== null && getScan(connection, number) === undefined)
        throw new AppError('not-found', `There is no scan ${number}.`);
      const found = number ?? latestScan(connection);
      if (found === null) throw new AppError('not-found', 'Nothing has been scanned into this workspace yet.');
      return found;
    },
    set(next) {
      workspace?.close();
      workspace = next;
    },
    close() {
      workspace?.close();
      workspace = null;
    },
  };
}
