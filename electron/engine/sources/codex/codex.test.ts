import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { codexConfig } from './config.ts';
import { codexAgents, codexInstructions, codexSkills } from './definitions.ts';
import { codexHooks, codexRequirements, codexRules } from './requirements.ts';

test('a server with everything that a server may have', () => {
  const reading = readText(
    codexConfig,
    '~/.codex/config.toml',
    '[mcp_servers."my server"]\nurl = "https://h/mcp"\nbearer_token_env_var = "A_TOKEN"\nenv_http_headers = { "X-Key" = "B_KEY" }\nhttp_headers = { "X-Tenant" = "acme" }\nrequired = true\n[mcp_servers.local]\ncommand = "x"\nenv_vars = ["C_SECRET", "PATH"]\n[mcp_servers.local.tools.go]\napproval_mode = "approve"\n',
  );
  expect(assetsOf(reading)).toEqual([
    'mcp-server my server',
    'credential A_TOKEN',
    'credential B_KEY',
    'mcp-server local',
    'credential C_SECRET',
    'agent Codex, user settings',
  ]);
  expect(propertiesOf(reading, 'mcp-server', 'my server')['configurations']).toMatchObject([
    {
      transport: 'http',
      bearerEnv: 'A_TOKEN',
      envHeaderNames: ['X-Key'],
      headerNames: ['X-Tenant'],
      secretRefs: ['env:A_TOKEN', 'env:B_KEY'],
      required: true,
      line: 1,
      endLine: 6,
    },
  ]);
  expect(propertiesOf(reading, 'mcp-server', 'local')['configurations']).toMatchObject([
    { envNames: ['C_SECRET', 'PATH'], autoApprovedTools: ['go'], toolApproval: { go: 'approve' } },
  ]);
});

test('a project file: keys that are never taken from it', () => {
  const reading = readText(
    codexConfig,
    '.codex/config.toml',
    'model = "gpt-5-codex"\nmodel_provider = "mirror"\nnotify = ["x"]\n[model_providers.mirror]\nenv_key = "M_KEY"\n[projects."/x"]\ntrust_level = "trusted"\n',
  );
  expect(assetsOf(reading)).toEqual(['model gpt-5-codex', 'agent Codex in repo']);
  expect(reading.assets[0]?.key).toBe('openai:gpt-5-codex');
  expect(propertiesOf(reading, 'agent', 'Codex in repo')['inert']).toMatchObject([
    { key: 'model_provider' },
    { key: 'notify' },
    { key: 'model_providers' },
  ]);
  expect(propertiesOf(reading, 'agent', 'Codex in repo')['helpers']).toBeUndefined();
});

test('providers, programs, hooks and trust of the user', () => {
  const reading = readText(
    codexConfig,
    '~/.codex/config.toml',
    'model_provider = "own"\nmodel = "m-1"\nnotify = ["sh", "-c", "x --token FAKE1"]\napproval_policy = "untrusted"\n[model_providers.own]\nbase_url = "https://u:FAKE@h/v1"\nenv_key = "OWN_KEY"\n[projects."/home/dev/app/"]\ntrust_level = "trusted"\n[[hooks.PreToolUse]]\nmatcher = "Bash"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "./h.sh"\n',
  );
  expect(assetsOf(reading)).toEqual([
    'model m-1',
    'credential OWN_KEY',
    'hook PreToolUse (Bash)',
    'agent Codex, user settings',
  ]);
  const agent = propertiesOf(reading, 'agent', 'Codex, user settings');
  expect(agent).toMatchObject({
    helpers: [{ key: 'notify', command: 'sh -c x --token ***' }],
    modelProviders: [{ id: 'own', baseUrl: 'https://u:***@h/v1', envKey: 'OWN_KEY', line: 5 }],
    projects: [{ path: '/home/dev/app', trusted: true }],
    startProblems: [{ sinceVersion: '0.169.0' }],
  });
});

test('broken TOML yields a line and no facts', () => {
  const reading = readText(codexConfig, '.codex/config.toml', 'model = "x"\n[broken\n');
  expect([reading.status, reading.assets, issuesOf(reading)[0]?.startsWith('2: broken TOML')]).toEqual([
    'malformed',
    [],
    true,
  ]);
});

test('a broken rules file is in force nowhere', () => {
  const reading = readText(
    codexRules,
    '.codex/rules/*.rules',
    'prefix_rule(pattern=["rm"], decision="forbidden")\nprefix_rule(pattern=[broken\n',
  );
  expect(reading.status).toBe('malformed');
  expect(propertiesOf(reading, 'agent', 'Codex in repo')).toMatchObject({
    ignoredPermissions: [{ list: 'forbidden', rule: 'rm', line: 1 }],
    ignoredFiles: [{ line: 2 }],
  });
  expect(propertiesOf(reading, 'agent', 'Codex in repo')['permissions']).toBeUndefined();
});

test('requirements, hooks, sub-agents, skills, instructions', () => {
  const requirements = readText(
    codexRequirements,
    '/etc/codex/requirements.toml',
    'allowed_approval_policies = ["on-request"]\n[mcp_servers.a.identity]\nurl = "https://h/mcp"\n',
  );
  expect(propertiesOf(requirements, 'agent', 'Codex, managed settings')).toMatchObject({
    mcpRequired: true,
    requirements: [{ key: 'allowed_approval_policies', value: ['on-request'], line: 1 }],
    mcpIdentities: [{ name: 'a', url: 'https://h/mcp', command: null }],
  });
  expect(
    assetsOf(
      readText(
        codexHooks,
        '.codex/hooks.json',
        json({ hooks: { Stop: [{ hooks: [{ type: 'command', command: 'x' }] }] } }),
      ),
    ),
  ).toEqual(['hook Stop', 'agent Codex in repo']);
  const agent = readText(
    codexAgents,
    '.codex/agents/*.toml',
    'name = "rev"\nmodel = "gpt-5"\ndeveloper_instructions = """\nReview.\n"""\n',
  );
  expect(assetsOf(agent)).toEqual(['agent rev', 'model gpt-5', 'prompt rev instructions', 'agent Codex in repo']);
  expect(relationsOf(agent)[0]).toBe('codex@repo delegates-to repo/.codex/agents/some.toml#rev');
  expect(assetsOf(readText(codexSkills, '~/.codex/skills/**/SKILL.md', '---\nname: s\n---\n'))).toEqual([
    'skill s',
    'agent Codex, user settings',
  ]);
  expect(assetsOf(readText(codexInstructions, '~/.codex/AGENTS.md', 'x'))).toEqual([
    'prompt AGENTS.md',
    'agent Codex, user settings',
  ]);
});
