import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { silentDestructive } from './silent-destructive.ts';

test('one finding for all calls, at the rule that decides', () => {
  const judged = judgeFiles(silentDestructive, {
    '.claude/settings.local.json': { permissions: { allow: ['Bash(*)'] } },
  });
  expect(judged.found).toEqual(['critical .claude/settings.local.json:4 Claude Code in app']);
  expect(judged.messages[0]).toContain('destroy infrastructure');
});

test('a sandbox without network holds what needs it', () => {
  expect(
    judgeFiles(silentDestructive, {
      '~/.codex/config.toml': 'approval_policy = "on-request"\nsandbox_mode = "read-only"\n',
    }).found,
  ).toEqual([]);
});

test('the defaults of a host ask', () => {
  expect(passed(judgeFiles(silentDestructive, { '.claude/settings.json': { model: 'opus' } }))).toBe(true);
});
