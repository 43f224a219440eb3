import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { silentShell } from './silent-shell.ts';

test('every command, in two hosts', () => {
  expect(
    judgeFiles(silentShell, {
      '.claude/settings.local.json': { permissions: { allow: ['Bash(*)'] } },
      '.cursor/cli.json': { permissions: { allow: ['Shell(**)'] } },
    }).found,
  ).toEqual(['critical .claude/settings.local.json:4 Claude Code in app', 'critical .cursor/cli.json:4 Cursor in app']);
});

test('a deny of the shell above it wins', () => {
  expect(
    judgeFiles(silentShell, { '.claude/settings.local.json': { permissions: { allow: ['Bash(*)'], deny: ['Bash'] } } })
      .found,
  ).toEqual([]);
});

test('named commands pass', () => {
  expect(
    passed(
      judgeFiles(silentShell, {
        '.claude/settings.json': { permissions: { allow: ['Bash(npm test)', 'Bash(git status *)'] } },
      }),
    ),
  ).toBe(true);
});
