import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';
import type { FindingContext } from './context.ts';
import {
  evidenceAt,
  isInUse,
  lineOf,
  type Placed,
  placedOf,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from './fact-access.ts';

/** One place that configures a server: what counts for people who use it from there. */
export type Configuration = {
  readonly server: StoredAsset;
  readonly facts: Placed;
  readonly name: string;
  readonly host: string;
  /** Key of the agent that gets the server; '' where something else decides. */
  readonly agent: string;
  readonly scope: string;
  readonly args: readonly string[];
  /** Evidence at one key of the entry (`url`, `args`, `env`), else at its first line. */
  at(...keys: readonly string[]): readonly StoredEvidence[];
};

const inUse = new WeakMap<StoredAsset, readonly Configuration[]>();

/** Configurations that are switched on, count, and are no examples. A shadowed definition is not what runs. */
export function configurationsInUse(server: StoredAsset): readonly Configuration[] {
  let known = inUse.get(server);
  if (known === undefined) {
    known = readConfigurations(server);
    inUse.set(server, known);
  }
  return known;
}

function readConfigurations(server: StoredAsset): readonly Configuration[] {
  if (!isInUse(server)) return [];
  const shadowed = placedOf(server, 'shadowed');
  return placedOf(server, 'configurations').flatMap((facts): readonly Configuration[] => {
    if (facts['enabled'] === false || facts['notLoaded'] !== undefined) return [];
    if (!isInUse({ properties: { location: textOf(facts['location']) } })) return [];
    if (shadowed.some((one) => one.place === facts.place && one.line === facts.line)) return [];
    const lines = recordOf(facts['lines']);
    return [
      {
        server,
        facts,
        name: textOf(facts['name']) || server.name,
        host: textOf(facts['host']),
        agent: textOf(facts['agent']),
        scope: textOf(facts['scope']),
        args: textsOf(facts['args']),
        at: (...keys) => {
          const line = keys.map((key) => lineOf(lines[key])).find((one) => one !== null);
          return [evidenceAt(server, facts.place, line ?? facts.line)];
        },
      },
    ];
  });
}

/** Servers that are configured anywhere: the subjects of most rules about servers. */
export function configuredServers(context: FindingContext): readonly StoredAsset[] {
  let known = configured.get(context);
  if (known === undefined) {
    known = context.all('mcp-server').filter((server) => configurationsInUse(server).length > 0);
    configured.set(context, known);
  }
  return known;
}

const configured = new WeakMap<FindingContext, readonly StoredAsset[]>();

/** What became of a configuration, in the words of the linker of its host; '' where none judged it. */
export const statesOf = (
  server: StoredAsset,
): readonly { readonly agent: string; readonly context: string; readonly state: string }[] =>
  recordsOf(server.properties['states']).map((one) => ({
    agent: textOf(one['agent']),
    context: textOf(one['context']),
    state: textOf(one['state']),
  }));
