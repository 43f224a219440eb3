import type { Confidence } from '../../../shared/kinds.ts';
import type { Asset, Properties, Relation } from '../../../shared/model/facts.ts';
import type { ImportedAgent } from '../../../shared/model/imports.ts';
import { type ContextLabels, contextRows, labelsFor } from '../context-files/imported-labels.ts';
import {
  fitsImported,
  type Found,
  matchRegistry,
  type Registered,
  type RegistryMatch,
} from '../registry-files/compare.ts';
import { toolAdditions } from '../imports/mcp-tools/tool-additions.ts';
import { importedKey } from '../registry-files/agent-list.ts';
import { ownerNamed } from '../sources/owners/owner-names.ts';
import { publicAssetId, publicRelationId } from '../store/fact-ids.ts';
import type { SaidRecord } from '../store/repos/asset-records.ts';
import type { FactSnapshot } from '../store/repos/facts-reader.ts';
import type { StoredImport } from '../store/repos/imports.ts';

/** What people and imported files say beside the facts of a scan. Never stored as facts: a scan cannot end it. */
export type Additions = {
  /** Imported agents, people who own something and are named by no file of the scan, and tools of lists that servers gave. */
  readonly assets: readonly Asset[];
  /** `owned-by`, of assets of the scan and of the added ones; `exposes` of servers with imported tools. */
  readonly relations: readonly Relation[];
  /** Properties that come on top, by asset id: `governance`, `classification`, `deployedTo`. */
  readonly properties: ReadonlyMap<string, Properties>;
  readonly registry: RegistryMatch;
  readonly imported: readonly ImportedOne[];
};

export type ImportedOne = {
  readonly id: string;
  readonly agent: ImportedAgent;
  readonly registered: Registered | null;
};

export type AdditionSources = {
  readonly records: ReadonlyMap<string, SaidRecord>;
  readonly imports: readonly StoredImport[];
};

export const nothingAdded = ({ records, imports }: AdditionSources): boolean =>
  records.size === 0 && imports.length === 0;

/** Everything that a register can speak of, of one scan. */
export const foundOf = (snapshot: FactSnapshot): readonly Found[] =>
  snapshot.assets.flatMap((asset): Found[] =>
    asset.kind === 'agent' || asset.kind === 'mcp-server'
      ? [
          {
            id: asset.id,
            kind: asset.kind,
            name: asset.name,
            repositories: repositoriesOf(asset.properties),
            files: [...new Set(asset.evidence.map(({ file }) => file))],
          },
        ]
      : [],
  );

export function repositoriesOf(properties: Properties): readonly string[] {
  const several = properties['repositories'];
  if (Array.isArray(several)) return several.filter((item) => typeof item === 'string');
  const one = properties['repository'];
  return typeof one === 'string' ? [one] : [];
}

export const registeredOf = (imports: readonly StoredImport[]): readonly Registered[] =>
  imports.flatMap(({ content, name }) =>
    content.type === 'registry' ? content.entries.map((entry) => ({ entry, file: name })) : [],
  );

