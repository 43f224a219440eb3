import type { Confidence } from '../../../../shared/kinds.ts';
import { homeLocations } from '../host/location.ts';
import type { Format } from '../host/structured-source.ts';
import type { Location, Platform } from '../source.ts';

/** A client of which only the servers are known: where the file lies, and where in it they stand. */
export type Client = {
  readonly id: string;
  readonly title: string;
  readonly format: Format;
  /** Paths of the map or list, the first one that is there counts; '' is the file itself. */
  readonly where: readonly string[];
  readonly locations: readonly Location[];
  /** Files whose name others use too: without the map they are no file of this client. */
  readonly shared?: true;
};

const home = (path: string, confidence: Confidence): Location => ({ scope: 'user', base: 'home', path, confidence });
const project = (path: string, confidence: Confidence): Location => ({
  scope: 'project',
  base: 'project',
  path,
  confidence,
});
/** The folder of an application below the platform's folder for settings. */
const appData = (app: string, name: string, confidence: Confidence): readonly Location[] =>
  homeLocations(
    { linux: `.config/${app}`, macos: `Library/Application Support/${app}`, windows: `AppData/Roaming/${app}` },
    name,
    confidence,
  );
const on = (platform: Platform, path: string, confidence: Confidence): Location => ({
  scope: 'user',
  base: 'home',
  path,
  platform,
  confidence,
});

const plain = (id: string, title: string, locations: readonly Location[], more: Partial<Client> = {}): Client => ({
  id,
  title,
  format: 'jsonc',
  where: ['mcpServers'],
  locations,
  ...more,
});

/**
 * One line a client. `medium` is an excerpt of documentation or of public code that writes the file (named in the line),
 * `low` is another scanner's list or general knowledge.
 */
