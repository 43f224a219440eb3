import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import {
  qwenAgents,
  qwenCommands,
  qwenExtensions,
  qwenInstructions,
  qwenRules,
  qwenSkills,
  qwenTomlCommands,
} from './definitions.ts';
import { qwenLinker, qwenSettings, qwenTrust } from './settings.ts';

const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('settings old and new, with comments', () => {
  const reading = readText(
    qwenSettings,
    '~/.qwen/settings.json',
    `{ // mine
  "permissions": { "allow": ["Bash(git *)"], "ask": ["Edit"], "deny": ["Bash(rm *)"] },
  "tools": { "approvalMode": "yolo", "sandbox": "docker", "discoveryCommand": "./d.sh" },
  "excludeTools": ["web_fetch"],
  "security": { "folderTrust": { "enabled": true }, "auth": { "apiKey": "FAKEkey1234567890" } },
  "model": { "name": "qwen3-coder-plus" }, "fastModel": "qwen-flash",
  "modelProviders": { "openai": [{ "id": "gpt-5", "baseUrl": "https://gw.example.com/v1", "envKey": "GW_KEY" }] },
  "env": { "GW_KEY": "FAKEkey1234567890" },
  "hooks": { "PreToolUse": [{ "hooks": [{ "type": "command", "command": "./x.sh" }] }] },
  "mcpServers": {
    "a": { "httpUrl": "https://a.example.com/mcp", "url": "https://a.example.com/sse", "command": "a", "trust": true },
    "b": { "url": "https://b.example.com/sse" },
    "c": { "command": "c", "includeTools": ["x"], "excludeTools": ["y"] }
  }
}`,
  );
  expect([reading.status, reading.issues]).toEqual(['read', []]);
  expect(propertiesOf(reading, 'agent', 'Qwen Code, user settings')).toMatchObject({
    permissions: [
      { list: 'deny', rule: 'Bash(rm *)', line: 2 },
      { list: 'ask', rule: 'Edit' },
      { list: 'allow', rule: 'Bash(git *)' },
      { list: 'excludeTools', rule: 'web_fetch' },
    ],
    modes: [{ key: 'tools.approvalMode', value: 'yolo' }],
    sandbox: [{ key: 'tools.sandbox', value: 'docker' }],
    helpers: [{ key: 'tools.discoveryCommand', command: './d.sh' }],
    literalSecrets: [{ where: 'security.auth.apiKey' }, { where: 'env.GW_KEY' }],
    providers: [{ id: 'openai', model: 'gpt-5', url: 'https://gw.example.com/v1', envKey: 'GW_KEY' }],
  });
  expect(configuration(reading, 'a')).toMatchObject({
    transport: 'http',
    passedOver: ['command', 'url'],
    autoApprovedTools: ['*'],
  });
  expect(configuration(reading, 'b')).toMatchObject({ transport: 'sse' });
  expect(configuration(reading, 'c')).toMatchObject({ includeTools: ['x'], excludeTools: ['y'] });
  expect(assetsOf(reading)).toContain('hook PreToolUse');
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('a trailing comma drops the file', () => {
  const reading = readText(
    qwenSettings,
    '.qwen/settings.json',
    '{"permissions": {"deny": ["Bash"],},\n"mcpServers": {"a": {"command": "a"}}}',
  );
  expect([reading.status, issuesOf(reading)]).toEqual([
    'malformed',
    ['1: a trailing comma: Qwen Code does not read this file'],
  ]);
  expect(propertiesOf(reading, 'agent', 'Qwen Code in repo')).toMatchObject({
    ignoredFiles: [{ line: 1 }],
    ignoredPermissions: [{ list: 'deny', rule: 'Bash' }],
  });
  expect(configuration(reading, 'a')).toMatchObject({ notLoaded: 'a trailing comma: the file is not read' });
});

test('the system file is the highest, its defaults the lowest, lists switch off', () => {
  const at = (path: string, place: string, value: object) => ({
    place,
    source: qwenSettings.id,
    cap: 'high' as const,
    reading: readText(qwenSettings, path, json(value), { place }),
  });
  const servers = (a: string): object => ({ mcpServers: { a: { command: a } } });
  const facts = reconcile(
    [
      at('/etc/qwen-code/system-defaults.json', '/etc/qwen-code/system-defaults.json', servers('defaults')),
      at('.qwen/settings.json', 'repo/.qwen/settings.json', {
        mcpServers: { a: { command: 'project' }, b: { command: 'b' } },
      }),
      at('~/.qwen/settings.json', '~/.qwen/settings.json', { ...servers('user'), mcp: { excluded: ['b'] } }),
    ],
    [qwenLinker],
  );
  const states = facts.assets.flatMap((asset) =>
    ((asset.properties['states'] ?? []) as Record<string, unknown>[]).map(
      (state) =>
        `${String(state['agent'])} ${String(state['name'])}: ${asset.name === 'a' ? String(asset.properties['command']) : ''} ${String(state['state'])}`,
    ),
  );
  expect(states.sort()).toEqual([
    'qwen-code@ a: defaults enabled',
    'qwen-code@repo a: project enabled',
    'qwen-code@repo b:  excluded',
    'qwen-code@~ a: user enabled',
  ]);
});

test('trust, sub-agents, skills, commands, rules, instructions, extensions', () => {
  const trust = readText(
    qwenTrust,
    '~/.qwen/trustedFolders.json',
    json({ '/home/dev/app': 'TRUST_FOLDER', '/x': 'maybe' }),
  );
  expect(propertiesOf(trust, 'agent', 'Qwen Code, user settings')['projects']).toMatchObject([{ trusted: true }]);
  const agent = readText(
    qwenAgents,
    '.qwen/agents/*.md',
    '---\nname: a\ndescription: d\napprovalMode: yolo\ndisallowedTools: [Edit]\n---\nx',
  );
  expect(propertiesOf(agent, 'agent', 'a')).toMatchObject({ permissionMode: 'yolo', disallowedTools: ['Edit'] });
  expect(issuesOf(readText(qwenAgents, '.qwen/agents/*.md', '---\ndescription: d\n---\nx'))).toEqual([
    '1: no name in the front matter: not read as an agent',
  ]);
  expect(assetsOf(readText(qwenSkills, '.qwen/skills/**/SKILL.md', '---\nname: s\n---\n'))).toContain('skill s');
  expect(
    propertiesOf(readText(qwenCommands, '.qwen/commands/**/*.md', 'run !{ls}'), 'prompt', '/inner/some'),
  ).toMatchObject({ runsShell: true });
  expect(assetsOf(readText(qwenTomlCommands, '.qwen/commands/**/*.toml', 'prompt = "x"'))).toContain(
    'prompt /inner:some',
  );
  expect(assetsOf(readText(qwenRules, '.qwen/rules/**/*.md', 'x'))).toContain('prompt some.md');
  expect(assetsOf(readText(qwenInstructions, 'QWEN.md', 'x'))).toEqual(['prompt QWEN.md', 'agent Qwen Code in repo']);
  const extension = readText(
    qwenExtensions,
    '.qwen/extensions/*/qwen-extension.json',
    json({ name: 'e', version: '1', mcpServers: { s: { command: 's' } } }),
  );
  expect(assetsOf(extension)).toEqual(['plugin e', 'mcp-server s', 'agent Qwen Code in repo']);
});
