import type { AssetRow, EvidenceRow, RelationRow } from '../store/fact-rows.ts';
import { publicAssetId } from '../store/fact-ids.ts';
import type { AssetRef, DraftEvidence, MergedAsset } from '../sources/source.ts';
import type { MergedFacts } from './reconcile.ts';
import type { RootContext } from './roots.ts';

/**
 * Merged facts as rows of the store: evidence counted from roots, each asset told which repository it lies in. Repositories
 * that hold nothing else are left out: a home's thousand checkouts are no inventory.
 */
export function toRows(
  facts: MergedFacts,
  roots: readonly RootContext[],
  repositories: ReadonlyMap<RootContext, readonly string[]>,
): { assets: AssetRow[]; relations: RelationRow[] } {
  const locate = createLocator(roots);
  const repositoryOf = createRepositoryFinder(repositories);
  const used = new Set<string>();
  const rows: { asset: MergedAsset; row: AssetRow }[] = [];
  for (const asset of facts.assets) {
    const evidence = locate(asset.evidence);
    const names = new Set<string>();
    for (const item of asset.kind === 'repository' ? [] : evidence) {
      const repository = repositoryOf(item);
      if (repository === null) continue;
      names.add(repository.name);
      used.add(repository.key);
    }
    rows.push({ asset, row: toAssetRow(asset, evidence, [...names].sort()) });
  }
  const kept = rows.filter(({ asset }) => asset.kind !== 'repository' || used.has(asset.key));
  kept.sort((a, b) => compare(a.row.publicId, b.row.publicId));
  const positions = new Map(kept.map(({ asset }, index) => [refKey(asset), index]));

  const relations: RelationRow[] = [];
  for (const relation of facts.relations) {
    const from = positions.get(refKey(relation.from));
    const to = positions.get(refKey(relation.to));
    if (from === undefined || to === undefined) continue;
    relations.push({
      kind: relation.kind,
      from,
      to,
      discriminator: relation.discriminator,
      origin: relation.origin,
      confidence: relation.confidence,
      dynamic: relation.dynamic,
      properties: relation.properties,
      evidence: locate(relation.evidence),
    });
  }
  // Rows that lie together in the index are stored together: the order also makes the same facts give the same rows.
  relations.sort(
    (a, b) => a.from - b.from || compare(a.kind, b.kind) || a.to - b.to || compare(a.discriminator, b.discriminator),
  );
  return { assets: kept.map(({ row }) => row), relations };
}

function toAssetRow(asset: MergedAsset, evidence: EvidenceRow[], repositories: readonly string[]): AssetRow {
  const place =
    repositories.length === 0
      ? {}
      : repositories.length === 1
        ? { repository: repositories[0] as string }
        : { repositories: [...repositories] };
  return {
    publicId: publicAssetId(asset.kind, asset.key),
    kind: asset.kind,
    key: asset.key,
    name: asset.name,
    origin: asset.origin,
    confidence: asset.confidence,
    dynamic: asset.dynamic,
    properties: { ...asset.properties, ...place },
    evidence,
  };
}

type Located = { readonly root: number; readonly path: string; readonly depth: number };

/**
 * Place names back to root and path: the longest label that fits, the home, or the machine. Files near the root first:
 * settings before the folders of parts beside them.
 */
function createLocator(roots: readonly RootContext[]): (evidence: readonly DraftEvidence[]) => EvidenceRow[] {
  const labelled = roots.filter((root) => root.type !== 'machine').sort((a, b) => b.label.length - a.label.length);
  const machine = roots.find((root) => root.type === 'machine');
  const known = new Map<string, Located>();
  const locate = (place: string): Located => {
    let found = known.get(place);
    if (found === undefined) {
      const root = place.startsWith('/')
        ? machine
        : labelled.find((candidate) => place === candidate.label || place.startsWith(`${candidate.label}/`));
      // A source that names a place outside all roots has a defect; the fact stays, and its path says where it claims to be.
      const owner = root ?? roots[0];
      if (owner === undefined) throw new Error('a scan has at least one root');
      const path =
        root === undefined ? place : root.type === 'machine' ? place.slice(1) : place.slice(root.label.length + 1);
      found = { root: owner.id, path, depth: path.split('/').length };
      known.set(place, found);
    }
    return found;
  };
  const toRow = ({ root, path }: Located, { line, endLine, source }: DraftEvidence): EvidenceRow => ({
    root,
    path,
    line,
    endLine,
    source,
  });
  return (evidence) => {
    const [first] = evidence;
    if (first !== undefined && evidence.length === 1) return [toRow(locate(first.place), first)];
    return evidence
      .map((item) => ({ item, at: locate(item.place) }))
      .sort(
        (a, b) =>
          a.at.root - b.at.root ||
          a.at.depth - b.at.depth ||
          compare(a.at.path, b.at.path) ||
          a.item.line - b.item.line ||
          a.item.endLine - b.item.endLine ||
          compare(a.item.source, b.item.source),
      )
      .map(({ item, at }) => toRow(at, item));
  };
}

type Repository = { readonly name: string; readonly key: string };

/** The innermost repository around a file of a scan root; files of a root without one belong to the root itself. */
function createRepositoryFinder(
  repositories: ReadonlyMap<RootContext, readonly string[]>,
): (evidence: EvidenceRow) => Repository | null {
  const byRoot = new Map([...repositories].map(([root, paths]) => [root.id, { root, paths: new Set(paths) }]));
  const known = new Map<string, Repository>();
  return ({ root, path }) => {
    const entry = byRoot.get(root);
    if (entry === undefined) return null;
    let folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const cacheKey = `${root}:${folder}`;
    const cached = known.get(cacheKey);
    if (cached !== undefined) return cached;
    while (folder !== '' && !entry.paths.has(folder))
      folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    const name = (folder === '' ? entry.root.label : folder).split('/').at(-1) ?? '';
    const found: Repository = { name, key: folder === '' ? entry.root.label : `${entry.root.label}/${folder}` };
    known.set(cacheKey, found);
    return found;
  };
}

const refKey = (ref: AssetRef): string => `${ref.kind}\0${ref.key}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