export const clients: readonly Client[] = [
  // docker/mcp-gateway, pkg/client/config.yml (2026-07-23).
  plain('lm-studio', 'LM Studio', [home('.lmstudio/mcp.json', 'medium'), home('.cache/lm-studio/mcp.json', 'medium')]),
  plain('sema4-studio', 'Sema4.ai Studio', [
    on('linux', '.sema4ai/sema4ai-studio/mcp_servers.json', 'medium'),
    on('macos', '.sema4ai/sema4ai-studio/mcp_servers.json', 'medium'),
    on('windows', 'AppData/Local/sema4ai/sema4ai-studio/mcp_servers.json', 'medium'),
  ]),
  // smithery-ai/cli, src/config/clients.ts (2026).
  plain('witsy', 'Witsy', appData('Witsy', 'settings.json', 'medium'), {
    where: ['mcpServers', 'mcp.servers'],
    shared: true,
  }),
  plain('enconvo', 'Enconvo', [home('.config/enconvo/mcp_config.json', 'medium')]),
  plain('boltai', 'BoltAI', [home('.boltai/mcp.json', 'medium')]),
  plain('bedrock-client', 'Amazon Bedrock Client', [home('Amazon Bedrock Client/mcp_config.json', 'medium')]),
  plain('tome', 'Tome', [home('.tome/mcp_config.json', 'low')]),
  plain(
    'librechat',
    'LibreChat',
    [home('LibreChat/librechat.yaml', 'medium'), project('librechat.yaml', 'medium'), project('librechat.yml', 'low')],
    {
      format: 'yaml',
      shared: true,
    },
  ),
  // AnythingLLM documentation "MCP on AnythingLLM": the storage folder's plugins.
  plain('anythingllm', 'AnythingLLM', [
    ...appData('anythingllm-desktop', 'storage/plugins/anythingllm_mcp_servers.json', 'medium'),
    project('plugins/anythingllm_mcp_servers.json', 'medium'),
  ]),
  // JetBrains, Eclipse, Xcode: Laravel Boost's installer and several READMEs; the root key is `servers`.
  plain(
    'copilot-jetbrains',
    'GitHub Copilot for JetBrains',
    [
      on('linux', '.config/github-copilot/intellij/mcp.json', 'medium'),
      on('macos', '.config/github-copilot/intellij/mcp.json', 'medium'),
      on('windows', 'AppData/Local/github-copilot/intellij/mcp.json', 'medium'),
    ],
    { where: ['servers', 'mcpServers'] },
  ),
  plain('copilot-xcode', 'GitHub Copilot for Xcode', [on('macos', '.config/github-copilot/xcode/mcp.json', 'medium')], {
    where: ['servers', 'mcpServers'],
  }),
  plain('copilot-eclipse', 'GitHub Copilot for Eclipse', [home('.config/github-copilot/eclipse/mcp.json', 'low')], {
    where: ['servers', 'mcpServers'],
  }),
  // Microsoft Learn "Use MCP servers in Visual Studio": the root key is `servers`, also in `.mcp.json` of the solution,
  // where Claude Code wants `mcpServers`.
  plain(
    'visual-studio',
    'Visual Studio',
    [on('windows', '.mcp.json', 'medium'), project('.mcp.json', 'medium'), project('.vs/mcp.json', 'medium')],
    { where: ['servers'], shared: true },
  ),
  // Claude Agent and Codex in Xcode 26: a folder of settings of their own. Unverified.
  plain('xcode-claude', 'Claude Agent in Xcode', [
    on('macos', 'Library/Developer/Xcode/CodingAssistant/ClaudeAgentConfig/.claude.json', 'low'),
  ]),
  // nanbingxyz/5ire keeps commands, states and arguments of servers here.
  plain('5ire', '5ire', appData('5ire', 'mcp.json', 'low'), { where: ['mcpServers', 'servers'] }),
  // Unverified: the servers of Cherry Studio and Msty lie in the application's database, these files are exports.
  plain('cherry-studio', 'Cherry Studio', appData('CherryStudio', 'mcp.json', 'low')),
  plain('jan', 'Jan', appData('Jan/data', 'mcp_config.json', 'medium')),
  plain('msty', 'Msty Studio', appData('MstyStudio', 'mcp.json', 'low')),
  plain('open-webui', 'Open WebUI (mcpo)', [project('mcpo.json', 'low'), project('mcpo/config.json', 'low')], {
    shared: true,
  }),
  // msaad00/agent-bom, discovery table (2026-08-22).
  plain('void', 'Void', [home('.void-editor/mcp.json', 'medium'), home('.void/mcp.json', 'low')]),
  plain('trae', 'Trae', [
    ...appData('Trae/User', 'mcp.json', 'medium'),
    ...appData('Trae CN/User', 'mcp.json', 'low'),
    home('.trae/mcp.json', 'low'),
    project('.trae/mcp.json', 'medium'),
  ]),
  plain('tabnine', 'Tabnine', [
    home('.tabnine/mcp_servers.json', 'medium'),
    project('.tabnine/mcp_servers.json', 'medium'),
  ]),
  plain('cody', 'Sourcegraph Cody', [
    ...appData('Code/User/globalStorage/sourcegraph.cody-ai', 'mcp.json', 'low'),
    home('.cody/mcp.json', 'low'),
  ]),
  plain('aide', 'Aide', [home('.aide/mcp.json', 'low'), ...appData('Aide/User', 'mcp.json', 'low')]),
  plain('pieces', 'Pieces', [
    on('macos', 'Library/Application Support/com.pieces.os/mcp.json', 'low'),
    home('.pieces/mcp.json', 'low'),
    on('windows', 'AppData/Roaming/Pieces/mcp.json', 'low'),
  ]),
  plain('mcp-cli', 'mcp-cli', [home('.mcp/config.json', 'low')]),
  plain('cortex-code', 'Snowflake Cortex Code', [home('.snowflake/cortex/mcp.json', 'low')]),
  // dyoshikawa/rulesync, path tables with the vendors' pages named (2026-08-18).
  plain('rovo-dev', 'Atlassian Rovo Dev', [
    home('.rovodev/mcp.json', 'medium'),
    project('.rovodev/mcp.json', 'medium'),
  ]),
  plain('kimi-code', 'Kimi Code', [home('.kimi-code/mcp.json', 'medium'), project('.kimi-code/mcp.json', 'medium')]),
  plain('grok-build', 'Grok Build', [home('.grok/config.toml', 'medium'), project('.grok/config.toml', 'medium')], {
    format: 'toml',
    where: ['mcp_servers'],
  }),
  plain('mistral-vibe', 'Mistral Vibe', [home('.vibe/config.toml', 'medium'), project('.vibe/config.toml', 'medium')], {
    format: 'toml',
    where: ['mcp_servers'],
  }),
  plain(
    'hermes-agent',
    'Hermes Agent',
    [
      on('linux', '.hermes/config.yaml', 'medium'),
      on('macos', '.hermes/config.yaml', 'medium'),
      on('windows', 'AppData/Local/hermes/config.yaml', 'medium'),
    ],
    { format: 'yaml', where: ['mcp_servers'] },
  ),
  plain('deepagents-code', 'Deep Agents Code', [
    home('.deepagents/.mcp.json', 'medium'),
    project('.deepagents/.mcp.json', 'medium'),
  ]),
  plain('muse-code', 'Muse Code', [home('.config/muse/settings.json', 'medium')], {
    format: 'json',
    where: ['mcp_servers'],
  }),
  plain('reasonix', 'Reasonix', [home('.reasonix/config.toml', 'medium'), project('reasonix.toml', 'medium')], {
    format: 'toml',
    where: ['plugins'],
  }),
  // intellectronica/ruler, src/paths/mcp.ts and src/agents (2026-08-19).
  plain('firebase-studio', 'Firebase Studio', [project('.idx/mcp.json', 'medium')]),
  plain('firebender', 'Firebender', [home('.firebender/firebender.json', 'low'), project('firebender.json', 'medium')]),
  plain('openhands', 'OpenHands', [home('.openhands/mcp.json', 'low')]),
  // General knowledge.
  plain('codebuddy', 'CodeBuddy', [home('.codebuddy/mcp.json', 'low'), home('.codebuddy/.mcp.json', 'low')]),
  plain('qoder', 'Qoder', [
    ...appData('Qoder/SharedClientCache', 'mcp.json', 'low'),
    project('.qoder/mcp.json', 'low'),
  ]),
  plain('iflow-cli', 'iFlow CLI', [home('.iflow/settings.json', 'low'), project('.iflow/settings.json', 'low')]),
  plain('mcphost', 'MCPHost', [home('.mcphost.json', 'low')]),
  plain('oterm', 'oterm', [
    on('linux', '.local/share/oterm/config.json', 'low'),
    on('macos', 'Library/Application Support/oterm/config.json', 'low'),
    on('windows', 'AppData/Roaming/oterm/config.json', 'low'),
  ]),
  plain('gptme', 'gptme', [home('.config/gptme/config.toml', 'low')], { format: 'toml', where: ['mcp.servers'] }),
  plain('fast-agent', 'fast-agent', [project('fastagent.config.yaml', 'medium')], {
    format: 'yaml',
    where: ['mcp.servers'],
  }),
  plain('mcp-agent', 'mcp-agent', [project('mcp_agent.config.yaml', 'medium')], {
    format: 'yaml',
    where: ['mcp.servers'],
  }),
  plain('raycast', 'Raycast', [on('macos', 'Library/Application Support/com.raycast.macos/mcp-config.json', 'low')]),
];
