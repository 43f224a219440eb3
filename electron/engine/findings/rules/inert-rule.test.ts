import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { inertRule } from './inert-rule.ts';

test('a deny rule that is never applied weighs more than an allow rule', () => {
  expect(
    judgeFiles(inertRule, {
      '.claude/settings.json': { permissions: { deny: ['Write(secrets/**)'], allow: ['mcp__*'] } },
    }).found,
  ).toEqual(['high .claude/settings.json:4 Claude Code in app', 'low .claude/settings.json:7 Claude Code in app']);
});

test('rules of a file that the host ignores', () => {
  const judged = judgeFiles(inertRule, {
    '.claude/settings.json': '{\n  // why\n  "permissions": {\n    "deny": ["Read(./.env)"]\n  }\n}\n',
  });
  expect(judged.found).toEqual(['high .claude/settings.json:4 Claude Code in app']);
});

test('rules that are applied pass', () => {
  expect(
    passed(
      judgeFiles(inertRule, {
        '.claude/settings.json': { permissions: { deny: ['Read(./.env)'], allow: ['Bash(npm test)'] } },
      }),
    ),
  ).toBe(true);
});
