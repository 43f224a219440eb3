import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';
import type { Asker } from '../permissions/ask.ts';
import type { LaunchContext } from '../permissions/evaluator.ts';
import type { Impact } from '../permissions/impact/impact.ts';
import type { ScannedFacts } from '../permissions/stored-facts.ts';
import type { Verdict } from '../permissions/verdict.ts';
import type { StoredAsset, StoredEvidence, StoredRelation } from '../store/repos/merged-facts.ts';

/** The facts of one scan as rules ask for them, with the verdicts over them. */
export type FindingContext = {
  all(kind: AssetKind): readonly StoredAsset[];
  /** What this thing has to do with others, by kind of relation. */
  outgoing(asset: StoredAsset, kind?: RelationKind): readonly StoredRelation[];
  incoming(asset: StoredAsset, kind?: RelationKind): readonly StoredRelation[];
  /** The thing at the other end. */
  target(relation: StoredRelation): StoredAsset | undefined;
  source(relation: StoredRelation): StoredAsset | undefined;
  /** Verdict of one typed call (`run: rm -rf build`); null where the agent's rules are not evaluated. */
  verdict(
    agent: StoredAsset,
    call: string,
    context?: LaunchContext,
  ): { readonly verdict: Verdict; readonly decidedBy: string; readonly impact: Impact } | null;
};

const keyOf = (ref: { readonly kind: string; readonly key: string }): string => `${ref.kind}\0${ref.key}`;

export function findingContext(facts: ScannedFacts, asker: Asker): FindingContext {
  const byKey = new Map(facts.all.map((asset) => [keyOf(asset), asset]));
  const out = new Map<string, StoredRelation[]>();
  const into = new Map<string, StoredRelation[]>();
  for (const relation of facts.allRelations) {
    push(out, keyOf(relation.from), relation);
    push(into, keyOf(relation.to), relation);
  }
  const byKind = Map.groupBy(facts.all, (asset) => asset.kind);
  const filtered = (map: typeof out, asset: StoredAsset, kind?: RelationKind): readonly StoredRelation[] => {
    const list = map.get(keyOf(asset)) ?? [];
    return kind === undefined ? list : list.filter((relation) => relation.kind === kind);
  };
  return {
    all: (kind) => byKind.get(kind) ?? [],
    outgoing: (asset, kind) => filtered(out, asset, kind),
    incoming: (asset, kind) => filtered(into, asset, kind),
    target: (relation) => byKey.get(keyOf(relation.to)),
    source: (relation) => byKey.get(keyOf(relation.from)),
    verdict: (agent, call, context = 'interactive') => asker.judge({ agent: agent.id, call, context }),
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** A member of a list property that carries its own place, as evidence; the asset's first evidence where it has none. */
export function evidenceOf(
  asset: StoredAsset,
  member?: { readonly place?: unknown; readonly line?: unknown; readonly endLine?: unknown },
): readonly StoredEvidence[] {
  const { place, line, endLine } = member ?? {};
  if (typeof place === 'string' && typeof line === 'number') {
    const source = asset.evidence.find((one) => one.place === place)?.source ?? asset.evidence[0]?.source ?? '';
    return [{ place, line, endLine: typeof endLine === 'number' ? endLine : line, source }];
  }
  return asset.evidence.slice(0, 1);
}
