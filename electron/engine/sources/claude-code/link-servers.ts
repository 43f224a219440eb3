import type { Properties } from '../../../../shared/model/facts.ts';
import {
  anchorsOfPaths,
  type Configuration,
  configurationsOf,
  type HostAgents,
  line,
  records,
  text,
  textOrNull,
  texts,
} from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, MergedAsset, RelationDraft } from '../source.ts';
import { judgeByPolicy, type PolicyEntry } from './mcp-policy.ts';
import { claudeCode } from './product.ts';

/** The two contexts between which the answers differ most. */
const contexts = ['interactive, folder trusted', 'headless, folder never trusted'] as const;

type World = {
  /** Anchor of the project, or `~` for the user's own servers wherever there is no project. */
  readonly anchor: string;
  readonly agent: MergedAsset | undefined;
  readonly project: Properties | undefined;
  readonly policy: readonly PolicyEntry[];
  readonly managedOnly: boolean;
  readonly exclusive: boolean;
  readonly approvals: readonly Properties[];
};

/** Which definition of a name wins in a folder, what becomes of it, and who decided. Documentation: mcp, managed-mcp. */
export function linkServers(
  facts: FactIndex,
  agents: HostAgents,
): { readonly assets: readonly AssetDraft[]; readonly relations: readonly RelationDraft[] } {
  const configurations = configurationsOf(facts, claudeCode.id).filter(
    (item) => item.facts['inlineIn'] === undefined && item.facts['plugin'] === undefined,
  );
  if (configurations.length === 0) return { assets: [], relations: [] };
  const anchors = agents.projects.map((project) => project.anchor);
  const entries = records(agents.user?.properties, 'projects');
  const locals = configurations.filter((item) => item.facts['scope'] === 'local');
  const byPath = anchorsOfPaths(
    [...entries.map((entry) => text(entry, 'path')), ...locals.map((item) => text(item.facts, 'project'))],
    anchors,
  );
  const projectOf = new Map<string, Properties>();
  for (const entry of entries) {
    const path = text(entry, 'path');
    projectOf.set(byPath.get(path) ?? path, entry);
  }
  const folders = new Set([...anchors, ...projectOf.keys()]);
  const local = groupBy(locals, (item) => {
    const path = text(item.facts, 'project');
    return byPath.get(path) ?? path;
  });
  const byFolder = groupBy(
    configurations.filter((item) => item.facts['scope'] === 'project'),
    (item) => text(item.facts, 'anchor'),
  );
  const user = configurations.filter((item) => item.facts['scope'] === 'user');
  const managed = configurations.filter((item) => item.facts['scope'] === 'managed');
  const outcome = new Outcome();

  const base = worldOf('~', agents, undefined, undefined);
  for (const item of [...managed, ...user]) outcome.winner(item, base, []);
  for (const anchor of folders) {
    const agent = agents.projects.find((project) => project.anchor === anchor);
    const world = worldOf(anchor, agents, agent, projectOf.get(anchor));
    const own = [...(local.get(anchor) ?? []), ...(byFolder.get(anchor) ?? [])];
    const names = new Set(own.map((item) => text(item.facts, 'name')));
    const switchedOff = new Set(texts(world.project ?? {}, 'disabledMcpServers'));
    for (const name of names) {
      const candidates = [...own, ...user].filter((item) => item.facts['name'] === name);
      const [winner, ...shadowed] = candidates;
      if (winner !== undefined) outcome.winner(winner, world, shadowed);
    }
    for (const item of user) {
      const name = text(item.facts, 'name');
      if (!names.has(name) && (switchedOff.has(name) || hasOwnPolicy(world))) outcome.winner(item, world, []);
    }
    if (agent !== undefined) for (const item of local.get(anchor) ?? []) outcome.localUse(agent, item);
  }
  return outcome.drafts();
}

const hasOwnPolicy = (world: World): boolean =>
  world.policy.some((entry) => entry.scope === 'project' || entry.scope === 'local');

function worldOf(
  anchor: string,
  agents: HostAgents,
  agent: MergedAsset | undefined,
  project: Properties | undefined,
): World {
  const chain = [agents.managed, agents.user, agent].filter((item) => item !== undefined);
  const policy = chain
    .flatMap((item) => records(item.properties, 'mcpPolicy'))
    .map((entry): PolicyEntry => {
      const value = entry['value'];
      return {
        list: text(entry, 'list'),
        by: text(entry, 'by'),
        scope: text(entry, 'scope'),
        value:
          typeof value === 'string'
            ? value
            : Array.isArray(value)
              ? value.filter((word) => typeof word === 'string')
              : null,
      };
    });
  const managedSettings = records(agents.managed?.properties, 'settings');
  return {
    anchor,
    agent,
    project,
    policy,
    managedOnly: managedSettings.some(
      (setting) => setting['key'] === 'allowManagedMcpServersOnly' && setting['value'] !== false,
    ),
    exclusive: records(agents.managed?.properties, 'mcpExclusive').length > 0,
    approvals: chain.flatMap((item) => records(item.properties, 'mcpApprovals')),
  };
}

type State = { readonly state: string; readonly decidedBy: string; readonly why: string };

