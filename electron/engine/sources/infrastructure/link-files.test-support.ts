import type { AssetDraft, CodeSource, FileInput, ModuleSummary, RelationDraft } from '../source.ts';

/** What the runner does with a code source, for tests: keyword search, summaries, linking until nothing more is wanted. */
export type LinkedFiles = {
  readonly assets: readonly (AssetDraft & { readonly place: string })[];
  readonly relations: readonly (RelationDraft & { readonly place: string })[];
  readonly issues: readonly string[];
  /** Places that were read although they hold no keyword. */
  readonly asked: readonly string[];
};

export async function linkFiles(
  source: CodeSource,
  files: Readonly<Record<string, string>>,
  rootLabel = 'app',
): Promise<LinkedFiles> {
  const summaries = new Map<string, ModuleSummary>();
  const asked: string[] = [];
  const summarise = async (path: string, text: string): Promise<void> => {
    const place = `${rootLabel}/${path}`;
    // Through JSON, as the cache does.
    summaries.set(place, JSON.parse(JSON.stringify(await source.summarise(inputOf(place, text)))) as ModuleSummary);
  };
  for (const [path, text] of Object.entries(files)) {
    if (source.extensions.some((end) => path.endsWith(end)) && source.keywords.some((word) => text.includes(word)))
      await summarise(path, text);
  }
  for (;;) {
    const { readings, wanted } = source.link([...summaries.values()], { rootLabel });
    const found = wanted.filter(
      (place) => !summaries.has(place) && files[place.slice(rootLabel.length + 1)] !== undefined,
    );
    if (found.length === 0) {
      return {
        assets: readings.flatMap(({ place, reading }) => reading.assets.map((asset) => ({ ...asset, place }))),
        relations: readings.flatMap(({ place, reading }) =>
          reading.relations.map((relation) => ({ ...relation, place })),
        ),
        issues: [
          ...[...summaries.values()].flatMap(({ place, issues }) =>
            issues.map((issue) => `${place}:${issue.line ?? ''} ${issue.message}`),
          ),
          ...readings.flatMap(({ place, reading }) =>
            reading.issues.map((issue) => `${place}:${issue.line ?? ''} ${issue.message}`),
          ),
        ],
        asked,
      };
    }
    for (const place of found) {
      const path = place.slice(rootLabel.length + 1);
      asked.push(path);
      await summarise(path, files[path] ?? '');
    }
  }
}

export function inputOf(place: string, text: string): FileInput {
  const anchor = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  return {
    path: `/${place}`,
    place,
    anchor,
    anchorName: anchor.slice(anchor.lastIndexOf('/') + 1),
    scope: 'project',
    location: { scope: 'project', base: 'project', path: place.slice(place.lastIndexOf('/') + 1) },
    text,
    replacements: 0,
    sha256: '',
    bytes: text.length,
    mode: 0o644,
  };
}

/** `kind name place:line` of every asset. */
export const listed = (linked: LinkedFiles, ...kinds: readonly string[]): readonly string[] =>
  linked.assets
    .filter((asset) => kinds.length === 0 || kinds.includes(asset.kind))
    .map((asset) => `${asset.kind} ${asset.name} ${asset.place}:${asset.lines?.line ?? ''}`);

/** `from kind to` of every relation, by name. */
export const related = (linked: LinkedFiles, ...kinds: readonly string[]): readonly string[] => {
  const name = (ref: { readonly kind: string; readonly key: string }): string =>
    linked.assets.find((asset) => asset.kind === ref.kind && asset.key === ref.key)?.name ??
    `(nobody describes ${ref.key})`;
  return linked.relations
    .filter((relation) => kinds.length === 0 || kinds.includes(relation.kind))
    .map(
      (relation) =>
        `${name(relation.from)} ${relation.kind} ${name(relation.to)} ${relation.place.split('/').at(-1) ?? ''}:${relation.lines?.line ?? ''}`,
    );
};
