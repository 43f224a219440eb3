import type { Confidence } from '../../../../shared/kinds.ts';
import type { HostAgentFacts } from '../host/host-agent.ts';
import { booleanOf, type Entry, entriesOf, nodeOf, textOf } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { claudeCode } from './product.ts';

/** A plugin as settings name it: `name@marketplace`. */
export const pluginRef = (id: string): AssetRef => ({ kind: 'plugin', key: `claude-code:${id}` });

export function enabledPlugins(
  builder: ReadingBuilder,
  facts: HostAgentFacts,
  entry: Entry | undefined,
  confidence: Confidence,
): void {
  for (const member of entriesOf(entry?.node)) {
    const enabled = booleanOf(member.node) ?? member.node.kind === 'list';
    const [name = member.key, marketplace = null] = splitId(member.key);
    const plugin = builder.asset({
      ...pluginRef(member.key),
      name,
      properties: {
        host: claudeCode.id,
        marketplace,
        ...(enabled ? { enabled: true } : {}),
        switches: [{ enabled, scope: facts.scope, place: builder.file.place, line: member.line }],
      },
      lines: linesOf(member),
      confidence,
    });
    builder.relation({
      kind: 'uses',
      from: facts.ref,
      to: plugin,
      properties: { enabled, scope: facts.scope },
      lines: linesOf(member),
      confidence,
    });
  }
}

const splitId = (id: string): readonly string[] => {
  const at = id.lastIndexOf('@');
  return at <= 0 ? [id] : [id.slice(0, at), id.slice(at + 1)];
};

export function knownMarketplaces(facts: HostAgentFacts, entry: Entry | undefined): void {
  for (const member of entriesOf(entry?.node)) {
    const source = nodeOf(member.node, 'source');
    const kind = textOf(nodeOf(source, 'source')) ?? textOf(source) ?? 'unknown';
    const address =
      textOf(nodeOf(source, 'repo')) ??
      textOf(nodeOf(source, 'url')) ??
      textOf(nodeOf(source, 'path')) ??
      textOf(nodeOf(source, 'package')) ??
      null;
    facts.located('marketplaces', member, {
      name: member.key,
      source: kind,
      address: address === null ? null : maskUrl(address),
      reference: textOf(nodeOf(source, 'ref')) ?? textOf(nodeOf(source, 'sha')) ?? null,
    });
  }
}
