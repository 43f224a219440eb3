import type { ContextOverview } from '../../../shared/contract/inventory.ts';
import type { Asset, Properties } from '../../../shared/model/facts.ts';
import { type Sensitivity, sensitivities } from '../../../shared/model/context.ts';
import type { WorkspaceFacts } from '../owners/workspace-facts.ts';
import { fits, reachOf } from '../sources/context-files/label-environments.ts';
import type { EnvironmentEntry } from '../sources/context-files/lists.ts';
import { contextRows } from './imported-labels.ts';

/** Labels of stores, and the accounts and hosts that the facts name with whether a list manages them. */
export function contextOverview(facts: WorkspaceFacts): ContextOverview {
  return {
    scan: facts.scanned.scan,
    stores: facts.all.assets.flatMap((asset) => (asset.kind === 'data-store' ? [storeOf(asset)] : [])),
    reach: reach(facts),
  };
}

function storeOf({ id, name, properties }: Asset): ContextOverview['stores'][number] {
  const label = recordOf(properties['classification']);
  const place = textOf(label, 'place');
  const line = label['line'];
  const sensitivity = textOf(label, 'sensitivity') as Sensitivity;
  return {
    id,
    name,
    class: textOf(label, 'class'),
    sensitivity: sensitivities.includes(sensitivity) ? sensitivity : null,
    regulation: textOf(label, 'regulation'),
    owner: textOf(label, 'owner'),
    guess: label['guess'] === true,
    because: textOf(label, 'because'),
    from: place === '' ? null : { file: place, line: typeof line === 'number' ? line : 1 },
  };
}

const kinds = [
  ['aws-account', 'awsAccounts'],
  ['azure-subscription', 'azureSubscriptions'],
  ['gcp-project', 'gcpProjects'],
  ['host', 'hosts'],
] as const;

/** Only what agents, servers, identities, stores and services are reached by: a link in an instruction is no destination. */
const reachingKinds: ReadonlySet<string> = new Set([
  'agent',
  'mcp-server',
  'tool',
  'identity',
  'workload',
  'data-store',
  'external-service',
]);

function reach(facts: WorkspaceFacts): ContextOverview['reach'] {
  const { environments } = contextRows(facts.sources.imports);
  const found = new Map<string, { entry: ContextOverview['reach'][number]; assets: Set<string> }>();
  for (const asset of facts.all.assets) {
    if (!reachingKinds.has(asset.kind)) continue;
    const own = reachOf(asset.properties);
    for (const [type, member] of kinds) {
      for (const name of own[member]) {
        const key = `${type}\0${name}`;
        let known = found.get(key);
        if (known === undefined) {
          known = { entry: { type, name, ...managedBy(environments, member, name), assets: [] }, assets: new Set() };
          found.set(key, known);
        }
        known.assets.add(asset.id);
      }
    }
  }
  return [...found.values()]
    .map(({ entry, assets }) => ({ ...entry, assets: [...assets].sort() }))
    .sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.name < b.name ? -1 : 1));
}

/** A host of this machine is nobody's to manage; where no list names such things nothing can be said. */
function managedBy(
  environments: readonly EnvironmentEntry[],
  member: (typeof kinds)[number][1],
  name: string,
): { environment: string | null; isManaged: boolean | null } {
  const lists = environments.filter((entry) => entry.members[member].length > 0);
  const entry = lists.find((each) => each.members[member].some((pattern) => fits(pattern, name)));
  if (entry !== undefined) return { environment: entry.name, isManaged: true };
  const isLocal = member === 'hosts' && /^(?:localhost|127\.|0\.0\.0\.0|\[?::1)/.test(name);
  return { environment: null, isManaged: lists.length === 0 || isLocal ? null : false };
}

const recordOf = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
const textOf = (properties: Properties, key: string): string => {
  const value = properties[key];
  return typeof value === 'string' ? value : '';
};
