import { parseCsv } from '../parse/csv-document.ts';
import { parseJson } from '../parse/json-document.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  itemsOf,
  type MapNode,
  type Node,
  nodeOf,
  type ParsedDocument,
  scalarText,
  type Span,
} from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';

/** What an organisation says of one data store: `store` names it as in a list (`s3://bucket`, `rds:name`, an ARN, `name/*`). */
export type StoreClass = Span & {
  readonly store: string;
  readonly type: string;
  /** In the organisation's own words. */
  readonly classification: string;
  readonly regulation: string;
  readonly owner: string;
};

/** An environment and what belongs to it. Names of accounts, hosts, folders may hold `*`. */
export type EnvironmentEntry = Span & {
  readonly name: string;
  /** Null where the list does not say. */
  readonly regulated: boolean | null;
  readonly members: { readonly [M in EnvironmentMember]: readonly string[] };
};
export const environmentMembers = [
  'awsAccounts',
  'azureSubscriptions',
  'gcpProjects',
  'hosts',
  'clusters',
  'namespaces',
  'repositories',
  'paths',
] as const;
export type EnvironmentMember = (typeof environmentMembers)[number];

/** Who owns the thing of this name; '' says that nobody does. */
export type NamedOwner = Span & { readonly name: string; readonly owner: string };

export type ContextLists = {
  readonly stores: readonly StoreClass[];
  readonly environments: readonly EnvironmentEntry[];
  readonly owners: readonly NamedOwner[];
  readonly issues: readonly { readonly line: number | null; readonly message: string }[];
};

export type ListFormat = 'csv' | 'yaml' | 'json';

const maxRows = 20_000;
const longestText = 500;

