import { assetKinds, confidences, origins, relationKinds } from '../../../../shared/kinds.ts';
import type { Connection } from '../driver.ts';
import type { AssetRow, EvidenceRow, RelationRow } from '../fact-rows.ts';

const originNumber = new Map(origins.map((name, index) => [name, index]));
const confidenceNumber = new Map(confidences.map((name, index) => [name, index]));
const assetKindNumber = new Map(assetKinds.map((name, index) => [name, index]));
const relationKindNumber = new Map(relationKinds.map((name, index) => [name, index]));
const numberOf = <T>(numbers: ReadonlyMap<T, number>, name: T): number => {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`unknown kind ${String(name)}`);
  return number;
};

/** From this many new relations on, indexes are built after the rows: half the time of keeping them up to date row by row. */
const bulkThreshold = 50_000;

/** What a scan changed against the latest complete one. */
export type FactChanges = { readonly added: number; readonly changed: number; readonly removed: number };

type OpenRow = { id: number; text: string };

/**
 * Stores the facts of scan `scan` in one transaction of the caller. `complete` facts replace the state of the world: rows
 * that are still so stay untouched, changed ones get a new version, missing ones end. `partial` facts hold for this scan alone.
 */
export function storeFacts(
  connection: Connection,
  scan: number,
  status: 'complete' | 'partial',
  assets: readonly AssetRow[],
  relations: Iterable<RelationRow>,
): { assets: FactChanges; relations: FactChanges } {
  const until = status === 'partial' ? scan + 1 : null;
  const numbers = numberEvidence(connection);
  const assetNumbers = new Array<number>(assets.length);
  const assetChanges = storeAssets(connection, scan, until, assets, numbers, assetNumbers);
  const relationChanges = storeRelations(connection, scan, until, relations, numbers, assetNumbers);
  return { assets: assetChanges, relations: relationChanges };
}