/** In the order in which the answers beat each other. */
function stateOf(item: Configuration, world: World, context: (typeof contexts)[number]): State {
  const name = text(item.facts, 'name');
  const scope = text(item.facts, 'scope');
  const interactive = context === contexts[0];
  if (item.facts['reservedName'] === true)
    return { state: 'skipped', decidedBy: 'reserved name', why: 'Claude Code keeps this name for itself' };
  if (item.facts['placeholder'] === true)
    return { state: 'not configured', decidedBy: 'empty url', why: 'an empty address is a placeholder' };
  if (world.exclusive && scope !== 'managed')
    return {
      state: 'blocked by policy',
      decidedBy: 'managed-mcp.json',
      why: 'managed-mcp.json is the only set of servers',
    };
  const policy = judgeByPolicy(
    {
      name,
      transport: text(item.facts, 'transport'),
      command: textOrNull(item.facts, 'command'),
      args: texts(item.facts, 'args'),
      url: textOrNull(item.facts, 'url'),
    },
    world.policy,
    world.managedOnly,
  );
  if (policy !== null) return { state: 'blocked by policy', ...policy };
  if (scope === 'project') {
    const rejected = world.approvals.find(
      (approval) => approval['list'] === 'disabledMcpjsonServers' && approval['name'] === name,
    );
    const file = rejected === undefined ? '' : (text(rejected, 'place').split('/').at(-1) ?? '');
    if (rejected !== undefined)
      return {
        state: 'rejected',
        decidedBy: `disabledMcpjsonServers in ${file}`,
        why: 'a rejection from any file applies in every session',
      };
    if (texts(world.project ?? {}, 'disabledMcpjsonServers').includes(name))
      return {
        state: 'rejected',
        decidedBy: 'disabledMcpjsonServers in .claude.json',
        why: 'rejected in the dialog of this project',
      };
  }
  if (texts(world.project ?? {}, 'disabledMcpServers').includes(name)) {
    return {
      state: 'disabled for this project',
      decidedBy: `projects[${text(world.project ?? {}, 'path')}].disabledMcpServers`,
      why: 'switched off for this project',
    };
  }
  const helper = textOrNull(item.facts, 'headersHelper') !== null && (scope === 'project' || scope === 'local');
  if (scope !== 'project') {
    const held = helper && !interactive;
    return held
      ? {
          state: 'connects with static headers only, helper not run',
          decidedBy: 'folder is not trusted',
          why: 'headersHelper is held back',
        }
      : { state: 'connects', decidedBy: `${scope} definition`, why: 'needs no approval' };
  }
  if (!interactive) {
    return helper
      ? {
          state: 'connects with static headers only, helper not run',
          decidedBy: 'headless loads project servers without asking',
          why: 'headersHelper is held back in a folder that is not trusted',
        }
      : {
          state: 'connects without approval',
          decidedBy: 'headless loads project servers without asking',
          why: 'there is nobody to ask',
        };
  }
  const approved =
    world.approvals.find((approval) => approval['list'] === 'enabledMcpjsonServers' && approval['name'] === name) ??
    world.approvals.find((approval) => approval['list'] === 'enableAllProjectMcpServers');
  if (approved === undefined && !texts(world.project ?? {}, 'enabledMcpjsonServers').includes(name)) {
    return { state: 'needs approval', decidedBy: 'no approval in any file', why: 'the user is asked' };
  }
  const decidedBy =
    approved === undefined
      ? 'approved in the dialog of this project'
      : `${text(approved, 'scope')} ${text(approved, 'list')} (${text(approved, 'place')}:${line(approved)})`;
  return { state: helper ? 'connects, helper runs' : 'connects (approved)', decidedBy, why: 'approved by settings' };
}

const describe = (item: Configuration): Properties => ({
  scope: text(item.facts, 'scope'),
  place: text(item.facts, 'place'),
  line: line(item.facts),
});

/** Collects what is concluded, by server. */
class Outcome {
  readonly #states = new Map<string, { server: MergedAsset; states: Properties[]; shadowed: Properties[] }>();
  readonly #relations: RelationDraft[] = [];

  winner(item: Configuration, world: World, shadowed: readonly Configuration[]): void {
    const name = text(item.facts, 'name');
    const agent = world.agent?.key ?? (world.anchor === '~' ? text(item.facts, 'agent') : world.anchor);
    for (const context of contexts) {
      this.#of(item.server).states.push({
        host: claudeCode.id,
        agent,
        name,
        context,
        ...stateOf(item, world, context),
        winner: describe(item),
        definitions: [item, ...shadowed].map(describe),
      });
    }
    for (const loser of shadowed) {
      this.#of(loser.server).shadowed.push({
        host: claudeCode.id,
        agent,
        name,
        ...describe(loser),
        by: text(item.facts, 'place'),
        why: 'the whole entry is replaced by the nearer definition',
      });
    }
  }

  /** Local servers stand in the user's state file but belong to the project. */
  localUse(agent: MergedAsset, item: Configuration): void {
    this.#relations.push({
      kind: 'uses',
      from: { kind: 'agent', key: agent.key },
      to: { kind: 'mcp-server', key: item.server.key },
      discriminator: text(item.facts, 'name'),
      properties: { name: text(item.facts, 'name'), scope: 'local', enabled: item.facts['enabled'] === true },
    });
  }

  drafts(): { readonly assets: readonly AssetDraft[]; readonly relations: readonly RelationDraft[] } {
    const assets = [...this.#states.values()].map(
      ({ server, states, shadowed }): AssetDraft => ({
        kind: server.kind,
        key: server.key,
        name: server.name,
        properties: { ...(states.length === 0 ? {} : { states }), ...(shadowed.length === 0 ? {} : { shadowed }) },
      }),
    );
    return { assets, relations: this.#relations };
  }

  #of(server: MergedAsset): { server: MergedAsset; states: Properties[]; shadowed: Properties[] } {
    const known = this.#states.get(server.key);
    if (known !== undefined) return known;
    const fresh = { server, states: [], shadowed: [] };
    this.#states.set(server.key, fresh);
    return fresh;
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
