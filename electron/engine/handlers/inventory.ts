import { assetKinds } from '../../../shared/kinds.ts';
import { contextOverview } from '../context-files/context-overview.ts';
import type { Handlers } from '../engine.ts';
import { AppError } from '../errors.ts';
import { inventoryColumns, type SeenBook } from '../owners/inventory-columns.ts';
import { inventorySummary } from '../owners/inventory-summary.ts';
import { declaredEvents, lifecycleEvents, newestFirst, scanTimes, seenOf } from '../owners/lifecycle.ts';
import { ownersByAsset } from '../owners/owners-of.ts';
import type { WorkspaceFactsReader } from '../owners/workspace-facts.ts';
import type { Session } from '../session.ts';
import type { Connection } from '../store/driver.ts';
import { completeScans, readForms, readNames, readSpans } from '../store/repos/asset-lifecycle.ts';
import { readRecordHistory } from '../store/repos/asset-records.ts';
import { getScan, latestCompleteScan, latestScan, readCoverage } from '../store/repos/scans.ts';

export type InventoryDeps = {
  readonly session: Session;
  readonly facts: WorkspaceFactsReader;
  readonly now: () => number;
};

type InventoryCalls = Extract<keyof Handlers, `inventory.${string}`>;

export function createInventoryHandlers({ session, facts, now }: InventoryDeps): Pick<Handlers, InventoryCalls> {
  return {
    'inventory.columns': ({ scan }) => {
      const { connection } = session.require();
      return inventoryColumns(facts.of(connection, session.scan(scan)), seenBook(connection));
    },
    'inventory.summary': ({ scan: wanted, staleAfterDays }) => {
      const { connection } = session.require();
      const number = session.scan(wanted);
      const scan = getScan(connection, number);
      if (scan === undefined) throw new AppError('not-found', `There is no scan ${number}.`);
      const places = readCoverage(connection, number).length;
      return inventorySummary(facts.of(connection, number), { scan, places, now: now(), staleAfterDays });
    },
    'inventory.lifecycle': ({ asset }) => {
      const { connection } = session.require();
      const times = scanTimes(completeScans(connection));
      const forms = [...readForms(connection, { asset })];
      const scanned = lifecycleEvents(forms, times);
      const scan = latestScan(connection);
      const all = scan === null ? null : facts.of(connection, scan).all;
      const name = all?.assets.find(({ id }) => id === asset) ?? forms.at(-1);
      const declared = declaredEvents(readRecordHistory(connection, asset), () => name);
      return {
        ...seenOf(forms, scanned, times, latestCompleteScan(connection)),
        owners: all === null ? [] : [...(ownersByAsset(all).get(asset) ?? [])],
        events: newestFirst([...scanned, ...declared]),
      };
    },
    'inventory.events': ({ kinds, limit }) => {
      const { connection } = session.require();
      const wanted = kinds.length === 0 ? assetKinds : kinds;
      const times = scanTimes(completeScans(connection));
      const names = readNames(connection);
      const declared = declaredEvents(readRecordHistory(connection, null), (asset) => {
        const named = names.get(asset);
        return named !== undefined && wanted.includes(named.kind) ? named : undefined;
      });
      const scanned = lifecycleEvents(readForms(connection, { kinds: wanted }), times);
      return newestFirst([...scanned, ...declared]).slice(0, limit);
    },
    'inventory.context': ({ scan }) => contextOverview(facts.of(session.require().connection, session.scan(scan))),
  };
}

function seenBook(connection: Connection): SeenBook {
  return {
    spans: readSpans(connection),
    times: scanTimes(completeScans(connection)),
    latest: latestCompleteScan(connection),
  };
}
