import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import {
  windsurfHooks,
  windsurfMcp,
  windsurfRules,
  windsurfSettings,
  windsurfSkills,
  windsurfWorkflows,
} from './cascade.ts';
import { devinAgents, devinConfig, devinHooks, devinMcp, devinRules, devinSkills } from './devin.ts';

const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('the two agents name an address by different keys', () => {
  const servers = { a: { serverUrl: 'https://a.example.com/mcp' }, b: { url: 'https://b.example.com/mcp' } };
  const cascade = readText(windsurfMcp, '~/.codeium/windsurf/mcp_config.json', json({ mcpServers: servers }));
  expect(configuration(cascade, 'a')).toMatchObject({ url: 'https://a.example.com/mcp', transport: 'http' });
  expect(configuration(cascade, 'a')).not.toHaveProperty('needsVerification');
  expect(configuration(cascade, 'b')).toMatchObject({ needsVerification: expect.stringContaining('serverUrl') });
  const devin = readText(devinMcp, '.devin/mcp_config.json', json({ mcpServers: servers }));
  expect(configuration(devin, 'a')).toMatchObject({ needsVerification: expect.stringContaining('documents url') });
  expect(configuration(devin, 'b')).not.toHaveProperty('needsVerification');
  const both = readText(
    windsurfMcp,
    '~/.codeium/windsurf/mcp_config.json',
    json({
      mcpServers: {
        c: {
          url: 'https://old.example.com',
          serverUrl: 'https://new.example.com',
          disabled: true,
          disabledTools: ['x'],
          alwaysAllow: ['y'],
        },
      },
    }),
  );
  expect(configuration(both, 'c')).toMatchObject({
    url: 'https://new.example.com',
    enabled: false,
    excludeTools: ['x'],
    autoApprovedTools: ['y'],
  });
});

test('Cascade: hooks of the machine, command lists, rules, workflows, skills', () => {
  const hooks = readText(
    windsurfHooks,
    '/etc/windsurf/hooks.json',
    json({ hooks: { pre_run_command: [{ command: 'check.sh', show_output: true }], post_write_code: [{}, 3] } }),
  );
  expect(assetsOf(hooks)).toEqual(['hook pre_run_command', 'agent Windsurf Cascade, managed settings']);
  expect(issuesOf(hooks)).toEqual([
    '10: hook of "post_write_code" says nothing to run',
    '11: hook of "post_write_code" is not an object',
  ]);
  const settings = readText(
    windsurfSettings,
    '~/.config/Windsurf/User/settings.json',
    '{ // mine\n"windsurf.cascadeCommandsAllowList": ["git"], "windsurf.cascadeCommandsDenyList": ["rm"], "editor.fontSize": 12 }',
  );
  expect(propertiesOf(settings, 'agent', 'Windsurf Cascade, user settings')['permissions']).toMatchObject([
    { list: 'allow', rule: 'git', line: 2 },
    { list: 'deny', rule: 'rm', line: 2 },
  ]);
  expect(
    assetsOf(readText(windsurfSettings, '~/.config/Windsurf/User/settings.json', '{"editor.fontSize": 12}')),
  ).toEqual([]);
  const rule = readText(windsurfRules, '.windsurf/rules/**/*.md', '---\ntrigger: glob\nglobs: *.ts\n---\nUse tabs.');
  expect(propertiesOf(rule, 'prompt', 'some.md')).toMatchObject({ trigger: 'glob', globs: ['*.ts'], role: 'rule' });
  expect(assetsOf(readText(windsurfWorkflows, '.windsurf/workflows/**/*.md', 'x'))).toContain('prompt /inner/some');
  expect(assetsOf(readText(windsurfSkills, '/etc/windsurf/skills/*/SKILL.md', '---\nname: s\n---\n'))).toContain(
    'skill s',
  );
});

test('Devin: what a project may set and what not', () => {
  const text = json({
    agent: { model: 'claude-sonnet-5' },
    sandbox: { allow_network: true },
    permissions: { allow: ['Exec(git)'], ask: 'Exec(npm)', deny: [1] },
    mcpServers: { a: { command: 'a' } },
    hooks: { PreToolUse: [{ matcher: 'exec', hooks: [{ type: 'command', command: './x.sh' }] }] },
    read_config_from: { cursor: false },
  });
  const project = readText(devinConfig, '.devin/config.json', text);
  expect(propertiesOf(project, 'agent', 'Devin in repo')).toMatchObject({
    inert: [
      { key: 'agent', line: 2 },
      { key: 'sandbox', line: 5 },
    ],
    permissions: [
      { list: 'deny', rule: '1' },
      { list: 'ask', rule: 'Exec(npm)' },
      { list: 'allow', rule: 'Exec(git)' },
    ],
    settings: [{ key: 'read_config_from.cursor', value: false }],
  });
  expect(issuesOf(project)).toEqual([
    '14: permission list "deny" holds a member that is not text',
    '12: permission list "ask" is not a list',
  ]);
  const user = readText(devinConfig, '~/.config/devin/config.json', text);
  expect(assetsOf(user)).toEqual([
    'mcp-server a',
    'hook PreToolUse (exec)',
    'model claude-sonnet-5',
    'agent Devin, user settings',
  ]);
  expect(propertiesOf(user, 'agent', 'Devin, user settings')).toMatchObject({
    sandbox: [{ key: 'sandbox.allow_network', value: true }],
  });
  expect(readText(devinConfig, '.devin/config.local.json', text).assets.at(-1)?.key).toBe('devin@repo');
});

test('Devin: hooks at the top of their file, rules, skills, agents', () => {
  const hooks = readText(
    devinHooks,
    '.devin/hooks.v1.json',
    json({ PreToolUse: [{ hooks: [{ command: 'a' }] }], Stop: [{ prompt: 'Done?' }] }),
  );
  expect(assetsOf(hooks)).toEqual(['hook PreToolUse', 'hook Stop', 'agent Devin in repo']);
  expect(assetsOf(readText(devinRules, '~/.config/devin/AGENTS.md', 'x'))).toEqual([
    'prompt AGENTS.md',
    'agent Devin, user settings',
  ]);
  expect(assetsOf(readText(devinSkills, '.devin/skills/**/SKILL.md', '---\nname: s\n---\n'))).toContain('skill s');
  const agent = readText(devinAgents, '.devin/agents/*/AGENT.md', '---\ndescription: d\ntools: Read\n---\nx');
  expect(assetsOf(agent)).toEqual(['agent some', 'prompt some instructions', 'agent Devin in repo']);
  expect(assetsOf(readText(devinAgents, '.devin/agents/*/AGENT.md', 'only text'))).toEqual([]);
});
