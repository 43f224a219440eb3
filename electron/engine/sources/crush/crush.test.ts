import { expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { crushInstructions, crushSettings } from './crush.ts';

test('settings of a project', () => {
  const reading = readText(
    crushSettings,
    'crush.json',
    json({
      $schema: 'https://charm.land/crush.json',
      models: { large: { model: 'claude-sonnet-4-5', provider: 'anthropic' } },
      providers: { corp: { base_url: 'https://llm.corp/v1', api_key: '$CORP_KEY', aws_auth_refresh: 'aws sso login' } },
      permissions: { allowed_tools: ['view', 'mcp_x_y'] },
      options: { disabled_tools: ['bash'] },
      hooks: { PreToolUse: [{ matcher: '^bash$', command: './no.sh' }] },
      mcp: {
        gh: {
          type: 'http',
          url: 'https://api.githubcopilot.com/mcp/',
          headers: { Authorization: 'Bearer $(cat token)' },
          disabled_tools: ['x'],
        },
        fs: { type: 'stdio', command: 'npx', args: ['-y', 'fs'], disabled: true },
        old: { type: 'sse', url: 'https://h/sse', oauth: true },
      },
    }),
  );
  expect(issuesOf(reading)).toEqual([]);
  expect(assetsOf(reading)).toEqual([
    'model claude-sonnet-4-5',
    'credential CORP_KEY',
    'hook PreToolUse (^bash$)',
    'mcp-server gh',
    'credential gh Authorization',
    'mcp-server fs',
    'mcp-server old',
    'agent Crush in repo',
  ]);
  const agent = propertiesOf(reading, 'agent', 'Crush in repo');
  expect(agent).toMatchObject({
    permissions: [{ list: 'permissions.allowed_tools', rule: 'view' }, { rule: 'mcp_x_y' }],
    settings: [
      { key: 'options.disabled_tools', value: ['bash'] },
      { key: 'providers.corp.base_url', value: 'https://llm.corp/v1' },
    ],
    helpers: [{ key: 'providers.corp.aws_auth_refresh' }, { key: 'command in a value' }],
  });
  const [old] = propertiesOf(reading, 'mcp-server', 'old')['configurations'] as readonly Properties[];
  expect(old).toMatchObject({ transport: 'sse', auth: { type: 'oauth' }, legacyTransport: expect.any(String) });
});

test('a file of that name that is something else', () => {
  for (const text of ['{"a": 1}', '[{"name": "Ann"}]', 'not JSON'])
    expect(readText(crushSettings, 'crush.json', text)).toMatchObject({ status: 'read', assets: [], issues: [] });
});

test('instructions', () =>
  expect(assetsOf(readText(crushInstructions, 'CRUSH.md', 'x'))).toEqual(['prompt CRUSH.md', 'agent Crush in repo']));
