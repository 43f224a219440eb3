import { type Confidence, confidences } from '../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import type {
  AssetDraft,
  AssetRef,
  DraftEvidence,
  FactIndex,
  Linker,
  MergedAsset,
  MergedRelation,
  PlacedStatement,
  Reading,
  RelationDraft,
  SameThing,
} from '../sources/source.ts';

/** A reading with where it comes from. `cap`: the best confidence that facts of this place may have. */
export type PlacedFacts = {
  readonly place: string;
  readonly source: string;
  readonly cap: Confidence;
  /** Read through a link: what the file says under its own name comes first. */
  readonly linked?: boolean;
  readonly reading: Pick<Reading, 'assets' | 'relations' | 'statements'>;
};

export type MergedFacts = {
  readonly assets: readonly MergedAsset[];
  readonly relations: readonly MergedRelation[];
  /** Relations whose ends no source described, by source: a defect of the source, told rather than hidden. */
  readonly dangling: readonly { readonly source: string; readonly place: string; readonly message: string }[];
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type AssetEntry = Mutable<MergedAsset> & { evidence: DraftEvidence[] };
type RelationEntry = Mutable<MergedRelation> & { evidence: DraftEvidence[] };

/** Half of a surrogate pair can be written in JSON, but not in UTF-8: two such names would get one id. */
const assetKey = (ref: AssetRef): string => `${ref.kind}\0${ref.key.toWellFormed()}`;
const relationKey = (draft: Pick<RelationDraft, 'kind' | 'from' | 'to'>, discriminator: string): string =>
  `${draft.kind}\0${assetKey(draft.from)}\0${assetKey(draft.to)}\0${discriminator}`;

/**
 * Puts readings together: drafts of one kind and key are one asset. The result does not depend on the order in which
 * files were read: readings are sorted by place and source first.
 */
export function reconcile(readings: readonly PlacedFacts[], linkers: readonly Linker[]): MergedFacts {
  const assets = new Map<string, AssetEntry>();
  const relations = new Map<string, RelationEntry>();
  const dangling: { source: string; place: string; message: string }[] = [];
  const ordered = [...readings].sort(
    (a, b) =>
      compare(a.place, b.place) ||
      Number(a.linked ?? false) - Number(b.linked ?? false) ||
      compare(a.source, b.source) ||
      compare(a.cap, b.cap) ||
      // One source may read a file for two of its places, in an order that large files do not keep.
      compare(JSON.stringify(a.reading), JSON.stringify(b.reading)),
  );

  for (const { place, source, cap, reading } of ordered) {
    for (const draft of reading.assets) addAsset(assets, draft, place, source, cap);
  }
  for (const { place, source, cap, reading } of ordered) {
    for (const draft of reading.relations) addRelation(assets, relations, dangling, draft, place, source, cap);
  }
  const statements = ordered.flatMap(({ place, source, reading }) =>
    (reading.statements ?? []).map((statement): PlacedStatement => ({ ...statement, place, source })),
  );
  for (const linker of linkers) {
    const result = linkSafely(linker, indexFacts(assets, relations, statements), dangling);
    for (const draft of result.assets) addAsset(assets, draft, null, linker.id, 'high');
    for (const draft of result.relations) addRelation(assets, relations, dangling, draft, null, linker.id, 'high');
    if (result.same !== undefined && result.same.length > 0) uniteSame(assets, relations, result.same);
  }
  for (const asset of assets.values()) finish(asset);
  return { assets: [...assets.values()], relations: [...relations.values()], dangling };
}

/** A linker that throws has a defect: its facts are missing, which is said, and the others are kept. */
function linkSafely(
  linker: Linker,
  facts: FactIndex,
  dangling: { source: string; place: string; message: string }[],
): ReturnType<Linker['link']> {
  try {
    return linker.link(facts);
  } catch (error) {
    dangling.push({
      source: linker.id,
      place: '',
      message: `${linker.id} failed (${error instanceof Error ? error.message : String(error)})`,
    });
    return { assets: [], relations: [] };
  }
}

/** Puts assets together that a linker found to be one, and leads their relations to the one that stays. */
function uniteSame(
  assets: Map<string, AssetEntry>,
  relations: Map<string, RelationEntry>,
  same: readonly SameThing[],
): void {
  const stays = new Map<string, AssetEntry>();
  for (const { from, into } of same) {
    const [goesKey, staysKey] = [assetKey(from), assetKey(into)];
    const [goes, kept] = [assets.get(goesKey), assets.get(staysKey)];
    if (goes === undefined || kept === undefined || goes === kept || from.kind !== into.kind) continue;
    kept.properties = mergeProperties(kept.properties, goes.properties);
    kept.confidence = stronger(kept.confidence, goes.confidence);
    if (goes.origin === 'declared') kept.origin = 'declared';
    if (goes.dynamic) kept.dynamic = true;
    addEvidence(kept.evidence, goes.evidence);
    assets.delete(goesKey);
    // What was united with the one that goes now goes on to the one that stays.
    for (const [key, entry] of stays) if (entry === goes) stays.set(key, kept);
    stays.set(goesKey, kept);
  }
  if (stays.size === 0) return;
  const refTo = (ref: AssetRef): AssetRef => {
    const kept = stays.get(assetKey(ref));
    return kept === undefined ? ref : { kind: kept.kind, key: kept.key };
  };
  for (const [key, relation] of [...relations]) {
    const [from, to] = [refTo(relation.from), refTo(relation.to)];
    if (from === relation.from && to === relation.to) continue;
    relations.delete(key);
    const moved: RelationEntry = { ...relation, from, to };
    const newKey = relationKey(moved, moved.discriminator);
    const known = relations.get(newKey);
    if (known === undefined) relations.set(newKey, moved);
    else {
      known.properties = mergeProperties(known.properties, moved.properties);
      known.confidence = stronger(known.confidence, moved.confidence);
      addEvidence(known.evidence, moved.evidence);
    }
  }
}

function addAsset(
  assets: Map<string, AssetEntry>,
  draft: AssetDraft,
  place: string | null,
  source: string,
  cap: Confidence,
): void {
  const key = assetKey(draft);
  const confidence = weaker(draft.confidence ?? 'high', cap);
  const evidence = place === null ? [...(draft.concludedFrom ?? [])] : evidenceOf(draft, place, source);
  const known = assets.get(key);
  if (known === undefined) {
    assets.set(key, {
      kind: draft.kind,
      key: draft.key.toWellFormed(),
      name: draft.name.toWellFormed(),
      // What a linker copies from another asset must not go on growing with it.
      properties: place === null ? structuredClone(draft.properties ?? {}) : (draft.properties ?? {}),
      origin: draft.origin ?? (place === null ? 'derived' : 'declared'),
      confidence,
      dynamic: draft.dynamic ?? false,
      evidence,
    });
    return;
  }
  if (draft.properties !== undefined) known.properties = mergeProperties(known.properties, draft.properties);
  if (place === null && draft.origin === undefined) return;
  known.confidence = stronger(known.confidence, confidence);
  if ((draft.origin ?? 'declared') === 'declared') known.origin = 'declared';
  if (draft.dynamic === true) known.dynamic = true;
  addEvidence(known.evidence, evidence);
}

function addRelation(
  assets: ReadonlyMap<string, AssetEntry>,
  relations: Map<string, RelationEntry>,
  dangling: { source: string; place: string; message: string }[],
  draft: RelationDraft,
  place: string | null,
  source: string,
  cap: Confidence,
): void {
  const from = assets.get(assetKey(draft.from));
  const to = assets.get(assetKey(draft.to));
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? draft.from : draft.to;
    dangling.push({
      source,
      place: place ?? '',
      message: `${draft.kind} names the ${missing.kind} "${missing.key}", which nothing describes`,
    });
    return;
  }
  const discriminator = (draft.discriminator ?? '').toWellFormed();
  const key = relationKey(draft, discriminator);
  const confidence = weaker(draft.confidence ?? 'high', cap);
  // A derived relation stands on the facts that it was concluded from.
  const evidence =
    place === null
      ? (draft.concludedFrom ?? [from.evidence[0], to.evidence[0]].filter((item) => item !== undefined))
      : evidenceOf(draft, place, source);
  const known = relations.get(key);
  if (known === undefined) {
    relations.set(key, {
      kind: draft.kind,
      from: { kind: draft.from.kind, key: draft.from.key.toWellFormed() },
      to: { kind: draft.to.kind, key: draft.to.key.toWellFormed() },
      discriminator,
      properties: draft.properties ?? {},
      origin: draft.origin ?? (place === null ? 'derived' : 'declared'),
      confidence,
      dynamic: draft.dynamic ?? false,
      evidence: [...evidence],
    });
    return;
  }
  if (draft.properties !== undefined) known.properties = mergeProperties(known.properties, draft.properties);
  if (place === null && draft.origin === undefined) return;
  known.confidence = stronger(known.confidence, confidence);
  if ((draft.origin ?? 'declared') === 'declared') known.origin = 'declared';
  if (draft.dynamic === true) known.dynamic = true;
  addEvidence(known.evidence, evidence);
}

