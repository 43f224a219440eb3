import type { Properties } from '../../../shared/model/facts.ts';
import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';

/**
 * Reading of properties whose types nobody vouches for: sources of many versions, imports, hand-made workspaces. What is
 * of another type than expected is as good as absent; nothing here throws.
 */
export type PlainRecord = Readonly<{ [key: string]: unknown }>;

export const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export const recordOf = (value: unknown): PlainRecord => (isRecord(value) ? value : {});

export const recordsOf = (value: unknown): readonly PlainRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** A line of a file, or null. */
export const lineOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : null;

export type Placed = PlainRecord & { readonly place: string; readonly line: number };

/** Members of a list that say where they stand. */
export const placedOf = (asset: StoredAsset, list: string): readonly Placed[] =>
  recordsOf(asset.properties[list]).filter(
    (one): one is Placed => typeof one['place'] === 'string' && lineOf(one['line']) !== null,
  );

/** One line of a file as evidence, under the source that read the file for this asset. */
export function evidenceAt(asset: StoredAsset, place: string, line: number): StoredEvidence {
  const source = asset.evidence.find((one) => one.place === place)?.source ?? asset.evidence[0]?.source ?? '';
  return { place, line, endLine: line, source };
}

export const evidenceOfPlaced = (asset: StoredAsset, members: readonly Placed[]): readonly StoredEvidence[] =>
  members.map(({ place, line }) => evidenceAt(asset, place, line));

/** A line of the file that the asset itself stands in; its own first line where none is known. */
export function evidenceInOwnFile(asset: StoredAsset, line: unknown): readonly StoredEvidence[] {
  const [first] = asset.evidence;
  const known = lineOf(line);
  if (first === undefined) return [];
  return known === null
    ? [{ ...first, endLine: first.line }]
    : [{ place: first.place, line: known, endLine: known, source: first.source }];
}

/** Where people keep what is not in use: examples, templates, test data. Neither found nor passed there. */
export const isInUse = (asset: { readonly properties: Properties }): boolean =>
  !['test', 'example', 'template'].includes(textOf(asset.properties['location']));

export const hostOf = (asset: StoredAsset): string =>
  textOf(asset.properties['host']) || textOf(asset.properties['framework']);

/** An agent of a host or a pipeline: its calls are the host's. Agents in code have tools of their own and rules of their own. */
export const isHosted = (agent: StoredAsset): boolean =>
  textOf(agent.properties['host']) !== '' && agent.properties['language'] === undefined;

/** Files of a repository: neither of a home nor of the machine. */
export const isInRepository = (place: string): boolean => !place.startsWith('~') && !place.startsWith('/');

/** A few names in a sentence, and how many more there are. */
export function named(names: readonly string[], limit = 4): string {
  const unique = [...new Set(names)];
  const more = unique.length - limit;
  return more > 0 ? `${unique.slice(0, limit).join(', ')} and ${more} more` : unique.join(', ');
}
