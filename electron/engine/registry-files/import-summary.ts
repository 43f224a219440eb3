import type { ImportSummary } from '../../../shared/contract/imports.ts';
import type { StoredImport } from '../store/repos/imports.ts';

/** An import as people and scripts see it: how much of it was understood, not the rows themselves. */
export const importSummary = ({ content, ...stored }: StoredImport): ImportSummary => ({
  ...stored,
  issues: [...stored.issues],
  rows:
    content.type === 'context'
      ? { stores: content.stores.length, environments: content.environments.length, owners: content.owners.length }
      : content.type === 'tools'
        ? {
            servers: content.lists.length,
            tools: content.lists.reduce((count, { tools }) => count + tools.length, 0),
          }
        : { entries: content.entries.length },
});
