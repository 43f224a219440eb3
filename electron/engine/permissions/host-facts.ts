import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { Scope } from '../../../shared/kinds.ts';
import type { MergedAsset } from '../sources/source.ts';
import type { PermissionFacts } from './evaluator.ts';
import type { RulePlace } from './verdict.ts';

/** A member of a list that host sources collect: what a file says, with scope, place and line. */
export type Located = Properties & { readonly scope: Scope; readonly place: string; readonly line: number };

export function locatedOf(asset: MergedAsset | undefined, list: string): readonly Located[] {
  const value = asset?.properties[list];
  if (!Array.isArray(value)) return [];
  return value.filter(isLocated);
}

const isLocated = (value: JsonValue): value is Located =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof (value as Properties)['place'] === 'string' &&
  typeof (value as Properties)['line'] === 'number';

export const placeOf = (member: Located): RulePlace => ({
  file: member.place,
  line: member.line,
  scope: member.scope,
});

/** The agents of one host that speak for a folder: the machine's, the user's, and those of the folder and above it. */
export type HostAgents = {
  readonly machine: MergedAsset | undefined;
  readonly user: MergedAsset | undefined;
  /** Nearest folder first. `folder` is absolute. */
  readonly projects: readonly { readonly asset: MergedAsset; readonly folder: string }[];
};

type HostIndex = {
  machine?: MergedAsset;
  user?: MergedAsset;
  /** By absolute folder. */
  readonly folders: Map<string, MergedAsset>;
};
const indexes = new WeakMap<PermissionFacts, Map<string, HostIndex>>();

/** Keys are `host@`, `host@~` and `host@<anchor>`, see `sources/keys.ts`. Read once per facts: estates have thousands. */
function hostIndex(facts: PermissionFacts): ReadonlyMap<string, HostIndex> {
  let index = indexes.get(facts);
  if (index !== undefined) return index;
  index = new Map();
  for (const asset of facts.assets('agent')) {
    const at = asset.key.indexOf('@');
    if (at < 0 || asset.key.includes('#')) continue;
    const host = asset.key.slice(0, at);
    const anchor = asset.key.slice(at + 1);
    let own = index.get(host);
    if (own === undefined) {
      own = { folders: new Map() };
      index.set(host, own);
    }
    if (anchor === '') own.machine = asset;
    else if (anchor === '~') own.user = asset;
    else {
      const folder = facts.pathOf(anchor);
      if (folder !== null) own.folders.set(folder, asset);
    }
  }
  indexes.set(facts, index);
  return index;
}

/** The agents that speak for a folder: its own and those of the folders above it. */
export function hostAgents(facts: PermissionFacts, host: string, workingDirectory: string): HostAgents {
  const own = hostIndex(facts).get(host);
  const projects: { asset: MergedAsset; folder: string }[] = [];
  if (own !== undefined && own.folders.size > 0) {
    for (let folder = workingDirectory; ; folder = folder.slice(0, folder.lastIndexOf('/')) || '/') {
      const asset = own.folders.get(folder);
      if (asset !== undefined) projects.push({ asset, folder });
      if (folder === '/' || !folder.includes('/')) break;
    }
  }
  return { machine: own?.machine, user: own?.user, projects };
}

/** `/a/b` is inside of `/a` and of itself. Paths absolute, normalised, forward slashes. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
