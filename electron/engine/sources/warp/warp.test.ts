import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { warpMcp, warpRules, warpSettings, warpSkills } from './warp.ts';

test('servers, with and without the map around them', () => {
  const servers = {
    github: { command: 'npx', args: ['-y', 'x'], working_directory: '/home/dev/x', env: { GITHUB_TOKEN: '${T}' } },
    team: { warp_id: '123' },
  };
  for (const form of [servers, { mcpServers: servers }, { mcp_servers: servers }]) {
    const reading = readText(warpMcp, '.warp/.mcp.json', json(form));
    expect(assetsOf(reading)).toEqual(['mcp-server github', 'credential T', 'mcp-server team', 'agent Warp in repo']);
    const [team] = propertiesOf(reading, 'mcp-server', 'team')['configurations'] as readonly Properties[];
    expect(team).toMatchObject({ sharedServer: '123', transport: 'unknown' });
  }
});

test('profiles with their lists and autonomy, the older keys as inert', () => {
  const reading = readText(
    warpSettings,
    '~/.config/warp-terminal/settings.toml',
    `[agents.execution_profiles.default]
command_allowlist = ["^ls( .*)?$"]
command_denylist = ["^rm .*"]
execute_commands = "agent_decides"
mcp_permissions = "always_ask"

[agents.profiles]
agent_mode_command_execution_allowlist = ["git .*"]
`,
  );
  expect(issuesOf(reading)).toEqual([]);
  expect(propertiesOf(reading, 'agent', 'Warp, user settings')).toMatchObject({
    permissions: [
      { list: 'command_allowlist', rule: '^ls( .*)?$', profile: 'default', order: 0, line: 2 },
      { list: 'command_denylist', rule: '^rm .*', profile: 'default', line: 3 },
    ],
    modes: [
      { key: 'execute_commands', value: 'agent_decides', profile: 'default' },
      { key: 'mcp_permissions', value: 'always_ask', profile: 'default' },
    ],
    inert: [{ key: 'agent_mode_command_execution_allowlist', line: 8 }],
  });
});

test('rules and skills', () => {
  expect(assetsOf(readText(warpRules, 'WARP.md', 'x'))).toEqual(['prompt WARP.md', 'agent Warp in repo']);
  expect(assetsOf(readText(warpSkills, '.warp/skills/**/SKILL.md', '---\nname: s\n---\n'))[0]).toBe('skill s');
});
