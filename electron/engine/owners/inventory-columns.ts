import { packText } from '../../../shared/contract/columns.ts';
import type { InventoryColumns } from '../../../shared/contract/inventory.ts';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { SeenSpan } from '../store/repos/asset-lifecycle.ts';
import type { ScanTimes } from './lifecycle.ts';
import { ownersByAsset, surestOwners } from './owners-of.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

export type SeenBook = {
  readonly spans: ReadonlyMap<string, SeenSpan>;
  readonly times: ScanTimes;
  readonly latest: number | null;
};

/** What stands beside the facts, row by row as the columns of the assets. */
export function inventoryColumns(facts: WorkspaceFacts, seen: SeenBook): InventoryColumns {
  const owners = ownersByAsset(facts.all);
  const { records } = facts.sources;
  const rows = facts.all.assets.map((asset) => {
    const { properties } = asset;
    const governance = recordOf(properties['governance']);
    const environment = recordOf(properties['deployedTo']);
    const label = recordOf(properties['classification']);
    const named = surestOwners(owners.get(asset.id), records.get(asset.id)?.record.owner === '');
    return {
      id: asset.id,
      owners: named.map(({ name }) => name).join(', '),
      ownedBy: named[0]?.by ?? '',
      ownerGuessed: named[0]?.guess === true ? 1 : 0,
      state: textOf(governance, 'state') || (properties['imported'] === true ? textOf(properties, 'state') : ''),
      registered: registeredWord(governance['registered']),
      domain: textOf(governance, 'domain') || textOf(properties, 'domain'),
      environment: textOf(environment, 'name'),
      environmentGuessed: environment['guess'] === true ? 1 : 0,
      class: textOf(label, 'class'),
      classGuessed: label['guess'] === true ? 1 : 0,
      origin: properties['imported'] === true ? textOf(properties, 'origin') : 'scanned',
      framework: textOf(properties, 'framework'),
      location: textOf(properties, 'location'),
      ...seenOfRow(asset.id, seen),
    };
  });
  const text = (
    name: Exclude<keyof (typeof rows)[number], 'ownerGuessed' | 'environmentGuessed' | 'classGuessed'>,
  ): string => packText(rows.map((row) => row[name]));
  const bytes = (name: 'ownerGuessed' | 'environmentGuessed' | 'classGuessed'): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(rows.map((row) => row[name]));
  return {
    scan: facts.scanned.scan,
    count: rows.length,
    ids: text('id'),
    owners: text('owners'),
    ownedBy: text('ownedBy'),
    ownerGuessed: bytes('ownerGuessed'),
    states: text('state'),
    registered: text('registered'),
    domains: text('domain'),
    environments: text('environment'),
    environmentGuessed: bytes('environmentGuessed'),
    classes: text('class'),
    classGuessed: bytes('classGuessed'),
    origins: text('origin'),
    frameworks: text('framework'),
    locations: text('location'),
    firstSeen: text('firstSeen'),
    lastSeen: text('lastSeen'),
  };
}

function seenOfRow(id: string, { spans, times, latest }: SeenBook): { firstSeen: string; lastSeen: string } {
  const span = spans.get(id);
  if (span === undefined) return { firstSeen: '', lastSeen: '' };
  const last =
    span.until === null ? (latest === null ? null : times.at(latest)) : (times.before(span.until)?.at ?? null);
  return { firstSeen: String(times.at(span.first)), lastSeen: last === null ? '' : String(last) };
}

const registeredWord = (value: JsonValue | undefined): string =>
  value === true ? 'yes' : value === false ? 'no' : value === 'ambiguous' ? 'ambiguous' : '';

const recordOf = (value: JsonValue | undefined): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
const textOf = (properties: Properties, key: string): string => {
  const value = properties[key];
  return typeof value === 'string' ? value : '';
};
