import { agentAbove, hostAgents, repositoriesOf, waysTo } from '../host/fact-view.ts';
import type { FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';

/** Hosts that are documented to read `AGENTS.md` of the folder, and skills below `.agents`. */
const readers: ReadonlyMap<string, 'high' | 'medium'> = new Map([
  ['codex', 'high'],
  ['cursor', 'medium'],
  ['vscode-copilot', 'medium'],
]);

/** A shared file is one thing with many readers: each host agent of the same folder uses it. */
export const sharedInstructionsLinker: Linker = {
  id: 'shared-instructions/link',
  version: 3,
  link(facts) {
    const shared = new Map<string, MergedAsset[]>();
    for (const asset of [...facts.assets('prompt'), ...facts.assets('skill')]) {
      for (const { folder } of waysTo(asset)) {
        if (folder === null) continue;
        const known = shared.get(folder);
        if (known === undefined) shared.set(folder, [asset]);
        else known.push(asset);
      }
    }
    const relations: RelationDraft[] = [];
    if (shared.size === 0) return { assets: [], relations };
    for (const agent of facts.assets('agent')) {
      const at = agent.key.indexOf('@');
      const confidence = readers.get(agent.key.slice(0, Math.max(0, at)));
      if (confidence === undefined || agent.properties['subAgent'] === true) continue;
      for (const asset of shared.get(agent.key.slice(at + 1)) ?? []) {
        relations.push({
          kind: 'uses',
          from: { kind: 'agent', key: agent.key },
          to: { kind: asset.kind, key: asset.key },
          properties: { why: 'this host reads the shared file of its folder' },
          confidence,
        });
      }
    }
    return { assets: [], relations: [...relations, ...nested(facts)] };
  },
};

/** `AGENTS.md` of a folder below: read in addition by whoever comes to work there. How exactly differs between hosts. */
function nested(facts: FactIndex): readonly RelationDraft[] {
  const repositories = repositoriesOf(facts);
  const files = facts.assets('prompt').flatMap((prompt) => {
    if (prompt.properties['role'] !== 'instructions') return [];
    return waysTo(prompt).flatMap(({ folder }) => (folder === null ? [] : [{ prompt, folder }]));
  });
  return [...readers.keys()].flatMap((host) => {
    const { projects } = hostAgents(facts, host);
    return files.flatMap(({ prompt, folder }): RelationDraft[] => {
      const agent = agentAbove(folder, projects, repositories);
      if (agent === undefined || agent.anchor === folder) return [];
      return [
        {
          kind: 'uses',
          from: { kind: agent.kind, key: agent.key },
          to: { kind: prompt.kind, key: prompt.key },
          properties: { why: 'read when work is done in its folder' },
          confidence: 'medium',
        },
      ];
    });
  });
}
