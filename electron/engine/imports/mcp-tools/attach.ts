import type { Asset, JsonValue, Properties } from '../../../../shared/model/facts.ts';
import type { ToolList } from '../../../../shared/model/tool-lists.ts';
import { publicAssetId } from '../../store/fact-ids.ts';

export type AttachedBy = 'given' | 'endpoint' | 'name and host' | 'name' | 'presented name';

/** Which server a list of tools belongs to. Where several fit none is taken. */
export type Attachment =
  | { readonly type: 'attached'; readonly server: Asset; readonly by: AttachedBy }
  | { readonly type: 'ambiguous'; readonly candidates: readonly Asset[]; readonly by: AttachedBy }
  | { readonly type: 'unknown'; readonly why: string };

export const serversOf = (assets: readonly Asset[]): readonly Asset[] =>
  assets.filter((asset) => asset.kind === 'mcp-server');

/**
 * By the server that somebody named, else by what it is reached at, by its name in one host, by its name anywhere, and last
 * by the name that it gives itself.
 */
export function attach(list: ToolList, given: string, servers: readonly Asset[]): Attachment {
  if (given !== '') {
    const server = servers.find(({ id }) => id === given);
    return server === undefined
      ? { type: 'unknown', why: 'the server that it was read from is not part of this scan' }
      : { type: 'attached', server, by: 'given' };
  }
  const { name, host, endpoint, key, presentedName } = list.server;
  if (name === '' && endpoint === '' && presentedName === '')
    return { type: 'unknown', why: 'the file does not say whose tools these are' };
  const ways: readonly (readonly [AttachedBy, (server: Asset) => boolean])[] = [
    ['endpoint', (server) => key !== '' && server.id === publicAssetId('mcp-server', key)],
    [
      'endpoint',
      (server) =>
        endpoint !== '' && (server.properties['commandLine'] === endpoint || server.properties['url'] === endpoint),
    ],
    ['name and host', (server) => name !== '' && host !== '' && namesOf(server, host).includes(name)],
    ['name', (server) => name !== '' && (server.name === name || namesOf(server, null).includes(name))],
    ['presented name', (server) => presentedName !== '' && server.name === presentedName],
  ];
  for (const [by, fits] of ways) {
    const candidates = servers.filter(fits);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return { type: 'attached', server: only, by };
    if (candidates.length > 1) return { type: 'ambiguous', candidates, by };
  }
  return { type: 'unknown', why: `no server of this scan is called "${name || presentedName || endpoint}"` };
}

/** Names under which hosts know a server; of one host, or of all. */
function namesOf(server: Asset, host: string | null): readonly string[] {
  const list = server.properties['configurations'];
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonValue[]).flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const { name, host: of } = item as Properties;
    return typeof name === 'string' && (host === null || of === host) ? [name] : [];
  });
}
