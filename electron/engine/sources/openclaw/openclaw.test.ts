import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { openclawConfig } from './config.ts';
import { openclawPrompts, openclawSkills } from './definitions.ts';
import { openclawApprovals, openclawCron } from './state.ts';

const config = `// my assistant
{
  gateway: { bind: 'lan', auth: { mode: 'token', token: 'FAKEgatewaytoken1234567' } },
  agents: {
    defaults: {
      workspace: '~/.openclaw/workspace',
      model: { primary: 'anthropic/claude-opus-4-6', fallbacks: ['openai/gpt-5.2'] },
      sandbox: { mode: 'non-main', docker: { network: 'none', binds: ['/home/dev/x:/x:rw'] } },
    },
    list: [
      { id: 'main', default: true },
      { id: 'family', name: 'Family', sandbox: { mode: 'all' }, tools: { allow: ['read'], deny: ['exec'], exec: { ask: 'always' } } },
      { name: 'no id' },
    ],
  },
  tools: { profile: 'coding', deny: ['browser'], exec: { security: 'full', ask: 'off' }, elevated: { enabled: true, allowFrom: { whatsapp: ['+15555550123'] } } },
  channels: {
    defaults: { groupPolicy: 'open' },
    telegram: { botToken: '\${TELEGRAM_BOT_TOKEN}', dmPolicy: 'open', allowFrom: ['*'] },
    whatsapp: { allowFrom: ['+15555550123'], groups: { '*': { requireMention: true } } },
    slack: { enabled: false, appToken: { source: 'env', provider: 'default', id: 'SLACK_APP_TOKEN' } },
  },
  mcp: { servers: { docs: { url: 'https://docs.example.com/mcp', transport: 'streamable-http', auth: 'oauth' }, fs: { command: 'npx', args: ['-y', 'fs-mcp'] } } },
  plugins: {
    entries: { voice: { enabled: true }, off: { enabled: false } },
    installs: { voice: { source: 'npm', spec: '@openclaw/voice@^1', resolvedVersion: '1.2.3', integrity: 'sha512-abc' } },
  },
  hooks: { enabled: true, token: 'FAKEhooktoken1234567890', mappings: [{ id: 'gmail', action: 'agent', allowUnsafeExternalContent: true }] },
}
`;

