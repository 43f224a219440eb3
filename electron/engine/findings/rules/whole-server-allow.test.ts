import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { wholeServerAllow } from './whole-server-allow.ts';

test('the whole server, and everything of it', () => {
  expect(
    judgeFiles(wholeServerAllow, {
      '.claude/settings.local.json': {
        permissions: { allow: ['mcp__orders', 'mcp__mail__*', 'mcp__tickets__get_ticket'] },
      },
    }).found,
  ).toEqual([
    'medium .claude/settings.local.json:4 Claude Code in app',
    'medium .claude/settings.local.json:5 Claude Code in app',
  ]);
});

test('tools by name pass', () => {
  expect(
    passed(
      judgeFiles(wholeServerAllow, {
        '.claude/settings.local.json': { permissions: { allow: ['mcp__tickets__get_ticket'] } },
      }),
    ),
  ).toBe(true);
});
