import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inertRule } from './inert-rules.ts';
import { judgeByPolicy, matchesGlob, matchesUrl, type PolicyEntry } from './mcp-policy.ts';
import { startMode } from './start-mode.ts';

describe('rules that do nothing', () => {
  test.each([
    ['allow', 'mcp__*'],
    ['allow', '*'],
    ['allow', 'B*'],
    ['allow', 'Bash(git:* push)'],
    ['deny', 'Bash(command:curl *)'],
    ['deny', 'Write(docs/**)'],
    ['allow', 'Edit(.claude/**)'],
    ['allow', 'Edit(./.mcp.json)'],
    ['deny', 'mcp__db__x(*)'],
    ['ask', 'Agent(name)'],
    ['allow', 'Bash(git *'],
  ])('%s %s', (list, rule) => expect(inertRule(list, rule)?.why).toEqual(expect.any(String)));

  test.each([
    ['allow', 'mcp__a__*'],
    ['allow', 'mcp__a'],
    ['deny', 'mcp__*'],
    ['deny', '*'],
    ['allow', 'Bash(docker compose up:*)'],
    ['allow', 'Bash(*)'],
    ['allow', 'Write'],
    ['deny', 'Edit(.claude/**)'],
    ['allow', 'Edit(.claude/worktrees/**)'],
    ['allow', 'Edit(src/**)'],
    ['deny', 'Bash(run_in_background:true)'],
    ['deny', 'Agent(name)'],
    ['allow', 'WebFetch(domain:example.com)'],
  ])('%s %s does something', (list, rule) => expect(inertRule(list, rule)).toBeNull());
});

describe('addresses of the organisation', () => {
  test.each([
    ['https://mcp.example.com/api', 'https://mcp.example.com/*', true],
    ['https://MCP.example.com/api', 'https://mcp.example.com/*', true],
    ['https://a.untrusted.example.com/mcp', 'https://*.untrusted.example.com/*', true],
    ['https://untrusted.example.com/mcp', 'https://*.untrusted.example.com/*', false],
    ['https://mcp.example.com/any/path', 'https://mcp.example.com', true],
    ['https://mcp.example.com.evil.example/x', 'https://mcp.example.com/*', false],
    ['https://mcp.example.com', 'https://mcp.example.com/*', true],
  ])('%s by %s: %s', (url, pattern, expected) => expect(matchesUrl(url, pattern)).toBe(expected));

  test('a glob of stars matches what a regular expression would', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        fc.string({ unit: fc.constantFrom('a', 'b', '*') }),
        (text, pattern) => {
          expect(matchesGlob(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll(/\*+/g, '.*')}$`).test(text));
        },
      ),
    );
    const started = performance.now();
    matchesGlob('a'.repeat(5000), `${'*a'.repeat(50)}b`);
    expect(performance.now() - started).toBeLessThan(500);
  });

  const server = { name: 's', transport: 'stdio', command: 'node', args: ['x.js'], url: null };
  const allow = (by: string, value: string | readonly string[] | null): PolicyEntry => ({
    list: 'allowedMcpServers',
    by,
    value,
    scope: 'user',
  });
  test('no list admits all, an empty one none, an address list no programs by address', () => {
    expect(judgeByPolicy(server, [], false)).toBeNull();
    expect(judgeByPolicy(server, [allow('nothing', null)], false)).not.toBeNull();
    expect(judgeByPolicy(server, [allow('serverUrl', 'https://x/*')], false)).not.toBeNull();
    expect(judgeByPolicy(server, [allow('serverCommand', ['node', 'x.js'])], false)).toBeNull();
    expect(
      judgeByPolicy(server, [allow('serverCommand', ['node', 'y.js']), allow('serverName', 's')], false),
    ).not.toBeNull();
    expect(judgeByPolicy(server, [allow('serverName', 'other')], true)).toBeNull();
  });
});

describe('start mode', () => {
  const mode = (scope: string, value: string) => ({
    key: 'permissions.defaultMode',
    scope,
    value,
    place: `${scope}.json`,
    line: 1,
  });
  test('the nearest file wins, but a repository cannot start in auto', () => {
    expect(startMode([])).toBeNull();
    expect(startMode([mode('user', 'plan')])).toMatchObject({ value: 'plan', scope: 'user' });
    expect(startMode([mode('user', 'plan'), mode('managed', 'default'), mode('local', 'acceptEdits')])).toMatchObject({
      value: 'default',
      scope: 'managed',
    });
    expect(startMode([mode('user', 'plan'), mode('project', 'auto')])).toMatchObject({
      value: 'built-in default',
      why: 'project defaultMode auto does not take effect and masks the user plan',
    });
    expect(startMode([mode('local', 'bypassPermissions')])).toMatchObject({
      versions: [
        { version: '2.1.240', value: 'bypassPermissions' },
        { version: '2.1.328', value: 'built-in default' },
      ],
    });
  });
});
