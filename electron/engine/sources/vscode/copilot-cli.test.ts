import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import {
  copilotCliConfig,
  copilotCliHooks,
  copilotCliInstructions,
  copilotCliMcp,
  copilotCliPermissions,
  copilotCliProviders,
  copilotCliSettings,
} from './copilot-cli.ts';

test('servers of the user and of a repository', () => {
  const text = json({ mcpServers: { a: { type: 'local', command: 'npx', args: ['-y', 'x'], tools: ['*'] } } });
  expect(assetsOf(readText(copilotCliMcp, '~/.copilot/mcp-config.json', text))).toEqual([
    'mcp-server a',
    'agent Copilot CLI, user settings',
  ]);
  expect(
    propertiesOf(readText(copilotCliMcp, '.github/mcp.json', text), 'mcp-server', 'a')['configurations'],
  ).toMatchObject([{ scope: 'project', includeTools: ['*'], transport: 'stdio' }]);
});

const settings = json({
  model: 'auto',
  allowedUrls: ['*.github.com'],
  deniedUrls: ['evil.example'],
  permissions: { disableBypassPermissionsMode: 'disable', deny: ['Shell(rm -rf *)'], allow: ['Read(**)'] },
  sandbox: {
    enabled: true,
    userPolicy: { network: { allowedHosts: ['a'], proxy: { url: 'http://p:1', password: 'FAKEpw123456' } } },
  },
  hooks: { preToolUse: [{ type: 'command', bash: './x.sh' }] },
  enabledPlugins: { 'p@m': true },
  extraKnownMarketplaces: { m: { source: { source: 'github', repo: 'a/b' } } },
});

test('settings of every scope; a repository can set a few keys only', () => {
  expect(copilotCliSettings.locations.map(({ scope }) => scope)).toEqual([
    'managed',
    'managed',
    'managed',
    'user',
    'project',
    'local',
  ]);
  const managed = readText(copilotCliSettings, '/etc/github-copilot/managed-settings.json', settings, {
    scope: 'managed',
    anchor: '',
  });
  expect(issuesOf(managed)).toEqual([]);
  expect(assetsOf(managed)).toEqual([
    'model auto',
    'hook preToolUse',
    'plugin p',
    'agent Copilot CLI, managed settings',
  ]);
  expect(propertiesOf(managed, 'agent', 'Copilot CLI, managed settings')).toMatchObject({
    permissions: [
      { list: 'allowedUrls', rule: '*.github.com' },
      { list: 'deniedUrls', rule: 'evil.example' },
      { list: 'permissions.deny', rule: 'Shell(rm -rf *)' },
      { list: 'permissions.allow', rule: 'Read(**)' },
    ],
    sandbox: [
      { key: 'enabled', value: true },
      { key: 'userPolicy.network.allowedHosts', value: ['a'] },
      { key: 'userPolicy.network.proxy', value: 'http://p:1' },
    ],
    marketplaces: [{ name: 'm', source: { source: 'github', repo: 'a/b' } }],
  });
  expect(JSON.stringify(managed)).not.toContain('FAKE');
  const project = readText(copilotCliSettings, '.github/copilot/settings.json', settings);
  expect(propertiesOf(project, 'agent', 'Copilot CLI in repo')['inert']).toMatchObject([
    { key: 'allowedUrls' },
    { key: 'permissions' },
    { key: 'sandbox' },
  ]);
});

test('saved permissions, by the folder they are for', () => {
  const reading = readText(
    copilotCliPermissions,
    '~/.copilot/permissions-config.json',
    json({
      locations: {
        '/home/dev/app': {
          tool_approvals: [
            { kind: 'commands', commandIdentifiers: ['git push', 'npm'] },
            { kind: 'mcp', serverName: 'gh', toolName: null },
            { kind: 'write' },
          ],
          allowed_directories: ['/tmp/x'],
        },
      },
    }),
  );
  expect(propertiesOf(reading, 'agent', 'Copilot CLI, user settings')).toMatchObject({
    permissions: [
      { kind: 'commands', rule: 'git push', path: '/home/dev/app', order: 0 },
      { kind: 'commands', rule: 'npm' },
      { kind: 'mcp', rule: 'gh', order: 1 },
      { kind: 'write', rule: 'write', order: 2 },
    ],
    additionalDirectories: [{ path: '/tmp/x', for: '/home/dev/app' }],
  });
});

test('state, hooks, own models, instructions', () => {
  const state = readText(
    copilotCliConfig,
    '~/.copilot/config.json',
    json({ trusted_folders: ['/home/dev/app'], model: 'gpt-5', installedPlugins: [{ name: 'p', version: '1.0.0' }] }),
  );
  expect(assetsOf(state)).toEqual(['model gpt-5', 'plugin p', 'agent Copilot CLI, user settings']);
  expect(propertiesOf(state, 'agent', 'Copilot CLI, user settings')).toMatchObject({
    trust: [{ path: '/home/dev/app', level: 'trusted' }],
    transcripts: [{ place: '~/.copilot/session-state/**' }, {}, {}],
  });
  expect(
    assetsOf(
      readText(
        copilotCliHooks,
        '~/.copilot/hooks/*.json',
        json({ version: 1, hooks: { preToolUse: [{ type: 'command', bash: 'x' }] } }),
      ),
    ),
  ).toEqual(['hook preToolUse', 'agent Copilot CLI, user settings']);
  const own = readText(
    copilotCliProviders,
    '~/.copilot/providers.json',
    json({ providers: [{ id: 'corp', baseUrl: 'https://llm.corp', apiKey: '${CORP_KEY}' }], models: [{ id: 'm-1' }] }),
  );
  expect(assetsOf(own)).toEqual(['credential CORP_KEY', 'model m-1', 'agent Copilot CLI, user settings']);
  expect(assetsOf(readText(copilotCliInstructions, '~/.copilot/copilot-instructions.md', 'x'))[0]).toBe(
    'prompt copilot-instructions.md',
  );
});
