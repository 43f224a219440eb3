import type { Asset } from '../../shared/model/facts.ts';
import type { AssetKind } from '../../shared/kinds.ts';
import { isCovered, type LabelledItem, type Labels } from './label-format.ts';

/** Lines that a place may be off: a decorator, a comment, the first line of a call. As in the scoring of the samples. */
const slack = 3;

/**
 * Kinds of which one thing may stand in several places: five configurations are one server. Everything else pairs one
 * label with one asset, so that a duplicate shows up as an error.
 */
const shared: ReadonlySet<AssetKind> = new Set([
  'mcp-server',
  'credential',
  'model',
  'data-store',
  'identity',
  'prompt',
]);

export type Judged = Pick<Labels, 'covers' | 'complete' | 'items' | 'negative'>;

export type KindScore = {
  readonly kind: AssetKind;
  readonly labelled: number;
  readonly found: number;
  readonly reported: number;
  readonly right: number;
  readonly missed: readonly LabelledItem[];
  readonly invented: readonly Asset[];
  /** Found at its place under another name. */
  readonly renamed: readonly { readonly item: LabelledItem; readonly as: string }[];
};

export type Score = {
  readonly kinds: readonly KindScore[];
  /** Assets at places that were labelled as no such thing. */
  readonly trapped: readonly { readonly asset: Asset; readonly file: string; readonly why: string }[];
};

/** Compares what a scan reported with what a person labelled. Pure. */
export function scoreOf(judged: Judged, assets: readonly Asset[]): Score {
  const kinds = [...new Set(judged.complete)].sort();
  return { kinds: kinds.map((kind) => scoreKind(kind, judged, assets)), trapped: trapsOf(judged, assets) };
}

function scoreKind(kind: AssetKind, judged: Judged, assets: readonly Asset[]): KindScore {
  const items = judged.items.filter((item) => item.kind === kind);
  const reported = assets.filter((asset) => asset.kind === kind && isJudged(asset, judged.covers));
  // A whole file as a place says little: only when nothing else of the kind stands in it.
  const isAlone = (item: LabelledItem, asset: Asset): boolean =>
    item.line !== null || reported.every((one) => one === asset || !isAt(item, one));
  const partner = new Map<LabelledItem, Asset>();
  const used = new Set<Asset>();
  const mayShare = shared.has(kind);
  const pair = (fits: (item: LabelledItem, asset: Asset) => boolean): void => {
    for (const item of items) {
      if (partner.has(item)) continue;
      const asset = reported.find((one) => (mayShare || !used.has(one)) && fits(item, one));
      if (asset === undefined) continue;
      partner.set(item, asset);
      used.add(asset);
    }
  };
  pair((item, asset) => isSameName(item.name, asset.name) && isAt(item, asset));
  pair(
    (item, asset) => item.file !== null && isAt(item, asset) && !isNamedElsewhere(asset, items) && isAlone(item, asset),
  );
  // One thing of several places: every asset that a label speaks of is right, not only the first.
  if (mayShare)
    for (const asset of reported)
      if (items.some((item) => isSameName(item.name, asset.name) && isAt(item, asset))) used.add(asset);
  return {
    kind,
    labelled: items.length,
    found: partner.size,
    reported: reported.length,
    right: used.size,
    missed: items.filter((item) => !partner.has(item)),
    invented: reported.filter((asset) => !used.has(asset)),
    renamed: [...partner]
      .filter(([item, asset]) => !isSameName(item.name, asset.name))
      .map(([item, asset]) => ({ item, as: asset.name })),
  };
}

const trappable: ReadonlySet<AssetKind> = new Set(['agent', 'tool', 'mcp-server']);

function trapsOf(judged: Judged, assets: readonly Asset[]): Score['trapped'] {
  return judged.negative.flatMap(({ file, why }) =>
    assets
      .filter((asset) => trappable.has(asset.kind) && asset.evidence.some((one) => isCovered(one.file, [file])))
      .map((asset) => ({ asset, file, why })),
  );
}

/** Judged is what has a place inside of what was read; what stands elsewhere as well is judged all the same. */
const isJudged = (asset: Asset, covers: readonly string[]): boolean =>
  asset.evidence.some((one) => isCovered(one.file, covers));

function isAt(item: LabelledItem, asset: Asset): boolean {
  if (item.file === null) return true;
  const places = [{ file: item.file, line: item.line }, ...(item.also ?? []).map(placeOf)];
  return places.some(({ file, line }) =>
    asset.evidence.some(
      (one) => one.file === file && (line === null || (line >= one.line - slack && line <= one.line + slack)),
    ),
  );
}

/** A label at the place of something that another label names is not that other thing. */
const isNamedElsewhere = (asset: Asset, items: readonly LabelledItem[]): boolean =>
  items.some((item) => isSameName(item.name, asset.name) && isAt(item, asset));

function placeOf(text: string): { readonly file: string; readonly line: number } {
  const colon = text.lastIndexOf(':');
  return { file: text.slice(0, colon), line: Number(text.slice(colon + 1)) };
}

/** Names compare after lower-casing and dropping dashes, underscores and blanks. */
export const isSameName = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');
