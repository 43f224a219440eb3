import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import {
  type Configuration,
  configurationsOf,
  type HostAgents,
  hostAgents,
  inheritance,
  line,
  projectsByAnchor,
  records,
  text,
  textOrNull,
} from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';
import { credentialRef } from '../keys.ts';
import { codex } from './product.ts';

type Layer = { readonly agent: MergedAsset; readonly scope: 'managed' | 'user' | 'project' };

/** Settings as they result from the layers, and what requirements do to servers. openai/codex config loader, requirements (2026). */
export const codexLinker: Linker = {
  id: 'codex/link',
  version: 1,
  link(facts) {
    const agents = hostAgents(facts, codex.id);
    const trusts = projectsByAnchor(agents);
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [...inheritance(agents)];
    for (const project of agents.projects) {
      const trust = trustOf(project.anchor, trusts);
      assets.push({
        kind: 'agent',
        key: project.key,
        name: project.name,
        properties: effective(project, agents, trust === 'trusted'),
      });
      if (trust !== null) assets.push({ kind: 'agent', key: project.key, name: project.name, properties: { trust } });
    }
    if (agents.user !== undefined)
      assets.push({
        kind: 'agent',
        key: agents.user.key,
        name: agents.user.name,
        properties: effective(null, agents, false),
      });
    const servers = serverStates(facts, agents, trusts);
    return { assets: [...assets, ...servers.assets], relations: [...relations, ...servers.relations] };
  },
};

type Trust = ReadonlyMap<string, Properties>;

const trustOf = (anchor: string, trust: Trust): string | null => {
  const entry = trust.get(anchor);
  return entry === undefined ? null : text(entry, 'level');
};

/** Highest layer first: the project only when it is trusted. */
function layersOf(project: MergedAsset | null, agents: HostAgents, trusted: boolean): readonly Layer[] {
  const layers: Layer[] = [];
  if (project !== null && trusted) layers.push({ agent: project, scope: 'project' });
  if (agents.user !== undefined) layers.push({ agent: agents.user, scope: 'user' });
  if (agents.managed !== undefined) layers.push({ agent: agents.managed, scope: 'managed' });
  return layers;
}

function effective(project: MergedAsset | null, agents: HostAgents, trusted: boolean): Properties {
  const layers = layersOf(project, agents, trusted);
  const find = (list: string, key: string): Properties | undefined =>
    layers.flatMap((layer) => records(layer.agent.properties, list)).find((item) => item['key'] === key);
  const allowed = (key: string): readonly JsonValue[] | null => {
    const value = records(agents.managed?.properties, 'requirements').find((item) => item['key'] === key)?.['value'];
    return Array.isArray(value) ? value : null;
  };
  const constrained = (item: Properties | undefined, key: string): JsonValue => {
    if (item === undefined) return null;
    const list = allowed(key);
    const value = item['value'] ?? null;
    return list === null || list.includes(value)
      ? value
      : `not allowed by requirements (${JSON.stringify(value)}): replaced by a compatible value`;
  };
  const approval = find('modes', 'approval_policy');
  const sandbox = find('sandbox', 'sandbox_mode');
  const network = find('sandbox', 'sandbox_workspace_write.network_access');
  const roots = find('sandbox', 'sandbox_workspace_write.writable_roots');
  const provider = find('settings', 'model_provider');
  const problems = layers.flatMap((layer) => records(layer.agent.properties, 'startProblems'));
  const nothing =
    approval === undefined &&
    sandbox === undefined &&
    network === undefined &&
    roots === undefined &&
    problems.length === 0;
  if (nothing && provider === undefined) return {};
  const place = (item: Properties | undefined): string | null =>
    item === undefined ? null : `${text(item, 'place')}:${line(item)}`;
  return {
    effective: {
      assumedVersion: 'from 0.134.0 to before 0.169.0',
      projectFile: project === null ? 'none' : trusted ? 'read (folder trusted)' : 'inert until the folder is trusted',
      approval_policy: constrained(approval, 'allowed_approval_policies'),
      sandbox_mode: constrained(sandbox, 'allowed_sandbox_modes'),
      network_access: network?.['value'] ?? null,
      writable_roots: roots?.['value'] ?? null,
      model_provider: provider?.['value'] ?? 'built-in openai',
      decidedBy: {
        approval_policy: place(approval),
        sandbox_mode: place(sandbox),
        network_access: place(network),
        writable_roots: place(roots),
      },
    },
    ...(problems.length === 0
      ? {}
      : {
          versions: [
            { version: '0.169.0', starts: false, why: problems.map((problem) => text(problem, 'why')).join('; ') },
          ],
        }),
  };
}

