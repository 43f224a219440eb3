import type { Properties } from '../../../../shared/model/facts.ts';
import { records, text, textOrNull } from '../host/fact-view.ts';
import type { AssetDraft, AssetRef, Linker, MergedAsset, SameThing } from '../source.ts';

/**
 * A configured server and the entry of the registry that its package or address belongs to; and the entry of a package with
 * the server that the package implements, which are one.
 */
export const registryEntriesLinker: Linker = {
  id: 'infrastructure-links/registry-entries',
  version: 2,
  link(facts) {
    const servers = facts.assets('mcp-server');
    const entries = servers.filter((server) => textOrNull(server.properties, 'registryName') !== null);
    const byName = new Map<string, MergedAsset>();
    for (const entry of entries) {
      for (const one of records(entry.properties, 'registryPackages'))
        byName.set(`${text(one, 'registry').replace('docker', 'oci')}:${text(one, 'name')}`, entry);
      for (const one of records(entry.properties, 'registryRemotes'))
        byName.set(`url:${text(one, 'url').replace(/\/$/, '')}`, entry);
    }
    const assets = servers.flatMap((server): AssetDraft[] => {
      const entry =
        byName.get(nameOf(server) ?? '') ?? byName.get(`url:${text(server.properties, 'url').replace(/\/$/, '')}`);
      if (entry === undefined || entry.key === server.key) return [];
      return [
        {
          kind: 'mcp-server',
          key: server.key,
          name: server.name,
          properties: {
            registryEntry: {
              name: text(entry.properties, 'registryName'),
              key: entry.key,
              place: entry.evidence[0]?.place ?? '',
            },
          },
        },
      ];
    });
    return { assets, relations: [], same: implementations(servers) };
  },
};

function nameOf(server: MergedAsset): string | null {
  const found = server.properties['package'];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return null;
  const known = found as Properties;
  return `${text(known, 'registry')}:${text(known, 'name')}`;
}

/**
 * The one server that is implemented below the folder of an entry, and in no folder of another entry below that. Two
 * servers in one package, or two packages for one server, stay apart.
 */
function implementations(servers: readonly MergedAsset[]): readonly SameThing[] {
  const entries = servers.flatMap((entry) => {
    const declared = text(entry.properties, 'declaredIn');
    return declared === '' || isImplemented(entry) ? [] : [{ entry, folder: folderOf(declared) }];
  });
  if (entries.length === 0) return [];
  const codeOf = new Map<MergedAsset, MergedAsset[]>();
  for (const code of servers) {
    if (!isImplemented(code) || /^(?:test|example)$/.test(text(code.properties, 'location'))) continue;
    const place = text(code.properties, 'implementedIn') || (code.evidence[0]?.place ?? '');
    const above = entries.filter(({ folder }) => place.startsWith(`${folder}/`));
    const nearest = Math.max(...above.map(({ folder }) => folder.length));
    const [only, other] = above.filter(({ folder }) => folder.length === nearest);
    if (only !== undefined && other === undefined) codeOf.set(only.entry, [...(codeOf.get(only.entry) ?? []), code]);
  }
  return [...codeOf].flatMap(([entry, [code, other]]) =>
    code === undefined || other !== undefined ? [] : [{ from: refOf(code), into: refOf(entry) }],
  );
}

const refOf = ({ kind, key }: MergedAsset): AssetRef => ({ kind, key });
const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));

/** A program of its own: a server inside of an agent's program is published by nobody. */
const isImplemented = ({ properties }: MergedAsset): boolean =>
  (properties['implementedHere'] === true || properties['implemented'] === true) &&
  properties['transport'] !== 'in-process';
