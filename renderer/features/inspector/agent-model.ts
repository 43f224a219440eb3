import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';
import type { Asset, JsonValue } from '../../../shared/model/facts.ts';
import { isObject, propertyWord, valueText } from '../../facts/property-words.ts';

export type Neighbour = AssetDetail['relations'][number];

/** What an agent is made of and what stands around it, each part with the relations that say so. */
export type AgentParts = {
  readonly models: readonly Neighbour[];
  readonly prompts: readonly Neighbour[];
  readonly tools: readonly Neighbour[];
  readonly servers: readonly Neighbour[];
  readonly agents: readonly Neighbour[];
  readonly gates: readonly Neighbour[];
  readonly exposure: readonly Neighbour[];
  readonly credentials: readonly Neighbour[];
};

export function agentParts(relations: AssetDetail['relations']): AgentParts {
  const pick = (direction: 'out' | 'in', kinds: readonly RelationKind[], of?: readonly AssetKind[]) =>
    onePerAsset(
      relations.filter(
        ({ relation, direction: way, other }) =>
          way === direction && kinds.includes(relation.kind) && (of === undefined || of.includes(other.kind)),
      ),
    );
  return {
    models: pick('out', ['uses'], ['model']),
    prompts: pick('out', ['uses', 'configured-by'], ['prompt']),
    tools: pick('out', ['uses', 'executes'], ['tool']),
    servers: pick('out', ['uses'], ['mcp-server']),
    agents: pick('out', ['delegates-to', 'uses'], ['agent']),
    gates: pick('out', ['gated-by', 'guarded-by']),
    exposure: [...pick('in', ['exposes', 'executes', 'delegates-to']), ...pick('out', ['ingests'])],
    credentials: pick('out', ['authenticates-with', 'runs-as', 'can-become']),
  };
}

function onePerAsset(list: readonly Neighbour[]): readonly Neighbour[] {
  const seen = new Set<string>();
  return list.filter(({ other }) => !seen.has(other.id) && seen.add(other.id));
}

/** Properties that say who or what can start the agent. */
const exposureNames = ['whoCanTrigger', 'triggers', 'trigger', 'untrustedInput', 'publishedOnAllInterfaces'] as const;

/** Sentences of properties that say who or what can start the agent or speak to it. */
export const exposureSentences = ({ properties }: Asset): readonly string[] =>
  exposureNames.flatMap((name) => {
    const value = properties[name];
    if (value === undefined || value === null || value === '') return [];
    const items = Array.isArray(value) ? value : [value];
    return items.map((item) => `${propertyWord(name)}: ${valueText(withoutPlace(item as JsonValue))}`);
  });

function withoutPlace(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !['place', 'line', 'endLine'].includes(key)));
}

/** What files cannot settle about the agent, as sentences. Empty: nothing that was seen depends on run time. */
export function dynamicSentences({ asset, relations }: AssetDetail): readonly string[] {
  const sentences = new Set<string>();
  if (asset.dynamic === true) sentences.add('the agent itself: what is listed is the part that files tell');
  for (const { relation, direction, other } of relations)
    if (direction === 'out' && relation.dynamic === true) sentences.add(`${other.kind} ${other.name}`);
  for (const [name, value] of Object.entries(asset.properties))
    if (typeof value === 'string' && /decided at run time|\bdynamic\b/i.test(value))
      sentences.add(`${propertyWord(name)}: ${value}`);
  return [...sentences];
}
