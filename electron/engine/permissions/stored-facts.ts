import { readSafely } from '../scan/safe-read.ts';
import { resolveInside } from '../scan/roots.ts';
import type { Connection } from '../store/driver.ts';
import type { ScanRoot } from '../store/repos/scans.ts';
import { readMergedScan, type StoredAsset, type StoredRelation } from '../store/repos/merged-facts.ts';
import type { PermissionFacts } from './evaluator.ts';

/** Bytes of a script that a hook runs; what is longer is not looked at. */
const maxScriptBytes = 256 * 1024;

/** Facts of a scan, with ids, and where its roots lie. */
export type ScannedFacts = PermissionFacts & {
  readonly all: readonly StoredAsset[];
  readonly allRelations: readonly StoredRelation[];
  /** Position of the root and path below it, as reports count evidence. */
  rootOf(place: string): { readonly root: number; readonly file: string };
  readonly home: string | null;
};

/** Facts of one scan for evaluators. `fsRoot` as the scan was asked. */
export function storedFacts(connection: Connection, scan: number, fsRoot: string | null): ScannedFacts {
  const { roots, assets, relations } = readMergedScan(connection, scan);
  const byKind = Map.groupBy(assets, (asset) => asset.kind);
  const relationsByKind = Map.groupBy(relations, (relation) => relation.kind);
  const labelled = roots
    .filter((root) => root.type !== 'machine')
    .sort((one, other) => other.label.length - one.label.length);
  return {
    all: assets,
    allRelations: relations,
    rootOf: rootFinder(roots),
    home: roots.find((root) => root.type === 'home')?.path ?? null,
    assets: (kind) => byKind.get(kind) ?? [],
    relations: (kind) => relationsByKind.get(kind) ?? [],
    pathOf(place) {
      if (place.startsWith('/')) return place;
      const root = labelled.find(({ label }) => place === label || place.startsWith(`${label}/`));
      return root === undefined
        ? null
        : `${root.path === '/' ? '' : root.path}${place.slice(root.label.length)}` || '/';
    },
    readText(path) {
      const place = resolveInside(fsRoot ?? '/', path);
      if (place.status !== 'inside') return null;
      const read = readSafely(place.path, maxScriptBytes);
      return read.status === 'read' ? read.bytes.toString('utf8') : null;
    },
  };
}

/** Finds the root that a place is counted from: its position among these roots, and the path below it. */
export function rootFinder(roots: readonly ScanRoot[]): ScannedFacts['rootOf'] {
  const labelled = roots
    .map((root, index) => ({ ...root, index }))
    .sort((one, other) => other.label.length - one.label.length);
  const machine = roots.findIndex((root) => root.type === 'machine');
  return (place) => {
    if (place.startsWith('/')) return { root: Math.max(0, machine), file: place.slice(1) };
    const found = labelled.find(
      ({ type, label }) => type !== 'machine' && (place === label || place.startsWith(`${label}/`)),
    );
    return found === undefined
      ? { root: 0, file: place }
      : { root: found.index, file: place.slice(found.label.length + 1) };
  };
}
