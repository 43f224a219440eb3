import { type Confidence, confidences } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { records, text } from '../host/fact-view.ts';
import { hostAgentRef } from '../keys.ts';
import { listedToolKey } from '../mcp/tool-properties.ts';
import type {
  AssetDraft,
  AssetRef,
  DraftEvidence,
  FactIndex,
  Linker,
  MergedAsset,
  PlacedStatement,
  RelationDraft,
} from '../source.ts';

/** One server in a cache: its folder with everything that stands in it. */
type Cache = {
  readonly host: string;
  readonly place: string;
  readonly name: string;
  readonly identifier: string;
  readonly tools: readonly PlacedStatement[];
  readonly instructions: PlacedStatement | null;
  readonly statements: readonly PlacedStatement[];
};

/**
 * Tools that hosts remember of their servers. They go to the server that the host configures under the name; where several
 * fit, none is taken and each says so; where none does, the host's agent says that it knows such a server.
 */
export const toolCachesLinker: Linker = {
  id: 'mcp-caches/caches',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    const caches = cachesOf(facts);
    if (caches.length === 0) return { assets, relations };
    const exposed = exposedTools(facts);
    const found = new Map<string, { server: MergedAsset; caches: Cache[] }>();
    for (const cache of caches) {
      const servers = serversFor(facts, cache);
      const [only] = servers;
      if (only !== undefined && servers.length === 1) {
        const known = found.get(only.key);
        if (known === undefined) found.set(only.key, { server: only, caches: [cache] });
        else known.caches.push(cache);
      } else if (servers.length > 1) {
        for (const server of servers)
          assets.push({
            ...refOf(server),
            name: server.name,
            properties: { ambiguousLists: [{ ...about(cache), candidates: servers.length }] },
          });
      } else assets.push(...unconfigured(facts, cache));
    }
    for (const { server, caches: own } of found.values()) {
      assets.push({
        ...refOf(server),
        name: server.name,
        properties: {
          cachedLists: own.map((cache) => ({ ...about(cache), matchedBy: 'name and host' })),
          ...instructionsOf(own),
        },
      });
      for (const [name, statements] of byName(own)) {
        const known = exposed.get(`${server.key}\n${name}`);
        const evidence = statements.map(evidenceOf);
        const confidence = best(statements);
        const ref: AssetRef = known ?? { kind: 'tool', key: listedToolKey(server.key, name) };
        assets.push({
          ...ref,
          name,
          properties: {
            // What the code shows of a tool counts before what its server says of it.
            ...(known === undefined ? objectOf(statements[0]?.properties['facts']) : {}),
            definitions: statements.map(definitionOf),
          },
          concludedFrom: evidence,
          ...(known === undefined ? { origin: 'observed' as const, confidence } : {}),
        });
        if (known === undefined)
          relations.push({
            kind: 'exposes',
            from: refOf(server),
            to: ref,
            concludedFrom: [...server.evidence.slice(0, 1), ...evidence.slice(0, 3)],
            origin: 'observed',
            confidence,
          });
      }
    }
    return { assets, relations };
  },
};

const refOf = ({ kind, key }: MergedAsset): AssetRef => ({ kind, key });
const about = ({ host, place, name, tools }: Cache): Properties => ({ host, place, name, tools: tools.length });
const objectOf = (value: JsonValue | undefined): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};

