import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { factoryDroids, factorySkills } from './definitions.ts';
import { factoryHooks, factoryMcp, factorySettings } from './settings.ts';

test('settings of a project', () => {
  const reading = readText(
    factorySettings,
    '.factory/settings.json',
    json({
      commandAllowlist: ['ls', 'git status'],
      commandBlocklist: ['rm -rf /'],
      sessionDefaultSettings: { autonomyLevel: 'high', model: 'claude-opus-4-7' },
      maxAutonomyLevel: 'medium',
      sandbox: { enabled: true, network: { allow: ['a.example'] } },
      customModels: [
        { model: 'm', baseUrl: 'https://u:FAKEpw@llm.corp/v1', apiKey: 'FAKEkey1234567890', provider: 'openai' },
      ],
      enabledPlugins: { 'review@corp': true, 'old@corp': false },
      extraKnownMarketplaces: {
        corp: { source: { source: 'github', repo: 'corp/p', sha: 'a'.repeat(40) } },
        open: { source: { source: 'local', path: './x' } },
      },
      hooks: { PreToolUse: [{ matcher: 'Execute', hooks: [{ type: 'command', command: './check.sh' }] }] },
      mcpPolicy: { enabled: true, allowlist: ['x'] },
    }),
  );
  expect(issuesOf(reading)).toEqual([]);
  expect(assetsOf(reading)).toEqual([
    'model claude-opus-4-7',
    'model m',
    'credential customModels.apiKey',
    'hook PreToolUse (Execute)',
    'plugin review',
    'plugin old',
    'agent Factory Droid in repo',
  ]);
  const agent = propertiesOf(reading, 'agent', 'Factory Droid in repo');
  expect(agent['permissions']).toMatchObject([
    { list: 'commandAllowlist', rule: 'ls', line: 3 },
    { list: 'commandAllowlist', rule: 'git status', line: 4 },
    { list: 'commandBlocklist', rule: 'rm -rf /' },
  ]);
  expect(agent['modes']).toMatchObject([
    { key: 'sessionDefaultSettings.autonomyLevel', value: 'high' },
    { key: 'maxAutonomyLevel', value: 'medium' },
  ]);
  expect(agent['marketplaces']).toMatchObject([
    { name: 'corp', integrity: { kind: 'commit', value: 'a'.repeat(40) } },
    { name: 'open', integrity: { kind: 'none' } },
  ]);
  expect(JSON.stringify(reading)).not.toMatch(/FAKE/);
});

test('the machine, the user and the local file are scopes of their own', () => {
  expect(factorySettings.locations.map(({ scope, path }) => `${scope} ${path}`)).toEqual([
    'managed /etc/factory/settings.json',
    'managed /Library/Application Support/Factory/settings.json',
    'managed C:/Program Files/Factory/settings.json',
    'user .factory/settings.json',
    'project .factory/settings.json',
    'user .factory/settings.local.json',
    'local .factory/settings.local.json',
  ]);
});

test('hooks in both forms, servers, droids, skills', () => {
  const event = { PreToolUse: [{ matcher: 'Edit', hooks: [{ type: 'command', command: 'x' }] }] };
  for (const form of [event, { hooks: event }])
    expect(assetsOf(readText(factoryHooks, '.factory/hooks.json', json(form)))).toEqual([
      'hook PreToolUse (Edit)',
      'agent Factory Droid in repo',
    ]);
  expect(
    assetsOf(
      readText(factoryMcp, '~/.factory/mcp.json', json({ mcpServers: { a: { type: 'http', url: 'https://h/mcp' } } })),
    ),
  ).toEqual(['mcp-server a', 'agent Factory Droid, user settings']);
  const droid = readText(
    factoryDroids,
    '.factory/droids/*.md',
    '---\nname: reviewer\nmodel: inherit\ntools: [Read, Grep]\nmcpServers: [github]\n---\nReview.',
  );
  expect(assetsOf(droid)).toEqual(['agent reviewer', 'prompt reviewer instructions', 'agent Factory Droid in repo']);
  expect(propertiesOf(droid, 'agent', 'reviewer')).toMatchObject({ tools: ['Read', 'Grep'], mcpServers: ['github'] });
  expect(assetsOf(readText(factorySkills, '.factory/skills/**/SKILL.md', 'x'))[0]).toMatch(/^skill /);
});
