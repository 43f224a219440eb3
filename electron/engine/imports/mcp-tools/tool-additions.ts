import type { Asset, JsonValue, Properties, Relation } from '../../../../shared/model/facts.ts';
import type { ListedTool } from '../../../../shared/model/tool-lists.ts';
import {
  descriptionProperties,
  instructionsProperties,
  listedToolKey,
  listedToolProperties,
} from '../../sources/mcp/tool-properties.ts';
import { publicAssetId, publicRelationId } from '../../store/fact-ids.ts';
import type { FactSnapshot } from '../../store/repos/facts-reader.ts';
import type { StoredImport } from '../../store/repos/imports.ts';
import { serversOf } from './attach.ts';
import { listsByServer, type StoredList, storedLists } from './tool-history.ts';

export type ToolAdditions = {
  readonly assets: readonly Asset[];
  readonly relations: readonly Relation[];
  readonly properties: ReadonlyMap<string, Properties>;
};

/**
 * Tools that servers were seen to offer, from imported and asked lists: the newest list of each server counts. A tool that
 * the scan knows (from the server's code, from a host's cache) gets what the list says; the others become tools of their own.
 */
export function toolAdditions(snapshot: FactSnapshot, imports: readonly StoredImport[]): ToolAdditions {
  const assets: Asset[] = [];
  const relations: Relation[] = [];
  const properties = new Map<string, Properties>();
  if (!imports.some(({ content }) => content.type === 'tools')) return { assets, relations, properties };
  const byId = new Map(snapshot.assets.map((asset) => [asset.id, asset]));
  const lists = listsByServer(storedLists(imports, serversOf(snapshot.assets)).filter(({ isCurrent }) => isCurrent));
  for (const [id, all] of lists) {
    const newest = all.at(-1);
    const server = byId.get(id);
    if (newest === undefined || server === undefined) continue;
    properties.set(id, { toolLists: all.map(sourceOf), ...instructionsProperties(newest.list.instructions) });
    const known = exposedTools(snapshot, id, byId);
    for (const tool of newest.list.tools) {
      const asset = known.get(tool.name);
      if (asset === undefined) {
        const made = listedAsset(server, tool, newest);
        assets.push(made);
        relations.push(exposes(server, made, newest));
      } else {
        properties.set(asset.id, { ...properties.get(asset.id), ...listed(asset, tool, newest) });
      }
    }
  }
  return { assets, relations, properties };
}

/** Tools that the scan says a server offers, by their names. */
export function exposedTools(
  snapshot: Pick<FactSnapshot, 'relations'>,
  server: string,
  byId: ReadonlyMap<string, Asset>,
): ReadonlyMap<string, Asset> {
  const found = new Map<string, Asset>();
  for (const relation of snapshot.relations) {
    if (relation.kind !== 'exposes' || relation.from !== server) continue;
    const tool = byId.get(relation.to);
    if (tool?.kind === 'tool' && !found.has(tool.name)) found.set(tool.name, tool);
  }
  return found;
}

export const sourceOf = ({ origin, file, by, at, list, attachment }: StoredList): Properties => ({
  origin,
  file,
  line: list.line,
  by,
  at,
  tools: list.tools.length,
  ...(attachment.type === 'attached' ? { matchedBy: attachment.by } : {}),
});

/** What a list says of a tool that the scan has seen itself. What the code does counts before what the server says. */
function listed(asset: Asset, tool: ListedTool, from: StoredList): Properties {
  const own = asset.properties['definitionHash'] ?? asset.properties['descriptionHash'];
  const said = tool.description?.hash ?? null;
  const before = asset.properties['descriptionHash'];
  return {
    ...Object.fromEntries(
      Object.entries(descriptionProperties(tool)).filter(
        ([name]) => own === undefined || asset.properties[name] === undefined,
      ),
    ),
    listed: { ...sourceOf(from), definitionHash: tool.hash, descriptionHash: said },
    ...(typeof before === 'string' && said !== null && before !== said ? { differsFromListed: ['description'] } : {}),
  };
}

function listedAsset(server: Asset, tool: ListedTool, from: StoredList): Asset {
  const source = sourceOf(from);
  const properties = listedToolProperties(tool);
  return {
    // The server's public id stands for its natural key, which a snapshot does not carry.
    id: publicAssetId('tool', listedToolKey(server.id, tool.name)),
    kind: 'tool',
    name: tool.name,
    origin: 'observed',
    confidence: confidenceOf(from),
    properties: { ...properties, importedFrom: { ...source, line: tool.line } as JsonValue },
    evidence: [],
  };
}

const confidenceOf = ({ origin }: StoredList): Asset['confidence'] => (origin === 'introspection' ? 'high' : 'medium');

const exposes = (server: Asset, tool: Asset, from: StoredList): Relation => ({
  id: publicRelationId('exposes', server.id, tool.id, ''),
  kind: 'exposes',
  from: server.id,
  to: tool.id,
  origin: 'observed',
  confidence: confidenceOf(from),
  properties: { importedFrom: sourceOf(from) },
  evidence: [],
});
