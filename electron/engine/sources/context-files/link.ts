import type { AssetKind } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { projectOf, repositoriesOf, text } from '../host/fact-view.ts';
import type { AssetDraft, AssetRef, FactIndex, Linker, MergedAsset, PlacedStatement } from '../source.ts';
import { type EnvironmentLabel, labelEnvironment } from './label-environments.ts';
import { labelStore } from './label-stores.ts';
import { type EnvironmentEntry, environmentMembers, type StoreClass } from './lists.ts';
import { environmentProperty, storeProperty } from './label-properties.ts';

const placedKinds: readonly AssetKind[] = ['identity', 'workload', 'data-store', 'mcp-server', 'agent'];

/**
 * Marks stores with their class and things with their environment: from lists that lie in the same scanned folder, else from
 * names, which is a guess and says so. What people import counts before this and is added when facts are read.
 */
export const contextLinker: Linker = {
  id: 'context-files/link',
  version: 1,
  link(facts) {
    const lists = listsOf(facts);
    const drafts = new Map<string, AssetDraft>();
    const add = (asset: MergedAsset, properties: Properties): void => {
      const key = refKey(asset);
      const before = drafts.get(key);
      drafts.set(key, {
        kind: asset.kind,
        key: asset.key,
        name: asset.name,
        properties: { ...before?.properties, ...properties },
      });
    };
    for (const store of facts.assets('data-store')) {
      const rows = lists.filter((list) => speaksFor(list.folder, store)).flatMap((list) => list.stores);
      const label = labelStore(store, rows);
      if (label !== null) add(store, { classification: storeProperty(label, placeOf(lists, label.row)) });
    }
    const sources = sourcesOf(facts);
    const labels = new Map<string, EnvironmentLabel>();
    for (const kind of placedKinds) {
      for (const asset of facts.assets(kind)) {
        const entries = lists.filter((list) => speaksFor(list.folder, asset)).flatMap((list) => list.environments);
        const own = labelEnvironment({ ...asset, places: asset.evidence.map(({ place }) => place) }, entries);
        const label = own !== null && !own.guess ? own : (inherited(sources, asset, labels) ?? own);
        if (label === null) continue;
        labels.set(refKey(asset), label);
        add(asset, { deployedTo: environmentProperty(label, placeOf(lists, label.entry)) });
      }
    }
    return { assets: [...drafts.values()], relations: [] };
  },
};

/** An agent runs where its identity and its workload are; two of them that differ say nothing. */
function inherited(
  sources: ReadonlyMap<string, readonly string[]>,
  asset: MergedAsset,
  labels: ReadonlyMap<string, EnvironmentLabel>,
): EnvironmentLabel | null {
  const found = new Map<string, EnvironmentLabel>();
  for (const source of sources.get(refKey(asset)) ?? []) {
    const label = labels.get(source);
    if (label === undefined || label.guess) continue;
    const way = source.startsWith('workload\0') ? 'deployed by a workload of it' : 'runs as an identity of it';
    found.set(label.name, {
      ...label,
      because: `${way}: ${label.because.replace(/^(?:runs as|deployed by) .{0,40}? of it: /, '')}`,
    });
  }
  const [only, ...others] = [...found.values()];
  return only === undefined || others.length > 0 ? null : only;
}

const refKey = ({ kind, key }: AssetRef): string => `${kind}\0${key}`;

/** Where a thing gets its environment from: what it runs as, and the workload that deploys it. */
function sourcesOf(facts: FactIndex): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (thing: AssetRef, source: AssetRef): void => {
    const known = found.get(refKey(thing));
    if (known === undefined) found.set(refKey(thing), [refKey(source)]);
    else known.push(refKey(source));
  };
  for (const { from, to } of facts.relations('runs-as')) add(from, to);
  for (const kind of ['exposes', 'executes'] as const)
    for (const { from, to } of facts.relations(kind)) if (from.kind === 'workload' && to.kind !== 'tool') add(to, from);
  return found;
}

type Lists = {
  /** Folder whose files the lists speak for. */
  readonly folder: string;
  readonly stores: readonly (StoreClass & { readonly place: string })[];
  readonly environments: readonly (EnvironmentEntry & { readonly place: string })[];
};

/** A list in one project says nothing about another one. */
const speaksFor = (folder: string, asset: MergedAsset): boolean =>
  asset.evidence.some(({ place }) => place.startsWith(`${folder}/`));

function listsOf(facts: FactIndex): readonly Lists[] {
  const repositories = repositoriesOf(facts);
  const folders = new Map<
    string,
    { stores: Lists['stores'][number][]; environments: Lists['environments'][number][] }
  >();
  const listOf = ({ anchor }: PlacedStatement) => {
    const folder = projectOf(anchor, repositories);
    const known = folders.get(folder) ?? { stores: [], environments: [] };
    folders.set(folder, known);
    return known;
  };
  for (const statement of facts.statements('data-classification')) {
    const { properties, subject: store, place, lines } = statement;
    listOf(statement).stores.push({
      store,
      place,
      ...lines,
      type: text(properties, 'type'),
      classification: text(properties, 'classification'),
      regulation: text(properties, 'regulation'),
      owner: text(properties, 'owner'),
    });
  }
  for (const statement of facts.statements('environment')) {
    const { properties, subject: name, place, lines } = statement;
    const members = (properties['members'] ?? {}) as { readonly [key: string]: readonly string[] | undefined };
    const regulated = properties['regulated'];
    listOf(statement).environments.push({
      name,
      place,
      ...lines,
      regulated: typeof regulated === 'boolean' ? regulated : null,
      members: Object.fromEntries(
        environmentMembers.map((member) => [member, members[member] ?? []]),
      ) as unknown as EnvironmentEntry['members'],
    });
  }
  return [...folders].map(([folder, lists]) => ({ folder, ...lists }));
}

function placeOf(
  lists: readonly Lists[],
  row: StoreClass | EnvironmentEntry | null,
): { readonly place: string; readonly line: number } | null {
  if (row === null) return null;
  const found = lists.flatMap((list) => [...list.stores, ...list.environments]).find((each) => each === row);
  return found === undefined ? null : { place: found.place, line: found.line };
}
