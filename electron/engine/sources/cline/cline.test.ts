import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { clineAgents, clineHooks, clineRules, clineSchedules, clineSkills, clineWorkflows } from './definitions.ts';
import { clineMcp, clineProviders, clineSettings } from './settings.ts';

const place = '~/.cline/data/settings/cline_mcp_settings.json';
const user = 'Cline, user settings';
const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('flat and nested entries, types that do not fit', () => {
  const reading = readText(
    clineMcp,
    place,
    json({
      mcpServers: {
        flat: { url: 'https://a.example.com/mcp', type: 'streamableHttp' },
        nested: {
          transport: {
            type: 'sse',
            url: 'https://b.example.com/sse',
            headers: { Authorization: 'Bearer FAKEtoken1234567' },
          },
          disabled: true,
          oauthClient: { clientId: 'c', clientSecret: 'FAKEclientsecret' },
        },
        older: { url: 'https://c.example.com', transportType: 'http' },
        wrong: { command: 'x', type: 'sse' },
        stdio: { url: 'https://d.example.com', type: 'stdio' },
        none: {},
      },
    }),
  );
  expect(configuration(reading, 'flat')).toMatchObject({ transport: 'http' });
  expect(configuration(reading, 'nested')).toMatchObject({
    transport: 'sse',
    enabled: false,
    url: 'https://b.example.com/sse',
    literalSecrets: [{ where: 'mcpServers.nested.headers.Authorization' }],
  });
  expect(configuration(reading, 'older')).toMatchObject({ transport: 'http' });
  expect(configuration(reading, 'wrong')).toMatchObject({ notLoaded: expect.stringContaining('refused') });
  expect(configuration(reading, 'stdio')).toMatchObject({ notLoaded: expect.stringContaining('refused') });
  expect(propertiesOf(reading, 'agent', user)['literalSecrets']).toMatchObject([
    { where: 'mcpServers.nested.oauthClient.clientSecret' },
  ]);
  expect(reading.issues.map((issue) => issue.message)).toEqual(['server "none" has neither command nor address']);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('a comment drops the file', () => {
  const reading = readText(clineMcp, place, '{\n// mine\n"mcpServers": {"a": {"command": "a"}}}');
  expect(reading.status).toBe('malformed');
  expect(propertiesOf(reading, 'agent', user)).toMatchObject({ ignoredFiles: [{ line: 2 }] });
  expect(configuration(reading, 'a')).toMatchObject({ notLoaded: 'the file is not strict JSON and is not read' });
});

test('the storage of the extension in every editor', () => {
  const places = clineMcp.locations.map((location) => location.path).filter((path) => path.includes('saoudrizwan'));
  for (const editor of ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'])
    for (const folder of ['.config/', 'Library/Application Support/', 'AppData/Roaming/'])
      expect(places).toContain(
        `${folder}${editor}/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json`,
      );
  expect(places).toContain(
    '.vscode-server/data/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
  );
});

test('what runs without a question, and who says what is safe', () => {
  const state = readText(
    clineSettings,
    '~/.cline/data/globalState.json',
    json({
      mode: 'act',
      yoloModeToggled: true,
      autoApprovalSettings: {
        enabled: true,
        actions: { readFiles: true, executeSafeCommands: true, executeAllCommands: false },
      },
    }),
  );
  expect(propertiesOf(state, 'agent', user)).toMatchObject({
    modes: [
      { key: 'mode', value: 'act' },
      { key: 'yoloModeToggled', value: true },
      { key: 'autoApprovalSettings.enabled', value: true },
    ],
    permissions: [
      { rule: 'readFiles', value: true },
      { rule: 'executeSafeCommands', value: true, decidedBy: 'the model, by its own requires_approval' },
      { rule: 'executeAllCommands', value: false },
    ],
  });
  const newer = readText(
    clineSettings,
    '~/.cline/data/settings/global-settings.json',
    json({ toolAutoApprove: true, disabledTools: ['web_search'] }),
  );
  expect(propertiesOf(newer, 'agent', user)).toMatchObject({
    modes: [{ key: 'toolAutoApprove', value: true }],
    permissions: [{ list: 'disabledTools', rule: 'web_search' }],
  });
});

test('keys of providers are named, never told', () => {
  const reading = readText(
    clineProviders,
    '~/.cline/data/settings/providers.json',
    json({
      providers: {
        gw: { settings: { apiKey: 'FAKEkey1234567890', baseUrl: 'https://gw.example.com', model: 'gpt-5' } },
      },
    }),
  );
  expect(assetsOf(reading)).toEqual(['credential providers.gw.apiKey', 'model gpt-5', 'agent Cline, user settings']);
  expect(propertiesOf(reading, 'agent', user)).toMatchObject({
    literalSecrets: [{ where: 'providers.gw.apiKey', kind: 'api key' }],
    providers: [{ id: 'gw', url: 'https://gw.example.com' }],
  });
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('rules, workflows, skills, agents, hooks, schedules', () => {
  expect(assetsOf(readText(clineRules, '.clinerules', 'Be brief.'))).toEqual([
    'prompt .clinerules',
    'agent Cline in repo',
  ]);
  expect(assetsOf(readText(clineWorkflows, '.clinerules/workflows/**/*.md', 'x'))).toContain('prompt /inner/some');
  expect(assetsOf(readText(clineSkills, '.clinerules/skills/**/SKILL.md', '---\nname: s\n---\n'))).toContain('skill s');
  const agent = readText(
    clineAgents,
    '.cline/agents/*.md',
    '---\nname: a\ndescription: d\ntools: [read_file]\nskills: [s]\nproviderId: anthropic\nmodelId: claude-sonnet-5\n---\nx',
  );
  expect(assetsOf(agent)).toEqual(['agent a', 'prompt a instructions', 'model claude-sonnet-5', 'agent Cline in repo']);
  expect(propertiesOf(agent, 'agent', 'a')).toMatchObject({ tools: ['read_file'], skills: ['s'] });
  const hook = (name: string) =>
    assetsOf(
      readText(clineHooks, '.clinerules/hooks/*', '#!/bin/sh\nexit 0\n', { place: `repo/.clinerules/hooks/${name}` }),
    );
  expect(hook('PreToolUse')).toEqual(['hook PreToolUse', 'agent Cline in repo']);
  expect(hook('PostToolUse.ps1')).toEqual(['hook PostToolUse', 'agent Cline in repo']);
  expect(hook('README.md')).toEqual([]);
  const schedule = readText(clineSchedules, '~/.cline/cron/*.md', '---\nschedule: daily\n---\nTidy up.');
  expect(propertiesOf(schedule, 'prompt', 'some.md')).toMatchObject({ unattended: true, role: 'prompt' });
});
