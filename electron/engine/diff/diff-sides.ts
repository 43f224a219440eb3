import type { Change, Comparison } from '../../../shared/model/changes.ts';
import type { Asset, Relation } from '../../../shared/model/facts.ts';
import { AppError } from '../errors.ts';
import { serversOf } from '../imports/mcp-tools/attach.ts';
import { changesBetween, importedRoot } from '../imports/mcp-tools/tool-changes.ts';
import { listsByServer, storedLists } from '../imports/mcp-tools/tool-history.ts';
import type { Connection } from '../store/driver.ts';
import { type ChangedForms, readChangedForms } from '../store/repos/fact-changes.ts';
import { type FactSnapshot, readSnapshot } from '../store/repos/facts-reader.ts';
import { readImports } from '../store/repos/imports.ts';
import { getScan, lastCompleteBefore, latestCompleteScan } from '../store/repos/scans.ts';
import { compareSides, type DiffSide, type NamedRelation } from './compare-sides.ts';

/** Compares two complete scans of one workspace. Throws AppError where one of them is not there or not complete. */
export function compareStoredScans(connection: Connection, from: number, to: number): Comparison {
  for (const number of [from, to]) {
    const scan = getScan(connection, number);
    if (scan === undefined) throw new AppError('not-found', `There is no scan ${number}.`);
    if (scan.status !== 'complete')
      throw new AppError('not-found', `Scan ${number} is not complete: what it lacks would look removed.`);
  }
  const { before, after } = readChangedForms(connection, from, to);
  const sides = [storedSide(connection, from, before), storedSide(connection, to, after)] as const;
  const listed = listedToolChanges(connection, sides[0], sides[1], to);
  return listed.length === 0
    ? compareSides(...sides)
    : compareSides(withImportedRoot(sides[0]), withImportedRoot(sides[1]), listed);
}

const withImportedRoot = (side: DiffSide): DiffSide => ({ ...side, roots: [...side.roots, importedRoot] });

/** Tools that imported lists and asked servers tell differently. Lists of after the newest scan count for it: it is what is known. */
function listedToolChanges(connection: Connection, before: DiffSide, after: DiffSide, to: number): Change[] {
  const imports = readImports(connection, 'all').filter(({ type }) => type === 'tools');
  if (imports.length === 0) return [];
  const servers = serversOf(readSnapshot(connection, to).assets);
  const until = latestCompleteScan(connection) === to ? Number.MAX_SAFE_INTEGER : (after.at ?? 0);
  return changesBetween(
    listsByServer(storedLists(imports, servers)),
    new Map(servers.map((server) => [server.id, server])),
    before.at ?? 0,
    until,
    { before: before.roots.length, after: after.roots.length },
  );
}

/** The two newest complete scans; null where there are not two. */
export function lastTwoScans(connection: Connection, to: number | null): { from: number; to: number } | null {
  const later = to ?? latestCompleteScan(connection);
  const earlier = later === null ? null : lastCompleteBefore(connection, later);
  return later === null || earlier === null ? null : { from: earlier, to: later };
}

function storedSide(connection: Connection, number: number, forms: ChangedForms): DiffSide {
  const scan = getScan(connection, number);
  return {
    name: `scan ${number}`,
    status: scan?.status ?? '',
    at: scan?.startedAt ?? null,
    roots: scan?.roots ?? [],
    ...forms,
  };
}

/** A scan as a whole, for a comparison with something outside its workspace. */
export function wholeSide(connection: Connection, number: number, name: string): DiffSide {
  const scan = getScan(connection, number);
  const snapshot: FactSnapshot = readSnapshot(connection, number);
  return {
    name: `${name}, scan ${number}`,
    status: scan?.status ?? '',
    at: scan?.startedAt ?? null,
    roots: [...snapshot.roots],
    assets: snapshot.assets,
    relations: namedRelations(snapshot.assets, snapshot.relations),
  };
}

/** Relations with what stands at their ends. */
export function namedRelations(assets: readonly Asset[], relations: readonly Relation[]): NamedRelation[] {
  const ends = new Map(assets.map(({ id, kind, name }) => [id, { id, kind, name }]));
  const endOf = (id: string): NamedRelation['from'] => ends.get(id) ?? { id, kind: '', name: id };
  return relations.map((relation) => ({ relation, from: endOf(relation.from), to: endOf(relation.to) }));
}