describe('configuration', () => {
  const reading = readText(openclawConfig, '~/.openclaw/openclaw.json', config);
  const agent = propertiesOf(reading, 'agent', 'OpenClaw, user settings');

  test('what it finds', () => {
    expect(reading.status).toBe('read');
    expect(issuesOf(reading)).toEqual([]);
    expect(assetsOf(reading).filter((text) => !text.startsWith('credential'))).toEqual([
      'model claude-opus-4-6',
      'model gpt-5.2',
      'mcp-server docs',
      'mcp-server fs',
      'agent main',
      'agent Family',
      'external-service telegram',
      'external-service whatsapp',
      'external-service slack',
      'plugin voice',
      'plugin off',
      'hook webhook gmail',
      'agent OpenClaw, user settings',
    ]);
    expect(JSON.stringify(reading)).not.toMatch(/FAKE|5555550123/);
  });

  test('the three layers, each with its place', () => {
    expect(agent['sandbox']).toMatchObject([
      { key: 'agents.defaults.sandbox.mode', value: 'non-main', line: 8 },
      { key: 'agents.defaults.sandbox.docker.network', value: 'none' },
      { key: 'agents.defaults.sandbox.docker.binds', value: ['/home/dev/x:/x:rw'] },
      { key: 'agents.list.family.sandbox.mode', value: 'all', line: 12 },
    ]);
    expect(agent['permissions']).toMatchObject([
      { list: 'tools.deny', rule: 'browser', agent: 'openclaw@~', line: 16 },
      { list: 'agents.list.family.tools.allow', rule: 'read', line: 12 },
      { list: 'agents.list.family.tools.deny', rule: 'exec', line: 12 },
    ]);
    expect(agent['modes']).toMatchObject([
      { key: 'tools.profile', value: 'coding' },
      { key: 'tools.exec.security', value: 'full' },
      { key: 'tools.exec.ask', value: 'off' },
      { key: 'tools.elevated.enabled', value: true },
      { key: 'tools.elevated.allowFrom.whatsapp', value: 1 },
      { key: 'agents.list.family.tools.exec.ask', value: 'always' },
    ]);
  });

  test('who can write to it', () => {
    expect(agent['channels']).toMatchObject([
      { channel: 'telegram', enabled: true, dmPolicy: 'open', allowsAnybody: true },
      {
        channel: 'whatsapp',
        dmPolicy: 'pairing',
        dmPolicyStated: false,
        allowFrom: 1,
        allowsAnybody: false,
        allGroups: true,
      },
      { channel: 'slack', enabled: false },
    ]);
    expect(relationsOf(reading).filter((text) => text.includes('ingests'))).toEqual([
      'openclaw@~ ingests channel:telegram',
      'openclaw@~ ingests channel:whatsapp',
    ]);
  });

  test('credentials by name, and where they stand written out', () => {
    expect(assetsOf(reading).filter((text) => text.startsWith('credential'))).toEqual([
      'credential gateway.auth.token',
      'credential TELEGRAM_BOT_TOKEN',
      'credential SLACK_APP_TOKEN',
      'credential hooks.token',
    ]);
    expect(agent['literalSecrets']).toMatchObject([
      { where: 'gateway.auth.token', line: 3 },
      { where: 'hooks.token', line: 28 },
    ]);
  });

  test('servers and where plugins come from', () => {
    const [docs] = propertiesOf(reading, 'mcp-server', 'docs')['configurations'] as readonly Properties[];
    expect(docs).toMatchObject({ transport: 'http', auth: { type: 'oauth' } });
    expect(propertiesOf(reading, 'plugin', 'voice')['supplyChain']).toEqual({
      source: 'npm',
      name: '@openclaw/voice@^1',
      version: '1.2.3',
      integrity: { kind: 'digest', value: 'sha512-abc' },
    });
    expect(propertiesOf(reading, 'plugin', 'off')).toMatchObject({ enabled: false });
    expect(propertiesOf(reading, 'hook', 'webhook gmail')).toMatchObject({ allowUnsafeExternalContent: true });
  });

  test('broken JSON5 is malformed, and what could be read stays', () => {
    const broken = readText(openclawConfig, '~/.openclaw/openclaw.json', "{ tools: { deny: ['exec'] },\n nope }");
    expect(broken.status).toBe('malformed');
    expect(broken.issues.length).toBeGreaterThan(0);
  });
});

test('the approvals of the host', () => {
  const reading = readText(
    openclawApprovals,
    '~/.openclaw/exec-approvals.json',
    `{version: 1, socket: {token: 'FAKEsocket12345678'}, defaults: {security: 'deny', ask: 'on-miss'},
 agents: {main: {security: 'allowlist', allowlist: [{pattern: '/usr/bin/rg', lastUsedCommand: 'rg x'}]}}}`,
  );
  expect(propertiesOf(reading, 'agent', 'OpenClaw, user settings')).toMatchObject({
    modes: [
      { key: 'execApprovals.security', value: 'deny', agent: '*' },
      { key: 'execApprovals.ask', value: 'on-miss', agent: '*' },
      { key: 'execApprovals.security', value: 'allowlist', agent: 'main' },
    ],
    permissions: [{ list: 'execApprovals.allowlist', rule: '/usr/bin/rg', agent: 'main', order: 0, line: 2 }],
  });
  expect(JSON.stringify(reading)).not.toContain('FAKE');
});

test('jobs, workspace files, skills', () => {
  const cron = readText(
    openclawCron,
    '~/.openclaw/cron/jobs.json',
    '{"version":1,"jobs":[{"id":"a","name":"Morning","enabled":true,"schedule":{"kind":"cron","expr":"0 7 * * *"},"payload":{"kind":"agentTurn","message":"Read my mail"}}]}',
  );
  expect(propertiesOf(cron, 'agent', 'OpenClaw, user settings')['schedules']).toMatchObject([
    { name: 'Morning', enabled: true, schedule: { kind: 'cron', expr: '0 7 * * *' }, payload: 'Read my mail' },
  ]);
  expect(assetsOf(readText(openclawPrompts, '~/.openclaw/workspace/SOUL.md', 'Be kind.'))).toEqual([
    'prompt SOUL.md',
    'agent OpenClaw, user settings',
  ]);
  expect(assetsOf(readText(openclawSkills, '~/.openclaw/skills/**/SKILL.md', '---\nname: s\n---\nx'))).toEqual([
    'skill s',
    'agent OpenClaw, user settings',
  ]);
});
