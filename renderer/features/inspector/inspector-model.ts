import type { AssetDetail } from '../../../shared/contract/assets.ts';
import { type AssetKind, assertNever, type RelationKind } from '../../../shared/kinds.ts';
import type { Evidence, JsonValue, Properties } from '../../../shared/model/facts.ts';
import { isObject, valueText } from '../../facts/property-words.ts';
import { kindWord, relationWord, sentenceCase } from '../../ui/kind-words.ts';
import { count, counted } from '../../ui/words.ts';

/** A property, in the form it is drawn in. */
export type Fact =
  | { readonly form: 'text'; readonly name: string; readonly text: string; readonly code: boolean }
  | { readonly form: 'list'; readonly name: string; readonly items: readonly string[] }
  | { readonly form: 'table'; readonly name: string; readonly table: FactTable }
  | { readonly form: 'group'; readonly name: string; readonly record: FactRecord }
  | { readonly form: 'records'; readonly name: string; readonly records: readonly FactRecord[] };

/** The facts of one object, and where it stands when it says so. */
export type FactRecord = { readonly facts: readonly Fact[]; readonly place: Place | null };

/** Members of a list of objects. `place` is where each stands, when the members say so. */
export type FactTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly place: Place | null }[];
};

export type Place = { readonly place: string; readonly line: number };

/** Columns that an inspector has room for; members with more are shown one below the other. */
const mostColumns = 3;

/** Properties that are drawn as code: typed by somebody into a file. */
const codeNames = new Set([
  'command',
  'args',
  'url',
  'path',
  'rule',
  'version',
  'matcher',
  'pattern',
  'sha256',
  'model',
  'place',
  'name',
]);

const looksTyped = (name: string, text: string): boolean => codeNames.has(name) || /[/\\{}*$=]|^\S+\.\S+$/.test(text);

/** Single values first, then lists, then tables: what is short is read first. */
export function factsOf(properties: Properties): readonly Fact[] {
  const order = { text: 0, list: 1, group: 2, table: 3, records: 4 } as const;
  return Object.entries(properties)
    .flatMap(([name, value]) => factOf(name, value) ?? [])
    .sort((first, second) => order[first.form] - order[second.form]);
}

function factOf(name: string, value: JsonValue): Fact | null {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    if (items.length === 0) return null;
    if (items.every(isObject)) {
      const table = tableOf(items);
      const flat = items.every((item) => Object.values(item).every((member) => !isObject(member)));
      if (flat && table.columns.length <= mostColumns) return { form: 'table', name, table };
      return { form: 'records', name, records: items.map(recordOf) };
    }
    return { form: 'list', name, items: items.map(valueText) };
  }
  if (isObject(value)) {
    const record = recordOf(value);
    return record.facts.length === 0 ? null : { form: 'group', name, record };
  }
  if (value === null || value === '') return null;
  const text = valueText(value);
  return { form: 'text', name, text, code: typeof value === 'string' && looksTyped(name, text) };
}

function recordOf(value: Properties): FactRecord {
  const place = placeOf(value);
  const rest = Object.entries(value).filter(([key]) => !(place !== null && placeKeys.has(key)));
  return { facts: factsOf(Object.fromEntries(rest)), place };
}

/** Keys that say where a thing stands, not what it is. */
const placeKeys = new Set(['place', 'line', 'endLine']);

function tableOf(items: readonly Properties[]): FactTable {
  const located = items.some((item) => typeof item['place'] === 'string' && typeof item['line'] === 'number');
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))].filter(
    (column) => !(located && placeKeys.has(column)),
  );
  // A column that says nothing in any row only takes room.
  const used = columns.filter((column) => items.some((item) => !isEmpty(item[column])));
  return {
    columns: used,
    rows: items.map((item) => ({
      cells: used.map((column) => (isEmpty(item[column]) ? '' : valueText(item[column] as JsonValue))),
      place: placeOf(item),
    })),
  };
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function placeOf(item: Properties): Place | null {
  const { place, line } = item as { readonly place?: JsonValue; readonly line?: JsonValue };
  return typeof place === 'string' && typeof line === 'number' ? { place, line } : null;
}

