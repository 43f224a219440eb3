import type { Asset, Relation } from '../../../../shared/model/facts.ts';
import type { Connection } from '../driver.ts';
import { type AssetVersionRow, evidenceReader, kindOfNumber, toAsset, toRelation } from './facts-reader.ts';

export type NamedEnd = { readonly id: string; readonly kind: string; readonly name: string };
export type ChangedRelation = { readonly relation: Relation; readonly from: NamedEnd; readonly to: NamedEnd };

/** The forms of one scan that are not the same in the other one. Only rows that began or ended in between are read. */
export type ChangedForms = { readonly assets: readonly Asset[]; readonly relations: readonly ChangedRelation[] };

/** Forms of two complete scans that are not common to both, whichever is the earlier one. */
export function readChangedForms(
  connection: Connection,
  from: number,
  to: number,
): { readonly before: ChangedForms; readonly after: ChangedForms } {
  const [earlier, later] = from <= to ? [from, to] : [to, from];
  const old = formsAt(connection, earlier, gone, { earlier, later });
  const fresh = formsAt(connection, later, come, { earlier, later });
  return from <= to ? { before: old, after: fresh } : { before: fresh, after: old };
}

type Bounds = { readonly earlier: number; readonly later: number };

const gone = 'v.since <= @earlier AND v.until IS NOT NULL AND v.until > @earlier AND v.until <= @later';
const come = 'v.since > @earlier AND v.since <= @later AND (v.until IS NULL OR v.until > @later)';

type RawAsset = [number, string, number, string, number, number, number, string, string];
type RawRelation = [number, number, number, string, number, number, number, string, string];

function formsAt(connection: Connection, scan: number, condition: string, bounds: Bounds): ChangedForms {
  const readEvidence = evidenceReader(connection, scan);
  const complete = "JOIN scan ON scan.number = v.since WHERE scan.status = 'complete' AND";
  const assets = connection
    .prepare(
      `SELECT asset.id, asset.public_id, asset.kind, v.name, v.origin, v.confidence, v.dynamic, v.properties, v.evidence
       FROM asset_version v JOIN asset ON asset.id = v.asset ${complete} ${condition}`,
    )
    .raw()
    .all(bounds) as RawAsset[];
  const relations = connection
    .prepare(
      `SELECT v.from_asset, v.kind, v.to_asset, v.discriminator, v.origin, v.confidence, v.dynamic, v.properties, v.evidence
       FROM relation v ${complete} ${condition}`,
    )
    .raw()
    .all(bounds) as RawRelation[];
  const endOf = endsAt(connection, scan);
  return {
    assets: assets.map(([number, publicId, kind, name, origin, confidence, dynamic, properties, evidence]) => {
      const row: AssetVersionRow = {
        number,
        publicId,
        kind,
        name,
        origin,
        confidence,
        dynamic,
        properties,
        evidence,
      };
      return toAsset(row, readEvidence);
    }),
    relations: relations.map((raw) => {
      const from = endOf(raw[0]);
      const to = endOf(raw[2]);
      return { relation: toRelation(raw, (number) => endOf(number).id, readEvidence), from, to };
    }),
  };
}

/** Names of the things at the ends of relations, as they are called in that scan. */
function endsAt(connection: Connection, scan: number): (number: number) => NamedEnd {
  const find = connection
    .prepare(
      `SELECT asset.public_id, asset.kind,
              (SELECT name FROM asset_version v WHERE v.asset = asset.id AND v.since <= @scan ORDER BY v.since DESC LIMIT 1)
       FROM asset WHERE asset.id = @number`,
    )
    .raw();
  const known = new Map<number, NamedEnd>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const [id, kind, name] = find.get({ scan, number }) as [string, number, string | null];
    const end = { id, kind: kindOfNumber(kind), name: name ?? '' };
    known.set(number, end);
    return end;
  };
}
