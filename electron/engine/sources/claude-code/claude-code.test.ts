import { describe, expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { claudeCodeAgents, claudeCodeCommands, claudeCodeInstructions, claudeCodeSkills } from './definitions.ts';
import { claudeCodeMcp } from './mcp-json.ts';
import {
  claudeCodeInstalledPlugins,
  claudeCodeMarketplaces,
  claudeCodePluginHooks,
  claudeCodePluginParts,
  claudeCodePlugins,
} from './plugins.ts';
import { claudeCodeSettings } from './settings.ts';
import { claudeCodeUserState } from './user-state.ts';

describe('settings', () => {
  const read = (value: unknown) => readText(claudeCodeSettings, '.claude/settings.json', json(value));

  test('scopes give their own agents', () => {
    const name = (path: string): string => assetsOf(readText(claudeCodeSettings, path, '{}')).join();
    expect(name('.claude/settings.json')).toBe('agent Claude Code in repo');
    expect(name('~/.claude/settings.json')).toBe('agent Claude Code, user settings');
    expect(name('~/.claude/remote-settings.json')).toBe('agent Claude Code, managed settings');
    expect(name('/etc/claude-code/managed-settings.json')).toBe('agent Claude Code, managed settings');
  });

  test('permissions that are not lists, and members that are not text', () => {
    const reading = read({ permissions: { allow: 'Bash', deny: ['Read(x)', 5, null], ask: {} } });
    expect(propertiesOf(reading, 'agent', 'Claude Code in repo')['permissions']).toEqual([
      { list: 'allow', rule: 'Bash', scope: 'project', place: 'repo/.claude/settings.json', line: 3 },
      { list: 'deny', rule: 'Read(x)', scope: 'project', place: 'repo/.claude/settings.json', line: 5 },
      { list: 'deny', rule: '5', scope: 'project', place: 'repo/.claude/settings.json', line: 6 },
    ]);
    expect(issuesOf(reading)).toEqual([
      '3: permission list "allow" is not a list',
      '9: permission list "ask" is not a list',
      '6: permission list "deny" holds a member that is not text',
      '7: permission list "deny" holds a member that is not text',
    ]);
  });

  test('plugins, marketplaces, helpers, model, environment', () => {
    const reading = read({
      enabledPlugins: { 'fmt@tools': true, 'old@tools': false },
      extraKnownMarketplaces: { tools: { source: { source: 'github', repo: 'acme/tools' } } },
      apiKeyHelper: './key.sh --token FAKE123',
      statusLine: { type: 'command', command: './line.sh' },
      model: 'claude-opus-4-1-20250805',
      env: { ANTHROPIC_AUTH_TOKEN: 'FAKE-token', FOO: 'bar', ANTHROPIC_BASE_URL: 'https://u:FAKE@gw.example' },
    });
    expect(assetsOf(reading)).toEqual([
      'credential ANTHROPIC_AUTH_TOKEN',
      'credential ANTHROPIC_BASE_URL',
      'model claude-opus-4-1-20250805',
      'plugin fmt',
      'plugin old',
      'agent Claude Code in repo',
    ]);
    expect(propertiesOf(reading, 'plugin', 'old')['enabled']).toBeUndefined();
    expect(propertiesOf(reading, 'model', 'claude-opus-4-1-20250805')).toEqual({
      provider: 'anthropic',
      model: 'claude-opus-4-1-20250805',
      channel: 'pinned',
    });
    const agent = propertiesOf(reading, 'agent', 'Claude Code in repo');
    expect(agent['helpers']).toMatchObject([
      { key: 'apiKeyHelper', command: './key.sh --token ***' },
      { key: 'statusLine', command: './line.sh' },
    ]);
    expect(agent['marketplaces']).toMatchObject([{ name: 'tools', source: 'github', address: 'acme/tools' }]);
    expect(agent['apiBaseUrl']).toBe('https://u:***@gw.example');
    expect(JSON.stringify(reading)).not.toContain('FAKE');
  });

  test('hooks of every type, hooks of a wrong form', () => {
    const reading = read({
      hooks: {
        Stop: [
          {
            hooks: [
              { type: 'http', url: 'https://h/x' },
              { type: 'prompt', prompt: 'judge' },
            ],
          },
        ],
        PreToolUse: [{ matcher: '*', hooks: [{ type: 'command' }, 5] }],
        X: 5,
      },
    });
    expect(assetsOf(reading)).toEqual(['hook Stop', 'hook Stop', 'agent Claude Code in repo']);
    expect(issuesOf(reading)).toHaveLength(2);
  });

  test('a managed file with a comment keeps its rules, a project file does not', () => {
    const text = '{ // x\n "permissions": {"deny": ["Bash(rm *)"]} }';
    const managed = readText(claudeCodeSettings, '/etc/claude-code/managed-settings.json', text);
    expect(managed).toMatchObject({ status: 'malformed', detail: expect.stringContaining('refuses to start') });
    expect(propertiesOf(managed, 'agent', 'Claude Code, managed settings')['permissions']).toHaveLength(1);
    expect(
      propertiesOf(readText(claudeCodeSettings, '.claude/settings.json', text), 'agent', 'Claude Code in repo')[
        'permissions'
      ],
    ).toBeUndefined();
  });
});

describe('servers', () => {
  const read = (value: unknown, file = {}) => readText(claudeCodeMcp, '.mcp.json', json(value), file);

  test('a file without the root key that holds servers all the same is read, with low confidence', () => {
    const reading = read({ a: { command: 'npx', args: ['-y', 'foo'] } });
    expect(reading.assets.map((asset) => [asset.kind, asset.name, asset.confidence])).toEqual([
      ['mcp-server', 'a', 'low'],
      ['agent', 'Claude Code in repo', 'high'],
    ]);
  });

  test('the key of another host is no server', () => {
    const reading = read({ servers: { a: { command: 'x' } } });
    expect(assetsOf(reading)).toEqual([]);
    expect(issuesOf(reading)).toEqual(['2: "servers" is not the key this file uses, "mcpServers" is']);
  });

  test('beside a plugin nobody works', () => {
    const reading = read(
      { mcpServers: { a: { command: 'x' } } },
      { place: 'repo/plugins/p/.mcp.json', anchor: 'repo/plugins/p', anchorName: 'p' },
    );
    // The folder is a plugin with or without a manifest; the manifest's facts have the same key.
    expect(assetsOf(reading)).toEqual(['plugin p', 'mcp-server a']);
    expect(reading.assets[0]).toMatchObject({ key: 'claude-code:repo/plugins/p', confidence: 'medium' });
    expect(relationsOf(reading)).toEqual([]);
  });

  test('a comment is told, the servers are kept', () => {
    const reading = readText(claudeCodeMcp, '.mcp.json', '{"mcpServers": {"a": {"command": "x"}, // c\n}}');
    expect([reading.status, assetsOf(reading)]).toEqual(['malformed', ['mcp-server a', 'agent Claude Code in repo']]);
  });

  test('reserved names and empty addresses', () => {
    const reading = read({ mcpServers: { workspace: { command: 'x' }, later: { type: 'http', url: '' } } });
    expect(propertiesOf(reading, 'mcp-server', 'workspace')['configurations']).toMatchObject([
      { reservedName: true, enabled: false },
    ]);
    expect(propertiesOf(reading, 'mcp-server', 'later')['configurations']).toMatchObject([
      { placeholder: true, transport: 'http' },
    ]);
  });

  test('the state file: user servers, local servers, trust; the rest is not looked at', () => {
    const reading = readText(
      claudeCodeUserState,
      '~/.claude.json',
      json({
        oauthAccount: { accessToken: 'FAKE' },
        mcpServers: { u: { command: 'x' } },
        projects: {
          '/home/dev/app': { hasTrustDialogAccepted: true, mcpServers: { l: { command: './run.sh' } } },
          '/home/dev/none': { history: ['FAKE'] },
        },
      }),
      { path: '/home/dev/.claude.json' },
    );
    expect(assetsOf(reading)).toEqual(['mcp-server u', 'mcp-server l', 'agent Claude Code, user settings']);
    expect(reading.assets[1]?.key).toBe('command:~/app:./run.sh');
    expect(propertiesOf(reading, 'agent', 'Claude Code, user settings')['projects']).toMatchObject([
      { path: '/home/dev/app', trusted: true, line: 12 },
    ]);
    expect(JSON.stringify(reading)).not.toContain('FAKE');
  });
});

describe('definitions', () => {
  test('a sub-agent with tools, model and instructions', () => {
    const reading = readText(
      claudeCodeAgents,
      '.claude/agents/**/*.md',
      '---\nname: rev\ndescription: d\ntools: Read, Bash(git log *), mcp__a__b\nmodel: sonnet\n---\n\nDo it.\n',
    );
    expect(assetsOf(reading)).toEqual([
      'agent rev',
      'model sonnet',
      'prompt rev instructions',
      'agent Claude Code in repo',
    ]);
    expect(propertiesOf(reading, 'agent', 'rev')).toMatchObject({
      tools: ['Read', 'Bash(git log *)', 'mcp__a__b'],
      subAgent: true,
      framework: 'claude-code-subagent',
    });
    expect(propertiesOf(reading, 'model', 'sonnet')['channel']).toBe('alias');
    expect(relationsOf(reading)).toContain('claude-code@repo delegates-to repo/.claude/agents/inner/some.md#rev');
  });

  test('a model that is inherited is none', () => {
    expect(
      assetsOf(readText(claudeCodeAgents, '.claude/agents/**/*.md', '---\nname: a\nmodel: inherit\n---\n')),
    ).toEqual(['agent a', 'agent Claude Code in repo']);
  });

  test('a skill without a name is named after its folder', () => {
    expect(assetsOf(readText(claudeCodeSkills, '.claude/skills/**/SKILL.md', '---\ndescription: x\n---\n'))).toEqual([
      'skill inner',
      'agent Claude Code in repo',
    ]);
  });

  test('a README beside sub-agents is no mistake, a sub-agent without a name is', () => {
    const at = (name: string) => {
      const reading = readText(claudeCodeAgents, '.claude/agents/**/*.md', '# Text\n', {
        place: `repo/.claude/agents/${name}`,
      });
      return [assetsOf(reading), issuesOf(reading).length, reading.detail];
    };
    expect(at('README.md')).toEqual([[], 0, 'a note beside the definitions: no facts taken']);
    expect(at('helper.md')).toEqual([[], 1, undefined]);
  });

  test('commands say what they pre-approve and whether they run a shell', () => {
    const reading = readText(
      claudeCodeCommands,
      '.claude/commands/**/*.md',
      '---\nallowed-tools: Bash(git add:*), Read\n---\nNow !`git status`\n',
      { place: 'repo/.claude/commands/git/commit.md' },
    );
    expect(propertiesOf(reading, 'prompt', '/git:commit')).toMatchObject({
      role: 'command',
      preApproves: ['Bash(git add:*)', 'Read'],
      runsShell: true,
    });
  });

  test('instructions: imports, masked preview, agents only at the root', () => {
    const text = 'See @docs/a.md and mail a@b.md.\nAPI_KEY=FAKE-value-1234\n```\n@not/this.md\n```\n';
    const root = readText(claudeCodeInstructions, 'CLAUDE.md', text);
    expect(assetsOf(root)).toEqual(['prompt CLAUDE.md', 'agent Claude Code in repo']);
    expect(propertiesOf(root, 'prompt', 'CLAUDE.md')).toMatchObject({ imports: ['docs/a.md'], role: 'instructions' });
    expect(JSON.stringify(root)).not.toContain('FAKE');
    expect(
      assetsOf(
        readText(claudeCodeInstructions, 'CLAUDE.md', text, {
          anchor: 'repo/packages/x',
          place: 'repo/packages/x/CLAUDE.md',
        }),
      ),
    ).toEqual(['prompt CLAUDE.md']);
  });
});

describe('plugins', () => {
  test('manifest with servers', () => {
    const reading = readText(
      claudeCodePlugins,
      '.claude-plugin/plugin.json',
      json({
        name: 'p',
        version: '1.0.0',
        mcpServers: { s: { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/s.js'] } },
      }),
    );
    expect(assetsOf(reading)).toEqual(['plugin p', 'mcp-server s']);
    expect(relationsOf(reading)).toEqual([expect.stringMatching(/^claude-code:repo exposes command:repo:node/)]);
  });

  test('a marketplace names the plugins of its folders and of others', () => {
    const reading = readText(
      claudeCodeMarketplaces,
      '.claude-plugin/marketplace.json',
      json({
        name: 'm',
        plugins: [
          { name: 'a', source: './plugins/a' },
          { name: 'b', source: { source: 'github', repo: 'x/b', ref: 'v1' } },
          { source: 'x' },
        ],
      }),
    );
    expect(reading.assets.map((asset) => asset.key)).toEqual(['claude-code:repo/plugins/a', 'claude-code:b@m']);
    expect(propertiesOf(reading, 'plugin', 'b')['source']).toEqual({ kind: 'github', address: 'x/b', reference: 'v1' });
    expect(issuesOf(reading)).toHaveLength(1);
  });

  test('a folder that a marketplace cuts into several plugins gives each of them', () => {
    const reading = readText(
      claudeCodeMarketplaces,
      '.claude-plugin/marketplace.json',
      json({
        name: 'm',
        plugins: [
          { name: 'a', source: './', skills: ['./skills/x', './skills/y'] },
          { name: 'b', source: './', skills: ['./skills/z'] },
        ],
      }),
    );
    expect(reading.assets.map((asset) => asset.key)).toEqual(['claude-code:repo#a', 'claude-code:repo#b']);
    expect(propertiesOf(reading, 'plugin', 'a')).toMatchObject({
      root: 'repo',
      parts: ['repo/skills/x', 'repo/skills/y'],
    });
  });

  test('hooks of a plugin, two with the same command and different conditions', () => {
    const hook = (condition: string) => ({ type: 'command', command: 'run', if: condition });
    const reading = readText(
      claudeCodePluginHooks,
      'hooks/hooks.json',
      json({
        hooks: { PostToolUse: [{ matcher: 'Bash', hooks: [hook('Bash(git commit *)'), hook('Bash(git push *)')] }] },
      }),
    );
    expect(assetsOf(reading)).toEqual(['hook PostToolUse (Bash)', 'hook PostToolUse (Bash)', 'plugin repo']);
    expect(
      assetsOf(readText(claudeCodePluginHooks, 'hooks/hooks.json', json({ hooks: {} }), { anchor: 'repo/.cursor' })),
    ).toEqual([]);
  });

  test('folders called agents and commands are only read where they speak of agents and commands', () => {
    const agent = '---\nname: a\ndescription: b\ntools: Read\n---\n';
    expect(assetsOf(readText(claudeCodePluginParts, 'agents/*.md', agent))).toEqual(['agent a']);
    expect(assetsOf(readText(claudeCodePluginParts, 'agents/*.md', agent, { anchor: 'repo/.claude' }))).toEqual([]);
    expect(assetsOf(readText(claudeCodePluginParts, 'agents/*.md', '---\nname: a\ndescription: b\n---\n'))).toEqual([]);
    expect(
      assetsOf(readText(claudeCodePluginParts, 'commands/*.md', '---\ntitle: page\ndescription: of a site\n---\n')),
    ).toEqual([]);
    expect(
      assetsOf(readText(claudeCodePluginParts, 'commands/*.md', '---\ndescription: d\nallowed-tools: Read\n---\n')),
    ).toEqual(['prompt /some']);
  });

  test('commands of a plugin need no header; notes beside them are none', () => {
    const at = (anchor: string, name: string, text: string): readonly string[] =>
      assetsOf(readText(claudeCodePluginParts, 'commands/*.md', text, { anchor, place: `${anchor}/commands/${name}` }));
    expect(at('repo/plugins/p', 'fix.md', '# Fix\nDo it.\n')).toEqual(['prompt /fix']);
    expect(at('repo/plugins/p', 'README.md', '# Commands\n')).toEqual([]);
    expect(at('repo/docs', 'fix.md', '# Fix\n')).toEqual([]);
    expect(at('repo/docs', 'fix.md', '---\ndescription: a page\n---\n')).toEqual([]);
    expect(at('repo', 'fix.md', '---\ndescription: Fixes it\n---\nDo it.\n')).toEqual(['prompt /fix']);
    expect(at('repo', 'fix.md', '---\ndescription: a page\nlayout: page\n---\n')).toEqual([]);
  });

  test('installed plugins', () => {
    const reading = readText(
      claudeCodeInstalledPlugins,
      '~/.claude/plugins/installed_plugins.json',
      json({ version: 2, plugins: { 'a@m': [{ scope: 'user', version: '1.2.0' }] } }),
    );
    expect(propertiesOf(reading, 'plugin', 'a')).toEqual({
      host: 'claude-code',
      installed: true,
      marketplace: 'm',
      version: '1.2.0',
    });
  });
});