function cachesOf(facts: FactIndex): readonly Cache[] {
  const folders = new Map<string, PlacedStatement[]>();
  for (const statement of facts.statements('cached-tools')) {
    const known = folders.get(statement.subject);
    if (known === undefined) folders.set(statement.subject, [statement]);
    else known.push(statement);
  }
  return [...folders].map(([place, statements]): Cache => {
    const part = (wanted: string): readonly PlacedStatement[] =>
      statements.filter(({ properties }) => properties['part'] === wanted);
    const server = part('server')[0]?.properties ?? {};
    const identifier = text(server, 'identifier') || (place.split(/[/#]/).at(-1) ?? '');
    return {
      host: text(statements[0]?.properties ?? {}, 'host'),
      place,
      name: text(server, 'name') || text(statements[0]?.properties ?? {}, 'server') || identifier.replace(/^user-/, ''),
      identifier,
      tools: part('tool'),
      instructions: part('instructions')[0] ?? null,
      statements,
    };
  });
}

/** Servers that the host configures under the name of the cache, in the scope that its identifier names. */
function serversFor(facts: FactIndex, cache: Cache): readonly MergedAsset[] {
  const scope = cache.identifier.startsWith('user-')
    ? 'user'
    : cache.identifier.startsWith('project-')
      ? 'project'
      : '';
  const project = /\/projects\/([^/]+)\//.exec(cache.place)?.[1] ?? '';
  const fitting = facts.assets('mcp-server').flatMap((server) => {
    const configurations = records(server.properties, 'configurations').filter(
      (one) => text(one, 'host') === cache.host && [cache.name, cache.identifier].includes(text(one, 'name')),
    );
    return configurations.length === 0 ? [] : [{ server, configurations }];
  });
  if (fitting.length < 2) return fitting.map(({ server }) => server);
  const narrowed = fitting.filter(({ configurations }) =>
    configurations.some(
      (one) =>
        (scope === '' || text(one, 'scope') === scope) &&
        (scope !== 'project' || project.endsWith(text(one, 'anchor').replace(/[^A-Za-z0-9]+/g, '-'))),
    ),
  );
  return (narrowed.length > 0 ? narrowed : fitting).map(({ server }) => server);
}

/** The cache of a server that no file configures: built in, of a plugin, or not there any more. */
function unconfigured(facts: FactIndex, cache: Cache): readonly AssetDraft[] {
  const agent = facts.asset(hostAgentRef(cache.host, '~'));
  if (agent === undefined) return [];
  return [
    {
      ...refOf(agent),
      name: agent.name,
      properties: {
        cachedServers: [
          { ...about(cache), toolNames: cache.tools.slice(0, 200).map(({ properties }) => text(properties, 'name')) },
        ],
      },
    },
  ];
}

function exposedTools(facts: FactIndex): ReadonlyMap<string, AssetRef> {
  const found = new Map<string, AssetRef>();
  for (const { from, to } of facts.relations('exposes')) {
    const name = from.kind === 'mcp-server' && to.kind === 'tool' ? facts.asset(to)?.name : undefined;
    if (name !== undefined && !found.has(`${from.key}\n${name}`)) found.set(`${from.key}\n${name}`, to);
  }
  return found;
}

function byName(caches: readonly Cache[]): ReadonlyMap<string, readonly PlacedStatement[]> {
  const found = new Map<string, PlacedStatement[]>();
  for (const { tools } of caches)
    for (const tool of tools) {
      const name = text(tool.properties, 'name');
      const known = found.get(name);
      if (known === undefined) found.set(name, [tool]);
      else known.push(tool);
    }
  return found;
}

/** One cache's word on a tool. Caches of several projects may be of different days: both are kept. */
const definitionOf = ({ place, lines, properties }: PlacedStatement): Properties => {
  const facts = objectOf(properties['facts']);
  return {
    host: text(properties, 'host'),
    place,
    line: lines.line,
    definitionHash: text(facts, 'definitionHash'),
    descriptionHash: text(facts, 'descriptionHash'),
  };
};

const instructionsOf = (caches: readonly Cache[]): Properties => {
  const {
    host: _host,
    part: _part,
    confidence: _confidence,
    ...rest
  } = caches.find(({ instructions }) => instructions !== null)?.instructions?.properties ?? {};
  return rest;
};

const evidenceOf = ({ place, lines }: PlacedStatement): DraftEvidence => ({
  place,
  ...lines,
  source: 'mcp-caches/caches',
});

const best = (statements: readonly PlacedStatement[]): Confidence =>
  confidences.find((one) => statements.some(({ properties }) => properties['confidence'] === one)) ?? 'low';
