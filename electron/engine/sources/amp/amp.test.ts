import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { ampCommands, ampInstructions, ampSettings, ampSkills } from './amp.ts';

const settings = {
  'amp.dangerouslyAllowAll': true,
  'amp.permissions': [
    { tool: 'Bash', matches: { cmd: '*git commit*' }, action: 'ask' },
    { tool: 'mcp__*', action: 'delegate', to: 'my-helper', context: 'subagent' },
    { tool: 'x' },
  ],
  'amp.mcpPermissions': [{ matches: { url: '*' }, action: 'reject' }],
  'amp.tools.disable': ['builtin:edit_file'],
  'amp.mcpServers': {
    web: { url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer ${TOKEN}' }, includeTools: ['a'] },
    local: { command: 'npx', args: ['-y', 'x@1.0.0'], env: { X_API_KEY: 'FAKEkey1234567890' }, disabled: true },
  },
};

test('rules keep their order, servers their entries', () => {
  const reading = readText(ampSettings, '~/.config/amp/settings.json', json(settings));
  const agent = propertiesOf(reading, 'agent', 'Amp, user settings');
  expect(agent['permissions']).toMatchObject([
    { list: 'amp.permissions', rule: 'Bash', action: 'ask', order: 0, matches: { cmd: '*git commit*' }, line: 4 },
    {
      list: 'amp.permissions',
      rule: 'mcp__*',
      action: 'delegate',
      order: 1,
      delegate: 'my-helper',
      context: 'subagent',
    },
    { list: 'amp.mcpPermissions', rule: '*', action: 'reject', order: 0, matches: { url: '*' } },
  ]);
  expect(agent['modes']).toMatchObject([
    { key: 'amp.dangerouslyAllowAll', value: true },
    { key: 'amp.tools.disable', value: ['builtin:edit_file'] },
  ]);
  expect(agent['helpers']).toMatchObject([{ key: 'permission delegate', command: 'my-helper' }]);
  expect(issuesOf(reading)).toEqual(['17: entry of "amp.permissions" names no action']);
  expect(assetsOf(reading)).toEqual([
    'mcp-server web',
    'credential TOKEN',
    'mcp-server local',
    'credential X_API_KEY',
    'agent Amp, user settings',
  ]);
  const [web] = propertiesOf(reading, 'mcp-server', 'web')['configurations'] as readonly Properties[];
  expect(web).toMatchObject({ includeTools: ['a'], auth: { type: 'header' } });
  expect(JSON.stringify(reading)).not.toContain('FAKEkey');
});

test('every scope; settings of an editor count only where they speak of Amp', () => {
  const scopes = ampSettings.locations.map((location) => location.scope);
  expect([...new Set(scopes)].sort()).toEqual(['managed', 'project', 'user']);
  const place = '.vscode/settings.json';
  expect(readText(ampSettings, place, json({ 'editor.tabSize': 2 }))).toMatchObject({ status: 'read', assets: [] });
  expect(assetsOf(readText(ampSettings, place, json({ 'amp.dangerouslyAllowAll': true })))).toEqual([
    'agent Amp in repo',
  ]);
});

test('skills, instructions, checks', () => {
  expect(assetsOf(readText(ampSkills, '~/.config/agents/skills/**/SKILL.md', '---\nname: s\n---\nx'))).toEqual([
    'skill s',
    'agent Amp, user settings',
  ]);
  expect(assetsOf(readText(ampInstructions, '~/.config/amp/AGENTS.md', 'x'))[0]).toBe('prompt AGENTS.md');
  expect(assetsOf(readText(ampCommands, '.agents/checks/*.md', 'x'))[0]).toBe('prompt /some');
});
