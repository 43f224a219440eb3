import type { ListAttachment } from '../../../shared/contract/introspection.ts';
import type { Change } from '../../../shared/model/changes.ts';
import type { Asset } from '../../../shared/model/facts.ts';
import { serversOf } from '../imports/mcp-tools/attach.ts';
import { compareToolLists } from '../imports/mcp-tools/drift.ts';
import { asChange } from '../imports/mcp-tools/tool-changes.ts';
import { listsByServer, type StoredList, storedLists } from '../imports/mcp-tools/tool-history.ts';
import type { Connection } from '../store/driver.ts';
import { readSnapshot } from '../store/repos/facts-reader.ts';
import { readImports } from '../store/repos/imports.ts';

/** Lists of tools that count, with the server of the scan that each belongs to. */
export function attachmentsOf(connection: Connection, scan: number): ListAttachment[] {
  const imports = readImports(connection).filter(({ type }) => type === 'tools');
  if (imports.length === 0) return [];
  const servers = serversOf(readSnapshot(connection, scan).assets);
  return storedLists(imports, servers).map(asAttachment);
}

function asAttachment({ import: id, file, origin, list, attachment }: StoredList): ListAttachment {
  return {
    import: id,
    file,
    line: list.line,
    origin,
    name: list.server.name || list.server.presentedName || list.server.endpoint,
    host: list.server.host,
    tools: list.tools.length,
    server: attachment.type === 'attached' ? { id: attachment.server.id, name: attachment.server.name } : null,
    by: attachment.type === 'unknown' ? '' : attachment.by,
    candidates: attachment.type === 'ambiguous' ? attachment.candidates.slice(0, 50).map(candidate) : [],
    why:
      attachment.type === 'unknown'
        ? attachment.why
        : attachment.type === 'ambiguous'
          ? `${attachment.candidates.length} servers fit by ${attachment.by}`
          : '',
  };
}

const candidate = ({ id, kind, name, evidence: [first] }: Asset): ListAttachment['candidates'][number] => ({
  id,
  kind,
  name,
  place: first === undefined ? null : { file: first.file, line: first.line },
});

/** What the newest list of each server that came with one of these imports says differently from the list before it. */
export function latestDrift(connection: Connection, scan: number, imports: ReadonlySet<number>): Change[] {
  const all = readImports(connection, 'all').filter(({ type }) => type === 'tools');
  const servers = serversOf(readSnapshot(connection, scan).assets);
  const byId = new Map(servers.map((server) => [server.id, server]));
  return [...listsByServer(storedLists(all, servers))].flatMap(([id, lists]) => {
    const [before, after] = [lists.at(-2), lists.at(-1)];
    const server = byId.get(id);
    if (server === undefined || before === undefined || after === undefined || !imports.has(after.import)) return [];
    return compareToolLists(before.list, after.list).map((change) =>
      asChange(server, before, after, change, { before: 0, after: 0 }),
    );
  });
}