const evidenceOf = (draft: Pick<AssetDraft, 'lines'>, place: string | null, source: string): DraftEvidence[] =>
  place === null
    ? []
    : [{ place, line: draft.lines?.line ?? 1, endLine: draft.lines?.endLine ?? draft.lines?.line ?? 1, source }];

/** What an evidence list holds, once it is long enough for a search through it to cost. */
const seenEvidence = new WeakMap<DraftEvidence[], Set<string>>();
const textOf = (item: DraftEvidence): string => `${item.place}\0${item.line}\0${item.endLine}\0${item.source}`;

function addEvidence(into: DraftEvidence[], evidence: readonly DraftEvidence[]): void {
  let seen = seenEvidence.get(into);
  if (seen === undefined) {
    seen = new Set(into.map(textOf));
    seenEvidence.set(into, seen);
  }
  for (const item of evidence) {
    const text = textOf(item);
    if (seen.has(text)) continue;
    seen.add(text);
    into.push(item);
  }
}

/** First scalar wins, lists are united (equal members once), objects merge key by key. */
export function mergeProperties(first: Properties, second: Properties): Properties {
  const merged = new Map<string, JsonValue>(Object.entries(first));
  for (const [key, value] of Object.entries(second)) {
    const known = merged.get(key);
    merged.set(key, known === undefined ? value : mergeValue(known, value));
  }
  return Object.fromEntries(merged);
}

