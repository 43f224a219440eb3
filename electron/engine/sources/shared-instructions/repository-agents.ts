import { repositoriesOf, waysTo } from '../host/fact-view.ts';
import { hostAgentRef } from '../keys.ts';
import type { AssetDraft, Linker } from '../source.ts';

/** Instructions that only one host reads: where they lie at the root of a checkout, somebody works there with that host. */
const hostsByFile: ReadonlyMap<string, { readonly id: string; readonly title: string }> = new Map([
  ['CLAUDE.md', { id: 'claude-code', title: 'Claude Code' }],
  ['GEMINI.md', { id: 'gemini-cli', title: 'Gemini CLI' }],
]);

/**
 * Checkouts below a scanned folder (`~/code/app/CLAUDE.md`). The file alone does not say whether it is the note of a
 * folder or the instructions of a project; that it lies at the root of a checkout does. Runs before the linkers of the
 * hosts, which then find the agent like any other.
 */
export const repositoryAgentsLinker: Linker = {
  id: 'shared-instructions/repository-agents',
  version: 2,
  link(facts) {
    const repositories = new Set(repositoriesOf(facts));
    const assets = facts.assets('prompt').flatMap((prompt): AssetDraft[] => {
      if (prompt.properties['role'] !== 'instructions') return [];
      return waysTo(prompt).flatMap(({ place }): AssetDraft[] => {
        const end = place.lastIndexOf('/');
        const folder = place.slice(0, Math.max(0, end));
        const host = hostsByFile.get(place.slice(end + 1));
        if (host === undefined || !repositories.has(folder)) return [];
        const agent = hostAgentRef(host.id, folder);
        if (facts.asset(agent) !== undefined) return [];
        return [
          {
            ...agent,
            name: `${host.title} in ${folder.split('/').at(-1) ?? folder}`,
            properties: { host: host.id },
            concludedFrom: prompt.evidence.slice(0, 1),
            confidence: prompt.confidence,
          },
        ];
      });
    });
    return { assets, relations: [] };
  },
};
