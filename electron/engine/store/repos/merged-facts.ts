import { confidences, origins, relationKinds } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { Connection } from '../driver.ts';
import { assetRows, evidenceReader, kindOfNumber, relationRows } from './facts-reader.ts';
import { type ScanRoot, scanRoots } from './scans.ts';

type Member<T extends readonly unknown[]> = T[number];

/** An asset of a scan under its natural key, with evidence by place: as sources and linkers name things. */
export type StoredAsset = {
  readonly id: string;
  readonly kind: ReturnType<typeof kindOfNumber>;
  readonly key: string;
  readonly name: string;
  readonly properties: Properties;
  readonly origin: Member<typeof origins>;
  readonly confidence: Member<typeof confidences>;
  readonly dynamic: boolean;
  readonly evidence: readonly StoredEvidence[];
};
export type StoredEvidence = {
  readonly place: string;
  readonly line: number;
  readonly endLine: number;
  readonly source: string;
};
export type StoredRelation = Omit<StoredAsset, 'id' | 'kind' | 'key' | 'name'> & {
  readonly kind: Member<typeof relationKinds>;
  readonly from: Pick<StoredAsset, 'kind' | 'key'>;
  readonly to: Pick<StoredAsset, 'kind' | 'key'>;
  readonly discriminator: string;
};

export type MergedScan = {
  readonly roots: readonly ScanRoot[];
  readonly assets: readonly StoredAsset[];
  readonly relations: readonly StoredRelation[];
};

/** Facts of one scan as they were before they got numbers. */
export function readMergedScan(connection: Connection, scan: number): MergedScan {
  const roots = scanRoots(connection, scan);
  const read = evidenceReader(connection, scan);
  const evidenceOf = (text: string): readonly StoredEvidence[] =>
    read(text).map(({ root, file, line, endLine, source }) => ({
      place: placeName(roots[root], file),
      line,
      endLine,
      source,
    }));
  const keys = new Map(connection.prepare('SELECT id, key FROM asset').raw().all() as [number, string][]);
  const byNumber = new Map<number, StoredAsset>();
  for (const row of assetRows(connection, scan)) {
    byNumber.set(row.number, {
      id: row.publicId,
      kind: kindOfNumber(row.kind),
      key: keys.get(row.number) ?? '',
      name: row.name,
      properties: JSON.parse(row.properties) as Properties,
      origin: origins[row.origin] ?? 'declared',
      confidence: confidences[row.confidence] ?? 'low',
      dynamic: row.dynamic === 1,
      evidence: evidenceOf(row.evidence),
    });
  }
  const relations: StoredRelation[] = [];
  for (const [from, kind, to, discriminator, origin, confidence, dynamic, properties, evidence] of relationRows(
    connection,
    scan,
  )) {
    const [source, target] = [byNumber.get(from), byNumber.get(to)];
    const relationKind = relationKinds[kind];
    if (source === undefined || target === undefined || relationKind === undefined) continue;
    relations.push({
      kind: relationKind,
      from: { kind: source.kind, key: source.key },
      to: { kind: target.kind, key: target.key },
      discriminator,
      properties: JSON.parse(properties) as Properties,
      origin: origins[origin] ?? 'declared',
      confidence: confidences[confidence] ?? 'low',
      dynamic: dynamic === 1,
      evidence: evidenceOf(evidence),
    });
  }
  return { roots, assets: [...byNumber.values()], relations };
}

/** `app/.mcp.json`, `~/.claude.json`, `/etc/...`: the name that sources give to a place. */
function placeName(root: ScanRoot | undefined, file: string): string {
  if (root === undefined) return file;
  if (root.type === 'machine') return `/${file}`;
  return file === '' ? root.label : `${root.label}/${file}`;
}
