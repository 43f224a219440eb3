import type { Scope } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset } from '../source.ts';
import {
  type Configuration,
  configurationsOf,
  hostAgents,
  inheritance,
  line,
  records,
  text,
  textOrNull,
} from './fact-view.ts';
import type { Host } from './host-agent.ts';

export type WinnerRules = {
  readonly host: Host;
  /** The scope that counts first. */
  readonly order: readonly Scope[];
  /** Why the nearer definition counts, in words of the host. */
  readonly why: string;
  /** Which of two places of one scope counts: the higher number. */
  readonly rank?: (place: string) => number;
  /** What lists of the host say of a name; `agents` are those whose settings apply, the one that counts first in front. */
  readonly switchedBy?: (
    name: string,
    agents: readonly MergedAsset[],
  ) => { readonly state: string; readonly decidedBy: string; readonly at: Properties } | null;
};

/**
 * Who configures a server name, in every folder where it is configured: the state of the definition that counts, and
 * who covers the others. An adapter says what an entry alone tells: `notLoaded`, `needsVerification`. Entries that only
 * switch (`{"enabled": false}`) are members of the agent's `serverSwitches`.
 */
export function serverWinnersLinker(rules: WinnerRules): Linker {
  return {
    id: `${rules.host.id}/link`,
    version: 1,
    link(facts) {
      const agents = hostAgents(facts, rules.host.id);
      const configurations = configurationsOf(facts, rules.host.id).filter(
        (item) => item.facts['inlineIn'] === undefined && item.facts['plugin'] === undefined,
      );
      const user = agents.user === undefined ? [] : [{ ...agents.user, anchor: '~' }];
      const managed = agents.managed === undefined ? [] : [{ ...agents.managed, anchor: '' }];
      const assets = [...agents.projects, ...user, ...managed].flatMap((world) =>
        statesIn(world, facts, configurations, rules),
      );
      return { assets, relations: inheritance(agents) };
    },
  };
}

type World = MergedAsset & { readonly anchor: string };

function statesIn(
  world: World,
  facts: FactIndex,
  configurations: readonly Configuration[],
  rules: WinnerRules,
): AssetDraft[] {
  const wide: readonly Scope[] = world.anchor === '' ? ['managed'] : ['managed', 'user'];
  const own = (configuration: Properties): boolean =>
    world.anchor === '~' || world.anchor === ''
      ? wide.some((scope) => scope === configuration['scope'])
      : configuration['anchor'] === world.anchor;
  const chain = chainOf(world, facts, rules);
  const switches = chain.flatMap((agent) => records(agent.properties, 'serverSwitches'));
  const named = new Set([
    ...configurations.filter((item) => own(item.facts)).map((item) => text(item.facts, 'name')),
    ...records(world.properties, 'serverSwitches').map((item) => text(item, 'name')),
  ]);
  const visible = configurations.filter(
    (item) => own(item.facts) || wide.some((scope) => scope === item.facts['scope']),
  );
  return [...named].flatMap((name) => {
    const candidates = visible
      .filter((item) => item.facts['name'] === name)
      .sort((a, b) => rankOf(a.facts, rules) - rankOf(b.facts, rules));
    const [winner, ...others] = candidates;
    if (winner === undefined) return [];
    const state: AssetDraft = {
      kind: 'mcp-server',
      key: winner.server.key,
      name: winner.server.name,
      properties: {
        states: [
          {
            host: rules.host.id,
            agent: world.key,
            name,
            ...(listed(rules, name, chain) ??
              stateOf(
                winner.facts,
                switches.find((item) => text(item, 'name') === name),
                rules,
              )),
            definitions: candidates.map((item) => ({
              scope: text(item.facts, 'scope'),
              place: text(item.facts, 'place'),
              line: line(item.facts),
            })),
          },
        ],
      },
    };
    const covered = others
      .filter((item) => item.server.key !== winner.server.key)
      .map(
        (item): AssetDraft => ({
          kind: 'mcp-server',
          key: item.server.key,
          name: item.server.name,
          properties: {
            shadowed: [{ agent: world.key, name, by: text(winner.facts, 'place'), why: rules.why }],
          },
        }),
      );
    return [state, ...covered];
  });
}

/** The agents whose settings apply in a folder, the one that counts first in front. */
function chainOf(world: World, facts: FactIndex, { host, order }: WinnerRules): readonly MergedAsset[] {
  const agents = hostAgents(facts, host.id);
  const byScope: Readonly<Record<Scope, MergedAsset | undefined>> = {
    managed: agents.managed,
    local: undefined,
    project: world.anchor === '~' || world.anchor === '' ? undefined : world,
    user: world.anchor === '' ? undefined : agents.user,
  };
  return order.flatMap((scope) => byScope[scope] ?? []);
}

function listed(rules: WinnerRules, name: string, chain: readonly MergedAsset[]): Properties | null {
  const said = rules.switchedBy?.(name, chain) ?? null;
  return said === null
    ? null
    : { state: said.state, decidedBy: said.decidedBy, why: `${text(said.at, 'place')}:${line(said.at)}` };
}

const placeIn = (order: readonly string[], scope: string): number => order.indexOf(scope);

function rankOf(facts: Properties, { order, rank }: WinnerRules): number {
  const scope = placeIn(order, text(facts, 'scope'));
  const place = rank?.(text(facts, 'place')) ?? 0;
  return (scope === -1 ? order.length : scope) * 1000 - place;
}

function stateOf(facts: Properties, switched: Properties | undefined, { order }: WinnerRules): Properties {
  const notLoaded = textOrNull(facts, 'notLoaded');
  if (notLoaded !== null) return { state: 'not loaded', decidedBy: 'configuration', why: notLoaded };
  const doubt = textOrNull(facts, 'needsVerification');
  if (doubt !== null) return { state: 'needs-verification', decidedBy: 'configuration', why: doubt };
  const place = (scope: string): number => placeIn(order, scope);
  // A switch of a wider scope lies below the definition, whose own word then counts.
  const counts = switched !== undefined && place(text(switched, 'scope')) <= place(text(facts, 'scope'));
  const enabled = counts ? switched['enabled'] === true : facts['enabled'] !== false;
  return {
    state: enabled ? 'enabled' : 'disabled',
    decidedBy: counts ? `${text(switched, 'place')}:${line(switched)}` : 'configuration',
    why: counts
      ? 'switched in a file that counts before the definition'
      : enabled
        ? 'configured and not switched off'
        : 'switched off in its entry',
  };
}
