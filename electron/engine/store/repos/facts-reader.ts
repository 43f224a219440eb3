import { type AssetKind, assetKinds, confidences, origins, relationKinds } from '../../../../shared/kinds.ts';
import type { Asset, Evidence, Properties, Relation } from '../../../../shared/model/facts.ts';
import { publicRelationId } from '../fact-ids.ts';
import type { Connection } from '../driver.ts';
import { scanRoots } from './scans.ts';

/** Everything of one scan, as reports and exports need it. Sorted by kind, name and id, so that the same facts give the same bytes. */
export type FactSnapshot = {
  readonly scan: number;
  /** Absolute paths inside the scanned file system; evidence counts them. */
  readonly roots: readonly string[];
  readonly assets: readonly Asset[];
  readonly relations: readonly Relation[];
};

/**
 * Rows that hold for a scan. A partial scan has rows of its own alone; a complete one everything that began by then and
 * had not ended, except what only partial scans saw (their rows end one scan later and begin with a partial one).
 */
const holds = (partial: boolean): string =>
  partial ? 'since = @scan AND until = @scan + 1' : 'since <= @scan AND (until IS NULL OR until > @scan)';

const isPartial = (connection: Connection, scan: number): boolean =>
  connection.prepare('SELECT status FROM scan WHERE number = ?').pluck().get(scan) !== 'complete';

export type AssetVersionRow = {
  readonly number: number;
  readonly publicId: string;
  readonly kind: number;
  readonly name: string;
  readonly origin: number;
  readonly confidence: number;
  readonly dynamic: number;
  readonly properties: string;
  readonly evidence: string;
};

type RawAsset = [number, string, number, string, number, number, number, string, string];

/** Assets of a scan in the order of kind, name and id; kinds, origins and confidences as positions in their lists. */
export function* assetRows(connection: Connection, scan: number): IterableIterator<AssetVersionRow> {
  const rows = connection
    .prepare(
      `SELECT asset.id, asset.public_id, asset.kind, v.name, v.origin, v.confidence, v.dynamic, v.properties, v.evidence
       FROM asset_version v JOIN asset ON asset.id = v.asset
       WHERE ${holds(isPartial(connection, scan))} ORDER BY asset.kind, v.name, asset.public_id`,
    )
    .raw()
    .iterate({ scan }) as IterableIterator<RawAsset>;
  for (const [number, publicId, kind, name, origin, confidence, dynamic, properties, evidence] of rows) {
    yield { number, publicId, kind, name, origin, confidence, dynamic, properties, evidence };
  }
}

type RawRelation = [number, number, number, string, number, number, number, string, string];

/** Relations of a scan as rows of numbers: from, kind, to, discriminator, origin, confidence, dynamic, properties, evidence. */
export const relationRows = (connection: Connection, scan: number): IterableIterator<RawRelation> =>
  connection
    .prepare(
      `SELECT from_asset, kind, to_asset, discriminator, origin, confidence, dynamic, properties, evidence
       FROM relation WHERE ${holds(isPartial(connection, scan))}`,
    )
    .raw()
    .iterate({ scan }) as IterableIterator<RawRelation>;

/** Turns stored evidence into evidence of a scan: place numbers become root positions and paths. */
export function evidenceReader(connection: Connection, scan: number): (text: string) => Evidence[] {
  const rootPositions = new Map(scanRoots(connection, scan).map((root, index) => [root.id, index]));
  const places = new Map<number, { root: number; path: string }>();
  const findPlace = connection.prepare('SELECT root, path FROM place WHERE id = ?').raw();
  const sources = new Map(connection.prepare('SELECT id, name FROM source').raw().all() as [number, string][]);
  return (text) => {
    if (text === '[]') return [];
    const evidence: Evidence[] = [];
    for (const [placeNumber, line, endLine, sourceNumber] of JSON.parse(text) as [number, number, number, number][]) {
      let place = places.get(placeNumber);
      if (place === undefined) {
        const [root, path] = findPlace.get(placeNumber) as [number, string];
        place = { root, path };
        places.set(placeNumber, place);
      }
      evidence.push({
        root: rootPositions.get(place.root) ?? 0,
        file: place.path,
        line,
        endLine,
        source: sources.get(sourceNumber) ?? '',
      });
    }
    return evidence;
  };
}

const nth = <T>(list: readonly T[], index: number): T => {
  const value = list[index];
  if (value === undefined) throw new Error('a stored number is outside its list');
  return value;
};

export const kindOfNumber = (number: number): AssetKind => nth(assetKinds, number);

export function toAsset(row: AssetVersionRow, readEvidence: (text: string) => Evidence[]): Asset {
  return {
    id: row.publicId,
    kind: kindOfNumber(row.kind),
    name: row.name,
    origin: nth(origins, row.origin),
    confidence: nth(confidences, row.confidence),
    ...(row.dynamic === 1 ? { dynamic: true } : {}),
    properties: JSON.parse(row.properties) as Properties,
    evidence: readEvidence(row.evidence),
  };
}

