import type { Properties } from '../../../../shared/model/facts.ts';
import {
  configurationsOf,
  type HostAgents,
  hostAgents,
  inheritance,
  line,
  records,
  text,
  textOrNull,
} from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';
import { inertRule } from './inert-rules.ts';
import { linkServers } from './link-servers.ts';
import { claudeCode } from './product.ts';
import { startMode } from './start-mode.ts';

/** What only the files of all scopes together say about Claude Code. */
export const claudeCodeLinker: Linker = {
  id: 'claude-code/link',
  version: 1,
  link(facts) {
    const agents = hostAgents(facts, claudeCode.id);
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [...inheritance(agents)];
    const all = [agents.managed, agents.user, ...agents.projects].filter((agent) => agent !== undefined);
    for (const agent of all) {
      const inert = inertRules(agent);
      if (inert.length > 0) assets.push(addTo(agent, { inertRules: inert }));
    }
    for (const project of agents.projects) assets.push(addTo(project, sessionFacts(project, agents)));
    if (agents.user !== undefined) assets.push(addTo(agents.user, sessionFacts(agents.user, agents)));
    const servers = linkServers(facts, agents);
    assets.push(...servers.assets);
    relations.push(...servers.relations, ...pluginParts(facts), ...namedServers(facts));
    return { assets: assets.filter((asset) => Object.keys(asset.properties ?? {}).length > 0), relations };
  },
};

const addTo = (agent: MergedAsset, properties: Properties): AssetDraft => ({
  kind: agent.kind,
  key: agent.key,
  name: agent.name,
  properties,
});

function inertRules(agent: MergedAsset): readonly Properties[] {
  return records(agent.properties, 'permissions').flatMap((permission) => {
    const inert = inertRule(text(permission, 'list'), text(permission, 'rule'));
    return inert === null ? [] : [{ ...permission, ...inert }];
  });
}

/** Start mode and kill switch as a session in this folder gets them. */
function sessionFacts(agent: MergedAsset, agents: HostAgents): Properties {
  const chain = [agents.managed, agents.user, agent].filter(
    (item, index, list) => item !== undefined && list.indexOf(item) === index,
  );
  const mode = startMode(chain.flatMap((item) => records(item?.properties, 'modes')));
  const off = chain
    .flatMap((item) => records(item?.properties, 'settings'))
    .find((setting) => setting['key'] === 'permissions.disableBypassPermissionsMode' && setting['value'] === 'disable');
  return {
    ...(mode === null ? {} : { startMode: mode }),
    ...(off === undefined
      ? {}
      : {
          bypassAvailable: false,
          bypassDecidedBy: `${text(off, 'scope')} disableBypassPermissionsMode (${text(off, 'place')}:${line(off)})`,
        }),
  };
}

/** A plugin exposes what lies in its folder. */
function pluginParts(facts: FactIndex): readonly RelationDraft[] {
  const plugins = new Map<string, MergedAsset>();
  for (const plugin of facts.assets('plugin')) {
    const root = textOrNull(plugin.properties, 'root');
    if (root !== null) plugins.set(root, plugin);
  }
  if (plugins.size === 0) return [];
  const relations: RelationDraft[] = [];
  const expose = (part: Pick<MergedAsset, 'kind' | 'key'>, place: string): void => {
    for (const folder of foldersOf(place)) {
      const plugin = plugins.get(folder);
      if (plugin === undefined) continue;
      relations.push({
        kind: 'exposes',
        from: { kind: 'plugin', key: plugin.key },
        to: { kind: part.kind, key: part.key },
      });
      return;
    }
  };
  for (const kind of ['skill', 'agent', 'prompt'] as const) {
    for (const part of facts.assets(kind)) {
      const place = part.evidence[0]?.place;
      if (
        place === undefined ||
        !/\/(?:skills|agents|commands)\//.test(place) ||
        /\/\.[a-z]+\/(?:skills|agents|commands)\//.test(place)
      )
        continue;
      if (kind === 'prompt' && part.properties['role'] !== 'command') continue;
      expose(part, place);
    }
  }
  for (const { server, facts: configuration } of configurationsOf(facts, claudeCode.id)) {
    const place = text(configuration, 'place');
    if (place.endsWith('/.mcp.json')) expose(server, place);
  }
  return relations;
}

/** Folders above a place, the nearest first. */
function foldersOf(place: string): readonly string[] {
  const parts = place.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('/'));
}

/** Sub-agents may name servers that are defined elsewhere for the same host. */
function namedServers(facts: FactIndex): readonly RelationDraft[] {
  const configurations = configurationsOf(facts, claudeCode.id);
  return facts.assets('agent').flatMap((agent) => {
    const names = agent.properties['mcpServerRefs'];
    if (agent.properties['host'] !== claudeCode.id || !Array.isArray(names)) return [];
    const folder = (agent.evidence[0]?.place ?? '').split('/.claude/')[0] ?? '';
    return names.flatMap((name): RelationDraft[] => {
      const fitting = configurations.filter((item) => item.facts['name'] === name);
      const found =
        fitting.find((item) => item.facts['anchor'] === folder) ??
        fitting.find((item) => item.facts['scope'] === 'user');
      return found === undefined
        ? []
        : [
            {
              kind: 'uses',
              from: { kind: agent.kind, key: agent.key },
              to: { kind: 'mcp-server', key: found.server.key },
              discriminator: String(name),
              properties: { name: String(name), byReference: true },
            },
          ];
    });
  });
}