/** Lists that were made here by uniting others, with what they hold: a server in a thousand files must not cost a million comparisons. */
const unitedLists = new WeakMap<readonly JsonValue[], Set<string>>();

function mergeValue(first: JsonValue, second: JsonValue): JsonValue {
  if (Array.isArray(first) && Array.isArray(second)) {
    const known = unitedLists.get(first);
    const list: JsonValue[] = known === undefined ? [...first] : (first as JsonValue[]);
    const seen = known ?? new Set(first.map((item) => JSON.stringify(item)));
    if (known === undefined) unitedLists.set(list, seen);
    for (const item of second) {
      const text = JSON.stringify(item);
      if (seen.has(text)) continue;
      seen.add(text);
      list.push(item);
    }
    return list;
  }
  if (isObject(first) && isObject(second)) return mergeProperties(first, second);
  return first === null ? second : first;
}

const isObject = (value: JsonValue): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rank = new Map(confidences.map((name, index) => [name, index]));
const weaker = (a: Confidence, b: Confidence): Confidence => ((rank.get(a) ?? 0) >= (rank.get(b) ?? 0) ? a : b);
const stronger = (a: Confidence, b: Confidence): Confidence => ((rank.get(a) ?? 0) <= (rank.get(b) ?? 0) ? a : b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A server is on when any of its configurations is. A credential is implied as long as nothing names it. */
function finish(asset: AssetEntry): void {
  if (asset.kind === 'credential' && asset.properties['implied'] === true && asset.confidence !== 'low') {
    const { implied: _, readBy: _readBy, ...named } = asset.properties;
    asset.properties = named;
  }
  if (asset.kind !== 'mcp-server') return;
  const configurations = asset.properties['configurations'];
  if (!Array.isArray(configurations)) return;
  const enabled = configurations.some(
    (item) => isObject(item as JsonValue) && (item as Properties)['enabled'] !== false,
  );
  asset.properties = { ...asset.properties, enabled };
}

function indexFacts(
  assets: ReadonlyMap<string, AssetEntry>,
  relations: ReadonlyMap<string, RelationEntry>,
  statements: readonly PlacedStatement[],
): FactIndex {
  const byKind = new Map<string, MergedAsset[]>();
  for (const asset of assets.values()) {
    const list = byKind.get(asset.kind);
    if (list === undefined) byKind.set(asset.kind, [asset]);
    else list.push(asset);
  }
  const relationsByKind = new Map<string, MergedRelation[]>();
  for (const relation of relations.values()) {
    const list = relationsByKind.get(relation.kind);
    if (list === undefined) relationsByKind.set(relation.kind, [relation]);
    else list.push(relation);
  }
  return {
    assets: (kind) => byKind.get(kind) ?? [],
    asset: (ref) => assets.get(assetKey(ref)),
    relations: (kind) => relationsByKind.get(kind) ?? [],
    statements: (kind) => statements.filter((statement) => statement.kind === kind),
  };
}
