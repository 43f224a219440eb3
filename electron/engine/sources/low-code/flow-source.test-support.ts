import { createHash } from 'node:crypto';
import type { AssetKind, RelationKind } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { AssetDraft, CodeSource, FileInput, Issue, Reading, RelationDraft } from '../source.ts';

export const fileOf = (place: string, text: string): FileInput => ({
  path: `/scanned/${place}`,
  place,
  anchor: place.split('/')[0] ?? '',
  anchorName: place.split('/')[0] ?? '',
  scope: 'project',
  location: { scope: 'project', base: 'project', path: place.split('/').slice(1).join('/') },
  text,
  replacements: 0,
  sha256: createHash('sha256').update(text).digest('hex'),
  bytes: text.length,
  mode: 0o644,
});

export type Linked = {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly assets: readonly AssetDraft[];
  readonly relations: readonly RelationDraft[];
  readonly issues: readonly (Issue & { readonly place: string })[];
  readonly statuses: Readonly<Record<string, 'read' | 'malformed'>>;
  readonly wanted: readonly string[];
};

/** Summarises and links files as the runner does: summaries go through JSON on their way. */
export async function linkFiles(source: CodeSource, files: Readonly<Record<string, string | object>>): Promise<Linked> {
  const summaries = await Promise.all(
    Object.entries(files).map(async ([place, text]) => {
      const summary = await source.summarise(
        fileOf(place, typeof text === 'string' ? text : JSON.stringify(text, null, 2)),
      );
      return JSON.parse(JSON.stringify(summary)) as typeof summary;
    }),
  );
  const linked = source.link(summaries, { rootLabel: 'repo' });
  return {
    readings: new Map(linked.readings.map(({ place, reading }) => [place, reading])),
    assets: linked.readings.flatMap(({ reading }) => reading.assets),
    relations: linked.readings.flatMap(({ reading }) => reading.relations),
    issues: summaries.flatMap((summary) => summary.issues.map((issue) => ({ ...issue, place: summary.place }))),
    statuses: Object.fromEntries(summaries.map((summary) => [summary.place, summary.status])),
    wanted: linked.wanted,
  };
}

export const named = ({ assets }: Linked, kind: AssetKind): readonly string[] =>
  assets.filter((asset) => asset.kind === kind).map((asset) => asset.name);

export function assetOf(
  { assets }: Linked,
  kind: AssetKind,
  name: string,
): AssetDraft & { readonly properties: Properties } {
  const found = assets.find((asset) => asset.kind === kind && asset.name === name);
  if (found === undefined)
    throw new Error(`no ${kind} ${name}; there are ${assets.map((asset) => `${asset.kind} ${asset.name}`).join(', ')}`);
  return { ...found, properties: found.properties ?? {} };
}

/** `from -> to` by names. */
export function edges(linked: Linked, kind: RelationKind): readonly string[] {
  const name = (ref: { readonly kind: string; readonly key: string }): string =>
    linked.assets.find((asset) => asset.kind === ref.kind && asset.key === ref.key)?.name ?? `?${ref.key}`;
  return linked.relations
    .filter((relation) => relation.kind === kind)
    .map((relation) => `${name(relation.from)} -> ${name(relation.to)}`)
    .sort();
}

export const classesOf = (asset: AssetDraft): readonly string[] => {
  const listed = asset.properties?.['capabilities'];
  return Array.isArray(listed) ? listed.map((one) => String((one as { class?: unknown }).class)) : [];
};
