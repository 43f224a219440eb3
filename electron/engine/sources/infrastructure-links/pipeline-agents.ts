import { configurationsOf, hostAgents, text, texts } from '../host/fact-view.ts';
import type { AssetDraft, Linker, MergedAsset, RelationDraft } from '../source.ts';

/** Hosts whose files in the repository count for a step of a pipeline as well. */
const hostOf: ReadonlyMap<string, string> = new Map([
  ['claude-code-action', 'claude-code'],
  ['claude-code', 'claude-code'],
  ['codex-action', 'codex'],
  ['codex', 'codex'],
  ['run-gemini-cli', 'gemini-cli'],
  ['gemini-cli', 'gemini-cli'],
  ['qwen-code-action', 'qwen-code'],
  ['opencode-action', 'opencode'],
  ['opencode', 'opencode'],
]);

/**
 * An agent in a pipeline reads the host's files of the checkout, and may call the servers there that its list of tools
 * names. A workflow that others call is started by whoever starts those.
 */
export const pipelineAgentsLinker: Linker = {
  id: 'infrastructure-links/pipeline-agents',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    const callers = facts.assets('workload').filter((workload) => typeof workload.properties['calls'] === 'string');
    for (const agent of facts.assets('agent')) {
      if (agent.properties['location'] !== 'ci') continue;
      const place = agent.evidence[0]?.place ?? '';
      const folder = place.replace(/\/\.(?:github|gitlab)(?:-ci)?[/.].*$/, '');
      const from = { kind: agent.kind, key: agent.key };
      const host = hostOf.get(text(agent.properties, 'host'));
      if (host !== undefined) {
        const own = hostAgents(facts, host).projects.find((project) => project.anchor === folder);
        if (own !== undefined)
          relations.push({
            kind: 'configured-by',
            from,
            to: { kind: 'agent', key: own.key },
            properties: { why: 'the step reads the files of the checkout' },
          });
        for (const { server, name } of namedServers(agent, host, folder, configurationsOf(facts, host)))
          relations.push({
            kind: 'uses',
            from,
            to: { kind: 'mcp-server', key: server.key },
            discriminator: name,
            properties: { name, why: 'its list of tools names it', enabled: true },
          });
      }
      const calledBy = callers.filter((caller) => caller.properties['calls'] === place);
      if (calledBy.length === 0) continue;
      assets.push({
        ...from,
        name: agent.name,
        properties: {
          calledBy: calledBy.map((caller) => ({
            workflow: caller.name,
            trigger: text(caller.properties, 'trigger'),
            anyone: caller.properties['anyone'] === true,
            inheritsSecrets: caller.properties['inheritsSecrets'] === true,
            place: caller.evidence[0]?.place ?? '',
            line: caller.evidence[0]?.line ?? 1,
          })),
        },
      });
    }
    return { assets, relations };
  },
};

type Named = { readonly server: MergedAsset; readonly name: string };

function namedServers(
  agent: MergedAsset,
  host: string,
  folder: string,
  configurations: ReturnType<typeof configurationsOf>,
): readonly Named[] {
  const names = new Set(
    texts(agent.properties, 'allowedTools').flatMap((tool) => /^mcp__(.+?)(?:__|$)/.exec(tool)?.[1] ?? []),
  );
  return [...names].flatMap((name): Named[] => {
    const found = configurations.find(
      ({ facts }) => facts['host'] === host && facts['anchor'] === folder && text(facts, 'name') === name,
    );
    return found === undefined ? [] : [{ server: found.server, name }];
  });
}
