import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { hostAgentRef } from '../keys.ts';
import type { FactIndex, MergedAsset, RelationDraft } from '../source.ts';

/** Members of a list property that are objects; anything else is not there. */
export function records(properties: Properties | undefined, key: string): readonly Properties[] {
  const value = properties?.[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

const isRecord = (value: JsonValue): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (properties: Properties, key: string): string => {
  const value = properties[key];
  return typeof value === 'string' ? value : '';
};
export const textOrNull = (properties: Properties, key: string): string | null => {
  const value = properties[key];
  return typeof value === 'string' ? value : null;
};
export const texts = (properties: Properties, key: string): readonly string[] => {
  const value = properties[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};
export const line = (properties: Properties): number =>
  typeof properties['line'] === 'number' ? properties['line'] : 1;

export type Way = {
  readonly place: string;
  readonly host: string | null;
  /** Folder whose hosts all read the file under this name; null where one host does. */
  readonly folder: string | null;
};

/** The names under which a file is read: its own, and those of the links that lead to it. */
export function waysTo(asset: MergedAsset): readonly Way[] {
  const own: Way = {
    place: asset.evidence[0]?.place ?? '',
    host: textOrNull(asset.properties, 'host'),
    folder: textOrNull(asset.properties, 'folder'),
  };
  const links = records(asset.properties, 'links').map((link): Way => {
    const host = textOrNull(link, 'host');
    return {
      place: text(link, 'place'),
      host,
      folder: host === null || host === 'shared' ? textOrNull(link, 'anchor') : null,
    };
  });
  return [own, ...links];
}

export type HostAgents = {
  readonly managed: MergedAsset | undefined;
  readonly user: MergedAsset | undefined;
  readonly projects: readonly (MergedAsset & { readonly anchor: string })[];
};

/** The agents of one host: the machine's, the user's, and one per folder. Sub-agents are not among them. */
export function hostAgents(facts: FactIndex, host: string): HostAgents {
  const prefix = `${host}@`;
  const projects = facts.assets('agent').flatMap((agent) => {
    if (!agent.key.startsWith(prefix) || agent.properties['subAgent'] === true) return [];
    const anchor = agent.key.slice(prefix.length);
    return anchor === '' || anchor === '~' ? [] : [{ ...agent, anchor }];
  });
  return { managed: facts.asset(hostAgentRef(host, '')), user: facts.asset(hostAgentRef(host, '~')), projects };
}

/** Project settings stand on the user's, the user's on the machine's. */
export function inheritance(agents: HostAgents): readonly RelationDraft[] {
  const relation = (from: MergedAsset, to: MergedAsset): RelationDraft => ({
    kind: 'configured-by',
    from: { kind: from.kind, key: from.key },
    to: { kind: to.kind, key: to.key },
    properties: { why: 'settings of the wider scope apply as well' },
  });
  const above = agents.user ?? agents.managed;
  const relations: RelationDraft[] = [];
  if (above !== undefined) for (const project of agents.projects) relations.push(relation(project, above));
  if (agents.user !== undefined && agents.managed !== undefined) relations.push(relation(agents.user, agents.managed));
  return relations;
}

export type Configuration = { readonly server: MergedAsset; readonly facts: Properties };

/** Every configuration of every server by one host. */
export function configurationsOf(facts: FactIndex, host: string): readonly Configuration[] {
  return facts
    .assets('mcp-server')
    .flatMap((server) =>
      records(server.properties, 'configurations').map((configuration) => ({ server, facts: configuration })),
    )
    .filter((configuration) => configuration.facts['host'] === host);
}

/**
 * The scanned folder that each absolute path of a state file means: the one whose name the path ends with. A scan does not
 * know where its folders lay when the state was written, so that what is not certain is left out: a path that fits two
 * folders as well, and a folder that two paths fit as well.
 */
export function anchorsOfPaths(paths: readonly string[], anchors: readonly string[]): ReadonlyMap<string, string> {
  const claims = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const anchor = anchorForPath(path, anchors);
    if (anchor === null) continue;
    const others = claims.get(anchor);
    if (others === undefined) claims.set(anchor, [path]);
    else others.push(path);
  }
  return new Map(
    [...claims].flatMap(([anchor, claiming]) =>
      claiming.length === 1 && claiming[0] !== undefined ? [[claiming[0], anchor] as const] : [],
    ),
  );
}

function anchorForPath(path: string, anchors: readonly string[]): string | null {
  const fitting = anchors.filter((anchor) => path === anchor || path.endsWith(`/${anchor}`));
  const [first, ...others] = [...fitting].sort((a, b) => b.length - a.length);
  if (first === undefined) return null;
  return others.some((other) => other.length === first.length) ? null : first;
}

/** What a state file of the user says about projects, by the folder of the scan that its path means. */
export function projectsByAnchor(agents: HostAgents): ReadonlyMap<string, Properties> {
  const anchors = agents.projects.map((project) => project.anchor);
  const entries = records(agents.user?.properties, 'projects');
  const byPath = anchorsOfPaths(
    entries.map((entry) => text(entry, 'path')),
    anchors,
  );
  const found = new Map<string, Properties>();
  for (const entry of entries) {
    const anchor = byPath.get(text(entry, 'path'));
    if (anchor !== undefined && !found.has(anchor)) found.set(anchor, entry);
  }
  return found;
}

/** Folders that are checkouts of their own, as far as the scan saw. */
export const repositoriesOf = (facts: FactIndex): readonly string[] =>
  facts.assets('repository').map((repository) => repository.key);

/**
 * The project that a list of an organisation speaks for: the checkout around it; without one the folder above that only
 * holds such lists, or its own.
 */
export function projectOf(folder: string, repositories: readonly string[]): string {
  const repository = repositoryOf(folder, repositories);
  if (repository !== undefined) return repository;
  const isForLists = /\/(?:governance|policy|policies|compliance|inventory|docs)$/.test(folder);
  return isForLists ? folder.slice(0, folder.lastIndexOf('/')) : folder;
}

/**
 * The agent that works in a folder: the one of the folder or of the nearest folder above. The border of a checkout is not
 * crossed; what lies above it is another project. Undefined where there is none.
 */
export function agentAbove<A extends { readonly anchor: string }>(
  folder: string,
  projects: readonly A[],
  repositories: readonly string[],
): A | undefined {
  const border = repositoryOf(folder, repositories);
  return projects
    .filter((project) => isWithin(folder, project.anchor) && (border === undefined || isWithin(project.anchor, border)))
    .sort((a, b) => b.anchor.length - a.anchor.length)[0];
}

const repositoryOf = (folder: string, repositories: readonly string[]): string | undefined =>
  repositories.filter((repository) => isWithin(folder, repository)).sort((a, b) => b.length - a.length)[0];

const isWithin = (folder: string, above: string): boolean => folder === above || folder.startsWith(`${above}/`);
