import { hostAgents, inheritance, records, text } from '../host/fact-view.ts';
import type { AssetDraft, Linker } from '../source.ts';
import { vscode } from './product.ts';

/** Entries of the terminal list do nothing once the bypass or autopilot level is the default (microsoft/vscode PR 304236). */
export const vscodeLinker: Linker = {
  id: 'vscode-copilot/link',
  version: 1,
  link(facts) {
    const agents = hostAgents(facts, vscode.id);
    const assets = [...agents.projects, ...(agents.user === undefined ? [] : [agents.user])].flatMap(
      (agent): AssetDraft[] => {
        const level = records(agent.properties, 'modes').find((mode) => mode['key'] === 'chat.permissions.default');
        const value = level === undefined ? '' : text(level, 'value');
        if (value !== 'bypass' && value !== 'autopilot') return [];
        const inert = records(agent.properties, 'permissions')
          .filter(
            (permission) => permission['list'] === 'chat.tools.terminal.autoApprove' && permission['value'] === false,
          )
          .map((permission) => ({
            ...permission,
            why: `at the level ${value} the terminal rules are skipped, so this entry no longer asks`,
          }));
        return inert.length === 0
          ? []
          : [{ kind: agent.kind, key: agent.key, name: agent.name, properties: { inertRules: inert } }];
      },
    );
    return { assets, relations: inheritance(agents) };
  },
};
