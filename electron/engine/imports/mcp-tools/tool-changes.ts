import type { Change } from '../../../../shared/model/changes.ts';
import type { Asset, Evidence } from '../../../../shared/model/facts.ts';
import { publicAssetId } from '../../store/fact-ids.ts';
import { listedToolKey } from '../../sources/mcp/tool-properties.ts';
import { compareToolLists, type ToolChange } from './drift.ts';
import type { StoredList } from './tool-history.ts';

/** Where evidence of a comparison stands that is no file of a scan: the last root of a side. */
export const importedRoot = 'imported lists and asked servers';

const evidenceOf = (list: StoredList, line: number | null, root: number): Evidence[] =>
  line === null ? [] : [{ root, file: list.file, line, endLine: line, source: `mcp-tools/${list.origin}` }];

/** A difference between two lists of one server as a comparison of scans tells its own. `roots`: positions of the imported root. */
export function asChange(
  server: Asset,
  before: StoredList,
  after: StoredList,
  { change, tool, fields, before: old, after: fresh }: ToolChange,
  roots: { readonly before: number; readonly after: number },
): Change {
  return {
    change,
    kind: tool === null ? 'mcp-server' : 'tool',
    id: tool === null ? server.id : publicAssetId('tool', listedToolKey(server.id, tool)),
    name: tool === null ? server.name : `${tool} · ${server.name}`,
    fields: fields as Change['fields'],
    before: evidenceOf(before, old, roots.before),
    after: evidenceOf(after, fresh, roots.after),
  };
}

/**
 * What became of the tools of the servers between two moments: the lists that held then. A server whose first list is later
 * than the first moment is compared from that list on, so that a change after it is seen.
 */
export function changesBetween(
  lists: ReadonlyMap<string, readonly StoredList[]>,
  servers: ReadonlyMap<string, Asset>,
  from: number,
  to: number,
  roots: { readonly before: number; readonly after: number },
): Change[] {
  const changes: Change[] = [];
  for (const [id, all] of lists) {
    const server = servers.get(id);
    const known = all.filter(({ at }) => at <= to);
    const before = known.findLast(({ at }) => at <= from) ?? known[0];
    const after = known.at(-1);
    if (server === undefined || before === undefined || after === undefined || before === after) continue;
    for (const change of compareToolLists(before.list, after.list))
      changes.push(asChange(server, before, after, change, roots));
  }
  return changes;
}
