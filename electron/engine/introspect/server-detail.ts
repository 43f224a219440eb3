import type { DetailedTool, ServerDetail } from '../../../shared/contract/introspection.ts';
import type { Asset, JsonValue, Properties } from '../../../shared/model/facts.ts';
import {
  guessedCapabilitySchema,
  hiddenCharacterSchema,
  listedSchemaSchema,
  steeringSchema,
} from '../../../shared/model/tool-lists.ts';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { serversOf } from '../imports/mcp-tools/attach.ts';
import { compareToolLists } from '../imports/mcp-tools/drift.ts';
import { asChange } from '../imports/mcp-tools/tool-changes.ts';
import { listsByServer, type StoredList, storedLists } from '../imports/mcp-tools/tool-history.ts';
import type { Connection } from '../store/driver.ts';
import { completeScans, readSpans } from '../store/repos/asset-lifecycle.ts';
import type { FactSnapshot } from '../store/repos/facts-reader.ts';
import { readImports } from '../store/repos/imports.ts';
import { configurationsOf } from './server-of-scan.ts';
import { fieldsSideBySide, statesOf } from './side-by-side.ts';

/** Everything that is known about one server. `all`: facts with what people and imports say. */
export function serverDetail(connection: Connection, scan: number, id: string, all: FactSnapshot): ServerDetail {
  const server = serversOf(all.assets).find((asset) => asset.id === id);
  if (server === undefined) throw new AppError('not-found', 'This is no MCP server of that scan.');
  const lists = listsByServer(storedLists(readImports(connection, 'all'), [...serversOf(all.assets)])).get(id) ?? [];
  const configurations = configurationsOf(server);
  const tools = toolsOf(all, id);
  const span = readSpans(connection).get(id);
  const times = new Map(completeScans(connection).map(({ number, startedAt }) => [number, startedAt]));
  const lastSeen = [...times].findLast(([number]) => number <= scan && (span?.until == null || number < span.until));
  return {
    id,
    name: server.name,
    roots: [...all.roots],
    package: packageOf(server.properties['package'], configurations),
    configurations: configurations.map((one) => ({
      host: text(one['host']),
      scope: text(one['scope']),
      name: text(one['name']),
      place: text(one['place']),
      line: typeof one['line'] === 'number' ? one['line'] : 1,
      enabled: one['enabled'] !== false,
    })),
    fields: fieldsSideBySide(configurations),
    states: configurations.flatMap(statesOf),
    tools,
    toolLists: [...cachesOf(server), ...lists.filter(({ isCurrent }) => isCurrent).map(asSource)],
    instructions: instructionsOf(server.properties),
    instructionsMarks: {
      hiddenCharacters: members(hiddenCharacterSchema, server.properties['hiddenCharacters']),
      steersModel: members(steeringSchema, server.properties['steersModel']),
    },
    drift: driftOf(server, lists),
    disagreements: disagreementsOf(all, id),
    firstSeen: span === undefined ? null : (times.get(span.first) ?? null),
    lastSeen: lastSeen?.[1] ?? null,
    unknown: unknownOf(server, tools, configurations),
  };
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const objectOf = (value: JsonValue | undefined): Properties | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : null;
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

/** Members of a stored list that have the form that we write; what an older version wrote otherwise is left out. */
function members<S extends z.ZodType>(schema: S, value: JsonValue | undefined): z.output<S>[] {
  return listOf(value).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Versions are told by configuration: united over all of them they would be one that nobody asks for. */
function packageOf(value: JsonValue | undefined, configurations: readonly Properties[]): ServerDetail['package'] {
  const found = objectOf(value);
  if (found === null) return null;
  const versions = new Map<string, { version: string | null; pinned: boolean; hosts: string[] }>();
  for (const one of configurations) {
    const version = typeof one['version'] === 'string' ? one['version'] : null;
    const pinned = one['pinned'] === true;
    const known = versions.get(`${version} ${pinned}`);
    const host = text(one['host']);
    if (known === undefined) versions.set(`${version} ${pinned}`, { version, pinned, hosts: [host] });
    else if (!known.hosts.includes(host)) known.hosts.push(host);
  }
  return { registry: text(found['registry']), name: text(found['name']), versions: [...versions.values()] };
}

function instructionsOf(properties: Properties): ServerDetail['instructions'] {
  const hash = text(properties['instructionsHash']);
  const characters = properties['instructionsCharacters'];
  return hash === ''
    ? null
    : {
        hash,
        preview: text(properties['instructionsPreview']),
        characters: typeof characters === 'number' ? characters : 0,
      };
}

function toolsOf(all: FactSnapshot, server: string): DetailedTool[] {
  const ids = new Set(
    all.relations.flatMap(({ kind, from, to }) => (kind === 'exposes' && from === server ? [to] : [])),
  );
  return all.assets
    .filter(({ id, kind }) => kind === 'tool' && ids.has(id))
    .map(detailed)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function detailed({ id, name, origin, confidence, properties, evidence }: Asset): DetailedTool {
  const isListed = properties['definitionHash'] !== undefined;
  const isCode = text(properties['form']) !== 'mcp tool';
  const description = text(properties['description']);
  const hash = text(properties['descriptionHash']) || text(properties['descriptionSha256']);
  const annotations = objectOf(properties['annotations']) ?? hintsOf(properties);
  const input = schemaOf(properties['inputSchema']);
  const listed = objectOf(properties['listed']) ?? objectOf(properties['importedFrom']);
  return {
    id,
    name,
    known: isCode && isListed ? 'both' : isCode ? 'code' : 'list',
    origin,
    confidence,
    description: description === '' && hash === '' ? null : { text: description, hash: hash === '' ? null : hash },
    inputSchema: input,
    outputSchema: schemaOf(properties['outputSchema']),
    annotations: annotations as DetailedTool['annotations'],
    capabilities: listOf(properties['capabilities']).flatMap((item): DetailedTool['capabilities'] => {
      const one = objectOf(item);
      if (one === null) return [];
      const guess = guessedCapabilitySchema.safeParse(one);
      if (guess.success) return [guess.data];
      const line = one['line'];
      return [
        {
          class: text(one['class']),
          because: text(one['because']),
          guess: false as const,
          place: text(one['place']),
          line: typeof line === 'number' ? line : 1,
        },
      ];
    }),
    capabilitiesKnown: properties['capabilitiesKnown'] === true,
    hiddenCharacters: members(hiddenCharacterSchema, properties['hiddenCharacters']),
    steersModel: members(steeringSchema, properties['steersModel']),
    evidence: [...evidence],
    from: [
      ...(listed === null ? [] : [`${text(listed['file'])}:${String(listed['line'] ?? 1)}`]),
      ...listOf(properties['definitions']).flatMap((item) => text(objectOf(item)?.['place']) || []),
    ],
  };
}

/** Hints that a reader of code puts beside the other properties. */
function hintsOf(properties: Properties): Properties | null {
  const hints = Object.fromEntries(
    ['title', 'readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'].flatMap((name) => {
      const value = properties[name];
      return typeof value === 'boolean' || typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  return Object.keys(hints).length === 0 ? null : hints;
}

function schemaOf(value: JsonValue | undefined): DetailedTool['inputSchema'] {
  const found = objectOf(value);
  if (found === null) return null;
  const parsed = listedSchemaSchema.safeParse({
    hash: found['hash'],
    parameters: found['parameters'] ?? [],
    parametersLeftOut: found['parametersLeftOut'] ?? 0,
    text: found['text'] ?? null,
    characters: found['characters'] ?? 0,
  });
  return parsed.success ? parsed.data : null;
}

const asSource = ({ origin, file, by, at, list, attachment }: StoredList): ServerDetail['toolLists'][number] => ({
  origin,
  file,
  line: list.line,
  by,
  at,
  tools: list.tools.length,
  matchedBy: attachment.type === 'attached' ? attachment.by : '',
});

const cachesOf = (server: Asset): ServerDetail['toolLists'] =>
  listOf(server.properties['cachedLists']).flatMap((item) => {
    const one = objectOf(item);
    const tools = one?.['tools'];
    return one === null
      ? []
      : [
          {
            origin: 'cache' as const,
            file: text(one['place']),
            line: 1,
            by: text(one['host']),
            at: null,
            tools: typeof tools === 'number' ? tools : 0,
            matchedBy: text(one['matchedBy']),
          },
        ];
  });

function driftOf(server: Asset, lists: readonly StoredList[]): ServerDetail['drift'] {
  return lists
    .flatMap((after, index) => {
      const before = lists[index - 1];
      const changes = before === undefined ? [] : compareToolLists(before.list, after.list);
      return before === undefined || changes.length === 0
        ? []
        : [
            {
              at: after.at,
              changes: changes.map((one) => asChange(server, before, after, one, { before: 0, after: 0 })),
            },
          ];
    })
    .reverse()
    .slice(0, 100);
}

function disagreementsOf(all: FactSnapshot, server: string): ServerDetail['disagreements'] {
  const ids = new Set(
    all.relations.flatMap(({ kind, from, to }) => (kind === 'exposes' && from === server ? [to] : [])),
  );
  return all.assets.flatMap((tool): ServerDetail['disagreements'] => {
    if (tool.kind !== 'tool' || !ids.has(tool.id)) return [];
    const definitions = listOf(tool.properties['definitions']).flatMap((item): Properties[] => {
      const one = objectOf(item);
      return one === null ? [] : [one];
    });
    const hashes = new Set(definitions.map((one) => text(one['definitionHash'])));
    const listed = objectOf(tool.properties['listed']);
    const found: ServerDetail['disagreements'] = [];
    if (hashes.size > 1)
      found.push({
        tool: tool.name,
        what: 'caches of hosts hold different definitions',
        places: definitions.map((one) => text(one['place'])),
      });
    if (listOf(tool.properties['differsFromListed']).length > 0)
      found.push({
        tool: tool.name,
        what: 'the code and a list describe it differently',
        places: [text(listed?.['file'])],
      });
    return found;
  });
}

function unknownOf(server: Asset, tools: readonly DetailedTool[], configurations: readonly Properties[]): string[] {
  const unknown: string[] = [];
  if (tools.length === 0)
    unknown.push('no list of its tools is known: import one (tools/list), scan its source, or ask the server');
  else if (tools.every(({ known }) => known === 'list'))
    unknown.push('what its tools do is guessed from names and hints: its source is not part of the scan');
  if (server.properties['instructionsHash'] === undefined) unknown.push('its instructions to the model are not known');
  if (configurations.length === 0) unknown.push('no host is known to be configured with it');
  if (configurations.some((one) => objectOf(one['auth'])?.['type'] === 'unknown'))
    unknown.push('whether it asks who calls is not known');
  return unknown;
}
