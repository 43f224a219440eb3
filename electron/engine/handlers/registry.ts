import type { Handlers } from '../engine.ts';
import type { WorkspaceFactsReader } from '../owners/workspace-facts.ts';
import { goneThings, lastSeenBy } from '../owners/last-seen.ts';
import { registryComparison } from '../registry-files/registry-view.ts';
import type { Session } from '../session.ts';

export type RegistryDeps = { readonly session: Session; readonly facts: WorkspaceFactsReader };

export function createRegistryHandlers({ session, facts }: RegistryDeps): Pick<Handlers, 'registry.compare'> {
  return {
    'registry.compare': ({ scan }) => {
      const { connection } = session.require();
      const number = session.scan(scan);
      return registryComparison(facts.of(connection, number), lastSeenBy(connection), goneThings(connection, number));
    },
  };
}
