import { compareStoredScans, lastTwoScans } from '../diff/diff-sides.ts';
import type { Handlers } from '../engine.ts';
import type { Session } from '../session.ts';

export function createChangeHandlers({ session }: { readonly session: Session }): Pick<Handlers, 'changes.between'> {
  return {
    'changes.between': ({ from, to }) => {
      const { connection } = session.require();
      if (from !== null && to !== null) return compareStoredScans(connection, from, to);
      const last = lastTwoScans(connection, to);
      if (from !== null) {
        const later = to ?? last?.to ?? null;
        return later === null ? null : compareStoredScans(connection, from, later);
      }
      return last === null ? null : compareStoredScans(connection, last.from, last.to);
    },
  };
}
