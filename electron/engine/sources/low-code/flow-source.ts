import { folderOf } from '../infrastructure/placed-facts.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetDraft, FileInput, Issue, ModuleSummary, Reading, RelationDraft } from '../source.ts';

/** A builder whose facts know the folder of their file: files that are found by what they hold have no other anchor. */
export function flowBuilder(file: FileInput): ReadingBuilder {
  const anchor = folderOf(file.place);
  return new ReadingBuilder({ ...file, anchor, anchorName: anchor.split('/').at(-1) ?? anchor });
}

/** A file that turns out to be somebody else's (`content` null) is no mistake, unless it only could not be read. */
export function flowSummary(
  file: FileInput,
  content: unknown,
  issues: readonly Issue[],
  broken: boolean,
): ModuleSummary {
  return {
    place: file.place,
    sha256: file.sha256,
    status: broken ? 'malformed' : 'read',
    content,
    issues: content === null && !broken ? [] : issues.slice(0, 200).map(({ line, message }) => ({ line, message })),
  };
}

export const isFlowContent = (content: unknown, kind: string): boolean =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === kind;

/** A reading with what linking adds. An added asset of a known key takes its place. */
export function joinReadings(
  reading: Reading,
  more: { readonly assets: readonly AssetDraft[]; readonly relations: readonly RelationDraft[] } | undefined,
): Reading {
  if (more === undefined) return reading;
  const added = new Map(more.assets.map((asset) => [`${asset.kind}\n${asset.key}`, asset]));
  const assets = reading.assets.map((asset) => {
    const id = `${asset.kind}\n${asset.key}`;
    const found = added.get(id);
    added.delete(id);
    return found ?? asset;
  });
  return { ...reading, assets: [...assets, ...added.values()], relations: [...reading.relations, ...more.relations] };
}