/** One name over the layers: tables merge key by key, so a project can change the address and keep the user's token. */
function serverStates(
  facts: FactIndex,
  agents: HostAgents,
  trusts: Trust,
): { readonly assets: readonly AssetDraft[]; readonly relations: readonly RelationDraft[] } {
  const configurations = configurationsOf(facts, codex.id).filter((item) => item.facts['inlineIn'] === undefined);
  const identities = records(agents.managed?.properties, 'mcpIdentities');
  const required = agents.managed?.properties['mcpRequired'] === true;
  const assets: AssetDraft[] = [];
  const relations: RelationDraft[] = [];
  const worlds: { readonly agent: MergedAsset; readonly anchor: string; readonly trusted: boolean }[] =
    agents.projects.map((agent) => ({
      agent,
      anchor: agent.anchor,
      trusted: trustOf(agent.anchor, trusts) === 'trusted',
    }));
  if (agents.user !== undefined) worlds.push({ agent: agents.user, anchor: '~', trusted: true });
  for (const world of worlds) {
    const own = configurations.filter(
      (item) => item.facts['anchor'] === world.anchor && (item.facts['scope'] === 'user' || world.trusted),
    );
    const below = world.anchor === '~' ? [] : configurations.filter((item) => item.facts['scope'] === 'user');
    for (const nearest of own) {
      const name = text(nearest.facts, 'name');
      const wider = below.find((item) => item.facts['name'] === name);
      const bearerEnv =
        textOrNull(nearest.facts, 'bearerEnv') ?? (wider === undefined ? null : textOrNull(wider.facts, 'bearerEnv'));
      const merged: Properties = {
        transport:
          text(nearest.facts, 'transport') === 'unknown' && wider !== undefined
            ? text(wider.facts, 'transport')
            : text(nearest.facts, 'transport'),
        url: textOrNull(nearest.facts, 'url') ?? (wider === undefined ? null : textOrNull(wider.facts, 'url')),
        command:
          textOrNull(nearest.facts, 'command') ?? (wider === undefined ? null : textOrNull(wider.facts, 'command')),
        bearerEnv,
      };
      const enabled = nearest.facts['enabled'] !== false && wider?.facts['enabled'] !== false;
      const state = stateOf(name, merged, enabled, identities, required);
      assets.push({
        kind: 'mcp-server',
        key: nearest.server.key,
        name: nearest.server.name,
        properties: {
          states: [
            {
              host: codex.id,
              agent: world.agent.key,
              name,
              ...state,
              merged,
              definitions: definitions(nearest, wider),
            },
          ],
        },
      });
      if (wider !== undefined && wider.server.key !== nearest.server.key) {
        assets.push({
          kind: 'mcp-server',
          key: wider.server.key,
          name: wider.server.name,
          properties: {
            shadowed: [
              {
                host: codex.id,
                agent: world.agent.key,
                name,
                place: text(wider.facts, 'place'),
                line: line(wider.facts),
                by: text(nearest.facts, 'place'),
                why: 'merged key by key, the nearer file changes where it leads',
              },
            ],
          },
        });
      }
      if (bearerEnv !== null && textOrNull(nearest.facts, 'bearerEnv') === null) {
        const credential = credentialRef(bearerEnv);
        relations.push({
          kind: 'authenticates-with',
          from: { kind: 'mcp-server', key: nearest.server.key },
          to: credential,
          properties: { why: 'the token of the user file stays when the project changes the address' },
        });
      }
    }
  }
  return { assets, relations };
}

const definitions = (...items: readonly (Configuration | undefined)[]): readonly Properties[] =>
  items.flatMap((item) =>
    item === undefined
      ? []
      : [{ scope: text(item.facts, 'scope'), place: text(item.facts, 'place'), line: line(item.facts) }],
  );

function stateOf(
  name: string,
  merged: Properties,
  enabled: boolean,
  identities: readonly Properties[],
  required: boolean,
): Properties {
  const identity = identities.find((item) => item['name'] === name);
  const listed = !required || identity !== undefined;
  if (!enabled)
    return {
      state: 'disabled',
      decidedBy: 'enabled = false',
      why: listed ? 'enabled = false' : 'enabled = false (and not in the allowlist)',
    };
  if (!required) return { state: 'enabled', decidedBy: 'configuration', why: 'no requirements for servers' };
  if (identity === undefined)
    return {
      state: 'disabled by requirements',
      decidedBy: 'requirements mcp_servers',
      why: 'the name is not in the allowlist',
    };
  const matches =
    identity['url'] !== null ? identity['url'] === merged['url'] : identity['command'] === merged['command'];
  if (matches)
    return {
      state: 'enabled',
      decidedBy: `${text(identity, 'place')}:${line(identity)}`,
      why: 'name and identity match',
    };
  return {
    state: 'disabled by requirements',
    decidedBy: `${text(identity, 'place')}:${line(identity)}`,
    why: 'the merged configuration no longer matches the approved identity',
  };
}
