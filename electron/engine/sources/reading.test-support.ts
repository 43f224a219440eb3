import type { Properties } from '../../../shared/model/facts.ts';
import { reconcile } from '../scan/reconcile.ts';
import { inputAt } from './conformance.ts';
import type { FileInput, FileSource, Linker, Reading } from './source.ts';

/** Reads a text as the file of one of the source's places (`~/...` for the home); `file` says what differs from the usual. */
export function readText(source: FileSource, path: string, text: string, file: Partial<FileInput> = {}): Reading {
  const inHome = path.startsWith('~/');
  const fitting = source.locations.filter((candidate) => candidate.path === (inHome ? path.slice(2) : path));
  const location = fitting.find((candidate) => inHome === (candidate.base === 'home')) ?? fitting[0];
  if (location === undefined) throw new Error(`${source.id} has no place ${path}`);
  return source.read({ ...inputAt(location, text), ...file });
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** `kind name` of every asset, in order of appearance. */
export const assetsOf = (reading: Reading): readonly string[] =>
  reading.assets.map((asset) => `${asset.kind} ${asset.name}`);

export function propertiesOf(reading: Reading, kind: string, name: string): Properties {
  const found = reading.assets.filter((asset) => asset.kind === kind && asset.name === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} assets ${kind} ${name}`);
  return found[0].properties ?? {};
}

/** `line: message` of every issue. */
export const issuesOf = (reading: Reading): readonly string[] =>
  reading.issues.map((issue) => `${issue.line ?? '-'}: ${issue.message}`);

export const relationsOf = (reading: Reading): readonly string[] =>
  reading.relations.map((relation) => `${relation.from.key} ${relation.kind} ${relation.to.key}`);

/** One file of a scan: `path` is one of the source's places, `anchor` the folder below the root `repo` that it hangs on. */
export type PlacedText = {
  readonly source: FileSource;
  readonly path: string;
  readonly text: string;
  readonly anchor?: string;
  /** Where the path holds stars, the file that is meant. */
  readonly place?: string;
};

/** `from kind to` of every relation that the linkers add to what the files say, by name. */
export function linkedRelations(linkers: readonly Linker[], files: readonly PlacedText[]): readonly string[] {
  const placed = files.map(({ source, path, text, anchor = 'repo', place = `${anchor}/${path}` }) => ({
    place,
    source: source.id,
    cap: 'high' as const,
    reading: readText(source, path, text, { place, anchor, anchorName: anchor.split('/').at(-1) ?? anchor }),
  }));
  const facts = reconcile(placed, linkers);
  if (facts.dangling.length > 0) throw new Error(JSON.stringify(facts.dangling));
  const before = new Set(
    reconcile(placed, []).relations.map((relation) => JSON.stringify([relation.from, relation.kind, relation.to])),
  );
  const name = (ref: { readonly kind: string; readonly key: string }): string =>
    facts.assets.find((asset) => asset.kind === ref.kind && asset.key === ref.key)?.name ?? '';
  return facts.relations
    .filter((relation) => !before.has(JSON.stringify([relation.from, relation.kind, relation.to])))
    .map((relation) => `${name(relation.from)} ${relation.kind} ${name(relation.to)}`);
}
