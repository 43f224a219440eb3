import { agentAbove, hostAgents, repositoriesOf, waysTo } from '../host/fact-view.ts';
import type { FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';

/** Hosts that are documented to read `AGENTS.md` of the folder, and skills below `.agents`. */
const readers: ReadonlyMap<string, 'high' | 'medium'> = new Map([
  ['codex', 'high'],
  ['cursor', 'medium'],
  ['vscode-copilot', 'medium'],
  // Read in their programs or sources: opencode-ai 1.18.33, @cline/shared 0.0.86, @qwen-code/qwen-code 0.15.10,
  // @continuedev/cli 1.5.47, RooCodeInc/Roo-Code, zed-industries/zed and aws/amazon-q-developer-cli (2026).
  ['opencode', 'high'],
  ['cline', 'high'],
  ['qwen-code', 'high'],
  ['continue', 'high'],
  ['roo-code', 'high'],
  ['zed', 'high'],
  ['amazon-q', 'high'],
  ['kilo-code', 'medium'],
  ['devin', 'medium'],
  ['windsurf', 'medium'],
  // goose's sources, the README of crush 0.96.1 and github/docs (2026); the others by excerpts of their documentation.
  ['goose', 'high'],
  ['crush', 'high'],
  ['copilot-cli', 'high'],
  ['augment', 'medium'],
  ['amp', 'medium'],
  ['factory-droid', 'medium'],
  ['warp', 'medium'],
  ['junie', 'medium'],
]);
/** Of them, the ones that look for skills in folders of their own only. */
const ownSkillsOnly = new Set(['continue', 'amazon-q', 'factory-droid', 'junie']);

/** A shared file is one thing with many readers: each host agent of the same folder uses it. */
export const sharedInstructionsLinker: Linker = {
  id: 'shared-instructions/link',
  version: 5,
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
      const host = agent.key.slice(0, Math.max(0, at));
      const confidence = readers.get(host);
      if (confidence === undefined || agent.properties['subAgent'] === true) continue;
      for (const asset of shared.get(agent.key.slice(at + 1)) ?? []) {
        if (asset.kind === 'skill' && ownSkillsOnly.has(host)) continue;
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
