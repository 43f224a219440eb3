import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { repositoryHooksHeadless } from './repository-hooks-headless.ts';

test('hooks of a committed file', () => {
  expect(
    judgeFiles(repositoryHooksHeadless, {
      '.claude/settings.json': {
        hooks: { PostToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'pnpm fix' }] }] },
      },
    }).found,
  ).toEqual(['medium .claude/settings.json:7 Claude Code in app']);
});

test('hooks of the user pass', () => {
  expect(
    passed(
      judgeFiles(repositoryHooksHeadless, {
        '~/.claude/settings.json': { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'true' }] }] } },
      }),
    ),
  ).toBe(true);
});
