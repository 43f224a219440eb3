import type { Properties } from '../../../../shared/model/facts.ts';
import {
  agentAbove,
  configurationsOf,
  hostAgents,
  type HostAgents,
  inheritance,
  line,
  projectsByAnchor,
  records,
  repositoriesOf,
  text,
  waysTo,
} from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';
import { gemini } from './product.ts';

/** Which servers are switched off, and which layer of a name counts. Gemini CLI v0.55.1: the system file is the highest. */
export const geminiLinker: Linker = {
  id: 'gemini-cli/link',
  version: 3,
  link(facts) {
    const agents = hostAgents(facts, gemini.id);
    const trusts = projectsByAnchor(agents);
    const configurations = configurationsOf(facts, gemini.id).filter(
      (item) => item.facts['inlineIn'] === undefined && item.facts['plugin'] === undefined,
    );
    const assets: AssetDraft[] = [];
    for (const project of agents.projects) {
      const trust = trusts.get(project.anchor);
      if (trust !== undefined)
        assets.push({
          kind: 'agent',
          key: project.key,
          name: project.name,
          properties: { trust: text(trust, 'level') },
        });
    }
    const worlds = [...agents.projects, ...(agents.user === undefined ? [] : [{ ...agents.user, anchor: '~' }])];
    for (const world of worlds) {
      const chain = [agents.managed, world.anchor === '~' ? undefined : world, agents.user].filter(
        (agent) => agent !== undefined,
      );
      const lists = chain.flatMap((agent) => records(agent.properties, 'permissions'));
      const order = ['managed', 'project', 'user'];
      const visible = configurations.filter(
        (item) => item.facts['scope'] !== 'project' || item.facts['anchor'] === world.anchor,
      );
      const names = new Set(
        visible
          .filter((item) => world.anchor === '~' || item.facts['scope'] === 'project' || namedIn(world, item.facts))
          .map((item) => text(item.facts, 'name')),
      );
      for (const name of names) {
        const candidates = visible
          .filter((item) => item.facts['name'] === name)
          .sort((a, b) => order.indexOf(text(a.facts, 'scope')) - order.indexOf(text(b.facts, 'scope')));
        const [winner] = candidates;
        if (winner === undefined) continue;
        assets.push({
          kind: 'mcp-server',
          key: winner.server.key,
          name: winner.server.name,
          properties: {
            states: [
              {
                host: gemini.id,
                agent: world.key,
                name,
                ...stateOf(name, winner.facts, lists),
                definitions: candidates.map((item) => ({
                  scope: text(item.facts, 'scope'),
                  place: text(item.facts, 'place'),
                  line: line(item.facts),
                })),
              },
            ],
          },
        });
      }
    }
    return { assets, relations: [...inheritance(agents), ...contextFiles(facts, agents)] };
  },
};

/**
 * `context.fileName` replaces `GEMINI.md`; the settings of the project count before those of the user. A file of a folder
 * below is read when Gemini CLI comes to work there. Gemini CLI v0.55.1: configuration, GEMINI.md.
 */
function contextFiles(facts: FactIndex, agents: HostAgents): readonly RelationDraft[] {
  const named = (agent: MergedAsset | undefined): Properties | undefined =>
    records(agent?.properties, 'settings').find(
      (setting) => setting['key'] === 'context.fileName' || setting['key'] === 'contextFileName',
    );
  const repositories = repositoriesOf(facts);
  const prompts = facts.assets('prompt').filter((prompt) => prompt.properties['role'] === 'instructions');
  return agents.projects.flatMap((project) => {
    const setting = named(agents.managed) ?? named(project) ?? named(agents.user);
    const value = setting?.['value'];
    const names = new Set(setting === undefined ? ['GEMINI.md'] : Array.isArray(value) ? value : [value]);
    return prompts.flatMap((prompt) =>
      waysTo(prompt).flatMap(({ place }): RelationDraft[] => {
        if (!place.startsWith(`${project.anchor}/`)) return [];
        const inside = place.slice(project.anchor.length + 1);
        const isNear = agentAbove(place.slice(0, place.lastIndexOf('/')), agents.projects, repositories) === project;
        const isNamed = names.has(inside);
        if (!isNamed && !(isNear && names.has(inside.split('/').at(-1) ?? ''))) return [];
        const why = isNamed
          ? setting === undefined
            ? 'read at the start'
            : `named by ${text(setting, 'key')} (${text(setting, 'place')}:${line(setting)})`
          : 'loaded when a file of its folder is read';
        return [
          {
            kind: 'uses',
            from: { kind: project.kind, key: project.key },
            to: { kind: prompt.kind, key: prompt.key },
            properties: { why },
          },
        ];
      }),
    );
  });
}

const namedIn = (world: MergedAsset, configuration: Properties): boolean =>
  records(world.properties, 'permissions').some(
    (entry) => text(entry, 'list').startsWith('mcp.') && entry['rule'] === configuration['name'],
  );

function stateOf(name: string, configuration: Properties, lists: readonly Properties[]): Properties {
  const excluded = lists.find(
    (entry) => (entry['list'] === 'mcp.excluded' || entry['list'] === 'excludeMCPServers') && entry['rule'] === name,
  );
  if (excluded !== undefined)
    return { state: 'excluded', decidedBy: 'mcp.excluded (4.9)', why: `${text(excluded, 'place')}:${line(excluded)}` };
  const allowed = lists.filter((entry) => entry['list'] === 'mcp.allowed' || entry['list'] === 'allowMCPServers');
  if (allowed.length > 0 && !allowed.some((entry) => entry['rule'] === name))
    return { state: 'not allowed', decidedBy: 'mcp.allowed', why: 'the list of allowed servers does not name it' };
  if (configuration['enabled'] === false)
    return { state: 'disabled', decidedBy: 'configuration', why: 'switched off in its entry' };
  return {
    state: 'enabled',
    decidedBy: 'configuration',
    why: configuration['trust'] === true ? 'trusted: its tools run without confirmation' : 'configured',
  };
}
