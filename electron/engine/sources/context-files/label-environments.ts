import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import type { EnvironmentEntry, EnvironmentMember } from './lists.ts';

export type EnvironmentLabel = {
  readonly name: string;
  readonly regulated: boolean | null;
  readonly guess: boolean;
  readonly because: string;
  readonly entry: EnvironmentEntry | null;
};

export type Placed = {
  readonly name: string;
  readonly properties: Properties;
  /** Places of its evidence, as `root/folder/file`. */
  readonly places: readonly string[];
};

/** Accounts, subscriptions, projects, hosts that the facts of a thing name. */
export type Reach = {
  readonly [M in 'awsAccounts' | 'azureSubscriptions' | 'gcpProjects' | 'hosts']: readonly string[];
};

const maxTexts = 4000;

/** Every text in plain JSON, up to a limit. */
function textsIn(value: JsonValue, into: string[] = []): readonly string[] {
  if (into.length >= maxTexts) return into;
  if (typeof value === 'string') into.push(value.slice(0, 2000));
  else if (Array.isArray(value)) for (const item of value) textsIn(item as JsonValue, into);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) textsIn(item, into);
  return into;
}

export function reachOf(properties: Properties): Reach {
  const aws = new Set<string>();
  const azure = new Set<string>();
  const gcp = new Set<string>();
  const hosts = new Set<string>();
  for (const text of textsIn(properties)) {
    for (const match of text.matchAll(/\barn:aws[a-z-]{0,20}:[a-z0-9-]{1,40}:[a-z0-9-]{0,40}:(\d{12}):/g))
      aws.add(match[1] ?? '');
    for (const match of text.matchAll(/\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi))
      azure.add((match[1] ?? '').toLowerCase());
    for (const match of text.matchAll(/\bprojects\/([a-z][a-z0-9-]{4,29})\b/g)) gcp.add(match[1] ?? '');
    for (const match of text.matchAll(/@([a-z][a-z0-9-]{4,29})\.iam\.gserviceaccount\.com/g)) gcp.add(match[1] ?? '');
    for (const match of text.matchAll(/\b(?:https?|wss?|sse):\/\/(?:[^\s/@"'<>]{0,200}@)?([a-zA-Z0-9.-]{1,253})/g))
      hosts.add((match[1] ?? '').toLowerCase().replace(/\.$/, ''));
  }
  const account = properties['accountId'] ?? properties['account'];
  if (typeof account === 'string' && /^\d{12}$/.test(account)) aws.add(account);
  return {
    awsAccounts: [...aws].sort(),
    azureSubscriptions: [...azure].sort(),
    gcpProjects: [...gcp].sort(),
    hosts: [...hosts].filter((host) => host !== '').sort(),
  };
}

/** The environment of a thing: by what a list names, else a guess from names and folders; null where nothing speaks of one. */
export function labelEnvironment(thing: Placed, entries: readonly EnvironmentEntry[]): EnvironmentLabel | null {
  if (entries.length > 0) {
    const reach = reachOf(thing.properties);
    for (const member of ['awsAccounts', 'azureSubscriptions', 'gcpProjects', 'hosts'] as const) {
      const found = listed(entries, member, reach[member]);
      if (found !== null) return found;
    }
    for (const [member, keys] of [
      ['clusters', ['cluster']],
      ['namespaces', ['namespace']],
      ['repositories', ['repository']],
    ] as const) {
      const values = keys.map((key) => thing.properties[key]).filter((value) => typeof value === 'string');
      const found = listed(entries, member, values);
      if (found !== null) return found;
    }
    const found = listed(
      entries,
      'paths',
      thing.places.map((place) => place.slice(place.indexOf('/') + 1)),
    );
    if (found !== null) return found;
  }
  return guessEnvironment(thing);
}

/** The entry that names one of these values; null where none does, or where two environments do. */
export function listed(
  entries: readonly EnvironmentEntry[],
  member: EnvironmentMember,
  values: readonly string[],
): EnvironmentLabel | null {
  const found = new Map<EnvironmentEntry, string>();
  for (const entry of entries)
    for (const value of values)
      if (entry.members[member].some((pattern) => fits(pattern, value, member === 'paths'))) found.set(entry, value);
  const [only, ...others] = [...found];
  if (only === undefined || others.length > 0) return null;
  const [entry, value] = only;
  return {
    name: entry.name,
    regulated: entry.regulated,
    guess: false,
    because: `${memberWords[member]} ${value}`,
    entry,
  };
}

const memberWords: { readonly [M in EnvironmentMember]: string } = {
  awsAccounts: 'AWS account',
  azureSubscriptions: 'Azure subscription',
  gcpProjects: 'Google Cloud project',
  hosts: 'host',
  clusters: 'cluster',
  namespaces: 'namespace',
  repositories: 'repository',
  paths: 'folder',
};

/** A name with at most one star at its begin or end; a folder takes what lies below it. */
export function fits(pattern: string, value: string, isFolder = false): boolean {
  const wanted = pattern.toLowerCase();
  const own = value.toLowerCase();
  if (isFolder) {
    const folder = wanted.replace(/\/?\*{0,2}$/, '').replace(/^\//, '');
    return folder !== '' && (own === folder || own.startsWith(`${folder}/`));
  }
  if (wanted.startsWith('*') && wanted.length > 1) return own.endsWith(wanted.slice(1));
  if (wanted.endsWith('*') && wanted.length > 1) return own.startsWith(wanted.slice(0, -1));
  return own === wanted;
}

const words: readonly (readonly [string, RegExp])[] = [
  ['production', /^(?:prod|production|prd|live)$/],
  ['staging', /^(?:staging|stage|stg|preprod|uat|preproduction)$/],
  ['development', /^(?:dev|development|sandbox)$/],
  ['test', /^(?:test|testing|qa)$/],
];

function guessEnvironment({ name, properties, places }: Placed): EnvironmentLabel | null {
  const url = properties['url'];
  const host = typeof url === 'string' ? (/^[a-z]+:\/\/([^/:?#]{1,200})/i.exec(url)?.[1] ?? '') : '';
  // Test folders are told by `location`; here only folders and files that are named after a deployment count.
  const candidates: readonly (readonly [string, string])[] = [
    ['its name', name],
    ['its host', host],
    ...places.slice(0, 3).map((place) => ['its place', place.slice(place.indexOf('/') + 1)] as const),
  ];
  for (const [what, text] of candidates) {
    const parts = text
      .slice(0, 500)
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/);
    for (const [environment, word] of words) {
      if (what === 'its place' && environment === 'test') continue;
      const found = parts.find((part) => word.test(part));
      if (found !== undefined)
        return { name: environment, regulated: null, guess: true, because: `${what} holds "${found}"`, entry: null };
    }
  }
  return null;
}
