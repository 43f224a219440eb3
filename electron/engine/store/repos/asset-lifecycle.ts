import type { AssetKind } from '../../../../shared/kinds.ts';
import { assetKinds } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { Connection } from '../driver.ts';
import { kindOfNumber } from './facts-reader.ts';

/** First scan that saw an asset, and the one that did not any more; null while the latest complete one sees it. */
export type SeenSpan = { readonly first: number; readonly until: number | null };

/** Spans of all assets that a complete scan saw, by public id. */
export function readSpans(connection: Connection): Map<string, SeenSpan> {
  const rows = connection
    .prepare(
      `SELECT asset.public_id, min(v.since), max(ifnull(v.until, 9e15))
       FROM asset_version v JOIN asset ON asset.id = v.asset JOIN scan ON scan.number = v.since
       WHERE scan.status = 'complete' GROUP BY v.asset`,
    )
    .raw()
    .iterate() as IterableIterator<[string, number, number]>;
  const spans = new Map<string, SeenSpan>();
  for (const [id, first, until] of rows) spans.set(id, { first, until: until >= 9e15 ? null : until });
  return spans;
}

export type ScanTime = { readonly number: number; readonly startedAt: number };

/** Complete scans, oldest first. */
export const completeScans = (connection: Connection): ScanTime[] =>
  connection
    .prepare("SELECT number, started_at AS startedAt FROM scan WHERE status = 'complete' ORDER BY number")
    .all() as ScanTime[];

/** One form of an asset: it held from scan `since` until scan `until`, which did not see it like that. */
export type FormRow = {
  readonly asset: string;
  readonly kind: AssetKind;
  readonly since: number;
  readonly until: number | null;
  readonly name: string;
  readonly origin: number;
  readonly confidence: number;
  readonly dynamic: number;
  readonly properties: Properties;
};

/** Forms of one asset, or of all of some kinds, in the order of assets and time. */
export function* readForms(
  connection: Connection,
  which: { readonly asset: string } | { readonly kinds: readonly AssetKind[] },
): IterableIterator<FormRow> {
  const condition =
    'asset' in which
      ? 'asset.public_id = ?'
      : `asset.kind IN (${which.kinds.map((kind) => assetKinds.indexOf(kind)).join(', ')})`;
  const rows = connection
    .prepare(
      `SELECT asset.public_id AS asset, asset.kind, v.since, v.until, v.name, v.origin, v.confidence, v.dynamic, v.properties
       FROM asset JOIN asset_version v ON v.asset = asset.id JOIN scan ON scan.number = v.since
       WHERE scan.status = 'complete' AND ${condition} ORDER BY asset.id, v.since`,
    )
    .iterate(...('asset' in which ? [which.asset] : [])) as IterableIterator<
    Omit<FormRow, 'kind' | 'properties'> & { kind: number; properties: string }
  >;
  for (const row of rows)
    yield { ...row, kind: kindOfNumber(row.kind), properties: JSON.parse(row.properties) as Properties };
}

/** Names of assets by public id, in their newest form. */
export const readNames = (connection: Connection): Map<string, { kind: AssetKind; name: string }> =>
  new Map(
    (
      connection
        .prepare(
          `SELECT asset.public_id, asset.kind, v.name FROM asset JOIN asset_version v ON v.asset = asset.id
           WHERE v.id IN (SELECT max(id) FROM asset_version GROUP BY asset)`,
        )
        .raw()
        .all() as [string, number, string][]
    ).map(([id, kind, name]) => [id, { kind: kindOfNumber(kind), name }]),
  );

/** An agent or server as complete scans saw it last, whether or not it is still there. */
export type LastForm = {
  readonly asset: string;
  readonly kind: AssetKind;
  readonly name: string;
  readonly properties: Properties;
  readonly files: readonly string[];
};

/** The last forms of all things of these kinds that the scan does not hold any more. */
export function readGoneForms(connection: Connection, scan: number, kinds: readonly AssetKind[]): LastForm[] {
  const filesOf = connection
    .prepare('SELECT DISTINCT place.path FROM json_each(?) JOIN place ON place.id = json_extract(json_each.value, ?)')
    .pluck();
  const rows = connection
    .prepare(
      `SELECT asset.public_id AS asset, asset.kind, v.name, v.properties, v.evidence
       FROM asset JOIN asset_version v ON v.asset = asset.id JOIN scan ON scan.number = v.since
       WHERE scan.status = 'complete' AND asset.kind IN (${kinds.map((kind) => assetKinds.indexOf(kind)).join(', ')})
         AND v.id = (SELECT id FROM asset_version w WHERE w.asset = asset.id ORDER BY w.since DESC, w.id DESC LIMIT 1)
         AND v.until IS NOT NULL AND v.until <= ?`,
    )
    .all(scan) as { asset: string; kind: number; name: string; properties: string; evidence: string }[];
  return rows.map(({ asset, kind, name, properties, evidence }) => ({
    asset,
    kind: kindOfNumber(kind),
    name,
    properties: JSON.parse(properties) as Properties,
    files: filesOf.all(evidence, '$[0]') as string[],
  }));
}
