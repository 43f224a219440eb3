import type { Properties } from '../../../../shared/model/facts.ts';
import {
  agentAbove,
  configurationsOf,
  hostAgents,
  type HostAgents,
  inheritance,
  line,
  records,
  repositoriesOf,
  text,
  waysTo,
} from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';
import { inertRule } from './inert-rules.ts';
import { linkServers } from './link-servers.ts';
import { claudeCode } from './product.ts';
import { startMode } from './start-mode.ts';

/** What only the files of all scopes together say about Claude Code. */
export const claudeCodeLinker: Linker = {
  id: 'claude-code/link',
  version: 3,
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
    relations.push(...servers.relations, ...nestedInstructions(facts, agents), ...namedServers(facts));
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

/**
 * `CLAUDE.md` of a folder below: loaded when a file of that folder is read, by whoever works above it. Documentation:
 * memory (2026-08-22).
 */
function nestedInstructions(facts: FactIndex, agents: HostAgents): readonly RelationDraft[] {
  const repositories = repositoriesOf(facts);
  return facts.assets('prompt').flatMap((prompt): RelationDraft[] => {
    const { role, scope } = prompt.properties;
    if (role !== 'instructions' || scope !== 'project') return [];
    return waysTo(prompt).flatMap(({ host, place }): RelationDraft[] => {
      if (host !== claudeCode.id || !place.endsWith('/CLAUDE.md')) return [];
      const folder = place.slice(0, place.lastIndexOf('/'));
      if (folder.endsWith('/.claude') || !folder.includes('/')) return [];
      const agent = agentAbove(folder, agents.projects, repositories);
      return agent === undefined
        ? []
        : [
            {
              kind: 'uses',
              from: { kind: agent.kind, key: agent.key },
              to: { kind: prompt.kind, key: prompt.key },
              properties: {
                why: agent.anchor === folder ? 'read at the start' : 'loaded when a file of its folder is read',
              },
            },
          ];
    });
  });
}
