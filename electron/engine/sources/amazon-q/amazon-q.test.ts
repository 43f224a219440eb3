import { describe, expect, test } from 'vitest';
import { assetsOf, issuesOf, json, linkedRelations, propertiesOf, readText } from '../reading.test-support.ts';
import {
  amazonQAgents,
  amazonQInstructions,
  amazonQLinker,
  amazonQMcp,
  amazonQPrompts,
  amazonQRules,
  amazonQSettings,
} from './amazon-q.ts';
import {
  kiroAgents,
  kiroHooks,
  kiroMarkdownAgents,
  kiroMcp,
  kiroPermissions,
  kiroPowers,
  kiroSettings,
  kiroSteering,
} from './kiro.ts';

const agentFile = '.amazonq/cli-agents/*.json';

describe('Amazon Q', () => {
  test('an agent: tools, rules of tools, what does nothing, a server of its own', () => {
    const reading = readText(
      amazonQAgents,
      agentFile,
      `{ // examples hold comments
  "prompt": "You help.",
  "model": "claude-sonnet-4",
  "tools": ["fs_read", "@git"],
  "allowedTools": ["fs_read", "*"],
  "toolAliases": { "@git/status": "st" },
  "toolsSettings": {
    "execute_bash": { "deniedCommands": ["rm .*"], "autoAllowReadonly": true },
    "fs_write": { "allowedPaths": "src/**" },
  },
  "mcpServers": { "git": { "command": "git-mcp", "env": { "GIT_TOKEN": "$GIT_TOKEN" } } },
  "hooks": { "preToolUse": [{ "matcher": "execute_bash", "command": "./audit.sh" }], "stop": "x" },
}`,
    );
    expect(assetsOf(reading)).toEqual([
      'agent some',
      'model claude-sonnet-4',
      'prompt some instructions',
      'hook preToolUse (execute_bash)',
      'mcp-server git',
      'credential GIT_TOKEN',
      'agent Amazon Q Developer in repo',
    ]);
    expect(propertiesOf(reading, 'agent', 'some')).toMatchObject({
      tools: ['fs_read', '@git'],
      toolAliases: { '@git/status': 'st' },
      permissions: [
        { list: 'allowedTools', rule: 'fs_read', line: 5 },
        { list: 'allowedTools', rule: '*', line: 5 },
        { list: 'deniedCommands', tool: 'execute_bash', rule: 'rm .*', line: 8 },
        { list: 'allowedPaths', tool: 'fs_write', rule: 'src/**', line: 9 },
      ],
      toolsSettings: [{ tool: 'execute_bash', key: 'autoAllowReadonly', value: true }],
      inertRules: [{ list: 'allowedTools', rule: '*' }],
    });
    expect(propertiesOf(reading, 'mcp-server', 'git')['configurations']).toMatchObject([
      { inlineIn: 'repo/.amazonq/cli-agents/some.json#some', secretRefs: ['env:GIT_TOKEN'] },
    ]);
    expect(issuesOf(reading)).toEqual([]);
  });

  test('an agent that says nothing of tools, and a file that is none', () => {
    expect(propertiesOf(readText(amazonQAgents, agentFile, '{"description": "d"}'), 'agent', 'some')['tools']).toBe(
      'not stated',
    );
    expect(assetsOf(readText(amazonQAgents, agentFile, '{"version": 1}'))).toEqual([]);
  });

  test('an agent that includes mcp.json uses its servers', () => {
    expect(
      linkedRelations(
        [amazonQLinker],
        [
          {
            source: amazonQAgents,
            path: agentFile,
            place: 'repo/.amazonq/cli-agents/a.json',
            text: json({ name: 'a', useLegacyMcpJson: true }),
          },
          {
            source: amazonQAgents,
            path: agentFile,
            place: 'repo/.amazonq/cli-agents/b.json',
            text: json({ name: 'b' }),
          },
          { source: amazonQMcp, path: '.amazonq/mcp.json', text: json({ mcpServers: { old: { command: 'old' } } }) },
        ],
      ),
    ).toEqual(['a uses old']);
  });

  test('settings, rules, instructions, prompts', () => {
    const settings = readText(
      amazonQSettings,
      '~/.local/share/amazon-q/settings.json',
      json({ 'chat.defaultAgent': 'ops', x: 1 }),
    );
    expect(propertiesOf(settings, 'agent', 'Amazon Q Developer, user settings')).toMatchObject({
      settings: [{ key: 'chat.defaultAgent', value: 'ops' }],
    });
    expect(assetsOf(readText(amazonQRules, '.amazonq/rules/**/*.md', 'x'))).toContain('prompt some.md');
    expect(assetsOf(readText(amazonQInstructions, 'AmazonQ.md', 'x'))).toContain('prompt AmazonQ.md');
    expect(assetsOf(readText(amazonQPrompts, '.amazonq/prompts/*.md', 'x'))).toContain('prompt /some');
  });
});

