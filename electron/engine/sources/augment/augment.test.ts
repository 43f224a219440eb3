import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { augmentEditor, augmentRules, augmentSettings } from './augment.ts';

test('permissions in order, servers and hooks', () => {
  const reading = readText(
    augmentSettings,
    '.augment/settings.json',
    json({
      toolPermissions: [
        { toolName: 'launch-process', shellInputRegex: '^git ', permission: { type: 'allow' } },
        { toolName: 'x', permission: { type: 'webhook-policy', webhookUrl: 'https://u:FAKEpw@h/p' } },
        { permission: { type: 'deny' } },
      ],
      mcpServers: { a: { command: 'npx', args: ['-y', 'x@1.0.0'] } },
      hooks: { PreToolUse: [{ matcher: 'x', hooks: [{ type: 'command', command: './h.sh' }] }] },
    }),
  );
  expect(propertiesOf(reading, 'agent', 'Augment Code in repo')['permissions']).toMatchObject([
    { rule: 'launch-process', action: 'allow', order: 0, matches: '^git ' },
    { rule: 'x', action: 'webhook-policy', order: 1, webhook: 'https://u:***@h/p' },
  ]);
  expect(issuesOf(reading)).toEqual(['17: tool permission names no tool']);
  expect(assetsOf(reading)).toEqual(['hook PreToolUse (x)', 'mcp-server a', 'agent Augment Code in repo']);
});

test('servers of the extension stand as a list in the editor settings', () => {
  const text = json({
    'augment.advanced': { mcpServers: [{ name: 'a', command: 'npx', args: ['x'] }, { url: 'https://h/mcp' }] },
  });
  expect(assetsOf(readText(augmentEditor, '.vscode/settings.json', text))).toEqual([
    'mcp-server a',
    'mcp-server server 2',
    'agent Augment Code in repo',
  ]);
  expect(readText(augmentEditor, '.vscode/settings.json', '{}')).toMatchObject({ status: 'read', assets: [] });
});

test('rules', () =>
  expect(assetsOf(readText(augmentRules, '.augment-guidelines', 'x'))).toEqual([
    'prompt .augment-guidelines',
    'agent Augment Code in repo',
  ]));
