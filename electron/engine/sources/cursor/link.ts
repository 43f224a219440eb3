import type { Properties } from '../../../../shared/model/facts.ts';
import { hostAgents, inheritance, line, records, text } from '../host/fact-view.ts';
import type { AssetDraft, Linker } from '../source.ts';
import { cursor } from './product.ts';

/** The sandbox as it results: the repository's file has priority over the user's (vendor documentation, excerpt). */
export const cursorLinker: Linker = {
  id: 'cursor/link',
  version: 1,
  link(facts) {
    const agents = hostAgents(facts, cursor.id);
    const user = records(agents.user?.properties, 'sandbox');
    const assets = [...agents.projects, ...(agents.user === undefined ? [] : [agents.user])].flatMap(
      (agent): AssetDraft[] => {
        const own = agent === agents.user ? [] : records(agent.properties, 'sandbox');
        const sandbox = effective([...own, ...user]);
        return sandbox === null
          ? []
          : [{ kind: agent.kind, key: agent.key, name: agent.name, properties: { effectiveSandbox: sandbox } }];
      },
    );
    return { assets, relations: inheritance(agents) };
  },
};

function effective(settings: readonly Properties[]): Properties | null {
  const type = settings.find((setting) => setting['key'] === 'type');
  const network = settings.find((setting) => setting['key'] === 'networkPolicy.default');
  const decisive = type ?? network;
  if (decisive === undefined) return null;
  const repository = text(decisive, 'scope') === 'project';
  return {
    type: type?.['value'] ?? null,
    networkDefault: network?.['value'] ?? null,
    decidedBy: `${text(decisive, 'place')}:${line(decisive)}`,
    why: repository
      ? 'the repository file has priority over the user file; only a team policy stands above it'
      : 'no repository file says otherwise',
  };
}
