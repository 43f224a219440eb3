import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { zedInstructions, zedSettings } from './settings.ts';

const place = '~/.config/zed/settings.json';
const user = 'Zed, user settings';
const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('servers: local, remote, of extensions, in the older form', () => {
  const reading = readText(
    zedSettings,
    place,
    json({
      context_servers: {
        a: { source: 'custom', command: 'a-mcp', args: ['x'], env: { A_KEY: 'FAKEkey1234567890' }, remote: true },
        b: { url: 'https://b.example.com/mcp', headers: { Authorization: 'Bearer FAKEtoken1234567' }, enabled: false },
        c: { source: 'extension', enabled: true, settings: { github_token: 'FAKEtoken12345678', port: 1 } },
        d: { command: { path: 'd-mcp', args: ['y'], env: { D: '1' } } },
      },
    }),
  );
  expect(configuration(reading, 'a')).toMatchObject({
    remote: true,
    literalSecrets: [{ where: 'context_servers.a.env.A_KEY' }],
  });
  expect(configuration(reading, 'b')).toMatchObject({ transport: 'http', enabled: false });
  expect(configuration(reading, 'd')).toMatchObject({
    command: 'd-mcp',
    args: ['y'],
    transport: 'stdio',
    envNames: ['D'],
  });
  expect(propertiesOf(reading, 'agent', user)).toMatchObject({
    extensionServers: [{ name: 'c', enabled: true, settings: ['github_token', 'port'] }],
    literalSecrets: [{ where: 'context_servers.c.settings.github_token', kind: 'token' }],
  });
  expect(assetsOf(reading)).not.toContain('mcp-server c');
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('layers of the file for channels, platforms and profiles', () => {
  const allow = { agent: { tool_permissions: { default: 'allow' } } };
  const reading = readText(
    zedSettings,
    place,
    json({ preview: allow, macos: allow, profiles: { demo: { settings: allow } }, ...allow }),
  );
  expect(propertiesOf(reading, 'agent', user)['permissions']).toMatchObject([
    { list: 'default', tool: '*', rule: 'allow' },
    { variant: 'preview' },
    { variant: 'macos' },
    { variant: 'profile demo' },
  ]);
});

test('older switch, sandbox, profiles, models, agents of others', () => {
  const reading = readText(
    zedSettings,
    place,
    json({
      agent: {
        always_allow_tool_actions: true,
        sandbox_permissions: { allow_unsandboxed: true, write_paths: ['/x'] },
        default_model: { provider: 'anthropic', model: 'claude-sonnet-4-5' },
        profiles: {
          ask: {
            tools: { terminal: false, grep: true },
            enable_all_context_servers: true,
            context_servers: { s: { tools: { t: true } } },
          },
        },
        tool_permissions: { tools: { terminal: { always_deny: [{ case_sensitive: true }, { pattern: 'rm' }] } } },
      },
      agent_servers: {
        Gem: { type: 'custom', command: 'gemini', args: ['--acp'], env: { GEM_API_KEY: 'FAKEkey1234567890' } },
        bad: 3,
      },
      language_models: { ollama: { api_url: 'http://localhost:11434' } },
      session: { trust_all_worktrees: true },
    }),
  );
  expect(propertiesOf(reading, 'agent', user)).toMatchObject({
    modes: [{ key: 'agent.always_allow_tool_actions', value: true }],
    sandbox: [
      { key: 'agent.sandbox_permissions.allow_unsandboxed', value: true },
      { key: 'agent.sandbox_permissions.write_paths', value: ['/x'] },
    ],
    profiles: [
      { profile: 'ask', tools: ['grep'], allContextServers: true, contextServers: [{ server: 's', tools: ['t'] }] },
    ],
    permissions: [{ list: 'always_deny', rule: 'rm' }],
    providers: [{ id: 'ollama', url: 'http://localhost:11434' }],
    settings: [{ key: 'session.trust_all_worktrees', value: true }],
    literalSecrets: [{ where: 'agent_servers.Gem.env.GEM_API_KEY' }],
  });
  expect(propertiesOf(reading, 'agent', 'Gem')).toMatchObject({
    framework: 'acp',
    external: true,
    command: 'gemini --acp',
  });
  expect(reading.issues.map((issue) => issue.message)).toEqual(['a rule of "always_deny" without a pattern']);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('a project sets servers and nothing else of agents', () => {
  const reading = readText(
    zedSettings,
    '.zed/settings.json',
    '{ "agent": { "tool_permissions": { "default": "allow" } }, // no\n "context_servers": { "p": { "command": "p", "args": [] } } }',
  );
  const project = propertiesOf(reading, 'agent', 'Zed in repo');
  expect(project).toMatchObject({ inert: [{ key: 'agent', line: 1 }] });
  expect(project['permissions']).toBeUndefined();
  expect(assetsOf(reading)).toEqual(['mcp-server p', 'agent Zed in repo']);
  const plain = readText(zedSettings, '.zed/settings.json', '{"tab_size": 2}');
  expect([assetsOf(plain), plain.detail]).toEqual([[], 'nothing about agents: no facts taken']);
  expect(assetsOf(readText(zedInstructions, '.rules', 'x'))).toEqual(['prompt .rules', 'agent Zed in repo']);
});