export function additionsFor(snapshot: FactSnapshot, sources: AdditionSources): Additions {
  const { records, imports } = sources;
  const registered = registeredOf(imports);
  const rows = contextRows(imports);
  const imported = importedOnes(imports, registered);
  const claimed = new Set(imported.flatMap((one) => (one.registered === null ? [] : [one.registered])));
  const registry = matchRegistry(
    foundOf(snapshot),
    registered.filter((each) => !claimed.has(each)),
  );
  const owners = new OwnerBook(snapshot);
  const properties = new Map<string, Properties>();
  const add = (id: string, more: Properties): void => {
    properties.set(id, { ...properties.get(id), ...more });
  };

  const byAsset = new Map(registry.both.map((match) => [match.found.id, match.registered]));
  const undecided = new Set(registry.ambiguous.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const judged = new Set(registry.shadow.map(({ id }) => id));
  for (const asset of snapshot.assets) {
    const labels: ContextLabels = labelsFor(asset, rows, snapshot.roots);
    if (labels.properties !== null) add(asset.id, labels.properties);
    const entry = byAsset.get(asset.id) ?? null;
    const said = records.get(asset.id);
    const isRegistered =
      registered.length === 0
        ? null
        : entry !== null
          ? true
          : undecided.has(asset.id)
            ? 'ambiguous'
            : judged.has(asset.id)
              ? false
              : null;
    const governance = governanceOf(said, entry, isRegistered);
    if (governance !== null) add(asset.id, { governance });
    owners.claim(asset.id, said, entry, labels.owner);
  }
  const agents = imported.map(({ id, agent, registered: entry }): Asset => {
    const said = records.get(id);
    owners.claim(id, said, entry, null, agent);
    return importedAsset(
      id,
      agent,
      governanceOf(said, entry, registered.length === 0 ? null : entry !== null),
      imports,
    );
  });
  const tools = toolAdditions(snapshot, imports);
  for (const [id, more] of tools.properties) add(id, more);
  return {
    assets: [...agents, ...owners.people(), ...tools.assets],
    relations: [...owners.relations, ...tools.relations],
    properties,
    registry,
    imported,
  };
}

function importedOnes(imports: readonly StoredImport[], registered: readonly Registered[]): ImportedOne[] {
  const found = new Map<string, ImportedOne>();
  for (const { content } of imports) {
    if (content.type !== 'agents') continue;
    for (const agent of content.entries) {
      const id = publicAssetId('agent', importedKey(agent));
      if (!found.has(id))
        found.set(id, { id, agent, registered: registered.find((each) => fitsImported(agent, each)) ?? null });
    }
  }
  return [...found.values()];
}

/** An agent that no scan found. `origin: imported` in the properties keeps it apart from scanned ones everywhere. */
function importedAsset(
  id: string,
  agent: ImportedAgent,
  governance: Properties | null,
  imports: readonly StoredImport[],
): Asset {
  const from = imports.find(({ content }) => content.type === 'agents' && content.entries.includes(agent));
  return {
    id,
    kind: 'agent',
    name: agent.name,
    origin: 'declared',
    confidence: 'medium',
    properties: {
      origin: agent.system === '' ? 'manual' : 'saas',
      imported: true,
      ...(agent.system === '' ? {} : { host: agent.system, system: agent.system }),
      ...textProperties(agent, ['domain', 'description', 'model', 'url']),
      ...(agent.id === '' ? {} : { externalId: agent.id }),
      ...(agent.tools.length === 0 ? {} : { tools: agent.tools }),
      ...(agent.data.length === 0 ? {} : { data: agent.data }),
      ...(agent.state === null ? {} : { state: agent.state }),
      importedFrom: { file: from?.name ?? '', line: agent.line, by: from?.by ?? '', at: from?.at ?? 0 },
      ...(governance === null ? {} : { governance }),
    },
    evidence: [],
  };
}

const textProperties = <K extends keyof ImportedAgent>(agent: ImportedAgent, keys: readonly K[]): Properties =>
  Object.fromEntries(keys.flatMap((key) => (agent[key] === '' ? [] : [[key, agent[key]]])));

/** What people and registers say, as one property; null where nobody says anything. A person's word counts before a file's. */
function governanceOf(
  said: SaidRecord | undefined,
  entry: Registered | null,
  registered: boolean | 'ambiguous' | null,
): Properties | null {
  const record = said?.record;
  const from = entry === null ? null : `${entry.file}:${entry.entry.line}`;
  const state = record?.state ?? entry?.entry.state ?? null;
  const attested = record?.attested ?? (entry?.entry.attested || null);
  const domain = record?.domain || entry?.entry.domain || '';
  const review = record?.review ?? entry?.entry.review ?? null;
  const properties: Properties = {
    ...(registered === null ? {} : { registered }),
    ...(from === null ? {} : { registry: from }),
    ...(entry === null || entry.entry.id === '' ? {} : { registryId: entry.entry.id }),
    ...(state === null ? {} : { state, ...saidOf(said, 'state', record?.state !== null, from) }),
    ...(domain === '' ? {} : { domain }),
    ...(attested === null ? {} : { attested }),
    ...(review === null ? {} : { review: { ...review } }),
    ...(record?.trust == null ? {} : { trust: record.trust }),
    ...(record === undefined || record.note === '' ? {} : { note: record.note }),
  };
  return Object.keys(properties).length === 0 ? null : properties;
}

function saidOf(said: SaidRecord | undefined, field: 'state', byPerson: boolean, from: string | null): Properties {
  const who = byPerson ? said?.said[field] : undefined;
  if (who !== undefined) return { stateBy: who.by, stateAt: who.at };
  return from === null ? {} : { stateBy: from };
}

/** Gathers `owned-by` relations that no scan made, and the people they lead to. */
class OwnerBook {
  readonly relations: Relation[] = [];
  readonly #known: ReadonlySet<string>;
  readonly #claimed = new Set<string>();
  readonly #people = new Map<string, Asset>();

  constructor(snapshot: FactSnapshot) {
    this.#known = new Set(snapshot.assets.flatMap((asset) => (asset.kind === 'person' ? [asset.id] : [])));
  }

  people(): readonly Asset[] {
    return [...this.#people.values()];
  }

  claim(
    asset: string,
    said: SaidRecord | undefined,
    entry: Registered | null,
    listed: ContextLabels['owner'],
    agent?: ImportedAgent,
  ): void {
    const who = said?.said.owner;
    const manual = said?.record.owner ?? '';
    if (manual !== '' && who !== undefined) this.#add(asset, manual, 'manual', { saidBy: who.by, saidAt: who.at });
    const registered = entry?.entry.owner ?? '';
    if (entry !== null && registered !== '')
      this.#add(asset, registered, 'registry', { file: entry.file, line: entry.entry.line });
    if (listed !== null) this.#add(asset, listed.owner, 'list', { file: listed.file, line: listed.line }, listed.guess);
    if (agent !== undefined && agent.owner !== '') this.#add(asset, agent.owner, 'list', { line: agent.line });
  }

  #add(asset: string, name: string, by: 'manual' | 'registry' | 'list', more: Properties, guess = false): void {
    const owner = ownerNamed(name);
    const person = publicAssetId('person', owner.key);
    if (!this.#known.has(person) && !this.#people.has(person)) {
      this.#people.set(person, {
        id: person,
        kind: 'person',
        name: owner.name,
        origin: 'declared',
        confidence: 'high',
        properties: owner.type === 'unknown' ? {} : { type: owner.type },
        evidence: [],
      });
    }
    const confidence: Confidence = guess ? 'medium' : 'high';
    const id = publicRelationId('owned-by', asset, person, by);
    if (this.#claimed.has(id)) return;
    this.#claimed.add(id);
    this.relations.push({
      id,
      kind: 'owned-by',
      from: asset,
      to: person,
      origin: 'declared',
      confidence,
      properties: { by, guess, ...more },
      evidence: [],
    });
  }
}

/** The snapshot with what people and imports say of it; assets in the order of kind, name and id as before. */
export function withAdditions(
  snapshot: FactSnapshot,
  additions: Additions,
  kinds: readonly Asset['kind'][],
): FactSnapshot {
  const order = new Map(kinds.map((kind, index) => [kind, index]));
  const assets = snapshot.assets.map((asset) => {
    const more = additions.properties.get(asset.id);
    return more === undefined ? asset : { ...asset, properties: { ...asset.properties, ...more } };
  });
  assets.push(...additions.assets);
  if (additions.assets.length > 0)
    assets.sort(
      (a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0) || compare(a.name, b.name) || compare(a.id, b.id),
    );
  const relations = [...snapshot.relations, ...additions.relations];
  if (additions.relations.length > 0)
    relations.sort(
      (a, b) => compare(a.kind, b.kind) || compare(a.from, b.from) || compare(a.to, b.to) || compare(a.id, b.id),
    );
  return { ...snapshot, assets, relations };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
