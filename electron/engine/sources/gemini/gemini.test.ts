import { expect, test } from 'vitest';
import { claudeCodePluginHooks } from '../claude-code/plugins.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import {
  geminiAgents,
  geminiCommands,
  geminiExtensionHooks,
  geminiExtensions,
  geminiInstructions,
  geminiSkills,
} from './definitions.ts';
import { geminiPolicies } from './policies.ts';
import { geminiSettings, geminiTrust } from './settings.ts';

test('addresses beat each other in one order', () => {
  const reading = readText(
    geminiSettings,
    '.gemini/settings.json',
    json({
      mcpServers: {
        a: { command: 'x', args: ['--token', 'FAKE1'], url: 'https://h/sse' },
        b: { httpUrl: 'https://h/b' },
        c: { tcp: 'ws://h/c' },
        d: { url: 'https://h/d', type: 'http' },
      },
    }),
  );
  expect(
    reading.assets
      .filter((asset) => asset.kind === 'mcp-server')
      .map((asset) => [asset.name, asset.properties?.['transport'], asset.properties?.['url']]),
  ).toEqual([
    ['a', 'sse', 'https://h/sse'],
    ['b', 'http', 'https://h/b'],
    ['c', 'ws', 'ws://h/c'],
    ['d', 'http', 'https://h/d'],
  ]);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('settings old and new, with comments', () => {
  const reading = readText(
    geminiSettings,
    '~/.gemini/settings.json',
    '{ // c\n"excludeTools": ["web_fetch"], "tools": {"allowed": ["run_shell_command(git)"], "sandbox": "docker", "discoveryCommand": "./d.sh"},\n"general": {"defaultApprovalMode": "auto_edit"}, "model": {"name": "gemini-2.5-pro"}, "context": {"fileName": ["A.md"]},\n}',
  );
  expect([reading.status, reading.issues, assetsOf(reading)]).toEqual([
    'read',
    [],
    ['model gemini-2.5-pro', 'agent Gemini CLI, user settings'],
  ]);
  expect(propertiesOf(reading, 'agent', 'Gemini CLI, user settings')).toMatchObject({
    permissions: [
      { list: 'tools.allowed', rule: 'run_shell_command(git)', line: 2 },
      { list: 'excludeTools', rule: 'web_fetch' },
    ],
    modes: [{ key: 'general.defaultApprovalMode', value: 'auto_edit', line: 3 }],
    sandbox: [{ key: 'tools.sandbox', value: 'docker' }],
    helpers: [{ key: 'tools.discoveryCommand', command: './d.sh' }],
  });
});

test('an admin policy that others may write is ignored', () => {
  const text = '[[rule]]\ntoolName = ["a", "b"]\ndecision = "deny"\npriority = 7\n';
  const read = (mode: number) =>
    propertiesOf(
      readText(geminiPolicies, '/etc/gemini-cli/policies/*.toml', text, { mode }),
      'agent',
      'Gemini CLI, managed settings',
    );
  expect(read(0o644)['permissions']).toMatchObject([
    { list: 'deny', rule: 'a | b', tier: 5, finalPriority: 5.007, line: 1 },
  ]);
  expect(read(0o664)).toMatchObject({
    ignoredFiles: [{ why: 'writable for group or others: the admin policy is ignored' }],
  });
  expect(read(0o664)['permissions']).toBeUndefined();
});

test('trust of folders', () => {
  const reading = readText(
    geminiTrust,
    '~/.gemini/trustedFolders.json',
    json({ '/home/dev/app': 'TRUST_FOLDER', '/x': 'DO_NOT_TRUST', '/y': 'maybe' }),
  );
  expect(propertiesOf(reading, 'agent', 'Gemini CLI, user settings')['projects']).toMatchObject([
    { path: '/home/dev/app', trusted: true },
    { path: '/x', trusted: false },
  ]);
  expect(issuesOf(reading)).toEqual(['4: not a known level of trust']);
});

test('extensions cannot vouch for their servers', () => {
  const reading = readText(
    geminiExtensions,
    '~/.gemini/extensions/*/gemini-extension.json',
    json({
      name: 'e',
      version: '1',
      mcpServers: { s: { command: 'node', trust: true } },
      settings: [{ name: 'Key', envVar: 'E_KEY' }],
    }),
  );
  expect(assetsOf(reading)).toEqual(['plugin e', 'mcp-server s', 'agent Gemini CLI, user settings']);
  expect(propertiesOf(reading, 'mcp-server', 's')['configurations']).toMatchObject([
    { trust: false, trustIgnored: true, autoApprovedTools: [] },
  ]);
  expect(relationsOf(reading)).toHaveLength(2);
  expect(assetsOf(readText(geminiExtensions, 'gemini-extension.json', json({ name: 'own' })))).toEqual(['plugin own']);
});

test('sub-agents, skills, commands, instructions', () => {
  expect(
    assetsOf(
      readText(geminiAgents, '.gemini/agents/*.md', '---\nname: a\nkind: remote\nmodel: gemini-2.5-flash\n---\nx'),
    ),
  ).toEqual(['agent a', 'model gemini-2.5-flash', 'prompt a instructions', 'agent Gemini CLI in repo']);
  expect(assetsOf(readText(geminiSkills, '.gemini/skills/**/SKILL.md', '---\nname: s\n---\n'))).toEqual([
    'skill s',
    'agent Gemini CLI in repo',
  ]);
  const command = readText(
    geminiCommands,
    '.gemini/commands/**/*.toml',
    'description = "d"\nprompt = """\nrun !{git status}\n"""\n',
  );
  expect(propertiesOf(command, 'prompt', '/inner:some')).toMatchObject({ runsShell: true });
  expect(command.assets[0]?.lines).toEqual({ line: 2, endLine: 4 });
  expect(assetsOf(readText(geminiInstructions, 'GEMINI.md', 'x'))).toEqual([
    'prompt GEMINI.md',
    'agent Gemini CLI in repo',
  ]);
});

test('hooks in the place that two hosts share belong to the one that they speak of', () => {
  const text = (command: string, event = 'SessionStart'): string =>
    json({ hooks: { [event]: [{ hooks: [{ type: 'command', command }] }] } });
  const both = (hooks: string): readonly string[] => [
    ...assetsOf(readText(geminiExtensionHooks, 'hooks/hooks.json', hooks)).map((name) => `gemini: ${name}`),
    ...assetsOf(readText(claudeCodePluginHooks, 'hooks/hooks.json', hooks)).map((name) => `claude: ${name}`),
  ];
  expect(both(text('node ${extensionPath}/x.js'))).toEqual(['gemini: hook SessionStart', 'gemini: plugin repo']);
  expect(both(text('x', 'BeforeTool'))).toEqual(['gemini: hook BeforeTool', 'gemini: plugin repo']);
  expect(both(text('${CLAUDE_PLUGIN_ROOT}/x.sh'))).toEqual(['claude: hook SessionStart', 'claude: plugin repo']);
  expect(both(text('x.sh'))).toEqual(['claude: hook SessionStart', 'claude: plugin repo']);
});

test('an installed extension is read once', () => {
  const at = (path: string, anchor: string): readonly string[] =>
    assetsOf(
      readText(geminiExtensions, path, json({ name: 'e' }), {
        anchor,
        place: 'repo/.gemini/extensions/e/gemini-extension.json',
      }),
    );
  expect(at('gemini-extension.json', 'repo/.gemini/extensions/e')).toEqual([]);
  expect(at('.gemini/extensions/*/gemini-extension.json', 'repo')).toEqual(['plugin e', 'agent Gemini CLI in repo']);
});
