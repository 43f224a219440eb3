import type { MergedAsset } from '../sources/source.ts';
import type { PermissionFacts, Setting } from './evaluator.ts';
import { hostAgents, type Located, locatedOf } from './host-facts.ts';

/** One configuration of a server that counts for a folder, with the state that the linker of the facts gave it. */
export type ServerInFolder = {
  readonly server: MergedAsset;
  readonly name: string;
  readonly configuration: Located;
  /** '' where no linker judged it. */
  readonly state: string;
  readonly decidedBy: string;
};

/** Servers of a host as they stand in a folder: what the folder says before what the user says, states of others left out. */
export function serversOf(
  facts: PermissionFacts,
  host: string,
  setting: Setting,
  isContext: (context: string) => boolean = () => true,
): readonly ServerInFolder[] {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const order = [...projects.map(({ asset }) => asset.key), user?.key ?? '', machine?.key ?? ''];
  const found: (ServerInFolder & { readonly rank: number })[] = [];
  for (const server of facts.assets('mcp-server')) {
    const states = statesOf(server).filter((state) => order.includes(state.agent) && isContext(state.context));
    for (const configuration of locatedOf(server, 'configurations')) {
      if (configuration['host'] !== host) continue;
      const rank = order.indexOf(String(configuration['agent'] ?? ''));
      if (rank < 0) continue;
      const name = String(configuration['name'] ?? server.name);
      const judged = order
        .map((agent) => states.find((state) => state.agent === agent && state.name === name))
        .find((state) => state !== undefined);
      found.push({ server, name, configuration, state: judged?.state ?? '', decidedBy: judged?.decidedBy ?? '', rank });
    }
  }
  return found.sort((one, other) => one.rank - other.rank);
}

type State = {
  readonly agent: string;
  readonly name: string;
  readonly context: string;
  readonly state: string;
  readonly decidedBy: string;
};

export function statesOf(server: MergedAsset): readonly State[] {
  const list = server.properties['states'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return [];
    const { agent, name, context, state, decidedBy } = one as Readonly<Record<string, unknown>>;
    return typeof state === 'string' && typeof agent === 'string'
      ? [
          {
            agent,
            name: String(name ?? server.name),
            context: String(context ?? ''),
            state,
            decidedBy: String(decidedBy ?? ''),
          },
        ]
      : [];
  });
}

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