/**
 * The evidence whose file a place of a located list means, with the line of the place. Places are named by root label,
 * evidence by root number: they meet in the path.
 */
export function evidenceOfPlace(place: Place, evidence: readonly Evidence[]): Evidence | null {
  const candidates = evidence.filter((item) => place.place === item.file || place.place.endsWith(`/${item.file}`));
  const longest = candidates.toSorted((first, second) => second.file.length - first.file.length)[0];
  return longest === undefined ? null : { ...longest, line: place.line, endLine: place.line };
}

export type RelationGroup = {
  readonly key: string;
  readonly title: string;
  readonly members: readonly AssetDetail['relations'][number][];
};

/** Relations by what they say and which way they go; outgoing first. */
export function relationGroups(relations: AssetDetail['relations']): readonly RelationGroup[] {
  const groups = new Map<
    string,
    { direction: 'out' | 'in'; kind: RelationKind; members: AssetDetail['relations'][number][] }
  >();
  for (const member of relations) {
    const key = `${member.direction} ${member.relation.kind}`;
    const group = groups.get(key) ?? { direction: member.direction, kind: member.relation.kind, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([, first], [, second]) => Number(first.direction === 'in') - Number(second.direction === 'in'))
    .map(([key, { direction, kind, members }]) => ({
      key,
      title: sentenceCase(relationWord(kind, direction)),
      members,
    }));
}

/** "uses 3 MCP servers and 1 model": what it touches, in the direction given. */
function touches(relations: AssetDetail['relations'], direction: 'out' | 'in', kinds: readonly RelationKind[]): string {
  const byKind = new Map<AssetKind, Set<string>>();
  for (const { relation, other, direction: way } of relations) {
    if (way !== direction || !kinds.includes(relation.kind)) continue;
    byKind.set(other.kind, (byKind.get(other.kind) ?? new Set()).add(other.id));
  }
  return joinWords([...byKind].map(([kind, ids]) => `${count(ids.size)} ${kindWord(kind, ids.size)}`));
}

export const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const textProperty = (properties: Properties, name: string): string | null => {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** One sentence about the asset, from its facts alone. */
export function sentenceOf({ asset, relations }: AssetDetail): string {
  const { kind, properties } = asset;
  const used = touches(relations, 'out', ['uses', 'delegates-to', 'reads', 'writes', 'exposes']);
  const users = touches(relations, 'in', ['uses', 'delegates-to', 'exposes']);
  const usedBy = users === '' ? 'Nothing that was found uses it.' : `Used by ${users}.`;
  const host = textProperty(properties, 'host') ?? textProperty(properties, 'framework');
  switch (kind) {
    case 'agent':
      return used === ''
        ? `Agent${host === null ? '' : ` of ${host}`}. No tools were found for it.`
        : `Agent${host === null ? '' : ` of ${host}`} that uses ${used}.`;
    case 'mcp-server': {
      const transport = textProperty(properties, 'transport');
      const off = properties['enabled'] === true ? '' : ' No file switches it on.';
      const over =
        transport === null
          ? ''
          : transport === 'unknown'
            ? ', reached in a way that could not be told'
            : ` over ${transport}`;
      return `MCP server${over}. ${usedBy}${off}`;
    }
    case 'credential': {
      const forms = Array.isArray(properties['forms']) ? properties['forms'].length : asset.evidence.length;
      const literal =
        properties['literal'] === true
          ? ' At least one file holds the value itself, which is masked here.'
          : ' No file that was read holds its value.';
      return `Credential named in ${counted(forms, 'place')}.${literal}`;
    }
    case 'model':
      return `Model${textProperty(properties, 'provider') === null ? '' : ` of ${properties['provider']}`}. ${usedBy}`;
    case 'hook':
      return `Hook${textProperty(properties, 'event') === null ? '' : ` that runs on ${properties['event']}`}. ${usedBy}`;
    case 'prompt':
    case 'tool':
    case 'skill':
    case 'plugin':
    case 'identity':
    case 'data-store':
    case 'external-service':
    case 'workload':
    case 'repository':
    case 'approval-gate':
    case 'guardrail':
    case 'person':
      return `${sentenceCase(kindWord(kind))}. ${usedBy}`;
    default:
      return assertNever(kind);
  }
}
