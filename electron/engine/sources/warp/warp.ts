import type { Host } from '../host/host-agent.ts';
import { jsonOf } from '../host/host-agent.ts';
import { homeLocations } from '../host/location.ts';
import { rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { type HostProduct, hostServers, structuredSource } from '../host/structured-source.ts';
import type { ServerAdapter } from '../mcp/servers-map.ts';
import { type Entry, entriesOf, entryOf, linedTexts, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';

export const warp: Host = {
  id: 'warp',
  title: 'Warp',
  transcripts: [
    { place: '~/.local/state/warp-terminal/warp.sqlite', confidence: 'low' },
    {
      place:
        '~/Library/Group Containers/2BBY89MBSN.dev.warp/Library/Application Support/dev.warp.Warp-Stable/warp.sqlite',
      confidence: 'low',
    },
    { place: '~/AppData/Local/warp/Warp/data/warp.sqlite', confidence: 'low' },
  ],
};
const product: HostProduct = { product: 'warp', productTitle: 'Warp', host: warp };

/** `warp_id` names a server that is shared in the account: its configuration is not on disk. */
const server: ServerAdapter = (raw, node) => {
  const shared = textOf(nodeOf(node, 'warp_id'));
  const folder = scalarText(nodeOf(node, 'working_directory'));
  return {
    raw,
    extra: {
      ...(shared === undefined
        ? {}
        : { sharedServer: shared.slice(0, 100), why: 'configured in the Warp account, not on disk' }),
      ...(folder === undefined ? {} : { workingDirectory: maskText(folder) }),
    },
  };
};

/** `.mcp.json` of Warp; the map may stand without `mcpServers` around it. Warp documentation, "MCP servers" (2026). */
export const warpMcp: FileSource = structuredSource(
  product,
  {
    id: 'warp/mcp',
    title: 'Warp MCP servers',
    format: 'jsonc',
    locations: [
      { scope: 'user', base: 'home', path: '.warp/.mcp.json', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.warp/.mcp.json', confidence: 'high' },
    ],
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    const { root } = open;
    const named = entryOf(root, 'mcpServers') ?? entryOf(root, 'mcp_servers');
    const whole: Entry = { key: 'the file', node: root, line: root.line, endLine: root.endLine };
    hostServers(open, named ?? whole, { where: named?.key ?? '', adapt: server });
    return undefined;
  },
);

const lists = [
  'command_allowlist',
  'command_denylist',
  'directory_allowlist',
  'mcp_allowlist',
  'mcp_denylist',
] as const;
const modes = [
  'read_files',
  'apply_code_diffs',
  'execute_commands',
  'mcp_permissions',
  'write_to_pty',
  'ask_user_question',
  'run_agents',
  'computer_use',
  'web_search_enabled',
] as const;
/** Read once by the migration to profiles and ignored afterwards (2026-07-28). */
const legacy = [
  'agent_mode_command_execution_allowlist',
  'agent_mode_command_execution_denylist',
  'agent_mode_coding_permissions',
  'agent_mode_coding_file_read_allowlist',
  'agent_mode_execute_readonly_commands',
] as const;

/**
 * `settings.toml`: execution profiles with lists of regular expressions and one autonomy for each kind of act; the deny
 * list wins. Warp documentation "Agent profiles & permissions", "File locations" and the public repository's
 * `execution_profiles/config.rs`, excerpts (2026).
 */
export const warpSettings: FileSource = structuredSource(
  product,
  {
    id: 'warp/settings',
    title: 'Warp agent profiles',
    format: 'toml',
    locations: homeLocations(
      { linux: '.config/warp-terminal', macos: '.warp', windows: 'AppData/Local/warp/Warp/config' },
      'settings.toml',
      'medium',
    ),
  },
  ({ facts, root }) => {
    for (const profile of entriesOf(nodeOf(root, 'agents', 'execution_profiles'))) {
      const name = profile.key.slice(0, 100);
      for (const list of lists)
        for (const [order, item] of linedTexts(nodeOf(profile.node, list)).entries())
          facts.located('permissions', item, { list, rule: maskText(item.text), profile: name, order });
      for (const mode of modes) {
        const entry = entryOf(profile.node, mode);
        if (entry !== undefined)
          facts.located('modes', entry, { key: mode, value: jsonOf(entry.node, 3), profile: name });
      }
    }
    for (const key of legacy) {
      const entry = entryOf(root, 'agents', 'profiles', key);
      if (entry !== undefined)
        facts.located('inert', entry, {
          key,
          value: jsonOf(entry.node, 3),
          why: 'read once when profiles were introduced, ignored since',
        });
    }
    return undefined;
  },
);

export const warpSkills: FileSource = skillsSource(product, {
  id: 'warp/skills',
  title: 'Warp skills',
  locations: [
    { scope: 'user', base: 'home', path: '.warp/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.warp/skills/**/SKILL.md', confidence: 'medium' },
  ],
});

/** `WARP.md` counts before `AGENTS.md` of the same folder; `~/.agents/AGENTS.md` is the user's. */
export const warpRules: FileSource = rulesSource(product, {
  id: 'warp/rules',
  title: 'Warp rules',
  role: 'instructions',
  locations: [
    { scope: 'project', base: 'project', path: 'WARP.md', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.agents/AGENTS.md', confidence: 'medium' },
  ],
});
