import { assetKinds, type RelationKind } from '../../../shared/kinds.ts';
import type { Change, ComparedSide, Comparison, RelationChange } from '../../../shared/model/changes.ts';
import type { Asset, JsonValue, Properties, Relation } from '../../../shared/model/facts.ts';
import { compareRules } from './compare-rules.ts';
import { sameValue, withoutLines } from './plain-values.ts';

/** One side of a comparison. What is equal on both sides may be left out of both. */
export type DiffSide = ComparedSide & {
  readonly assets: readonly Asset[];
  readonly relations: readonly NamedRelation[];
};
export type NamedRelation = {
  readonly relation: Relation;
  readonly from: RelationChange['from'];
  readonly to: RelationChange['to'];
};

const maxChanges = 5000;

/** Kinds that people ask for first; the others follow in the order of the list of kinds. */
const firstKinds = ['agent', 'mcp-server', 'tool', 'rule', 'model', 'prompt'];
const kindOrder = new Map([...new Set([...firstKinds, ...assetKinds])].map((kind, index) => [kind, index]));

/**
 * What differs. A fact that only moved within its file is the same fact; the order of a list's members means nothing. `more`:
 * differences that are known beside the two sides.
 */
export function compareSides(before: DiffSide, after: DiffSide, more: readonly Change[] = []): Comparison {
  const changes: Change[] = [...more];
  const old = new Map(before.assets.map((asset) => [asset.id, asset]));
  const fresh = new Map(after.assets.map((asset) => [asset.id, asset]));
  for (const [id, asset] of fresh) {
    const known = old.get(id);
    if (known === undefined) changes.push(one('added', asset, [], [], asset.evidence));
    else {
      const fields = fieldsOf(known, asset);
      if (fields.length > 0) changes.push(one('changed', asset, fields, known.evidence, asset.evidence));
    }
    changes.push(...compareRules(known, asset));
  }
  for (const [id, asset] of old) {
    if (fresh.has(id)) continue;
    changes.push(one('removed', asset, [], asset.evidence, []));
    changes.push(...compareRules(asset, undefined));
  }
  changes.sort(byKind);
  const relations = compareRelations(before.relations, after.relations);
  const counts: Comparison['counts'] = {};
  for (const { kind, change } of changes) {
    const count = (counts[kind] ??= { added: 0, removed: 0, changed: 0 });
    count[change]++;
  }
  return {
    schemaVersion: '1',
    before: sideOf(before),
    after: sideOf(after),
    counts,
    changes: changes.slice(0, maxChanges),
    relations: relations.slice(0, maxChanges),
    leftOut: Math.max(0, changes.length - maxChanges) + Math.max(0, relations.length - maxChanges),
  };
}

const sideOf = ({ name, status, at, roots }: DiffSide): ComparedSide => ({ name, status, at, roots: [...roots] });

const one = (
  change: Change['change'],
  asset: Asset,
  fields: Change['fields'],
  before: Change['before'],
  after: Change['after'],
): Change => ({ change, kind: asset.kind, id: asset.id, name: asset.name, fields, before, after });

function byKind(a: Change, b: Change): number {
  return (
    (kindOrder.get(a.kind) ?? 99) - (kindOrder.get(b.kind) ?? 99) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id) ||
    compare(a.change, b.change)
  );
}

/** What differs between two forms of an asset; rules are compared one by one elsewhere. */
export function fieldsOf(before: Asset, after: Asset): Change['fields'] {
  const fields: Change['fields'] = [];
  for (const name of ['name', 'origin', 'confidence'] as const)
    if (before[name] !== after[name]) fields.push({ name, before: before[name], after: after[name] });
  if ((before.dynamic ?? false) !== (after.dynamic ?? false))
    fields.push({ name: 'dynamic', before: before.dynamic ?? false, after: after.dynamic ?? false });
  return [
    ...fields,
    ...propertyFields(before.properties, after.properties, before.kind === 'agent' ? ['permissions'] : []),
  ];
}

function propertyFields(before: Properties, after: Properties, without: readonly string[]): Change['fields'] {
  const fields: Change['fields'] = [];
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    if (without.includes(name)) continue;
    const old = withoutLines(before[name] ?? null);
    const fresh = withoutLines(after[name] ?? null);
    if (sameValue(old, fresh)) continue;
    // Of two lists only the members that differ are worth reading.
    const isList = Array.isArray(old) && Array.isArray(fresh);
    fields.push({
      name,
      before: (isList ? membersNotIn(old, fresh) : old) as Change['fields'][number]['before'],
      after: (isList ? membersNotIn(fresh, old) : fresh) as Change['fields'][number]['after'],
    });
  }
  return fields;
}

function membersNotIn(list: readonly JsonValue[], other: readonly JsonValue[]): JsonValue[] {
  const known = new Set(other.map((item) => JSON.stringify(item)));
  return list.filter((item) => !known.has(JSON.stringify(item)));
}

function compareRelations(before: readonly NamedRelation[], after: readonly NamedRelation[]): RelationChange[] {
  const old = new Map(before.map((each) => [each.relation.id, each]));
  const fresh = new Map(after.map((each) => [each.relation.id, each]));
  const changes: RelationChange[] = [];
  const add = (change: Change['change'], each: NamedRelation, known: Relation | undefined): void => {
    changes.push({
      change,
      kind: each.relation.kind satisfies RelationKind,
      id: each.relation.id,
      from: each.from,
      to: each.to,
      before: change === 'added' ? [] : (known ?? each.relation).evidence,
      after: change === 'removed' ? [] : each.relation.evidence,
    });
  };
  for (const [id, each] of fresh) {
    const known = old.get(id)?.relation;
    if (known === undefined) add('added', each, undefined);
    else if (!sameRelation(known, each.relation)) add('changed', each, known);
  }
  for (const [id, each] of old) if (!fresh.has(id)) add('removed', each, undefined);
  return changes.sort(
    (a, b) =>
      compare(a.kind, b.kind) ||
      compare(a.from.name, b.from.name) ||
      compare(a.to.name, b.to.name) ||
      compare(a.id, b.id),
  );
}

/** Who owns something is the same with one commit more by the same person. */
const toldApart = ({ kind, properties }: Relation): Properties =>
  kind === 'owned-by' ? { by: properties['by'] ?? '', guess: properties['guess'] ?? false } : properties;

const sameRelation = (a: Relation, b: Relation): boolean =>
  a.origin === b.origin &&
  a.confidence === b.confidence &&
  (a.dynamic ?? false) === (b.dynamic ?? false) &&
  sameValue(withoutLines(toldApart(a)), withoutLines(toldApart(b)));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
