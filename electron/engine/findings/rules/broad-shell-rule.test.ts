import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { broadShellRule } from './broad-shell-rule.ts';

test('a program with everything that it can do', () => {
  expect(
    judgeFiles(broadShellRule, {
      '.claude/settings.local.json': { permissions: { allow: ['Bash(psql *)', 'Bash(terraform plan *)'] } },
    }).found,
  ).toEqual(['high .claude/settings.local.json:4 Claude Code in app']);
});

test('hosts whose rules are prefixes', () => {
  expect(
    judgeFiles(broadShellRule, { '.cursor/cli.json': { permissions: { allow: ['Shell(kubectl)'] } } }).found,
  ).toEqual(['high .cursor/cli.json:4 Cursor in app']);
});

test('a deny rule for the harmful part', () => {
  expect(
    judgeFiles(broadShellRule, {
      '.claude/settings.local.json': { permissions: { allow: ['Bash(git *)'], deny: ['Bash(git push *)'] } },
    }).found,
  ).toEqual([]);
});

test('a subcommand passes', () => {
  expect(
    passed(
      judgeFiles(broadShellRule, {
        '.claude/settings.local.json': { permissions: { allow: ['Bash(terraform plan *)', 'Bash(make)'] } },
      }),
    ),
  ).toBe(true);
});
