import type { JsonValue } from '../../../../shared/model/facts.ts';
import { readRawServer, type RawServer } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { parseJson } from '../parse/json-document.ts';
import { entriesOf, type Entry, type Node, nodeOf, type Span } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';
import { type FlowFacts, shortName } from './flow-facts.ts';

export type InlineServer = {
  readonly name: string;
  readonly span: Span;
  readonly where: string;
  readonly enabled?: boolean;
  readonly includeTools?: readonly string[];
  readonly extra?: { readonly [name: string]: JsonValue };
};

/**
 * Servers that a component configures in a text field: one entry, a map of them, or either below `mcpServers`. Lines are
 * those of the field. Without a readable configuration the server is there all the same, by its name.
 */
export function inlineServers(
  facts: FlowFacts,
  user: AssetRef | null,
  config: Node | string | null,
  given: InlineServer,
): readonly AssetRef[] {
  const root = typeof config === 'string' ? parseJson(config).root : config;
  const map = nodeOf(root, 'mcpServers') ?? root;
  const found: (readonly [string, Node])[] = [];
  if (map?.kind === 'map' && isEntry(map)) found.push([given.name, map]);
  else for (const entry of entriesOf(map).slice(0, 100)) if (isEntry(entry.node)) found.push([entry.key, entry.node]);
  if (found.length === 0) return [emit(facts, user, given, unknownServer(given))];
  return found.map(([name, node]) => {
    if (node.kind !== 'map') return emit(facts, user, given, unknownServer(given));
    const entry: Entry = { key: name, line: given.span.line, endLine: given.span.line, node };
    return emit(facts, user, given, atSpan(readRawServer(entry, node, name), given.span));
  });
}

const isEntry = (node: Node): boolean =>
  ['command', 'url', 'serverUrl', 'httpUrl', 'uri'].some((key) => nodeOf(node, key)?.kind === 'scalar');

export function unknownServer(given: Pick<InlineServer, 'name' | 'span'>, url: string | null = null): RawServer {
  return {
    name: given.name,
    line: given.span.line,
    endLine: given.span.line,
    transport: url === null ? 'unknown' : /\/sse\/?(?:[?#]|$)/.test(url) ? 'sse' : 'http',
    command: null,
    args: [],
    argLines: [],
    url,
    urlLine: given.span.line,
    env: [],
    headers: [],
    envReferences: [],
    enabled: true,
    autoApprovedTools: [],
    includeTools: [],
    excludeTools: [],
  };
}

export function emitInline(facts: FlowFacts, user: AssetRef | null, given: InlineServer, raw: RawServer): AssetRef {
  return emit(facts, user, given, raw);
}

function emit(facts: FlowFacts, user: AssetRef | null, given: InlineServer, raw: RawServer): AssetRef {
  return serverFacts(
    facts.builder,
    {
      ...raw,
      name: shortName(raw.name),
      enabled: raw.enabled && (given.enabled ?? true),
      includeTools: given.includeTools ?? raw.includeTools,
    },
    {
      host: facts.framework,
      user,
      scope: facts.builder.file.scope,
      where: given.where,
      anchor: facts.builder.file.anchor,
      confidence: facts.confidence,
      ...(given.extra === undefined ? {} : { extra: given.extra }),
    },
  );
}

/** Lines inside of a text are none of the file. */
function atSpan(raw: RawServer, { line }: Span): RawServer {
  const here = <T extends Span>(item: T): T => ({ ...item, line, endLine: line });
  return {
    ...raw,
    line,
    endLine: line,
    argLines: raw.args.map(() => line),
    urlLine: line,
    env: raw.env.map(here),
    headers: raw.headers.map(here),
    envReferences: raw.envReferences.map(here),
  };
}
