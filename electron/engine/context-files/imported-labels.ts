import type { Asset, Properties } from '../../../shared/model/facts.ts';
import { labelEnvironment } from '../sources/context-files/label-environments.ts';
import { environmentProperty, storeProperty } from '../sources/context-files/label-properties.ts';
import { labelStore } from '../sources/context-files/label-stores.ts';
import type { EnvironmentEntry, NamedOwner, StoreClass } from '../sources/context-files/lists.ts';
import type { StoredImport } from '../store/repos/imports.ts';

/** Rows of all imported lists, each with the file that holds it. A later file counts before an earlier one. */
export type ContextRows = {
  readonly stores: readonly StoreClass[];
  readonly environments: readonly EnvironmentEntry[];
  readonly owners: readonly NamedOwner[];
  readonly fileOf: ReadonlyMap<object, string>;
};

export function contextRows(imports: readonly StoredImport[]): ContextRows {
  const fileOf = new Map<object, string>();
  const contents = imports.flatMap(({ content, name }) => {
    if (content.type !== 'context') return [];
    for (const row of [...content.stores, ...content.environments, ...content.owners]) fileOf.set(row, name);
    return [content];
  });
  contents.reverse();
  return {
    stores: contents.flatMap(({ stores }) => stores),
    environments: contents.flatMap(({ environments }) => environments),
    owners: contents.flatMap(({ owners }) => owners),
    fileOf,
  };
}

export type ContextLabels = {
  /** What comes on top of, or in the place of, the labels that the scan made; null where the lists say nothing. */
  readonly properties: Properties | null;
  readonly owner: {
    readonly owner: string;
    readonly file: string;
    readonly line: number;
    readonly guess: boolean;
  } | null;
};

const placedKinds: ReadonlySet<string> = new Set(['identity', 'workload', 'data-store', 'mcp-server', 'agent']);
const nothing: ContextLabels = { properties: null, owner: null };

/** Labels that imported lists give one asset. A guess from a name never takes the place of what a file of the scan says. */
export function labelsFor(asset: Asset, rows: ContextRows, roots: readonly string[]): ContextLabels {
  if (rows.stores.length + rows.environments.length + rows.owners.length === 0 || !placedKinds.has(asset.kind))
    return nothing;
  const placeOf = (row: object & { readonly line: number }) => ({ place: rows.fileOf.get(row) ?? '', line: row.line });
  let properties: Properties = {};
  let owner: ContextLabels['owner'] = null;
  if (asset.kind === 'data-store') {
    const label = labelStore(asset, rows.stores);
    if (label !== null && label.row !== null) {
      properties = { classification: storeProperty(label, placeOf(label.row)) };
      if (label.owner !== '')
        owner = { owner: label.owner, file: placeOf(label.row).place, line: label.row.line, guess: label.guess };
    }
  }
  const places = asset.evidence.map(({ root, file }) => `${(roots[root] ?? '').split('/').at(-1) ?? ''}/${file}`);
  const environment = labelEnvironment({ name: asset.name, properties: asset.properties, places }, rows.environments);
  if (environment !== null && environment.entry !== null)
    properties = { ...properties, deployedTo: environmentProperty(environment, placeOf(environment.entry)) };
  if (asset.kind === 'agent') {
    const named = rows.owners.find(({ name, owner: listed }) => listed !== '' && plain(name) === plain(asset.name));
    if (named !== undefined) owner = { owner: named.owner, file: placeOf(named).place, line: named.line, guess: false };
  }
  return { properties: Object.keys(properties).length === 0 ? null : properties, owner };
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
