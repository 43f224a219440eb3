import type { HostAgentFacts } from '../host/host-agent.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { namedValues, readRawServer } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { type Entry, entryOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { continueHost } from './product.ts';

export type ServerPlace = {
  readonly builder: ReadingBuilder;
  readonly facts: HostAgentFacts;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly doubt: string | null;
};

/** The list `mcpServers` of a YAML file; a map, as other hosts write it, is read as well. */
export function continueServers(place: ServerPlace, entry: Entry | undefined): void {
  if (entry === undefined) return;
  if (entry.node.kind === 'map') {
    serversFacts(place.builder, { entry, context: contextOf(place, 'mcpServers') });
    return;
  }
  if (entry.node.kind !== 'list') {
    if (entry.node.value !== null) place.builder.issue(entry.line, '"mcpServers" is not a list of servers');
    return;
  }
  for (const [index, item] of itemsOf(entry.node).entries()) serverOfList(place, item, index);
}

function serverOfList(place: ServerPlace, item: Node, index: number): void {
  const { builder, facts } = place;
  if (item.kind !== 'map') {
    builder.issue(item.line, 'a server that is not an object');
    return;
  }
  if (nodeOf(item, 'uses') !== undefined) return;
  const name = textOf(nodeOf(item, 'name'))?.trim() ?? '';
  if (name === '') builder.issue(item.line, 'a server without a name');
  const named: Entry = {
    key: name === '' ? `server ${index + 1}` : name,
    line: item.line,
    endLine: item.endLine,
    node: item,
  };
  const raw = readRawServer(named, item);
  const headers = namedValues(entryOf(item, 'requestOptions', 'headers'));
  const path = `mcpServers[${index}]`;
  if (raw.command === null && raw.url === null)
    builder.issue(item.line, `server "${named.key.slice(0, 100)}" has neither command nor address`);
  secretSetting(facts, `${path}.apiKey`, entryOf(item, 'apiKey'));
  const cwd = scalarText(nodeOf(item, 'cwd'));
  serverFacts(
    builder,
    { ...raw, headers: [...raw.headers, ...headers] },
    {
      ...contextOf(place, 'mcpServers'),
      pathOf: (inside) =>
        inside.startsWith('headers.') && raw.headers.every((header) => inside !== `headers.${header.name}`)
          ? `${path}.requestOptions.${inside}`
          : `${path}.${inside}`,
      extra: {
        ...(cwd === undefined ? {} : { cwd: maskText(cwd.slice(0, 500)) }),
        ...(place.doubt === null ? {} : { needsVerification: place.doubt }),
      },
    },
  );
}

const contextOf = ({ builder, facts, confidence, doubt }: ServerPlace, where: string) => ({
  host: continueHost.id,
  user: facts.ref,
  scope: builder.file.scope,
  where,
  anchor: builder.file.anchor,
  confidence,
  ...(doubt === null ? {} : { extra: { needsVerification: doubt } }),
});
