import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { Asset, Evidence, JsonValue } from '../../../shared/model/facts.ts';
import { isObject } from '../../facts/property-words.ts';
import { confidenceSentence, kindWord, relationWord } from '../../ui/kind-words.ts';

/** Evidence of one source. `index` counts all evidence of the asset, as the address does. */
export type SourceEvidence = {
  readonly source: string;
  readonly lines: readonly { readonly index: number; readonly evidence: Evidence }[];
};

/** Every line that led to the asset, by the source that read it, in the order in which they were stored. */
export function bySource(evidence: readonly Evidence[]): readonly SourceEvidence[] {
  const sources = new Map<string, { index: number; evidence: Evidence }[]>();
  for (const [index, item] of evidence.entries()) {
    const list = sources.get(item.source) ?? [];
    list.push({ index, evidence: item });
    sources.set(item.source, list);
  }
  return [...sources].map(([source, lines]) => ({ source, lines }));
}

/** Other places that were taken for the same thing, or that lead to it, as properties name them. */
const links: readonly (readonly [property: string, words: string])[] = [
  ['sameCodeAs', 'the same code as'],
  ['deployedAs', 'deployed as'],
  ['deployment', 'deployed by'],
  ['declaredIn', 'declared in'],
  ['declaredAs', 'declared as'],
  ['implementedIn', 'implemented in'],
  ['compiledFrom', 'compiled from'],
];

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  typeof value === 'string' && value !== ''
    ? [value]
    : Array.isArray(value)
      ? value.filter((item) => typeof item === 'string' && item !== '').map(String)
      : [];

/** How several facts came to be one asset: "the same code as agents/ops/agent.py". */
export const linkSentences = ({ properties }: Asset): readonly string[] =>
  links.flatMap(([property, words]) => textsOf(properties[property]).map((text) => `${words} ${text}`));

/** Where an imported thing stands; null for what a scan found. */
export function importedPlace({
  properties,
}: Asset): { readonly file: string; readonly line: number; readonly by: string; readonly at: number } | null {
  const from = properties['importedFrom'];
  if (from === undefined || !isObject(from)) return null;
  const { file, line, by, at } = from;
  return typeof file === 'string' && typeof line === 'number'
    ? { file, line, by: typeof by === 'string' ? by : '', at: typeof at === 'number' ? at : 0 }
    : null;
}

/** Relations that a derived asset without evidence of its own can be concluded from. */
export const concludedFrom = ({
  asset,
  relations,
}: AssetDetail): readonly { sentence: string; evidence: Evidence }[] =>
  asset.evidence.length > 0
    ? []
    : relations.flatMap(({ relation, direction, other }) => {
        const evidence = relation.evidence[0];
        return evidence === undefined
          ? []
          : [
              {
                sentence: `${relationWord(relation.kind, direction)} the ${kindWord(other.kind)} ${other.name}`,
                evidence,
              },
            ];
      });

/** Why the confidence is what it is: the rule of the word first, then what this asset says of itself. */
export function confidenceReasons(asset: Asset): readonly string[] {
  const reasons = [confidenceSentence(asset.confidence)];
  for (const text of doubtsIn(asset.properties)) reasons.push(text);
  if (asset.properties['capabilitiesKnown'] === false)
    reasons.push('Not everything that it calls could be followed, so it may do more than is listed.');
  if (asset.dynamic === true) reasons.push('Part of it is decided at run time: files tell the rest.');
  return reasons;
}

/** `needsVerification` of the asset or of a member of one of its lists, each once. */
function doubtsIn(properties: Asset['properties']): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: JsonValue, depth: number): void => {
    if (depth > 3) return;
    if (Array.isArray(value)) for (const item of value) look(item as JsonValue, depth + 1);
    else if (isObject(value)) {
      const doubt = value['needsVerification'];
      if (typeof doubt === 'string' && doubt !== '')
        found.add(`${doubt.charAt(0).toUpperCase()}${doubt.slice(1)}${/[.!?]$/.test(doubt) ? '' : '.'}`);
      for (const item of Object.values(value)) look(item, depth + 1);
    }
  };
  look(properties, 0);
  return found;
}
