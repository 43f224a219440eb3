import type { ComparedEntry, NamedOwner, RegistryComparison, ShadowAgent } from '../../../shared/contract/registry.ts';
import type { Asset } from '../../../shared/model/facts.ts';
import { ownersByAsset } from '../owners/owners-of.ts';
import type { WorkspaceFacts } from '../owners/workspace-facts.ts';
import type { FactSnapshot } from '../store/repos/facts-reader.ts';
import { type Found, matchRegistry, type Registered } from './compare.ts';

/** When a thing was last seen by a complete scan, milliseconds since 1970; null where none saw it. */
export type LastSeen = (asset: string) => number | null;

/** The comparison of what was found with what is registered, as people and scripts read it. `earlier`: what only earlier scans saw. */
export function registryComparison(
  facts: WorkspaceFacts,
  lastSeen: LastSeen,
  earlier: readonly Found[],
): RegistryComparison {
  const { additions, scanned, sources } = facts;
  const { registry } = additions;
  const assets = new Map(scanned.assets.map((asset) => [asset.id, asset]));
  const owners = ownersByAsset(facts.all);
  const abilities = abilitiesOf(scanned);
  const files = sources.imports.flatMap(({ content, name }) => (content.type === 'registry' ? [name] : []));
  return {
    scan: scanned.scan,
    files,
    found: scanned.assets.filter(({ kind }) => kind === 'agent').length,
    registered: sources.imports.reduce(
      (sum, { content }) => sum + (content.type === 'registry' ? content.entries.length : 0),
      0,
    ),
    both: registry.both.map(({ found, registered, by }) => ({
      entry: entryOf(registered),
      asset: thingOf(found, assets),
      by,
    })),
    // Without a register nothing is registered, but nothing is in the shadow either.
    shadow: (files.length === 0 ? [] : registry.shadow).map((found): ShadowAgent => {
      const asset = assets.get(found.id);
      return {
        ...thingOf(found, assets),
        lastSeen: lastSeen(found.id),
        owners: [...(owners.get(found.id) ?? [])] satisfies NamedOwner[],
        source: asset?.evidence[0]?.source ?? '',
        confidence: asset?.confidence ?? 'low',
        ...abilities(found.id),
      };
    }),
    gone: registry.gone.map((registered) => ({
      entry: entryOf(registered),
      lastSeen: lastSeen(matchRegistry(earlier, [registered]).both[0]?.found.id ?? ''),
    })),
    ambiguous: registry.ambiguous.map(({ registered, candidates }) => ({
      entry: entryOf(registered),
      candidates: candidates.map((found) => thingOf(found, assets)),
    })),
    imported: additions.imported.map(({ id, agent, registered }) => ({
      id,
      name: agent.name,
      system: agent.system,
      entry: registered === null ? null : entryOf(registered),
    })),
  };
}

const entryOf = ({ entry, file }: Registered): ComparedEntry => ({
  file,
  line: entry.line,
  id: entry.id,
  kind: entry.kind,
  name: entry.name,
  repository: entry.repository,
  owner: entry.owner,
  state: entry.state,
});

function thingOf({ id, kind, name }: Found, assets: ReadonlyMap<string, Asset>) {
  const first = assets.get(id)?.evidence[0];
  return { id, kind, name, place: first === undefined ? '' : `${first.file}:${first.line}` };
}

type Abilities = Pick<ShadowAgent, 'hasTools' | 'hasData' | 'canExecute'>;

/** A host brings tools of its own that read files and run commands; an agent in code has what its relations say. */
function abilitiesOf(facts: FactSnapshot): (asset: string) => Abilities {
  const assets = new Map(facts.assets.map((asset) => [asset.id, asset]));
  const found = new Map<string, { -readonly [K in keyof Abilities]: boolean }>();
  const of = (id: string) => {
    const known = found.get(id) ?? { hasTools: false, hasData: false, canExecute: false };
    found.set(id, known);
    return known;
  };
  for (const asset of facts.assets) {
    const isHost =
      asset.kind === 'agent' &&
      typeof asset.properties['host'] === 'string' &&
      asset.properties['framework'] === undefined;
    if (isHost) found.set(asset.id, { hasTools: true, hasData: true, canExecute: true });
  }
  for (const { kind, from, to } of facts.relations) {
    const target = assets.get(to);
    if (target === undefined) continue;
    const own = of(from);
    if (target.kind === 'tool' || target.kind === 'mcp-server' || target.kind === 'skill')
      own.hasTools ||= kind === 'uses' || kind === 'exposes';
    if (target.kind === 'data-store') own.hasData = true;
    if (kind === 'executes') own.canExecute = true;
    const classes = classesOf(target);
    if (classes.includes('reads-private')) own.hasData = true;
    if (classes.includes('executes-code')) own.canExecute = true;
  }
  return (asset) => of(asset);
}

function classesOf(tool: Asset): readonly string[] {
  const classes = tool.properties['capabilities'];
  if (tool.kind !== 'tool' || !Array.isArray(classes)) return [];
  return classes.flatMap((item) =>
    typeof item === 'string'
      ? [item]
      : typeof item === 'object' &&
          item !== null &&
          !Array.isArray(item) &&
          'class' in item &&
          typeof item.class === 'string'
        ? [item.class]
        : [],
  );
}
