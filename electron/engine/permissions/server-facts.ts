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

type Entry = { readonly server: MergedAsset; readonly name: string; readonly configuration: Located };
const entriesByAgent = new WeakMap<PermissionFacts, Map<string, Entry[]>>();

/** Configurations by host and agent, read once per facts. */
function entriesOf(facts: PermissionFacts): ReadonlyMap<string, readonly Entry[]> {
  let entries = entriesByAgent.get(facts);
  if (entries !== undefined) return entries;
  entries = new Map();
  for (const server of facts.assets('mcp-server'))
    for (const configuration of locatedOf(server, 'configurations')) {
      const key = `${String(configuration['host'] ?? '')}\0${String(configuration['agent'] ?? '')}`;
      const list = entries.get(key) ?? [];
      list.push({ server, name: String(configuration['name'] ?? server.name), configuration });
      entries.set(key, list);
    }
  entriesByAgent.set(facts, entries);
  return entries;
}

/** Servers of a host as they stand in a folder: what the folder says before what the user says, states of others left out. */
export function serversOf(
  facts: PermissionFacts,
  host: string,
  setting: Setting,
  isContext: (context: string) => boolean = () => true,
): readonly ServerInFolder[] {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const order = [...projects.map(({ asset }) => asset.key), user?.key ?? '', machine?.key ?? ''];
  const entries = entriesOf(facts);
  return order.flatMap((agent) =>
    (entries.get(`${host}\0${agent}`) ?? []).map(({ server, name, configuration }): ServerInFolder => {
      const states = statesOf(server).filter((state) => state.name === name && isContext(state.context));
      const judged = order
        .map((key) => states.find((state) => state.agent === key))
        .find((state) => state !== undefined);
      return { server, name, configuration, state: judged?.state ?? '', decidedBy: judged?.decidedBy ?? '' };
    }),
  );
}

export type State = {
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
