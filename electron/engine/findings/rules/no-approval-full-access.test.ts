import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { noApprovalFullAccess } from './no-approval-full-access.ts';

test('neither asks nor is held', () => {
  expect(
    judgeFiles(noApprovalFullAccess, {
      '~/.codex/config.toml': 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n',
    }).found,
  ).toEqual(['critical ~/.codex/config.toml:1+~/.codex/config.toml:2 Codex, user settings']);
});

test('one of the two is left', () => {
  expect(
    passed(
      judgeFiles(noApprovalFullAccess, {
        '~/.codex/config.toml': 'approval_policy = "never"\nsandbox_mode = "workspace-write"\n',
      }),
    ),
  ).toBe(true);
});
