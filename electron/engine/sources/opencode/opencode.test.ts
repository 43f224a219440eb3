import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inertOpenCodeRules, openCodeRules } from '../host/open-code-rules.ts';
import { parseJson } from '../parse/json-document.ts';
import { entryOf } from '../parse/node.ts';
import {
  assetsOf,
  issuesOf,
  json,
  type PlacedText,
  propertiesOf,
  readText,
  relationsOf,
} from '../reading.test-support.ts';
import { reconcile } from '../../scan/reconcile.ts';
import { opencodeConfig } from './config.ts';
import {
  opencodeAgents,
  opencodeCommands,
  opencodeInstructions,
  opencodeModes,
  opencodePlugins,
  opencodeSkills,
} from './definitions.ts';
import { opencodeLinker } from './link.ts';

const project = 'OpenCode in repo';

function rulesOf(permission: unknown, tools?: unknown): readonly string[] {
  const { root } = parseJson(json({ permission, tools }));
  const read = openCodeRules(
    permission === undefined ? undefined : entryOf(root, 'permission'),
    tools === undefined ? undefined : entryOf(root, 'tools'),
  );
  return [
    ...read.rules.map((rule) => `${rule.tool} ${rule.pattern} ${rule.action}`),
    ...read.rejected.map((item) => `refused: ${item.why}`),
  ];
}

describe('rules', () => {
  test('a word for all, and maps in the order of the text', () => {
    expect(rulesOf('ask')).toEqual(['* * ask']);
    expect(rulesOf({ '*': 'deny', bash: { 'git *': 'allow', '*': 'ask' }, read: 'allow' })).toEqual([
      '* * deny',
      'bash git * allow',
      'bash * ask',
      'read * allow',
    ]);
  });

  test('the older form stands first, every editing tool is "edit", the newer form replaces its value', () => {
    expect(rulesOf(undefined, { write: true, edit: false, bash: true })).toEqual(['edit * deny', 'bash * allow']);
    expect(rulesOf({ '*': 'allow', bash: { 'git *': 'deny' } }, { bash: false, crm_drop: false })).toEqual([
      'bash git * deny',
      'crm_drop * deny',
      '* * allow',
    ]);
    expect(rulesOf('allow', { bash: false })).toEqual(['bash * deny', '* * allow']);
  });

  test('what makes the client refuse to start', () => {
    expect(rulesOf({ bash: 'yes', webfetch: { 'https://a/*': 'allow' }, edit: 3, read: { x: null } })).toEqual([
      'refused: not an action: allow, ask or deny',
      'refused: webfetch takes an action and no patterns',
      'refused: not an action: allow, ask or deny',
      'refused: not an action: allow, ask or deny',
    ]);
    const reading = readText(
      opencodeConfig,
      'opencode.json',
      json({ permission: { bash: { 'rm *': 'deny' }, edit: 'no' } }),
    );
    expect([reading.status, reading.detail]).toEqual([
      'malformed',
      'the whole configuration is refused, no session starts',
    ]);
    expect(propertiesOf(reading, 'agent', project)).toMatchObject({
      ignoredPermissions: [{ rule: 'bash(rm *)' }],
      rejected: [{ why: 'not an action: allow, ask or deny', line: 6 }],
    });
    expect(propertiesOf(reading, 'agent', project)['permissions']).toBeUndefined();
  });

  test('rules that do nothing', () => {
    const inert = (permission: unknown): readonly string[] => {
      const { root } = parseJson(json({ permission }));
      return inertOpenCodeRules(openCodeRules(entryOf(root, 'permission'), undefined).rules).map(
        ({ rule, why }) => `${rule.tool} ${rule.pattern}: ${why}`,
      );
    };
    expect(inert({ bash: { '*': 'ask', 'git *': 'allow', 'git push *': 'deny' } })).toEqual([]);
    expect(inert({ bash: { 'git push *': 'deny', 'git *': 'allow' } })).toEqual([
      'bash git push *: a later rule matches all that it matches: bash(git *) allow, line 5',
    ]);
    expect(inert({ bash: 'deny', edit: { '*': 'deny' }, '*': 'allow' })).toEqual([
      'bash *: a later rule matches all that it matches: * allow, line 7',
      'edit *: a later rule matches all that it matches: * allow, line 7',
    ]);
    expect(inert({ write: 'deny', Bash: 'deny', mcp_thing: 'deny' })).toEqual([
      'write *: no tool asks under this name: every editing tool asks as "edit"',
      'Bash *: no tool asks under this name: names are compared as written, "bash"',
    ]);
    // A question mark stands for one character, the star that it would cover for many.
    expect(inert({ bash: { 'rm *': 'deny', 'rm ?': 'allow' } })).toEqual([]);
  });

  test('a rule that is called inert never decides', () => {
    const word = fc
      .array(fc.constantFrom('a', 'b', '*', ' '), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(''));
    const matches = (pattern: string, text: string): boolean =>
      new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ pattern: word, action: fc.constantFrom('allow', 'deny') }), {
          maxLength: 5,
          selector: (rule) => rule.pattern,
        }),
        fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 6 }).map((parts) => parts.join('')),
        (given, text) => {
          const rules = given.map(({ pattern, action }, order) => ({
            tool: 'bash',
            pattern,
            action,
            order,
            legacy: false,
            line: 1,
            endLine: 1,
          }));
          const deciding = rules.findLast((rule) => matches(rule.pattern, text));
          expect(inertOpenCodeRules(rules).map(({ rule }) => rule)).not.toContain(deciding);
        },
      ),
    );
  });
});

