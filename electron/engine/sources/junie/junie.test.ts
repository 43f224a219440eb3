import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { aiAssistantMcp, aiAssistantXml } from './ai-assistant.ts';
import { jetbrainsAcp, junieAllowlist, junieConfig, junieGuidelines, junieMcp } from './junie.ts';

test('servers of Junie, of the user and of a project', () => {
  const text = json({ mcpServers: { a: { command: 'npx', args: ['-y', 'x@1.0.0'], env: { A_TOKEN: '${T}' } } } });
  expect(assetsOf(readText(junieMcp, '.junie/mcp/mcp.json', text))).toEqual([
    'mcp-server a',
    'credential T',
    'agent JetBrains Junie in repo',
  ]);
  expect(
    propertiesOf(readText(junieMcp, '~/.junie/mcp/mcp.json', text), 'agent', 'JetBrains Junie, user settings'),
  ).toMatchObject({
    transcripts: [{ place: '~/.junie/logs/*' }],
  });
});

test('the allowlist keeps its order; a list for a group is no list of rules', () => {
  const reading = readText(
    junieAllowlist,
    '~/.junie/allowlist.json',
    json({
      defaultBehavior: 'ask',
      allowReadonlyCommands: true,
      rules: {
        executables: {
          default: 'ask',
          rules: [
            { prefix: 'git ', action: 'allow' },
            { pattern: 'rm *', action: 'ask' },
          ],
        },
        fileEditing: [{ pattern: '**', action: 'allow' }],
      },
    }),
  );
  const agent = propertiesOf(reading, 'agent', 'JetBrains Junie, user settings');
  expect(agent['permissions']).toMatchObject([
    { list: 'executables', rule: 'git ', form: 'prefix', action: 'allow', order: 0, line: 8 },
    { list: 'executables', rule: 'rm *', form: 'pattern', action: 'ask', order: 1 },
    { list: 'fileEditing', rule: '**', action: 'allow', order: 0 },
  ]);
  expect(agent['ignoredFiles']).toHaveLength(1);
  expect(issuesOf(reading)).toHaveLength(1);
});

test('hooks of a project do nothing', () => {
  const text = json({ hooks: { Stop: [{ hooks: [{ type: 'command', command: './x.sh' }] }] } });
  expect(assetsOf(readText(junieConfig, '~/.junie/config.json', text))).toEqual([
    'hook Stop',
    'agent JetBrains Junie, user settings',
  ]);
  const project = readText(junieConfig, '.junie/config.json', text);
  expect(assetsOf(project)).toEqual(['agent JetBrains Junie in repo']);
  expect(propertiesOf(project, 'agent', 'JetBrains Junie in repo')['inert']).toMatchObject([{ key: 'hooks', line: 2 }]);
  expect(assetsOf(readText(junieGuidelines, '.junie/guidelines.md', 'x'))[0]).toBe('prompt guidelines.md');
});

describe('AI Assistant', () => {
  test('mcp.json with and without the map', () => {
    const server = { a: { url: 'https://h/mcp' } };
    for (const form of [server, { mcpServers: server }])
      expect(assetsOf(readText(aiAssistantMcp, '.ai/mcp/mcp.json', json(form)))).toEqual([
        'mcp-server a',
        'agent JetBrains AI Assistant in repo',
      ]);
    expect(assetsOf(readText(aiAssistantMcp, '.ai/mcp/mcp.json', json({ version: 1, a: {} })))).toEqual([
      'agent JetBrains AI Assistant in repo',
    ]);
  });

  const place = '~/.config/JetBrains/*/options/llm.mcpServers.xml';
  const settings = `<application>
  <component name="McpApplicationServerCommands" modifiable="true">
    <McpServerCommand sourceId="UserConfigurationSource">
      <option name="enabled" value="true" />
      <option name="name" value="github" />
      <option name="programPath" value="npx" />
      <option name="arguments" value="-y server-github --token FAKEghp1234567890abc" />
      <envs><env name="GITHUB_TOKEN" value="FAKEvalue1234567890" /><env name="LOG" value="x &amp; y" /></envs>
    </McpServerCommand>
    <commands>
      <McpServerConfigurationProperties>
        <option name="command" value="node" />
        <option name="args"><list><option value="a b.js" /><option value="--x" /></list></option>
        <option name="enabled" value="false" />
        <option name="env"><map><entry key="URL" value="https://x" /></map></option>
        <option name="name" value="local" />
      </McpServerConfigurationProperties>
      <McpServerConfigurationProperties>
        <option name="enabled" value="false" />
        <option name="name" value="elsewhere" />
      </McpServerConfigurationProperties>
    </commands>
    <urls>
      <McpServerURL><option name="name" value="remote" /><option name="url" value="https://h/mcp" />
        <option name="headers"><map><entry key="Authorization" value="Bearer \${T}" /></map></option></McpServerURL>
    </urls>
  </component>
</application>
`;

  test('the three layouts of the IDE settings', () => {
    const reading = readText(aiAssistantXml, place, settings);
    expect(issuesOf(reading)).toEqual([]);
    expect(assetsOf(reading)).toEqual([
      'mcp-server github',
      'credential GITHUB_TOKEN',
      'credential github token',
      'mcp-server local',
      'mcp-server remote',
      'credential T',
      'agent JetBrains AI Assistant, user settings',
    ]);
    const configuration = (name: string): Properties =>
      (propertiesOf(reading, 'mcp-server', name)['configurations'] as readonly Properties[])[0] ?? {};
    expect(configuration('github')).toMatchObject({
      args: ['-y', 'server-github', '--token', '***'],
      envNames: ['GITHUB_TOKEN', 'LOG'],
      line: 3,
    });
    expect(configuration('local')).toMatchObject({
      command: 'node',
      args: ['a b.js', '--x'],
      enabled: false,
      envNames: ['URL'],
    });
    expect(configuration('remote')).toMatchObject({ url: 'https://h/mcp', auth: { type: 'header' } });
    expect(propertiesOf(reading, 'agent', 'JetBrains AI Assistant, user settings')['serverSwitches']).toMatchObject([
      { name: 'elsewhere', enabled: false },
    ]);
    expect(JSON.stringify(reading)).not.toMatch(/FAKE/);
  });

  test('the workspace of any other project gives nothing', () => {
    expect(
      readText(aiAssistantXml, '.idea/workspace.xml', '<project version="4"><component name="X"/></project>'),
    ).toMatchObject({
      status: 'read',
      assets: [],
      issues: [],
    });
    expect(
      readText(aiAssistantXml, '.idea/workspace.xml', '<project><component name="McpProjectServerCommands">').status,
    ).toBe('malformed');
  });
});

test('agents of other vendors', () => {
  const reading = readText(
    jetbrainsAcp,
    '~/.jetbrains/acp.json',
    json({
      default_mcp_settings: { use_idea_mcp: true },
      agent_servers: {
        'Claude Code': {
          command: 'npx',
          args: ['-y', 'claude-code-acp'],
          env: { ANTHROPIC_API_KEY: 'FAKEkey1234567890' },
        },
      },
    }),
  );
  expect(assetsOf(reading)).toEqual([
    'agent Claude Code',
    'credential ANTHROPIC_API_KEY',
    'agent JetBrains AI Assistant, user settings',
  ]);
  expect(propertiesOf(reading, 'agent', 'Claude Code')).toMatchObject({
    framework: 'acp-agent',
    command: 'npx -y claude-code-acp',
  });
  expect(JSON.stringify(reading)).not.toMatch(/FAKE/);
});
