import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { skipDangerPrompt } from './skip-danger-prompt.ts';

test('the warning is switched off', () => {
  expect(
    judgeFiles(skipDangerPrompt, { '~/.claude/settings.json': { skipDangerousModePermissionPrompt: true } }).found,
  ).toEqual(['medium ~/.claude/settings.json:2 Claude Code, user settings']);
});

test('switched on is none', () => {
  expect(
    passed(judgeFiles(skipDangerPrompt, { '~/.claude/settings.json': { skipDangerousModePermissionPrompt: false } })),
  ).toBe(true);
});
