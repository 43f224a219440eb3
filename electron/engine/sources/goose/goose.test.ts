import { describe, expect, test } from 'vitest';
import type { Properties } from '../../../../shared/model/facts.ts';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { gooseConfig, goosePermissions, gooseProviders, gooseSecrets, gooseToolPermissions } from './config.ts';
import { gooseHints, gooseRecipes } from './recipes.ts';

const place = '~/.config/goose/config.yaml';
const config = `GOOSE_PROVIDER: anthropic
GOOSE_MODEL: claude-sonnet-4-20250514
GOOSE_MODE: auto
OPENAI_API_KEY: FAKEsk-abcdef1234567890
extensions:
  developer:
    type: builtin
    name: developer
    enabled: true
    bundled: true
  github:
    type: stdio
    name: GitHub
    cmd: npx
    args: [-y, "@modelcontextprotocol/server-github"]
    envs: {LOG: debug}
    env_keys: [GITHUB_PERSONAL_ACCESS_TOKEN]
    enabled: false
    timeout: 300
    available_tools: [get_issue]
  remote:
    type: streamable_http
    uri: https://mcp.example.com/mcp
    headers: {Authorization: "Bearer \${TOKEN}"}
    enabled: true
  old:
    type: sse
    uri: https://old.example.com/sse
    enabled: true
  script:
    type: inline_python
    code: print(1)
`;

describe('configuration', () => {
  const reading = readText(gooseConfig, place, config);

  test('servers are what is no extension of its own', () => {
    expect(issuesOf(reading)).toEqual([]);
    expect(assetsOf(reading)).toEqual([
      'model claude-sonnet-4-20250514',
      'credential OPENAI_API_KEY',
      'mcp-server github',
      'credential GITHUB_PERSONAL_ACCESS_TOKEN',
      'mcp-server remote',
      'credential TOKEN',
      'mcp-server old',
      'agent goose, user settings',
    ]);
    const [github] = propertiesOf(reading, 'mcp-server', 'github')['configurations'] as readonly Properties[];
    expect(github).toMatchObject({
      enabled: false,
      transport: 'stdio',
      command: 'npx',
      envNames: ['LOG', 'GITHUB_PERSONAL_ACCESS_TOKEN'],
      includeTools: ['get_issue'],
      auth: { type: 'env-secret', names: ['GITHUB_PERSONAL_ACCESS_TOKEN'] },
      line: 11,
    });
    const [old] = propertiesOf(reading, 'mcp-server', 'old')['configurations'] as readonly Properties[];
    expect(old).toMatchObject({ transport: 'sse', notLoaded: expect.any(String), legacyTransport: expect.any(String) });
  });

  test('mode, own tools and transcripts stand with the agent', () => {
    expect(propertiesOf(reading, 'agent', 'goose, user settings')).toMatchObject({
      modes: [{ key: 'GOOSE_MODE', value: 'auto', line: 3, scope: 'user' }],
      builtinTools: [
        { name: 'developer', type: 'builtin', enabled: true },
        { name: 'script', type: 'inline_python', enabled: true, inlineCode: true },
      ],
      transcripts: [{ place: '~/.local/share/goose/sessions/sessions.db' }, {}, {}],
    });
    expect(JSON.stringify(reading)).not.toContain('FAKEsk');
  });

  test('odd files', () => {
    expect(assetsOf(readText(gooseConfig, place, 'extensions: [a]'))).toEqual(['agent goose, user settings']);
    expect(issuesOf(readText(gooseConfig, place, 'extensions: [a]'))).toEqual([
      '1: "extensions" is not an object of servers',
    ]);
    expect(readText(gooseConfig, place, '- a').status).toBe('malformed');
    expect(readText(gooseConfig, place, '# nothing\n')).toMatchObject({ status: 'read', assets: [] });
  });
});

test('permissions keep category, list and order', () => {
  const reading = readText(
    goosePermissions,
    '~/.config/goose/permission.yaml',
    'user:\n  always_allow: [developer__shell]\n  ask_before: []\n  never_allow:\n    - git__push\nsmart_approve:\n  ask_before: [x__y]\n',
  );
  expect(propertiesOf(reading, 'agent', 'goose, user settings')['permissions']).toEqual([
    {
      list: 'never_allow',
      rule: 'git__push',
      category: 'user',
      order: 0,
      scope: 'user',
      place: '~/.config/goose/permission.yaml',
      line: 5,
    },
    {
      list: 'always_allow',
      rule: 'developer__shell',
      category: 'user',
      order: 0,
      scope: 'user',
      place: '~/.config/goose/permission.yaml',
      line: 2,
    },
    {
      list: 'ask_before',
      rule: 'x__y',
      category: 'smart_approve',
      order: 0,
      scope: 'user',
      place: '~/.config/goose/permission.yaml',
      line: 7,
    },
  ]);
  const remembered = readText(
    gooseToolPermissions,
    '~/.config/goose/permissions/tool_permissions.json',
    json({ permissions: { 'shell:x': [{ tool_name: 'shell', allowed: true, expiry: 5 }] } }),
  );
  expect(propertiesOf(remembered, 'agent', 'goose, user settings')['permissions']).toMatchObject([
    { list: 'remembered_allow', rule: 'shell', until: '5' },
  ]);
});

test('secrets are names', () => {
  const reading = readText(gooseSecrets, '~/.config/goose/secrets.yaml', 'OPENAI_API_KEY: FAKEvalue123\nX: {}\n');
  expect(assetsOf(reading)).toEqual(['credential OPENAI_API_KEY', 'agent goose, user settings']);
  expect(JSON.stringify(reading)).not.toContain('FAKEvalue');
  const provider = readText(
    gooseProviders,
    '~/.config/goose/custom_providers/*.json',
    json({ name: 'corp', base_url: 'https://llm.corp/v1', api_key_env: 'CORP_KEY', models: [{ name: 'm-1' }] }),
  );
  expect(assetsOf(provider)).toEqual(['credential CORP_KEY', 'model m-1', 'agent goose, user settings']);
});

describe('recipes', () => {
  test('an agent with its own servers, and the recipes that it calls', () => {
    const reading = readText(
      gooseRecipes,
      '.goose/recipes/**/*.yaml',
      `version: 1.0.0
title: Release
description: d
instructions: Do it
settings: {goose_provider: openai, goose_model: gpt-5}
extensions:
  - type: stdio
    name: fetch
    cmd: uvx
    args: [mcp-server-fetch]
  - type: builtin
    name: developer
sub_recipes:
  - name: notes
    path: ./sub/notes.yaml
`,
      { place: 'repo/.goose/recipes/release.yaml' },
    );
    expect(assetsOf(reading)).toEqual([
      'agent Release',
      'prompt Release instructions',
      'model gpt-5',
      'mcp-server fetch',
      'agent notes',
      'agent goose in repo',
    ]);
    expect(relationsOf(reading)).toContain(
      'repo/.goose/recipes/release.yaml delegates-to repo/.goose/recipes/sub/notes.yaml',
    );
    expect(propertiesOf(reading, 'agent', 'Release')['tools']).toEqual(['fetch', 'developer']);
  });

  test('other YAML is none', () => {
    const reading = readText(gooseRecipes, '.goose/recipes/**/*.yaml', 'a: 1');
    expect(assetsOf(reading)).toEqual([]);
    expect(issuesOf(reading)).toEqual(['1: no title or no instructions: not read as a recipe']);
  });
});

test('hints', () =>
  expect(assetsOf(readText(gooseHints, '.goosehints', 'Use tabs.'))).toEqual([
    'prompt .goosehints',
    'agent goose in repo',
  ]));
