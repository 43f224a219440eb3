import { configurationsOf, text, textOrNull, texts } from '../host/fact-view.ts';
import type { FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';

/** Hosts whose plugins bring skills and nothing else that lies in Markdown or `.mcp.json`. */
const skillsOnly: ReadonlySet<string> = new Set(['gemini-cli']);
const partFolders = /\/(?:skills|agents|commands)\//;
/** `.claude/agents/x.md` is the folder's own, also where the folder is a plugin. */
const hostFolders = /\/\.[a-z]+\/(?:skills|agents|commands)\//;

/**
 * A plugin exposes what lies in its folder. One folder may be the plugin of several hosts at once, and a marketplace may
 * cut one folder into several plugins that name their parts (`parts`): then each exposes the parts that it names.
 */
export const pluginPartsLinker: Linker = {
  id: 'shared-instructions/plugin-parts',
  version: 1,
  link(facts) {
    const plugins = pluginsByRoot(facts);
    if (plugins.size === 0) return { assets: [], relations: [] };
    const relations: RelationDraft[] = [];
    const expose = (part: Pick<MergedAsset, 'kind' | 'key'>, place: string): void => {
      for (const plugin of ownersOf(plugins, place, part.kind)) relations.push(exposes(plugin, part));
    };
    const adding = facts.assets('plugin').filter((plugin) => texts(plugin.properties, 'addedParts').length > 0);
    for (const kind of ['skill', 'agent', 'prompt'] as const) {
      for (const part of facts.assets(kind)) {
        const place = part.evidence[0]?.place;
        if (place === undefined || (kind === 'prompt' && part.properties['role'] !== 'command')) continue;
        if (kind === 'agent' && part.properties['subAgent'] !== true) continue;
        if (partFolders.test(place) && !hostFolders.test(place)) expose(part, place);
        for (const plugin of adding) {
          if (texts(plugin.properties, 'addedParts').some((added) => isWithin(place, added)))
            relations.push(exposes(plugin, part));
        }
      }
    }
    for (const { server, facts: configuration } of configurationsOf(facts, 'claude-code')) {
      const place = text(configuration, 'place');
      if (place.endsWith('/.mcp.json')) expose(server, place);
    }
    return { assets: [], relations };
  },
};

const isWithin = (place: string, folder: string): boolean => place === folder || place.startsWith(`${folder}/`);

const exposes = (plugin: MergedAsset, part: Pick<MergedAsset, 'kind' | 'key'>): RelationDraft => ({
  kind: 'exposes',
  from: { kind: 'plugin', key: plugin.key },
  to: { kind: part.kind, key: part.key },
});

function pluginsByRoot(facts: FactIndex): ReadonlyMap<string, readonly MergedAsset[]> {
  const plugins = new Map<string, MergedAsset[]>();
  for (const plugin of facts.assets('plugin')) {
    const root = textOrNull(plugin.properties, 'root');
    if (root === null) continue;
    const known = plugins.get(root);
    if (known === undefined) plugins.set(root, [plugin]);
    else known.push(plugin);
  }
  return plugins;
}

/** The plugins of the nearest folder that has some. */
function ownersOf(
  plugins: ReadonlyMap<string, readonly MergedAsset[]>,
  place: string,
  kind: MergedAsset['kind'],
): readonly MergedAsset[] {
  for (const folder of foldersOf(place)) {
    const found = plugins
      .get(folder)
      ?.filter((plugin) => kind === 'skill' || !skillsOnly.has(text(plugin.properties, 'host')));
    if (found === undefined || found.length === 0) continue;
    return found.filter((plugin) => {
      const parts = texts(plugin.properties, 'parts');
      return parts.length === 0 || parts.some((part) => isWithin(place, part));
    });
  }
  return [];
}

/** Folders above a place, the nearest first. */
function foldersOf(place: string): readonly string[] {
  const parts = place.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('/'));
}
