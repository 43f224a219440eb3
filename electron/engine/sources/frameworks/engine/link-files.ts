import type { AssetDraft, CodeSource, FileInput, ModuleSummary, RelationDraft } from '../../source.ts';
import { pythonAgentsSource } from '../python-agents.ts';

/** What the runner does with a code source, for tests: keyword search, summaries, linking until nothing more is wanted. */
export type LinkedFiles = {
  readonly assets: readonly (AssetDraft & { readonly place: string })[];
  readonly relations: readonly (RelationDraft & { readonly place: string })[];
  readonly issues: readonly string[];
  /** Places that were read although they hold no keyword. */
  readonly asked: readonly string[];
};

export async function linkFiles(
  files: ReadonlyMap<string, string>,
  rootLabel = 'app',
  source: CodeSource = pythonAgentsSource,
): Promise<LinkedFiles> {
  const summaries = new Map<string, ModuleSummary>();
  const asked: string[] = [];
  const summarise = async (path: string, text: string): Promise<void> => {
    const place = `${rootLabel}/${path}`;
    // Through JSON, as the cache does.
    summaries.set(place, JSON.parse(JSON.stringify(await source.summarise(fileInput(place, text)))) as ModuleSummary);
  };
  for (const [path, text] of files) {
    if (source.extensions.some((end) => path.endsWith(end)) && source.keywords.some((word) => text.includes(word)))
      await summarise(path, text);
  }
  for (;;) {
    const { readings, wanted } = source.link([...summaries.values()], { rootLabel });
    const found = wanted.filter((place) => !summaries.has(place) && files.has(place.slice(rootLabel.length + 1)));
    if (found.length === 0) {
      return {
        assets: readings.flatMap(({ place, reading }) => reading.assets.map((asset) => ({ ...asset, place }))),
        relations: readings.flatMap(({ place, reading }) =>
          reading.relations.map((relation) => ({ ...relation, place })),
        ),
        issues: [...summaries.values()].flatMap(({ place, issues }) =>
          issues.map((issue) => `${place}:${issue.line ?? ''} ${issue.message}`),
        ),
        asked,
      };
    }
    for (const place of found) {
      const path = place.slice(rootLabel.length + 1);
      asked.push(path);
      await summarise(path, files.get(path) ?? '');
    }
  }
}

export function fileInput(place: string, text: string): FileInput {
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