describe('Kiro', () => {
  const rules = `rules:
  - capability: shell
    effect: allow
    match: [git *, npm *]
    exclude: [git push *]
  - capability: fs_read
    effect: deny
  - effect: allow
  - capability: x
    effect: maybe
`;

  test('rules of the user, of a workspace, and those that a repository cannot bring', () => {
    const reading = readText(kiroPermissions, '~/.kiro/settings/permissions.yaml', rules);
    expect(propertiesOf(reading, 'agent', 'Kiro, user settings')['permissions']).toMatchObject([
      { list: 'allow', rule: 'shell(git * | npm *)', match: ['git *', 'npm *'], exclude: ['git push *'], line: 2 },
      { list: 'deny', rule: 'fs_read', match: [], line: 6 },
    ]);
    expect(issuesOf(reading)).toEqual([
      '8: a rule without a capability and a known effect',
      '9: a rule without a capability and a known effect',
    ]);
    const workspace = readText(kiroPermissions, '~/.kiro/workspace-roots/*/permissions.yaml', rules);
    expect(propertiesOf(workspace, 'agent', 'Kiro, user settings')['permissions']).toMatchObject([
      { workspaceRoot: 'some' },
      {},
    ]);
    const repository = propertiesOf(
      readText(kiroPermissions, '.kiro/settings/permissions.yaml', rules),
      'agent',
      'Kiro in repo',
    );
    expect(repository).toMatchObject({
      ignoredFiles: [{ why: 'a repository cannot bring permission rules' }],
      ignoredPermissions: [{ list: 'allow' }, { list: 'deny' }],
    });
    expect(repository['permissions']).toBeUndefined();
  });

  test('servers, powers, agents', () => {
    const servers = json({
      mcpServers: { a: { command: 'uvx', args: ['a'], autoApprove: ['x'], disabledTools: ['y'], disabled: true } },
    });
    expect(
      propertiesOf(readText(kiroMcp, '.kiro/settings/mcp.json', servers), 'mcp-server', 'a')['configurations'],
    ).toMatchObject([{ enabled: false, autoApprovedTools: ['x'], excludeTools: ['y'] }]);
    expect(assetsOf(readText(kiroPowers, '~/.kiro/powers/installed/*/mcp.json', servers))).toEqual([
      'mcp-server a',
      'plugin some',
      'agent Kiro, user settings',
    ]);
    expect(assetsOf(readText(kiroAgents, '.kiro/agents/*.json', json({ name: 'k', tools: ['*'] })))).toEqual([
      'agent k',
      'agent Kiro in repo',
    ]);
    expect(assetsOf(readText(kiroMarkdownAgents, '.kiro/agents/*.md', '---\ntools: [read]\n---\nx'))).toContain(
      'agent some',
    );
    const text = readText(kiroMarkdownAgents, '.kiro/agents/*.md', 'A prompt that an agent points to.');
    expect([assetsOf(text), text.detail]).toEqual([[], 'no front matter, a text beside the agents: no facts taken']);
  });

  test('hooks of the editor, settings, steering', () => {
    const hook = readText(
      kiroHooks,
      '.kiro/hooks/*.kiro.hook',
      json({
        enabled: false,
        name: 'Docs',
        when: { type: 'fileEdited', patterns: ['**/*.ts'] },
        then: { type: 'askAgent', prompt: 'Update docs' },
      }),
    );
    expect(propertiesOf(hook, 'hook', 'Docs')).toMatchObject({
      event: 'fileEdited',
      matcher: '**/*.ts',
      type: 'prompt',
      enabled: false,
    });
    const run = readText(
      kiroHooks,
      '.kiro/hooks/*.kiro.hook',
      json({ when: { type: 'userTriggered' }, then: { type: 'runCommand', command: 'npm test' } }),
    );
    expect(propertiesOf(run, 'hook', 'userTriggered')).toMatchObject({
      type: 'command',
      command: 'npm test',
      enabled: true,
    });
    expect(issuesOf(readText(kiroHooks, '.kiro/hooks/*.kiro.hook', '{}'))).toEqual([
      '1: a hook that says nothing to run',
    ]);
    const settings = readText(
      kiroSettings,
      '~/.config/Kiro/User/settings.json',
      json({ 'kiroAgent.trustedCommands': ['npm *'] }),
    );
    expect(propertiesOf(settings, 'agent', 'Kiro, user settings')['permissions']).toMatchObject([
      { list: 'allow', rule: 'npm *' },
    ]);
    const steering = readText(
      kiroSteering,
      '.kiro/steering/**/*.md',
      '---\ninclusion: fileMatch\nfileMatchPattern: "*.tsx"\n---\nx',
    );
    expect(propertiesOf(steering, 'prompt', 'some.md')).toMatchObject({ trigger: 'fileMatch', globs: ['*.tsx'] });
  });
});
