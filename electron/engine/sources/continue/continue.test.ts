import { describe, expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { continueConfig, continueLegacyConfig, continueMcpJson } from './config.ts';
import {
  continueAgents,
  continueHooks,
  continuePermissions,
  continuePrompts,
  continueRules,
  continueSkills,
} from './permissions.ts';

const user = 'Continue, user settings';
const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('a whole configuration', () => {
  const reading = readText(
    continueConfig,
    '~/.continue/config.yaml',
    `name: Dev
models:
  - uses: anthropic/claude-sonnet
  - name: local
    provider: openai
    model: gpt-5
    apiKey: FAKEkey1234567890
    apiBase: https://gw.example.com/v1
    requestOptions:
      headers:
        X-Api-Key: \${{ secrets.GW_KEY }}
mcpServers:
  - uses: org/server
  - name: a
    command: uvx
    args: [a-mcp==1.0.0]
    env:
      A_TOKEN: \${{ secrets.A_TOKEN }}
  - name: b
    type: sse
    url: https://b.example.com/sse
    apiKey: FAKEkey1234567890
  - command: nameless
  - 7
rules:
  - Be brief.
  - name: tabs
    rule: Use tabs.
prompts:
  - name: ship
    prompt: Ship it.
data:
  - destination: https://log.example.com/in?token=FAKEtoken12345678
`,
  );
  expect(assetsOf(reading)).toEqual([
    'mcp-server a',
    'credential A_TOKEN',
    'credential mcpServers[2].apiKey',
    'mcp-server b',
    'mcp-server server 4',
    'credential models[1].apiKey',
    'credential GW_KEY',
    'model gpt-5',
    'prompt rules[0]',
    'prompt tabs',
    'prompt /ship',
    'agent Continue, user settings',
  ]);
  expect(configuration(reading, 'a')).toMatchObject({ secretRefs: ['secret:A_TOKEN'], pinned: true });
  expect(propertiesOf(reading, 'agent', user)).toMatchObject({
    hubBlocks: [
      { kind: 'models', uses: 'anthropic/claude-sonnet', line: 3 },
      { kind: 'mcpServers', uses: 'org/server', line: 13 },
    ],
    models: [{ provider: 'openai', model: 'gpt-5', secretRefs: ['secret:GW_KEY'], url: 'https://gw.example.com/v1' }],
    literalSecrets: [
      { where: 'mcpServers[2].apiKey', kind: 'api key', line: 22 },
      { where: 'models[1].apiKey', kind: 'api key', line: 7 },
    ],
    dataDestinations: [{ destination: 'https://log.example.com/in?token=***' }],
  });
  expect(issuesOf(reading)).toEqual(['23: a server without a name', '24: a server that is not an object']);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('blocks, the file of a project, the older form, JSON of other hosts', () => {
  const block = readText(continueConfig, '.continue/mcpServers/*.yaml', 'mcpServers:\n  - name: x\n    command: x\n');
  expect(configuration(block, 'x')).not.toHaveProperty('needsVerification');
  const project = readText(continueConfig, '.continue/config.yaml', 'mcpServers:\n  - name: x\n    command: x\n');
  expect(configuration(project, 'x')).toMatchObject({ needsVerification: expect.stringContaining('--config') });
  const older = readText(
    continueLegacyConfig,
    '~/.continue/config.json',
    json({
      models: [{ title: 't', provider: 'ollama', model: 'llama3' }],
      tabAutocompleteModel: { provider: 'ollama', model: 'qwen' },
      experimental: {
        modelContextProtocolServers: [
          { transport: { type: 'stdio', command: 'a', env: { A_TOKEN: 'FAKEtoken12345678' } } },
        ],
      },
    }),
  );
  expect(assetsOf(older)).toEqual([
    'model llama3',
    'model qwen',
    'mcp-server server 1',
    'credential A_TOKEN',
    'agent Continue, user settings',
  ]);
  expect(configuration(older, 'server 1')).toMatchObject({
    literalSecrets: [{ where: 'experimental.modelContextProtocolServers[0].transport.env.A_TOKEN' }],
  });
  const map = readText(continueMcpJson, '.continue/mcpServers/*.json', json({ mcpServers: { m: { command: 'm' } } }));
  expect(assetsOf(map)).toEqual(['mcp-server m', 'agent Continue in repo']);
  const single = readText(continueMcpJson, '.continue/mcpServers/*.json', json({ command: 'one' }));
  expect(assetsOf(single)).toEqual(['mcp-server some', 'agent Continue in repo']);
});

describe('permissions.yaml', () => {
  const rules = (text: string, path = '~/.continue/permissions.yaml') => {
    const reading = readText(continuePermissions, path, text);
    const agent = propertiesOf(reading, 'agent', path.startsWith('~') ? user : 'Continue in repo');
    return { reading, agent };
  };

  test('one unknown key, and nothing counts', () => {
    const { reading, agent } = rules('allow: [Bash]\ndeny: [Bash(rm *)]\n');
    expect(reading.status).toBe('malformed');
    expect(agent).toMatchObject({
      ignoredFiles: [{ why: 'the key "deny" is unknown: the whole file is not read' }],
      ignoredPermissions: [{ list: 'allow', rule: 'Bash' }],
    });
    expect(agent['permissions']).toBeUndefined();
    expect(rules('allow: Bash\n').agent).toMatchObject({
      ignoredFiles: [{ why: '"allow" is not a list: the whole file is not read' }],
    });
    expect(rules('allow:\nask:\n  - Bash\n').agent).toMatchObject({ permissions: [{ list: 'ask' }] });
  });

  test('that of a project is read by nobody', () => {
    const { reading, agent } = rules('allow: [Bash]\n', '.continue/permissions.yaml');
    expect(reading.status).toBe('read');
    expect(agent).toMatchObject({ ignoredFiles: [{ why: 'only the file of the user is read' }] });
  });

  test('the stricter list comes first', () => {
    const { agent } = rules('allow: [Read, "Write(**/*.ts)"]\nexclude: [Fetch]\nask: ["Bash(npm *)"]\n');
    expect((agent['permissions'] as { rule: string }[]).map((item) => item.rule)).toEqual([
      'Fetch',
      'Bash(npm *)',
      'Read',
      'Write(**/*.ts)',
    ]);
    expect(readText(continuePermissions, '~/.continue/permissions.yaml', '').assets).toEqual([]);
  });
});

test('hooks, rules, prompts, skills, agents', () => {
  const text = json({
    hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: './x.sh' }] }] },
    disableAllHooks: true,
  });
  const hooks = readText(continueHooks, '.continue/settings.json', text);
  expect(assetsOf(hooks)).toEqual(['hook PreToolUse', 'agent Continue in repo']);
  const commented = readText(continueHooks, '.continue/settings.local.json', `// x\n${text}`);
  expect([commented.status, assetsOf(commented)]).toEqual(['malformed', ['agent Continue in repo']]);
  expect(assetsOf(readText(continueRules, '.continue/rules/**/*.md', '---\nglobs: "*.ts"\n---\nx'))).toContain(
    'prompt some.md',
  );
  expect(assetsOf(readText(continuePrompts, '.continue/prompts/**/*.prompt', 'x'))).toContain('prompt /inner/some');
  expect(assetsOf(readText(continueSkills, '.continue/skills/*/SKILL.md', '---\nname: s\n---\n'))).toContain('skill s');
  expect(assetsOf(readText(continueAgents, '.continue/agents/*.md', 'no header'))).toEqual([]);
});
