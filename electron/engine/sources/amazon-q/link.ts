import { configurationsOf, hostAgents } from '../host/fact-view.ts';
import type { Host } from '../host/host-agent.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import type { AssetDraft, Linker, MergedAsset, RelationDraft } from '../source.ts';

/**
 * Agents by name: the file of the workspace counts before the user's of the same name, and an agent that includes the
 * older `mcp.json` gets its servers as well (aws/amazon-q-developer-cli, docs/agent-file-locations.md, agent-format.md).
 */
export function namedAgentsLinker(host: Host): Linker {
  const servers = serverWinnersLinker({
    host,
    order: ['managed', 'project', 'user'],
    why: 'the file of the workspace counts before the one of the user',
  });
  return {
    id: servers.id,
    version: 1,
    link(facts) {
      const linked = servers.link(facts);
      const { projects } = hostAgents(facts, host.id);
      const named = facts
        .assets('agent')
        .filter((agent) => agent.properties['host'] === host.id && agent.properties['subAgent'] === true);
      const ofUser = named.filter((agent) => agent.properties['scope'] === 'user');
      const ofProjects = named.flatMap((agent) => {
        const place = agent.evidence[0]?.place ?? '';
        const project = projects
          .filter((item) => place.startsWith(`${item.anchor}/`))
          .sort((a, b) => b.anchor.length - a.anchor.length)[0];
        return agent.properties['scope'] === 'project' && project !== undefined ? [{ agent, project, place }] : [];
      });
      const shadowed = ofProjects.flatMap(({ agent, project, place }) =>
        ofUser
          .filter((item) => item.name === agent.name)
          .map(
            (item): AssetDraft => ({
              kind: item.kind,
              key: item.key,
              name: item.name,
              properties: {
                shadowed: [
                  {
                    agent: project.key,
                    name: item.name,
                    by: place,
                    why: 'in this workspace the agent of the same name counts instead',
                  },
                ],
              },
            }),
          ),
      );
      const relations = [
        ...ofUser.flatMap((agent) => included(agent, null)),
        ...ofProjects.flatMap(({ agent, project }) => included(agent, project.anchor)),
      ];
      return { assets: [...linked.assets, ...shadowed], relations: [...linked.relations, ...relations] };

      function included(agent: MergedAsset, anchor: string | null): readonly RelationDraft[] {
        if (agent.properties['includesMcpJson'] !== true) return [];
        return configurationsOf(facts, host.id)
          .filter(
            (item) =>
              item.facts['inlineIn'] === undefined &&
              item.facts['plugin'] === undefined &&
              (item.facts['scope'] === 'user' || item.facts['anchor'] === anchor),
          )
          .map((item) => ({
            kind: 'uses',
            from: { kind: agent.kind, key: agent.key },
            to: { kind: item.server.kind, key: item.server.key },
            properties: { why: 'the agent includes mcp.json' },
          }));
      }
    },
  };
}
