import type { Properties } from '../../../../shared/model/facts.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';

/** Names that Claude Code keeps for itself; a server of that name is skipped. */
const reserved = new Set(['workspace', 'claude-in-chrome', 'computer-use', 'Claude Preview', 'Claude Browser']);

/** What Claude Code knows beyond the shared keys: `headersHelper`, `oauth`, the empty address as a placeholder. */
export const claudeServer: ServerAdapter = (raw, node) => {
  const helper = scalarText(nodeOf(node, 'headersHelper'));
  const oauth = entryOf(node, 'oauth');
  const extra: Properties = {
    ...(helper === undefined ? {} : { headersHelper: maskText(helper) }),
    ...(oauth === undefined ? {} : { oauth: true }),
    ...(raw.command === null && raw.url === '' ? { placeholder: true } : {}),
    ...(reserved.has(raw.name) ? { reservedName: true } : {}),
  };
  return { raw: reserved.has(raw.name) ? { ...raw, enabled: false } : raw, extra };
};
