import type { Properties } from '../../../../shared/model/facts.ts';
import { transportNamed } from '../mcp/raw-server.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { booleanOf, entryOf, nodeOf, scalarText, textOf } from '../parse/node.ts';

/** Several addresses in one entry: httpUrl beats url beats command. Gemini CLI v0.55.1 configuration. */
export const geminiServer: ServerAdapter = (raw, node) => {
  const http = entryOf(node, 'httpUrl');
  const plain = entryOf(node, 'url');
  const tcp = entryOf(node, 'tcp');
  const chosen = textOf(http?.node) !== undefined ? http : textOf(plain?.node) !== undefined ? plain : tcp;
  const url = textOf(chosen?.node)?.trim() ?? null;
  const declared = transportNamed(textOf(nodeOf(node, 'type')));
  const passedOver = [
    raw.command === null || url === null ? null : 'command',
    chosen === http && http !== undefined && plain !== undefined ? 'url' : null,
  ].filter((key) => key !== null);
  const trust = booleanOf(nodeOf(node, 'trust')) === true;
  const auth = scalarText(nodeOf(node, 'authProviderType'));
  const tools = raw.includeTools.filter((name) => !raw.excludeTools.includes(name));
  const extra: Properties = {
    ...(trust ? { trust: true } : {}),
    ...(raw.includeTools.length === 0 ? {} : { tools }),
    ...(passedOver.length === 0 ? {} : { passedOver, why: 'httpUrl beats url beats command' }),
    ...(entryOf(node, 'oauth') === undefined ? {} : { oauth: true }),
    ...(auth === undefined ? {} : { authProviderType: auth }),
    ...(raw.name.includes('_') ? { policyNameProblem: 'underscore in the server name breaks policy matching' } : {}),
  };
  return {
    raw: {
      ...raw,
      command: url === null ? raw.command : null,
      args: url === null ? raw.args : [],
      argLines: url === null ? raw.argLines : [],
      url,
      urlLine: chosen?.line ?? raw.line,
      transport: url === null ? raw.transport : chosen === http ? 'http' : chosen === tcp ? 'ws' : (declared ?? 'sse'),
      autoApprovedTools: trust ? ['*'] : [],
    },
    extra,
  };
};
