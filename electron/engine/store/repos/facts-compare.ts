import type { ScanChange } from '../../../../shared/contract/scans.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { Connection } from '../driver.ts';
import { kindOfNumber } from './facts-reader.ts';

export type FactComparison = {
  readonly assets: ScanChange[];
  readonly relationsAdded: number;
  readonly relationsRemoved: number;
  readonly relationsChanged: number;
};

type FormRow = [number, string, number, string, string, string];

/** What is different between two complete scans. Only rows that began or ended in between are read, not both worlds. */
export function compareScans(connection: Connection, from: number, to: number): FactComparison {
  const [earlier, later] = from <= to ? [from, to] : [to, from];
  const before = formsAt(connection, earlier, later, 'earlier');
  const after = formsAt(connection, earlier, later, 'later');
  const [old, fresh] = from <= to ? [before, after] : [after, before];
  const changes: ScanChange[] = [];
  for (const [asset, [, id, kind, name, properties]] of fresh) {
    const known = old.get(asset);
    if (known === undefined) changes.push({ change: 'added', id, kind: kindOfNumber(kind), name, properties: [] });
    else {
      const differing = differingProperties(JSON.parse(known[4]) as Properties, JSON.parse(properties) as Properties);
      if (known[3] !== name) differing.unshift('name');
      // A fact that only moved within its file is the same fact.
      if (differing.length > 0)
        changes.push({ change: 'changed', id, kind: kindOfNumber(kind), name, properties: differing });
    }
  }
  for (const [asset, [, id, kind, name]] of old) {
    if (!fresh.has(asset)) changes.push({ change: 'removed', id, kind: kindOfNumber(kind), name, properties: [] });
  }
  changes.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.id, b.id));
  const relations = compareRelations(connection, earlier, later);
  return {
    assets: changes,
    relationsAdded: from <= to ? relations.added : relations.removed,
    relationsRemoved: from <= to ? relations.removed : relations.added,
    relationsChanged: relations.changed,
  };
}

/** Forms of assets that hold at one end and not unchanged at the other. */
function formsAt(
  connection: Connection,
  earlier: number,
  later: number,
  end: 'earlier' | 'later',
): Map<number, FormRow> {
  const condition =
    end === 'earlier'
      ? 'v.since <= @earlier AND v.until IS NOT NULL AND v.until > @earlier AND v.until <= @later'
      : 'v.since > @earlier AND v.since <= @later AND (v.until IS NULL OR v.until > @later)';
  const rows = connection
    .prepare(
      `SELECT asset.id, asset.public_id, asset.kind, v.name, v.properties, v.evidence
       FROM asset_version v JOIN asset ON asset.id = v.asset JOIN scan ON scan.number = v.since
       WHERE scan.status = 'complete' AND ${condition}`,
    )
    .raw()
    .iterate({ earlier, later }) as IterableIterator<FormRow>;
  const forms = new Map<number, FormRow>();
  for (const row of rows) forms.set(row[0], row);
  return forms;
}

/** As with assets, a relation that only moved within its files is the same. */
function compareRelations(
  connection: Connection,
  earlier: number,
  later: number,
): { added: number; removed: number; changed: number } {
  const read = (condition: string): Map<string, string> =>
    new Map(
      connection
        .prepare(
          `SELECT r.from_asset || ' ' || r.kind || ' ' || r.to_asset || ' ' || r.discriminator,
                  r.origin || ' ' || r.confidence || ' ' || r.dynamic || ' ' || r.properties
           FROM relation r JOIN scan ON scan.number = r.since WHERE scan.status = 'complete' AND ${condition}`,
        )
        .raw()
        .all({ earlier, later }) as [string, string][],
    );
  const gone = read('r.since <= @earlier AND r.until IS NOT NULL AND r.until > @earlier AND r.until <= @later');
  const come = read('r.since > @earlier AND r.since <= @later AND (r.until IS NULL OR r.until > @later)');
  const both = [...come].filter(([key]) => gone.has(key));
  const changed = both.filter(([key, form]) => gone.get(key) !== form).length;
  return { added: come.size - both.length, removed: gone.size - both.length, changed };
}

/** Names of properties whose values differ, sorted. */
export function differingProperties(first: Properties, second: Properties): string[] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names]
    .filter((name) => JSON.stringify(first[name] ?? null) !== JSON.stringify(second[name] ?? null))
    .sort();
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
