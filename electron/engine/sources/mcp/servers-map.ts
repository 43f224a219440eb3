import type { Properties } from '../../../../shared/model/facts.ts';
import { type Entry, entriesOf, type MapNode } from '../parse/node.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetRef } from '../source.ts';
import { type RawServer, readRawServer } from './raw-server.ts';
import { type ServerContext, serverFacts } from './server-facts.ts';

/** What a host reads differently from the shared keys, and what it adds. Null leaves the entry out. */
export type ServerAdapter = (
  raw: RawServer,
  node: MapNode,
  entry: Entry,
) => { readonly raw: RawServer; readonly extra?: Properties } | null;

/** Every server of a map `{name: {...}}`; members of another form become issues, never servers. */
export function serversFacts(
  builder: ReadingBuilder,
  servers: { readonly entry: Entry | undefined; readonly context: ServerContext; readonly adapt?: ServerAdapter },
): readonly AssetRef[] {
  const { entry, context, adapt } = servers;
  if (entry === undefined) return [];
  if (entry.node.kind !== 'map') {
    const isNothing = entry.node.kind === 'scalar' && entry.node.value === null;
    if (!isNothing) builder.issue(entry.line, `"${entry.key}" is not an object of servers`);
    return [];
  }
  const found: AssetRef[] = [];
  for (const member of entriesOf(entry.node)) {
    if (member.node.kind !== 'map') {
      builder.issue(member.line, `server "${shown(member.key)}" is not an object`);
      continue;
    }
    const raw = readRawServer(member, member.node);
    const adapted = adapt === undefined ? { raw } : adapt(raw, member.node, member);
    if (adapted === null) continue;
    if (adapted.raw.command === null && adapted.raw.url === null)
      builder.issue(member.line, `server "${shown(member.key)}" has neither command nor address`);
    const extra = adapted.extra === undefined ? context.extra : { ...context.extra, ...adapted.extra };
    found.push(serverFacts(builder, adapted.raw, { ...context, extra }));
  }
  return found;
}

const shown = (name: string): string => name.slice(0, 100);
