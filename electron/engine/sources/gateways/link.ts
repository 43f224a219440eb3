import { hostAgentRef } from '../keys.ts';
import { configurationsOf, line, records, text } from '../host/fact-view.ts';
import type { AssetDraft, FactIndex, Linker, MergedAsset, RelationDraft } from '../source.ts';

/** Mark of a gateway's entry in a host's configuration, and the host whose files say what stands behind it. */
const hostOfGateway: ReadonlyMap<string, string> = new Map([
  ['docker-mcp-gateway', 'docker-mcp'],
  ['1mcp', '1mcp'],
  ['mcp-hub', 'mcp-hub'],
  ['mcpproxy', 'mcpproxy'],
  ['agentgateway', 'agentgateway'],
]);

/** Servers of which a gateway's own files say that they are switched on. */
function behind(facts: FactIndex, host: string): readonly MergedAsset[] {
  const on = configurationsOf(facts, host).filter((item) => item.facts['enabled'] === true);
  return [...new Map(on.map((item) => [item.server.key, item.server])).values()];
}

/**
 * One entry `docker mcp gateway run` in a host stands for every server that the gateway is set to pass on to: agent,
 * gateway, server. What is switched on in the gateway and described nowhere becomes a note at the gateway, because
 * silence would look like nothing.
 */
export const gatewaysLinker: Linker = {
  id: 'gateways/link',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    for (const gateway of facts.assets('mcp-server')) {
      const host = hostOfGateway.get(text(gateway.properties, 'gateway'));
      if (host === undefined) continue;
      const servers = behind(facts, host).filter((server) => server.key !== gateway.key);
      const described = new Set(servers.flatMap((server) => configurationNames(server, host)));
      const switches = records(facts.asset(hostAgentRef(host, '~'))?.properties, 'serverSwitches');
      const unknown = switches.filter((item) => item['enabled'] === true && !described.has(text(item, 'name')));
      for (const server of servers)
        relations.push({
          kind: 'uses',
          from: { kind: gateway.kind, key: gateway.key },
          to: { kind: server.kind, key: server.key },
          properties: { role: 'gateway', why: `${host} is set to pass on to this server` },
          confidence: 'medium',
        });
      assets.push({
        kind: gateway.kind,
        key: gateway.key,
        name: gateway.name,
        properties: {
          gatewayServers: servers.length,
          ...(unknown.length === 0
            ? {}
            : {
                undescribedServers: unknown.map((item) => ({
                  name: text(item, 'name'),
                  place: text(item, 'place'),
                  line: line(item),
                })),
              }),
        },
      });
    }
    return { assets, relations };
  },
};

const configurationNames = (server: MergedAsset, host: string): readonly string[] =>
  records(server.properties, 'configurations')
    .filter((item) => item['host'] === host)
    .map((item) => text(item, 'name'));
