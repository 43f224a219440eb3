import type { Properties } from '../../../../shared/model/facts.ts';
import type { OpenFile } from '../host/structured-source.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf } from '../parse/reading-builder.ts';

/** Members of `channels` that are settings of all channels, no channel. */
const shared = new Set(['defaults', 'modelByChannel']);

/**
 * Messengers through which people reach the agent. Without `dmPolicy` a stranger has to be paired; `open` lets anybody
 * in. Who is allowed is kept as a number: the entries are telephone numbers and names of people.
 */
export function channelFacts(open: OpenFile, channels: Entry | undefined, bindings: Node | undefined): void {
  const { builder, facts, confidence } = open;
  for (const entry of entriesOf(channels?.node)) {
    if (shared.has(entry.key) || entry.node.kind !== 'map') continue;
    const name = entry.key.slice(0, 100);
    const ref = builder.asset({
      kind: 'external-service',
      key: `channel:${name.toLowerCase()}`,
      name,
      properties: { role: 'message-channel' },
      lines: linesOf(entry),
      confidence,
    });
    const access = accessOf(entry.node);
    facts.located('channels', entry, { channel: name, ...access });
    for (const account of entriesOf(nodeOf(entry.node, 'accounts')))
      facts.located('channels', account, {
        channel: name,
        account: account.key.slice(0, 100),
        ...accessOf(account.node),
      });
    if (booleanOf(nodeOf(entry.node, 'enabled')) === false) continue;
    for (const kind of ['ingests', 'egresses-to'] as const)
      builder.relation({ kind, from: facts.ref, to: ref, properties: access, lines: linesOf(entry), confidence });
  }
  for (const item of itemsOf(bindings)) {
    const agentId = textOf(nodeOf(item, 'agentId'));
    if (agentId !== undefined)
      facts.located('bindings', item, {
        agentId: agentId.slice(0, 200),
        channel: textOf(nodeOf(item, 'match', 'channel')) ?? null,
      });
  }
}

function accessOf(node: Node): Properties {
  const direct = nodeOf(node, 'dm');
  const allowed = textsOf(nodeOf(node, 'allowFrom') ?? nodeOf(direct, 'allowFrom'));
  const groups = entriesOf(nodeOf(node, 'groups'));
  return {
    enabled: booleanOf(nodeOf(node, 'enabled')) !== false,
    dmPolicy: scalarText(nodeOf(node, 'dmPolicy')) ?? scalarText(nodeOf(direct, 'policy')) ?? 'pairing',
    dmPolicyStated: nodeOf(node, 'dmPolicy') !== undefined || nodeOf(direct, 'policy') !== undefined,
    groupPolicy: scalarText(nodeOf(node, 'groupPolicy')) ?? null,
    allowFrom: allowed.length,
    allowsAnybody: allowed.includes('*'),
    ...(groups.some((group) => group.key === '*') ? { allGroups: true } : {}),
    ...(booleanOf(nodeOf(node, 'allowBots')) === true ? { allowBots: true } : {}),
    ...(booleanOf(nodeOf(node, 'dangerouslyAllowNameMatching')) === true ? { nameMatching: true } : {}),
  };
}
