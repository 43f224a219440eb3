import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { additionalDirectoryWide } from './additional-directory-wide.ts';

test('a home, by either way', () => {
  expect(
    judgeFiles(additionalDirectoryWide, {
      '.claude/settings.json': { permissions: { additionalDirectories: ['~/', '../shared'] } },
      '~/.codex/config.toml': '[sandbox_workspace_write]\nwritable_roots = ["/"]\n',
    }).found,
  ).toEqual([
    'medium .claude/settings.json:4 Claude Code in app',
    'medium ~/.codex/config.toml:2 Codex, user settings',
  ]);
});

test('a folder beside it passes', () => {
  expect(
    passed(
      judgeFiles(additionalDirectoryWide, {
        '.claude/settings.json': { permissions: { additionalDirectories: ['../shared'] } },
      }),
    ),
  ).toBe(true);
});
