import type { Asset, JsonValue, Properties } from '../../../shared/model/facts.ts';
import { AppError } from '../errors.ts';
import { serversOf } from '../imports/mcp-tools/attach.ts';
import type { Connection } from '../store/driver.ts';
import { readSnapshot } from '../store/repos/facts-reader.ts';

/** The server of a scan by its id. Throws AppError where the scan has none. */
export function serverOf(
  connection: Connection,
  { scan, server }: { readonly scan: number; readonly server: string },
): Asset {
  const found = serversOf(readSnapshot(connection, scan).assets).find(({ id }) => id === server);
  if (found === undefined) throw new AppError('not-found', 'This is no MCP server of that scan.');
  return found;
}

export const configurationsOf = (server: Asset): readonly Properties[] => {
  const list = server.properties['configurations'];
  return Array.isArray(list)
    ? (list as readonly JsonValue[]).filter(
        (item): item is Properties => typeof item === 'object' && item !== null && !Array.isArray(item),
      )
    : [];
};
