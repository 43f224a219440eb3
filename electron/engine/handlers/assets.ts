import { createHash } from 'node:crypto';
import type { AssetColumns, RelationColumns, SourceLines } from '../../../shared/contract/assets.ts';
import { packText } from '../../../shared/contract/columns.ts';
import { assetKinds, confidences, origins, relationKinds } from '../../../shared/kinds.ts';
import type { Evidence, JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import type { Additions } from '../owners/additions.ts';
import type { WorkspaceFactsReader } from '../owners/workspace-facts.ts';
import { rootFinder } from '../permissions/stored-facts.ts';
import { decodeText } from '../scan/decode.ts';
import { onDisk, resolveInside } from '../scan/roots.ts';
import { readSafely } from '../scan/safe-read.ts';
import type { Session } from '../session.ts';
import type { Connection } from '../store/driver.ts';
import { recordsVersion } from '../store/repos/asset-records.ts';
import { differingProperties } from '../store/repos/facts-compare.ts';
import {
  assetRows,
  evidenceReader,
  type FactSnapshot,
  kindOfNumber,
  type NeighbourRow,
  readAssetDetail,
  readVersions,
  relationRows,
  type StoredVersion,
} from '../store/repos/facts-reader.ts';
import { getScan, lastCompleteBefore, scanRoots } from '../store/repos/scans.ts';
import { noteOf } from './asset-note.ts';
import { maskLines } from './mask-lines.ts';

type AssetCalls = Extract<keyof Handlers, `assets.${string}`>;

/** Relations of one asset that are sent in full. */
const maxRelations = 500;
const maxSourceBytes = 8 * 1024 * 1024;

type Estate = {
  readonly columns: AssetColumns;
  readonly relations: RelationColumns;
  readonly searchable: readonly string[];
  readonly ids: readonly string[];
};

export type AssetHandlerDeps = { readonly session: Session; readonly facts: WorkspaceFactsReader };

export function createAssetHandlers({ session, facts }: AssetHandlerDeps): Pick<Handlers, AssetCalls> {
  // The facts of a scan never change, so what was read for one call serves the next; what people say of them may.
  let kept: { connection: Connection; scan: number; version: string; estate: Estate } | null = null;
  const estate = (number: number | null): Estate => {
    const { connection } = session.require();
    const scan = session.scan(number);
    const version = recordsVersion(connection);
    if (kept?.connection === connection && kept.scan === scan && kept.version === version) return kept.estate;
    const rows =
      facts.additions(connection, scan) === null
        ? storedRows(connection, scan)
        : snapshotRows(facts.of(connection, scan).all);
    const read = readEstate(scan, rows);
    // A scan that still runs has no facts yet: that must not be what is remembered of it.
    if (getScan(connection, scan)?.status !== 'running') kept = { connection, scan, version, estate: read };
    return read;
  };

  return {
    'assets.columns': ({ scan }) => estate(scan).columns,
    'assets.relationColumns': ({ scan }) => estate(scan).relations,
    'assets.detail': ({ scan: number, id }) => {
      const { connection } = session.require();
      const scan = session.scan(number);
      const additions = facts.additions(connection, scan);
      const detail =
        additions === null
          ? readAssetDetail(connection, scan, id, maxRelations)
          : withAddedDetail(
              readAssetDetail(connection, scan, id, maxRelations),
              id,
              additions,
              facts.of(connection, scan).all,
            );
      if (detail === undefined) throw new AppError('not-found', 'This asset is not part of that scan.');
      return {
        asset: detail.asset,
        roots: scanRoots(connection, scan).map((root) => root.path),
        relations: detail.relations,
        relationsLeftOut: detail.leftOut,
      };
    },
    'assets.history': ({ id }) => {
      const { connection } = session.require();
      const versions = readVersions(connection, id);
      return versions.map((version, index) => {
        const before = versions[index - 1];
        const contiguous = before !== undefined && before.until === version.since;
        return {
          sinceScan: version.since,
          untilScan: version.until === null ? null : lastCompleteBefore(connection, version.until),
          sinceTime: getScan(connection, version.since)?.startedAt ?? 0,
          name: version.name,
          changed: before === undefined || !contiguous ? [] : changesBetween(before, version),
        };
      });
    },
    'assets.sourceLines': ({ scan, root, file, line, endLine, context }) => {
      const { connection } = session.require();
      const number = session.scan(scan);
      const place = root === null ? rootFinder(scanRoots(connection, number))(file) : { root, file };
      return readSourceLines(connection, number, { ...place, line, endLine, context });
    },
    'assets.search': ({ scan, text, limit }) => {
      const { columns, searchable, ids } = estate(scan);
      return search(columns, searchable, ids, text, limit);
    },
  };
}

function changesBetween(before: StoredVersion, after: StoredVersion): string[] {
  const differing = differingProperties(before.properties, after.properties);
  for (const field of ['dynamic', 'confidence', 'origin', 'name'] as const)
    if (before[field] !== after[field]) differing.unshift(field);
  return differing.length === 0 ? ['place'] : differing;
}

/** Assets and relations on their way into columns. Kinds, origins and confidences are positions in their lists. */
type EstateRows = {
  assets(): Iterable<EstateAsset>;
  relations(): Iterable<EstateRelation>;
};
type EstateAsset = {
  /** What relations call it. */
  readonly key: number | string;
  readonly id: string;
  readonly name: string;
  readonly kind: number;
  readonly origin: number;
  readonly confidence: number;
  readonly dynamic: number;
  readonly properties: Properties;
  readonly first: Evidence | undefined;
};
type EstateRelation = {
  readonly from: number | string;
  readonly to: number | string;
  readonly kind: number;
  readonly origin: number;
};

function storedRows(connection: Connection, scan: number): EstateRows {
  const readEvidence = evidenceReader(connection, scan);
  return {
    *assets() {
      for (const row of assetRows(connection, scan)) {
        const { number, publicId, evidence, properties, ...plain } = row;
        const first = readEvidence(evidence)[0];
        yield { ...plain, key: number, id: publicId, properties: JSON.parse(properties) as Properties, first };
      }
    },
    *relations() {
      for (const [from, kind, to, , origin] of relationRows(connection, scan)) yield { from, to, kind, origin };
    },
  };
}

function snapshotRows({ assets, relations }: FactSnapshot): EstateRows {
  return {
    *assets() {
      for (const { id, name, kind, origin, confidence, dynamic, properties, evidence } of assets) {
        yield {
          key: id,
          id,
          name,
          kind: assetKinds.indexOf(kind),
          origin: origins.indexOf(origin),
          confidence: confidences.indexOf(confidence),
          dynamic: dynamic === true ? 1 : 0,
          properties,
          first: evidence[0],
        };
      }
    },
    *relations() {
      for (const { from, to, kind, origin } of relations)
        yield { from, to, kind: relationKinds.indexOf(kind), origin: origins.indexOf(origin) };
    },
  };
}

function readEstate(scan: number, rows: EstateRows): Estate {
  const positions = new Map<number | string, number>();
  const ids: string[] = [];
  const names: string[] = [];
  const kinds: number[] = [];
  const assetOrigins: number[] = [];
  const assetConfidences: number[] = [];
  const dynamic: number[] = [];
  const hosts: string[] = [];
  const repositories: string[] = [];
  const places: string[] = [];
  const sources: string[] = [];
  const notes: string[] = [];
  const searchable: string[] = [];
  for (const row of rows.assets()) {
    positions.set(row.key, ids.length);
    const { properties, first } = row;
    const place = first === undefined ? '' : `${first.file}:${first.line}`;
    const note = noteOf(kindOfNumber(row.kind), properties);
    ids.push(row.id);
    names.push(row.name);
    kinds.push(row.kind);
    assetOrigins.push(row.origin);
    assetConfidences.push(row.confidence);
    dynamic.push(row.dynamic);
    hosts.push(hostOf(properties));
    repositories.push(repositoriesOf(properties));
    places.push(place);
    sources.push(first?.source ?? '');
    notes.push(note);
    searchable.push(`${row.name}\n${place}\n${kindOfNumber(row.kind)}\n${note}`.toLowerCase());
  }
  const columns: AssetColumns = {
    scan,
    count: ids.length,
    ids: packText(ids),
    names: packText(names),
    kinds: Uint8Array.from(kinds),
    origins: Uint8Array.from(assetOrigins),
    confidences: Uint8Array.from(assetConfidences),
    dynamic: Uint8Array.from(dynamic),
    hosts: packText(hosts),
    repositories: packText(repositories),
    places: packText(places),
    sources: packText(sources),
    notes: packText(notes),
  };
  return { columns, relations: readRelations(scan, rows, positions), searchable, ids };
}

function readRelations(
  scan: number,
  rows: EstateRows,
  positions: ReadonlyMap<number | string, number>,
): RelationColumns {
  const from: number[] = [];
  const to: number[] = [];
  const kinds: number[] = [];
  const relationOrigins: number[] = [];
  for (const relation of rows.relations()) {
    const start = positions.get(relation.from);
    const end = positions.get(relation.to);
    if (start === undefined || end === undefined) continue;
    from.push(start);
    to.push(end);
    kinds.push(relation.kind);
    relationOrigins.push(relation.origin);
  }
  return {
    scan,
    count: from.length,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    kinds: Uint8Array.from(kinds),
    origins: Uint8Array.from(relationOrigins),
  };
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** Host or framework; a server that several hosts configure, or a file that only links lead hosts to, names them all. */
function hostOf(properties: Properties): string {
  const own = textOf(properties['host']) || textOf(properties['framework']);
  if (own !== '') return own;
  const hosts = [properties['configurations'], properties['links']]
    .flat()
    .map((item) =>
      typeof item === 'object' && item !== null && !Array.isArray(item) ? textOf((item as Properties)['host']) : '',
    );
  return [...new Set(hosts.filter(Boolean))].sort().join(', ');
}

function repositoriesOf(properties: Properties): string {
  const several = properties['repositories'];
  return Array.isArray(several)
    ? several.map((item) => textOf(item as JsonValue)).join(', ')
    : textOf(properties['repository']);
}

/** Every word must occur; a name that begins with the text comes first, then names that hold it, then the rest. */
function search(
  columns: AssetColumns,
  searchable: readonly string[],
  ids: readonly string[],
  text: string,
  limit: number,
) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join(' ');
  const buckets: number[][] = [[], [], []];
  for (const [row, haystack] of searchable.entries()) {
    if (!words.every((word) => haystack.includes(word))) continue;
    const name = haystack.slice(0, haystack.indexOf('\n'));
    buckets[name.startsWith(whole) ? 0 : name.includes(whole) ? 1 : 2]?.push(row);
  }
  const names = columns.names.split('\n');
  const places = columns.places.split('\n');
  return buckets
    .flat()
    .slice(0, limit)
    .map((row) => ({
      id: ids[row] ?? '',
      kind: kindOfNumber(columns.kinds[row] ?? 0),
      name: names[row] ?? '',
      place: places[row] ?? '',
    }));
}

/** The detail of an asset with what people and imports say; also of one that only they know. */
function withAddedDetail(
  stored: ReturnType<typeof readAssetDetail>,
  id: string,
  additions: Additions,
  all: FactSnapshot,
): ReturnType<typeof readAssetDetail> {
  const asset = all.assets.find((each) => each.id === id);
  if (asset === undefined) return undefined;
  const ends = new Map(all.assets.map((each) => [each.id, { id: each.id, kind: each.kind, name: each.name }]));
  const added = additions.relations.flatMap((relation): NeighbourRow[] => {
    const direction = relation.from === id ? 'out' : relation.to === id ? 'in' : null;
    const other = direction === null ? undefined : ends.get(direction === 'out' ? relation.to : relation.from);
    return direction === null || other === undefined ? [] : [{ relation, direction, other }];
  });
  const relations = [...(stored?.relations ?? []), ...added];
  return {
    asset,
    relations: relations.slice(0, maxRelations),
    leftOut: (stored?.leftOut ?? 0) + Math.max(0, relations.length - maxRelations),
  };
}

type LinesWanted = {
  readonly root: number;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly context: number;
};

/** Only files that evidence points to are read: the page that asks is not trusted with the rest of the disk. */
function readSourceLines(connection: Connection, scan: number, wanted: LinesWanted): SourceLines {
  const root = scanRoots(connection, scan)[wanted.root];
  const known =
    root === undefined
      ? undefined
      : connection.prepare('SELECT id FROM place WHERE root = ? AND path = ?').pluck().get(root.id, wanted.file);
  if (root === undefined || known === undefined)
    throw new AppError('not-found', 'No fact of this scan stands in that file.');
  const path = root.path === '/' ? `/${wanted.file}` : `${root.path}/${wanted.file}`;
  const empty = { path, firstLine: 1, lines: [], masked: 0 };
  const place = resolveInside(onDisk(getScan(connection, scan)?.fsRoot ?? null, root.path), wanted.file);
  if (place.status !== 'inside') return { status: place.status === 'absent' ? 'absent' : 'unreadable', ...empty };
  const read = readSafely(place.path, maxSourceBytes);
  if (read.status !== 'read') return { status: read.status === 'skipped' ? 'unreadable' : read.status, ...empty };
  const all = decodeText(read.bytes).text.split(/\r\n|\n|\r/);
  const firstLine = Math.max(1, Math.min(wanted.line - wanted.context, all.length));
  const lastLine = Math.min(all.length, Math.max(wanted.endLine, wanted.line) + wanted.context, firstLine + 1000);
  const scanned = connection
    .prepare('SELECT sha256 FROM file WHERE root = ? AND path = ?')
    .pluck()
    .get(root.id, wanted.file) as string | undefined;
  const same = scanned === createHash('sha256').update(read.bytes).digest('hex');
  const { lines, masked } = maskLines(wanted.file, all.slice(firstLine - 1, lastLine));
  return { status: same ? 'read' : 'changed', path, firstLine, lines, masked };
}
