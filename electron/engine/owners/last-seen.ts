import type { Found } from '../registry-files/compare.ts';
import type { Connection } from '../store/driver.ts';
import { completeScans, readGoneForms, readSpans } from '../store/repos/asset-lifecycle.ts';
import { repositoriesOf } from './additions.ts';
import { scanTimes } from './lifecycle.ts';

/** When the last complete scan that saw a thing began, milliseconds since 1970; null where none saw it. */
export function lastSeenBy(connection: Connection): (asset: string) => number | null {
  const scans = completeScans(connection);
  const times = scanTimes(scans);
  const spans = readSpans(connection);
  return (asset) => {
    const span = spans.get(asset);
    if (span === undefined) return null;
    return span.until === null ? (scans.at(-1)?.startedAt ?? null) : (times.before(span.until)?.at ?? null);
  };
}

/** Agents and servers that earlier scans saw and this one does not: a register may still speak of them. */
export const goneThings = (connection: Connection, scan: number): readonly Found[] =>
  readGoneForms(connection, scan, ['agent', 'mcp-server']).flatMap(
    ({ asset, kind, name, properties, files }): Found[] =>
      kind === 'agent' || kind === 'mcp-server'
        ? [{ id: asset, kind, name, repositories: repositoriesOf(properties), files }]
        : [],
  );
