import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';
import { type PermissionAnswer, permissionQuestionSchema } from '../../../shared/model/permissions.ts';
import { AppError } from '../errors.ts';
import type { Asker } from '../permissions/ask.ts';
import type { LaunchContext } from '../permissions/evaluator.ts';
import type { ScannedFacts } from '../permissions/stored-facts.ts';
import type { Verdict } from '../permissions/verdict.ts';
import { isHosted, isInUse, placedOf, textOf } from './fact-access.ts';
import type { StoredAsset, StoredEvidence, StoredRelation } from '../store/repos/merged-facts.ts';

/** What decides one call, and where that is written; `place` is null for what is built in. */
export type CallVerdict = {
  readonly verdict: Verdict;
  /** `sandbox`: it runs, within what the sandbox lets it do. */
  readonly kind: string;
  readonly decidedBy: string;
  readonly place: { readonly file: string; readonly line: number } | null;
};

/** The facts of one scan as rules ask for them, with the verdicts over them. */
export type FindingContext = {
  all(kind: AssetKind): readonly StoredAsset[];
  /** Lookup by natural key. */
  byKey(kind: AssetKind, key: string): StoredAsset | undefined;
  /** What this thing has to do with others, by kind of relation. */
  outgoing(asset: StoredAsset, kind?: RelationKind): readonly StoredRelation[];
  incoming(asset: StoredAsset, kind?: RelationKind): readonly StoredRelation[];
  /** The thing at the other end. */
  target(relation: StoredRelation): StoredAsset | undefined;
  source(relation: StoredRelation): StoredAsset | undefined;
  /**
   * Verdict of one typed call (`run: rm -rf build`); null where the agent's rules are not evaluated. Without `launch` the
   * call is asked where the agent runs: in CI, or in front of a person.
   */
  verdict(agent: StoredAsset, call: string, launch?: LaunchContext): CallVerdict | null;
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
    byKey: (kind, key) => byKey.get(keyOf({ kind, key })),
    outgoing: (asset, kind) => filtered(out, asset, kind),
    incoming: (asset, kind) => filtered(into, asset, kind),
    target: (relation) => byKey.get(keyOf(relation.to)),
    source: (relation) => byKey.get(keyOf(relation.from)),
    verdict: verdicts(asker),
  };
}

/** Several rules ask the same; an agent whose host nobody evaluates is asked once. */
function verdicts(asker: Asker): FindingContext['verdict'] {
  const asked = new WeakMap<StoredAsset, Map<string, CallVerdict | null>>();
  const evaluated = new Set(asker.agents().map(({ id }) => id));
  return (agent, call, launch = agent.properties['location'] === 'ci' ? 'ci' : 'interactive') => {
    if (!evaluated.has(agent.id)) return null;
    const known = asked.get(agent) ?? new Map<string, CallVerdict | null>();
    asked.set(agent, known);
    const key = `${launch}\0${call}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(asker, agent.id, call, launch);
    known.set(key, answer);
    return answer;
  };
}

/** What a question says where a rule says nothing. */
const unsaid = permissionQuestionSchema.parse({ call: 'run: ls' });

function ask(asker: Asker, agent: string, call: string, context: LaunchContext): CallVerdict | null {
  const question = { ...unsaid, agent, call, context };
  try {
    return lazily(asker.verdict(question), () => asker.ask(question).decidedBy);
  } catch (error) {
    // A call that this host does not know, an agent without a folder: not answered is not allowed and not denied.
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Most rules only want to know that a call is not silent; why is worked out for the few that are. */
function lazily(verdict: Verdict, explain: () => PermissionAnswer['decidedBy']): CallVerdict {
  let known: PermissionAnswer['decidedBy'] | null = null;
  const decision = (): PermissionAnswer['decidedBy'] => {
    known ??= explain();
    return known;
  };
  return {
    verdict,
    get kind() {
      return decision().kind;
    },
    get decidedBy() {
      return decision().rule;
    },
    get place() {
      const { file, line } = decision();
      return file === null || line === null ? null : { file, line };
    },
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

/** Where a verdict was decided; the agent's own place for what is built in. */
export const evidenceOfVerdict = (agent: StoredAsset, answer: CallVerdict): readonly StoredEvidence[] =>
  answer.place === null
    ? evidenceOf(agent).map((one) => ({ ...one, endLine: one.line }))
    : evidenceOf(agent, { place: answer.place.file, line: answer.place.line });

/** Hosts that are asked about calls of their own; a sub-agent has the rules of its parent, and what differs is told apart. */
export const askedHosts = (context: FindingContext, call: string): readonly StoredAsset[] =>
  context
    .all('agent')
    .filter(
      (agent) =>
        isInUse(agent) &&
        isHosted(agent) &&
        agent.properties['subAgent'] !== true &&
        context.verdict(agent, call) !== null,
    );

/** Runs in a sandbox that keeps the network away: a call that needs it comes to nothing. */
export const isHeldByNetwork = (agent: StoredAsset, answer: CallVerdict): boolean =>
  (answer.kind === 'sandbox' || /runs inside of the sandbox/.test(answer.decidedBy)) &&
  !/danger-full-access|insecure_none|full access/.test(answer.decidedBy) &&
  !placedOf(agent, 'sandbox').some(
    (one) =>
      /network_access|networkPolicy\.default/.test(textOf(one['key'])) &&
      (one['value'] === true || one['value'] === 'allow'),
  );
