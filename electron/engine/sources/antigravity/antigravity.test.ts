import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import {
  antigravityMcp,
  antigravityPlugins,
  antigravityRules,
  antigravitySettings,
  antigravitySkills,
  antigravityWorkflows,
} from './antigravity.ts';

test('servers of the user and of a project', () => {
  const text = json({
    mcpServers: {
      a: { serverUrl: 'https://a.example.com/mcp' },
      b: { url: 'https://b.example.com/mcp', disabledTools: ['x'] },
      c: { command: 'c', disabled: true },
    },
  });
  for (const [path, name] of [
    ['~/.gemini/antigravity/mcp_config.json', 'Antigravity, user settings'],
    ['.agents/mcp_config.json', 'Antigravity in repo'],
  ] as const) {
    const reading = readText(antigravityMcp, path, text);
    expect(assetsOf(reading)).toEqual(['mcp-server a', 'mcp-server b', 'mcp-server c', `agent ${name}`]);
    const doubts = ['a', 'b', 'c'].map((server) => {
      const [configuration] = propertiesOf(reading, 'mcp-server', server)['configurations'] as readonly object[];
      return Object.hasOwn(configuration ?? {}, 'needsVerification');
    });
    expect(doubts).toEqual([false, true, false]);
  }
  expect(readText(antigravityMcp, '~/.gemini/config/mcp_config.json', '')).toMatchObject({
    status: 'read',
    assets: [],
  });
});

test('settings of the command line, and nothing of those of the editor', () => {
  const cli = readText(
    antigravitySettings,
    '~/.gemini/antigravity-cli/settings.json',
    json({
      toolPermission: 'always-proceed',
      enableTerminalSandbox: false,
      trustedWorkspaces: ['/home/dev/app'],
      permissions: { allow: ['command(git)'] },
    }),
  );
  expect(propertiesOf(cli, 'agent', 'Antigravity, user settings')).toMatchObject({
    modes: [{ key: 'toolPermission', value: 'always-proceed' }],
    sandbox: [{ key: 'enableTerminalSandbox', value: false }],
    projects: [{ path: '/home/dev/app', trusted: true }],
    permissions: [{ list: 'allow', rule: 'command(git)' }],
  });
  const editor = readText(
    antigravitySettings,
    '~/.config/Antigravity/User/settings.json',
    json({ 'editor.tabSize': 2, model: 'x' }),
  );
  expect(editor.assets).toEqual([]);
});

test('skills, rules, workflows, plugins', () => {
  expect(assetsOf(readText(antigravitySkills, '.agent/skills/**/SKILL.md', '---\nname: s\n---\n'))).toContain(
    'skill s',
  );
  expect(assetsOf(readText(antigravityRules, '.agent/rules/**/*.md', 'x'))).toContain('prompt some.md');
  expect(assetsOf(readText(antigravityWorkflows, '.agent/workflows/**/*.md', 'x'))).toContain('prompt /inner/some');
  expect(assetsOf(readText(antigravityPlugins, '~/.gemini/config/plugins/*/plugin.json', '{"name": "p"}'))).toContain(
    'plugin p',
  );
});