test('servers of both forms, what does not load, what only switches', () => {
  const reading = readText(
    opencodeConfig,
    'opencode.json',
    json({
      mcp: {
        a: { type: 'local', command: ['npx', '-y', 'a-mcp@1.0.0'], environment: { A_KEY: '{env:A_KEY}' }, cwd: './x' },
        b: {
          type: 'remote',
          url: 'https://b.example.com/mcp',
          oauth: { clientId: 'x', clientSecret: 'FAKEsecretsecret' },
        },
        c: { type: 'local', command: 'npx c' },
        d: { command: ['d'] },
        e: { enabled: false },
        f: 3,
      },
    }),
  );
  expect(assetsOf(reading)).toEqual([
    'mcp-server a',
    'credential A_KEY',
    'credential mcp.b.oauth.clientSecret',
    'mcp-server b',
    'mcp-server c',
    'mcp-server d',
    'agent OpenCode in repo',
  ]);
  const configuration = (name: string) => (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];
  expect(configuration('a')).toMatchObject({ transport: 'stdio', secretRefs: ['env:A_KEY'], pinned: true, cwd: './x' });
  expect(configuration('c')).toMatchObject({ notLoaded: '"command" is not a list of words' });
  expect(configuration('d')).toMatchObject({ notLoaded: 'no "type": neither "local" nor "remote"' });
  expect(propertiesOf(reading, 'agent', project)).toMatchObject({
    serverSwitches: [{ name: 'e', enabled: false }],
    literalSecrets: [{ where: 'mcp.b.oauth.clientSecret', kind: 'secret' }],
  });
  expect(issuesOf(reading)).toEqual(['35: server "f" is not an object']);
  expect(JSON.stringify(reading)).not.toContain('FAKE');
  const next = readText(
    opencodeConfig,
    'opencode.json',
    json({ mcp: { timeout: { startup: 3 }, servers: { n: { type: 'local', command: ['n'], disabled: true } } } }),
  );
  expect(propertiesOf(next, 'mcp-server', 'n')['configurations']).toMatchObject([{ enabled: false }]);
  expect(next.issues).toEqual([]);
});

test('agents, commands, plugins, providers, instructions', () => {
  const reading = readText(
    opencodeConfig,
    '~/.config/opencode/opencode.jsonc',
    json({
      model: 'anthropic/claude-sonnet-4-5',
      small_model: 'openai/gpt-5-mini',
      share: 'auto',
      agent: {
        review: {
          mode: 'subagent',
          model: 'anthropic/claude-haiku-4-5',
          prompt: '{file:./r.md}',
          permission: { edit: 'deny' },
        },
      },
      mode: { build: { disable: true } },
      command: { ship: { template: 'Run !`git status`', agent: 'review' } },
      instructions: ['docs/*.md', 'https://rules.example.com/a.md'],
      plugin: ['opencode-x@1.2.3', './local.ts', '/home/dev/p.ts', ['opencode-y', {}]],
      provider: {
        gw: {
          npm: '@ai-sdk/openai',
          options: { apiKey: '{env:GW_KEY}', baseURL: 'https://gw.example.com/v1' },
          models: { m: {} },
        },
      },
      formatter: { own: { command: ['fmt', '$FILE'] } },
      lsp: false,
    }),
  );
  expect(assetsOf(reading)).toEqual([
    'model claude-sonnet-4-5',
    'model gpt-5-mini',
    'agent review',
    'model claude-haiku-4-5',
    'prompt review instructions',
    'agent build',
    'prompt /ship',
    'plugin opencode-x',
    'plugin ./local.ts',
    'plugin ~/p.ts',
    'plugin opencode-y',
    'credential GW_KEY',
    'agent OpenCode, user settings',
  ]);
  expect(propertiesOf(reading, 'agent', 'review')).toMatchObject({
    mode: 'subagent',
    permissions: [{ list: 'deny', rule: 'edit' }],
  });
  expect(propertiesOf(reading, 'agent', 'build')).toMatchObject({ mode: 'primary', disable: true, legacy: true });
  expect(propertiesOf(reading, 'prompt', '/ship')).toMatchObject({ runsShell: true, agent: 'review' });
  expect(propertiesOf(reading, 'plugin', 'opencode-x')).toMatchObject({
    inProcess: true,
    version: '1.2.3',
    pinned: true,
  });
  expect(propertiesOf(reading, 'agent', 'OpenCode, user settings')).toMatchObject({
    settings: [{ key: 'share', value: 'auto' }],
    instructionFiles: [
      { pattern: 'docs/*.md', remote: false },
      { pattern: 'https://rules.example.com/a.md', remote: true },
    ],
    providers: [{ id: 'gw', url: 'https://gw.example.com/v1', secretRefs: ['env:GW_KEY'], models: ['m'] }],
    helpers: [{ key: 'formatter.own', command: 'fmt $FILE' }],
    transcripts: [{ place: '~/.local/share/opencode/opencode*.db' }, {}],
  });
  expect(relationsOf(reading)).toContain('opencode@~ uses opencode:opencode-x');
});