function storeAssets(
  connection: Connection,
  scan: number,
  until: number | null,
  assets: readonly AssetRow[],
  evidenceText: (evidence: readonly EvidenceRow[]) => string,
  assetNumbers: number[],
): FactChanges {
  const open = new Map<number, OpenRow>();
  if (until === null) {
    for (const row of connection
      .prepare(
        'SELECT id, asset, name, origin, confidence, dynamic, properties, evidence FROM asset_version WHERE until IS NULL',
      )
      .raw()
      .iterate() as IterableIterator<[number, number, string, number, number, number, string, string]>) {
      open.set(row[1], { id: row[0], text: `${row[2]}\0${row[3]}${row[4]}${row[5]}\0${row[6]}\0${row[7]}` });
    }
  }
  const find = connection.prepare('SELECT id FROM asset WHERE public_id = ?').pluck();
  const addAsset = connection.prepare('INSERT INTO asset(public_id, kind, key) VALUES (?, ?, ?)');
  const end = connection.prepare('UPDATE asset_version SET until = ? WHERE id = ?');
  const add = connection.prepare(
    'INSERT INTO asset_version(asset, since, until, name, origin, confidence, dynamic, properties, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let added = 0;
  let changed = 0;
  for (const [index, asset] of assets.entries()) {
    const known = find.get(asset.publicId) as number | undefined;
    const number =
      known ?? Number(addAsset.run(asset.publicId, numberOf(assetKindNumber, asset.kind), asset.key).lastInsertRowid);
    assetNumbers[index] = number;
    const origin = numberOf(originNumber, asset.origin);
    const confidence = numberOf(confidenceNumber, asset.confidence);
    const dynamic = asset.dynamic ? 1 : 0;
    const properties = JSON.stringify(asset.properties);
    const evidence = evidenceText(asset.evidence);
    const before = open.get(number);
    if (before !== undefined) {
      open.delete(number);
      if (before.text === `${asset.name}\0${origin}${confidence}${dynamic}\0${properties}\0${evidence}`) continue;
      end.run(scan, before.id);
      changed++;
    } else added++;
    add.run(number, scan, until, asset.name, origin, confidence, dynamic, properties, evidence);
  }
  for (const row of open.values()) end.run(scan, row.id);
  return { added, changed, removed: open.size };
}

function storeRelations(
  connection: Connection,
  scan: number,
  until: number | null,
  relations: Iterable<RelationRow>,
  evidenceText: (evidence: readonly EvidenceRow[]) => string,
  assetNumbers: readonly number[],
): FactChanges {
  const open = new Map<string, OpenRow>();
  if (until === null) {
    for (const row of connection
      .prepare(
        'SELECT id, from_asset, kind, to_asset, discriminator, origin, confidence, dynamic, properties, evidence FROM relation WHERE until IS NULL',
      )
      .raw()
      .iterate() as IterableIterator<
      [number, number, number, number, string, number, number, number, string, string]
    >) {
      open.set(`${row[1]} ${row[2]} ${row[3]} ${row[4]}`, {
        id: row[0],
        text: `${row[5]}${row[6]}${row[7]}\0${row[8]}\0${row[9]}`,
      });
    }
  }
  const compare = open.size > 0;
  const end = connection.prepare('UPDATE relation SET until = ? WHERE id = ?');
  let add = prepareAddRelation(connection);
  const relationsBefore = compare
    ? -1
    : (connection.prepare('SELECT count(*) FROM (SELECT 1 FROM relation LIMIT 1)').pluck().get() as number);
  let bulk = false;
  let added = 0;
  let changed = 0;
  for (const relation of relations) {
    const from = assetNumbers[relation.from];
    const to = assetNumbers[relation.to];
    if (from === undefined || to === undefined)
      throw new Error('a relation points to an asset that is not stored with it');
    const kind = numberOf(relationKindNumber, relation.kind);
    const origin = numberOf(originNumber, relation.origin);
    const confidence = numberOf(confidenceNumber, relation.confidence);
    const dynamic = relation.dynamic ? 1 : 0;
    const properties = JSON.stringify(relation.properties);
    const evidence = evidenceText(relation.evidence);
    if (compare) {
      const key = `${from} ${kind} ${to} ${relation.discriminator}`;
      const before = open.get(key);
      if (before !== undefined) {
        open.delete(key);
        if (before.text === `${origin}${confidence}${dynamic}\0${properties}\0${evidence}`) continue;
        end.run(scan, before.id);
        changed++;
      } else added++;
    } else added++;
    add.run(from, kind, to, scan, until, relation.discriminator, origin, confidence, dynamic, properties, evidence);
    if (added === bulkThreshold && relationsBefore === 0 && !bulk) {
      bulk = true;
      connection.exec('DROP INDEX relation_from; DROP INDEX relation_to');
      add = prepareAddRelation(connection);
    }
  }
  if (bulk) {
    connection.exec(
      'CREATE INDEX relation_from ON relation(from_asset, kind, to_asset); CREATE INDEX relation_to ON relation(to_asset, kind, from_asset)',
    );
  }
  for (const row of open.values()) end.run(scan, row.id);
  return { added, changed, removed: open.size };
}

const prepareAddRelation = (connection: Connection) =>
  connection.prepare(
    'INSERT INTO relation(from_asset, kind, to_asset, since, until, discriminator, origin, confidence, dynamic, properties, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );

/** Evidence as text of numbers, `[[place,line,endLine,source],...]`; places and sources get their numbers on first sight. */
function numberEvidence(connection: Connection): (evidence: readonly EvidenceRow[]) => string {
  const places = new Map<string, number>();
  for (const [id, root, path] of connection
    .prepare('SELECT id, root, path FROM place')
    .raw()
    .iterate() as IterableIterator<[number, number, string]>) {
    places.set(`${root}:${path}`, id);
  }
  const sources = new Map<string, number>(
    connection.prepare('SELECT name, id FROM source').raw().all() as [string, number][],
  );
  const addPlace = connection.prepare('INSERT INTO place(root, path) VALUES (?, ?)');
  const addSource = connection.prepare('INSERT INTO source(name) VALUES (?)');
  return (evidence) => {
    if (evidence.length === 0) return '[]';
    let text = '[';
    for (const [index, item] of evidence.entries()) {
      const placeKey = `${item.root}:${item.path}`;
      let place = places.get(placeKey);
      if (place === undefined) {
        place = Number(addPlace.run(item.root, item.path).lastInsertRowid);
        places.set(placeKey, place);
      }
      let source = sources.get(item.source);
      if (source === undefined) {
        source = Number(addSource.run(item.source).lastInsertRowid);
        sources.set(item.source, source);
      }
      text += `${index === 0 ? '' : ','}[${place},${item.line},${item.endLine},${source}]`;
    }
    return `${text}]`;
  };
}
