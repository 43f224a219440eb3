import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { bypassMode } from './bypass-mode.ts';

test('a mode of the user settings drops every prompt', () => {
  expect(
    judgeFiles(bypassMode, { '~/.claude/settings.json': { permissions: { defaultMode: 'bypassPermissions' } } }).found,
  ).toEqual(['high ~/.claude/settings.json:3 Claude Code, user settings']);
});

test('newer versions ignore it in a repository: told, and less', () => {
  expect(
    judgeFiles(bypassMode, { '.claude/settings.json': { permissions: { defaultMode: 'bypassPermissions' } } }).found,
  ).toEqual(['medium .claude/settings.json:3 Claude Code in app']);
});

test('a sub-agent with this mode was seen to get nothing from it', () => {
  expect(
    judgeFiles(bypassMode, {
      '.claude/agents/fixer.md':
        '---\nname: fixer\ndescription: fixes\npermissionMode: bypassPermissions\n---\nFix it.\n',
    }).found,
  ).toEqual(['medium .claude/agents/fixer.md:2 fixer']);
});

test('other modes pass', () => {
  expect(
    passed(judgeFiles(bypassMode, { '.claude/settings.json': { permissions: { defaultMode: 'acceptEdits' } } })),
  ).toBe(true);
});
