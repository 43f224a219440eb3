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

/** Keys are `host@`, `host@~` and `host@<anchor>`, see `sources/keys.ts`. */
export function hostAgents(facts: PermissionFacts, host: string, workingDirectory: string): HostAgents {
  const prefix = `${host}@`;
  let machine: MergedAsset | undefined;
  let user: MergedAsset | undefined;
  const projects: { asset: MergedAsset; folder: string }[] = [];
  for (const asset of facts.assets('agent')) {
    if (!asset.key.startsWith(prefix)) continue;
    const anchor = asset.key.slice(prefix.length);
    if (anchor === '') machine = asset;
    else if (anchor === '~') user = asset;
    else if (!anchor.includes('#')) {
      const folder = facts.pathOf(anchor);
      if (folder !== null && isInside(workingDirectory, folder)) projects.push({ asset, folder });
    }
  }
  projects.sort((one, other) => other.folder.length - one.folder.length);
  return { machine, user, projects };
}

/** `/a/b` is inside of `/a` and of itself. Paths absolute, normalised, forward slashes. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
