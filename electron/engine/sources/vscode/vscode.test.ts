import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { copilotCliConfig, copilotCliMcp } from './copilot-cli.ts';
import {
  vscodeAgents,
  vscodeHooks,
  vscodeInstructions,
  vscodePlugins,
  vscodeSharedAgents,
  vscodeSkills,
} from './definitions.ts';
import { vscodeDevContainer, vscodeMcp } from './mcp.ts';
import { vscodeSettings } from './settings.ts';

test('servers, inputs that are passwords, servers of another host', () => {
  const reading = readText(
    vscodeMcp,
    '.vscode/mcp.json',
    json({
      inputs: [
        { id: 'pw', type: 'promptString', password: true },
        { id: 'name', type: 'promptString' },
      ],
      servers: { a: { command: 'x', env: { LOGIN: '${input:pw}', WHO: '${input:name}' } } },
      mcpServers: { ghost: { command: 'y' } },
    }),
  );
  expect(assetsOf(reading)).toEqual(['mcp-server a', 'credential pw', 'agent VS Code Copilot in repo']);
  expect(propertiesOf(reading, 'mcp-server', 'a')['configurations']).toMatchObject([{ secretRefs: ['input:pw'] }]);
  expect(propertiesOf(reading, 'agent', 'VS Code Copilot in repo')['notServers']).toMatchObject([{ name: 'ghost' }]);
  expect(issuesOf(reading)).toHaveLength(1);
});

test('profiles of the user', () => {
  expect(assetsOf(readText(vscodeMcp, '~/.config/Code/User/mcp.json', json({ servers: {} })))).toEqual([
    'agent VS Code Copilot, user settings',
  ]);
  expect(
    assetsOf(
      readText(
        vscodeMcp,
        '~/Library/Application Support/Code - Insiders/User/profiles/*/mcp.json',
        json({ servers: {} }),
      ),
    ),
  ).toEqual(['agent VS Code Copilot, user settings']);
});

test('settings that say nothing about agents make none', () => {
  expect(assetsOf(readText(vscodeSettings, '.vscode/settings.json', '{"editor.tabSize": 2,}'))).toEqual([]);
  const reading = readText(
    vscodeSettings,
    '.vscode/settings.json',
    json({
      'editor.tabSize': 2,
      'chat.permissions.default': 'bypass',
      'chat.tools.terminal.autoApprove': { rm: { approve: true } },
      mcp: { servers: { a: { url: 'https://h' } } },
    }),
  );
  expect(assetsOf(reading)).toEqual(['mcp-server a', 'agent VS Code Copilot in repo']);
  expect(reading.assets[1]?.lines).toEqual({ line: 3, endLine: 14 });
  expect(propertiesOf(reading, 'agent', 'VS Code Copilot in repo')).toMatchObject({
    modes: [{ key: 'chat.permissions.default', value: 'bypass' }],
    permissions: [{ rule: 'rm', value: 'conditions' }],
  });
});

test('dev containers with and without servers', () => {
  expect(assetsOf(readText(vscodeDevContainer, '.devcontainer/devcontainer.json', json({ image: 'x' })))).toEqual([]);
  expect(
    assetsOf(
      readText(
        vscodeDevContainer,
        '.devcontainer/devcontainer.json',
        json({ customizations: { vscode: { mcp: { servers: { a: { command: 'x' } } } } } }),
      ),
    ),
  ).toEqual(['mcp-server a', 'agent VS Code Copilot in repo']);
});

test('custom agents: names, models with blanks, candidates, servers in the header', () => {
  const text =
    "---\ndescription: d\nmodel: ['GPT-5.3-Codex', 'Claude Sonnet 4.5 (copilot)']\ntools: ['edit', 'search']\nmcp-servers:\n  s:\n    type: http\n    url: https://h/mcp\n    headers: {Authorization: 'Bearer ${{ secrets.COPILOT_MCP_X }}'}\n---\nbody";
  const reading = readText(vscodeAgents, '.github/agents/*.md', text, { place: 'repo/.github/agents/ops.agent.md' });
  expect(assetsOf(reading)).toEqual([
    'agent ops',
    'model GPT-5.3-Codex',
    'model Claude Sonnet 4.5',
    'prompt ops instructions',
    'mcp-server s',
    'credential COPILOT_MCP_X',
    'agent VS Code Copilot in repo',
  ]);
  expect(reading.assets[2]?.key).toBe('anthropic:claude-sonnet-4.5');
  expect(assetsOf(readText(vscodeSharedAgents, 'agents/*.agent.md', '---\nname: n\n---\n'))).toEqual(['agent n']);
  expect(
    assetsOf(readText(vscodeSharedAgents, 'agents/*.agent.md', '---\nname: n\n---\n', { anchor: 'repo/.github' })),
  ).toEqual([]);
});

test('instructions, prompts, skills, hooks, plugins', () => {
  const rule = readText(
    vscodeInstructions,
    '.github/instructions/**/*.instructions.md',
    '---\napplyTo: "**/*.ts,**/*.tsx"\n---\nx',
    { place: 'repo/.github/instructions/ts.instructions.md' },
  );
  expect(propertiesOf(rule, 'prompt', 'ts.instructions.md')).toMatchObject({
    applyTo: ['**/*.ts', '**/*.tsx'],
    role: 'rule',
  });
  expect(assetsOf(readText(vscodeInstructions, '.github/copilot-instructions.md', 'x'))).toEqual([
    'prompt copilot-instructions.md',
    'agent VS Code Copilot in repo',
  ]);
  expect(assetsOf(readText(vscodeSkills, '.github/skills/**/SKILL.md', '---\nname: s\n---\n'))).toEqual([
    'skill s',
    'agent VS Code Copilot in repo',
  ]);
  expect(
    assetsOf(
      readText(
        vscodeHooks,
        '.github/hooks/*.json',
        json({ version: 1, hooks: { preToolUse: [{ type: 'command', bash: './x.sh' }] } }),
      ),
    ),
  ).toEqual(['hook preToolUse', 'agent VS Code Copilot in repo']);
  expect(assetsOf(readText(vscodePlugins, 'plugins/*/plugin.json', json({ name: 'p', description: 'd' })))).toEqual([
    'plugin p',
  ]);
  expect(assetsOf(readText(vscodePlugins, 'plugins/*/plugin.json', json({ name: 'other' })))).toEqual([]);
});

test('Copilot CLI', () => {
  const servers = readText(
    copilotCliMcp,
    '~/.copilot/mcp-config.json',
    json({ mcpServers: { a: { type: 'local', command: 'x', tools: ['*'] } } }),
  );
  expect(propertiesOf(servers, 'mcp-server', 'a')['configurations']).toMatchObject([
    { transport: 'stdio', includeTools: ['*'] },
  ]);
  const config = readText(
    copilotCliConfig,
    '~/.copilot/config.json',
    json({ trusted_folders: ['/x'], denied_urls: ['https://y'], model: 'gpt-5' }),
  );
  expect(assetsOf(config)).toEqual(['model gpt-5', 'agent Copilot CLI, user settings']);
});