test('definitions as Markdown', () => {
  const agent = readText(
    opencodeAgents,
    '.opencode/agents/**/*.md',
    '---\ndescription: d\nmode: subagent\nmodel: openai/gpt-5\ntools:\n  write: false\npermission:\n  bash:\n    "*": deny\n    "git log *": allow\n---\nReview.',
  );
  expect(assetsOf(agent)).toEqual(['agent some', 'model gpt-5', 'prompt some instructions', 'agent OpenCode in repo']);
  expect(propertiesOf(agent, 'agent', 'some')['permissions']).toMatchObject([
    { list: 'deny', rule: 'edit', legacy: true, line: 6 },
    { list: 'deny', rule: 'bash', line: 9 },
    { list: 'allow', rule: 'bash(git log *)', line: 10 },
  ]);
  expect(propertiesOf(readText(opencodeModes, '.opencode/mode/*.md', 'x'), 'agent', 'some')).toMatchObject({
    mode: 'primary',
  });
  expect(assetsOf(readText(opencodeCommands, '.opencode/command/**/*.md', 'x'))).toEqual([
    'prompt /inner/some',
    'agent OpenCode in repo',
  ]);
  expect(assetsOf(readText(opencodeSkills, '.opencode/skills/**/SKILL.md', '---\nname: s\n---\n'))).toEqual([
    'skill s',
    'agent OpenCode in repo',
  ]);
  expect(assetsOf(readText(opencodeInstructions, '~/.config/opencode/AGENTS.md', 'x'))).toEqual([
    'prompt AGENTS.md',
    'agent OpenCode, user settings',
  ]);
  expect(assetsOf(readText(opencodePlugins, '.opencode/plugin/*.ts', 'export const P = 1;'))).toEqual([
    'plugin some.ts',
    'agent OpenCode in repo',
  ]);
  expect(
    assetsOf(
      readText(opencodeAgents, '.opencode/agents/**/*.md', '# Notes', { place: 'repo/.opencode/agents/README.md' }),
    ),
  ).toEqual([]);
});

test('which definition counts, and who switches', () => {
  const files: readonly PlacedText[] = [
    {
      source: opencodeConfig,
      path: 'opencode.json',
      text: json({ mcp: { a: { type: 'remote', url: 'https://a.example.com' }, b: { enabled: false } } }),
    },
    {
      source: opencodeConfig,
      path: '.opencode/opencode.jsonc',
      text: json({ mcp: { a: { type: 'remote', url: 'https://near.example.com' } } }),
    },
  ];
  const user = readText(
    opencodeConfig,
    '~/.config/opencode/opencode.json',
    json({ mcp: { b: { type: 'local', command: ['b'] } } }),
  );
  const facts = reconcile(
    [
      ...files.map(({ source, path, text }) => ({
        place: `repo/${path}`,
        source: source.id,
        cap: 'high' as const,
        reading: readText(source, path, text, { place: `repo/${path}` }),
      })),
      { place: '~/.config/opencode/opencode.json', source: opencodeConfig.id, cap: 'high' as const, reading: user },
    ],
    [opencodeLinker],
  );
  const states = facts.assets.flatMap((asset) =>
    ((asset.properties['states'] ?? []) as Record<string, unknown>[]).map((state) => [
      state['agent'],
      state['name'],
      asset.properties['url'] ?? asset.properties['command'],
      state['state'],
      state['decidedBy'],
    ]),
  );
  expect(states).toEqual([
    ['opencode@repo', 'a', 'https://near.example.com', 'enabled', 'configuration'],
    ['opencode@repo', 'b', 'b', 'disabled', 'repo/opencode.json:7'],
    ['opencode@~', 'b', 'b', 'enabled', 'configuration'],
  ]);
  const covered = facts.assets.find((asset) => asset.properties['url'] === 'https://a.example.com');
  expect(covered?.properties['shadowed']).toMatchObject([
    { agent: 'opencode@repo', name: 'a', by: 'repo/.opencode/opencode.jsonc' },
  ]);
});

test('a folder of OpenCode is read once, broken files say so', () => {
  const twice = readText(opencodeConfig, 'opencode.json', '{"model": "a/b"}', { anchor: 'repo/.opencode' });
  expect([assetsOf(twice), twice.detail]).toEqual([
    [],
    'in the folder of a project, which is read as such: no facts taken',
  ]);
  expect(readText(opencodeConfig, 'opencode.json', '[1]').status).toBe('malformed');
  expect(readText(opencodeConfig, 'opencode.json', '{"permission": {"bash": "deny",').status).toBe('malformed');
});
