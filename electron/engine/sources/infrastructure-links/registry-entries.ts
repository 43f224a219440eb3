import type { Properties } from '../../../../shared/model/facts.ts';
import { records, text, textOrNull } from '../host/fact-view.ts';
import type { AssetDraft, Linker, MergedAsset } from '../source.ts';

/** A configured server and the entry of the registry that its package or address belongs to. */
export const registryEntriesLinker: Linker = {
  id: 'infrastructure-links/registry-entries',
  version: 1,
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
    return { assets, relations: [] };
  },
};

function nameOf(server: MergedAsset): string | null {
  const found = server.properties['package'];
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return null;
  const known = found as Properties;
  return `${text(known, 'registry')}:${text(known, 'name')}`;
}