export function toRelation(
  raw: RawRelation,
  idOf: (number: number) => string,
  readEvidence: (text: string) => Evidence[],
): Relation {
  const [fromNumber, kindNumber, toNumber, discriminator, origin, confidence, dynamic, properties, evidence] = raw;
  const kind = nth(relationKinds, kindNumber);
  const from = idOf(fromNumber);
  const to = idOf(toNumber);
  return {
    id: publicRelationId(kind, from, to, discriminator),
    kind,
    from,
    to,
    origin: nth(origins, origin),
    confidence: nth(confidences, confidence),
    ...(dynamic === 1 ? { dynamic: true } : {}),
    properties: JSON.parse(properties) as Properties,
    evidence: readEvidence(evidence),
  };
}

export function readSnapshot(connection: Connection, scan: number): FactSnapshot {
  const readEvidence = evidenceReader(connection, scan);
  const ids = new Map<number, string>();
  const assets: Asset[] = [];
  for (const row of assetRows(connection, scan)) {
    ids.set(row.number, row.publicId);
    assets.push(toAsset(row, readEvidence));
  }
  const relations: Relation[] = [];
  for (const raw of relationRows(connection, scan))
    relations.push(toRelation(raw, (number) => ids.get(number) ?? '', readEvidence));
  relations.sort((a, b) => order(a.kind, b.kind) || order(a.from, b.from) || order(a.to, b.to) || order(a.id, b.id));
  return { scan, roots: scanRoots(connection, scan).map((root) => root.path), assets, relations };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export type NeighbourRow = {
  readonly relation: Relation;
  readonly direction: 'out' | 'in';
  readonly other: { id: string; kind: AssetKind; name: string };
};

/** One asset of a scan with what it touches; undefined where the scan does not hold it. */
export function readAssetDetail(
  connection: Connection,
  scan: number,
  publicId: string,
  limit: number,
): { asset: Asset; relations: NeighbourRow[]; leftOut: number } | undefined {
  const partial = isPartial(connection, scan);
  const raw = connection
    .prepare(
      `SELECT asset.id, asset.public_id, asset.kind, v.name, v.origin, v.confidence, v.dynamic, v.properties, v.evidence
       FROM asset JOIN asset_version v ON v.asset = asset.id WHERE asset.public_id = @publicId AND ${holds(partial)}`,
    )
    .raw()
    .get({ scan, publicId }) as RawAsset | undefined;
  if (raw === undefined) return undefined;
  const [number, id, kind, name, origin, confidence, dynamic, properties, evidence] = raw;
  const readEvidence = evidenceReader(connection, scan);
  const asset = toAsset(
    { number, publicId: id, kind, name, origin, confidence, dynamic, properties, evidence },
    readEvidence,
  );
  const relations: NeighbourRow[] = [];
  let leftOut = 0;
  for (const direction of ['out', 'in'] as const) {
    const [mine, theirs] = direction === 'out' ? ['from_asset', 'to_asset'] : ['to_asset', 'from_asset'];
    const rows = connection
      .prepare(
        `SELECT r.from_asset, r.kind, r.to_asset, r.discriminator, r.origin, r.confidence, r.dynamic, r.properties, r.evidence,
                other.public_id, other.kind,
                (SELECT name FROM asset_version v WHERE v.asset = other.id AND ${holds(partial)} LIMIT 1)
         FROM (SELECT * FROM relation WHERE ${mine} = @number AND ${holds(partial)}) r JOIN asset other ON other.id = r.${theirs}
         ORDER BY r.kind, other.public_id, r.discriminator`,
      )
      .raw()
      .iterate({ scan, number }) as IterableIterator<[...RawRelation, string, number, string]>;
    for (const row of rows) {
      if (relations.length >= limit) {
        leftOut++;
        continue;
      }
      const otherId = row[9];
      const relation = toRelation(
        row.slice(0, 9) as RawRelation,
        (value) => (value === number ? id : otherId),
        readEvidence,
      );
      relations.push({ relation, direction, other: { id: otherId, kind: kindOfNumber(row[10]), name: row[11] } });
    }
  }
  return { asset, relations, leftOut };
}

export type StoredVersion = {
  readonly since: number;
  readonly until: number | null;
  readonly name: string;
  readonly origin: number;
  readonly confidence: number;
  readonly dynamic: number;
  readonly properties: Properties;
};

/** Every form that complete scans saw an asset in, oldest first. */
export function readVersions(connection: Connection, publicId: string): StoredVersion[] {
  const rows = connection
    .prepare(
      `SELECT v.since, v.until, v.name, v.origin, v.confidence, v.dynamic, v.properties FROM asset_version v JOIN asset ON asset.id = v.asset
       JOIN scan ON scan.number = v.since
       WHERE asset.public_id = ? AND scan.status = 'complete' ORDER BY v.since`,
    )
    .all(publicId) as (Omit<StoredVersion, 'properties'> & { properties: string })[];
  return rows.map((row) => ({ ...row, properties: JSON.parse(row.properties) as Properties }));
}