/** Format by the name of a file, else by its first character. */
export function formatOf(name: string, text: string): ListFormat {
  if (/\.(?:csv|tsv)$/i.test(name)) return 'csv';
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.json$/i.test(name)) return 'json';
  return /^\s*[[{]/.test(text.slice(0, 1000)) ? 'json' : 'yaml';
}

export function parseList(text: string, format: ListFormat): ParsedDocument {
  switch (format) {
    case 'csv':
      return parseCsv(text);
    case 'json':
      return parseJson(text);
    case 'yaml':
      return parseYaml(text);
  }
}

/** Reads what a document holds of the three lists; all empty where it is another kind of document. */
export function readContextLists(document: ParsedDocument): ContextLists {
  const { root, problems } = document;
  const issues: { line: number | null; message: string }[] = problems.map(({ line, message }) => ({ line, message }));
  const top = root?.kind === 'list' ? root : undefined;
  // A table of something else is told by its first rows.
  const first = itemsOf(top).slice(0, 50);
  const isStores = top === undefined || first.some((row) => row.kind === 'map' && hasStoreKey(row));
  const isEnvironments = top === undefined || first.some((row) => pick(row, ...environmentKeys) !== undefined);
  const stores = !isStores
    ? []
    : storesOf(top ?? pick(root, 'stores', 'datastores', 'dataclassification', 'classifications'), issues);
  const environments = !isEnvironments ? [] : environmentsOf(top ?? pick(root, 'environments'), issues);
  const owners = entriesOf(pick(root, 'owners')).flatMap(({ key, node, line, endLine }): NamedOwner[] => {
    const owner = node.kind === 'scalar' ? (scalarText(node) ?? '') : null;
    return owner === null ? [] : [{ name: plainText(key), owner: plainText(owner), line, endLine }];
  });
  return {
    stores: stores.slice(0, maxRows),
    environments: environments.slice(0, maxRows),
    owners: owners.slice(0, maxRows),
    issues: issues.slice(0, 200),
  };
}

/** Columns and keys may be written `aws_accounts`, `awsAccounts`, `AWS accounts`. */
const plainKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');
export const plainText = (text: string): string => maskText(text.trim().slice(0, longestText));

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Names of accounts and ids: a subscription is a GUID, which elsewhere would be taken for something generated. */
export const idText = (text: string): string => (guid.test(text.trim()) ? text.trim().toLowerCase() : plainText(text));

export function pick(node: Node | null | undefined, ...keys: readonly string[]): Node | undefined {
  if (node?.kind !== 'map') return undefined;
  for (const wanted of keys)
    for (const entry of node.entries.values()) if (plainKey(entry.key) === wanted) return entry.node;
  return undefined;
}
export const pickText = (node: Node, ...keys: readonly string[]): string =>
  plainText(scalarText(pick(node, ...keys)) ?? '');

/** Members of a list of maps; of a map of maps as well, whose keys are then the names. */
function rowsOf(
  node: Node | undefined,
): readonly { readonly name: string; readonly node: Node; readonly span: Span }[] {
  if (node?.kind === 'list')
    return itemsOf(node).flatMap((item) => (item.kind === 'map' ? [{ name: '', node: item, span: item }] : []));
  return entriesOf(node).map((entry: Entry) => ({ name: entry.key, node: entry.node, span: entry }));
}

type Issues = { line: number | null; message: string }[];

function storesOf(node: Node | undefined, issues: Issues): StoreClass[] {
  return rowsOf(node).flatMap(({ name, node: row, span }): StoreClass[] => {
    const isMap = row.kind === 'map';
    const classification = isMap ? pickText(row, ...classKeys) : plainText(scalarText(row) ?? '');
    const store = isMap ? pickText(row, ...storeKeys) || plainText(name) : plainText(name);
    if (store === '' && classification === '') return [];
    if (store === '' || classification === '') {
      if (isMap && hasStoreKey(row))
        issues.push({ line: span.line, message: 'a row needs a store and a classification' });
      return [];
    }
    return [
      {
        store,
        classification,
        type: isMap ? pickText(row, 'kind', 'type') : '',
        regulation: isMap ? pickText(row, 'regulation', 'regulations', 'law') : '',
        owner: isMap ? pickText(row, 'owner', 'dataowner') : '',
        line: span.line,
        endLine: span.endLine,
      },
    ];
  });
}

const storeKeys = ['store', 'datastore', 'resource', 'arn', 'uri', 'url'];
const classKeys = ['classification', 'class', 'sensitivity', 'dataclass', 'label'];

const hasStoreKey = (row: MapNode): boolean =>
  pick(row, ...storeKeys) !== undefined && pick(row, ...classKeys) !== undefined;

const memberKeys: { readonly [M in EnvironmentMember]: readonly string[] } = {
  awsAccounts: ['awsaccounts', 'awsaccount', 'accounts'],
  azureSubscriptions: ['azuresubscriptions', 'azuresubscription', 'subscriptions'],
  gcpProjects: ['gcpprojects', 'gcpproject', 'projects'],
  hosts: ['hosts', 'host', 'saashosts', 'domains'],
  clusters: ['clusters', 'cluster'],
  namespaces: ['namespaces', 'namespace'],
  repositories: ['repositories', 'repository', 'repos'],
  paths: ['paths', 'path', 'folders'],
};

const environmentKeys = ['regulated', ...Object.values(memberKeys).flat()];

function environmentsOf(node: Node | undefined, issues: Issues): EnvironmentEntry[] {
  const found = new Map<string, EnvironmentEntry>();
  for (const { name: key, node: row, span } of rowsOf(node)) {
    if (row.kind !== 'map') continue;
    const name = plainText(key) || pickText(row, 'environment') || pickText(row, 'name');
    const members = Object.fromEntries(
      environmentMembers.map((member) => [member, namesOf(pick(row, ...memberKeys[member]))]),
    ) as unknown as EnvironmentEntry['members'];
    const regulated = flagOf(pick(row, 'regulated'));
    const says = regulated !== null || environmentMembers.some((member) => members[member].length > 0);
    if (!says) continue;
    if (name === '') {
      issues.push({ line: span.line, message: 'an environment needs a name' });
      continue;
    }
    const before = found.get(name);
    // A table has one account a row: rows of one environment belong together.
    found.set(name, {
      name,
      regulated: regulated ?? before?.regulated ?? null,
      members: Object.fromEntries(
        environmentMembers.map((member) => [
          member,
          [...new Set([...(before?.members[member] ?? []), ...members[member]])],
        ]),
      ) as unknown as EnvironmentEntry['members'],
      line: before?.line ?? span.line,
      endLine: Math.max(before?.endLine ?? 0, span.endLine),
    });
  }
  return [...found.values()];
}

function namesOf(node: Node | undefined): string[] {
  const texts =
    node?.kind === 'list'
      ? itemsOf(node).map((item) => scalarText(item) ?? '')
      : (scalarText(node) ?? '').split(/[;,\s]+/);
  return texts
    .map(idText)
    .filter((text) => text !== '')
    .slice(0, 1000);
}

function flagOf(node: Node | undefined): boolean | null {
  const own = booleanOf(node);
  if (own !== undefined) return own;
  const text = (scalarText(node) ?? '').trim().toLowerCase();
  return /^(?:yes|true|y|1)$/.test(text) ? true : /^(?:no|false|n|0)$/.test(text) ? false : null;
}

/** True where a document holds at least one of the lists. */
export const hasLists = ({ stores, environments, owners }: ContextLists): boolean =>
  stores.length + environments.length + owners.length > 0;

/** Kept for documents that say their own type: `schema: countersign-...`. */
export const schemaOf = (root: Node | null): string => scalarText(nodeOf(root, 'schema')) ?? '';
