import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { managedSettingContradicted } from './managed-setting-contradicted.ts';

test('a file asks for another mode than managed settings', () => {
  expect(
    judgeFiles(managedSettingContradicted, {
      '/etc/claude-code/managed-settings.json': { permissions: { defaultMode: 'default' } },
      '.claude/settings.json': { permissions: { defaultMode: 'acceptEdits' } },
    }).found,
  ).toEqual(['low .claude/settings.json:3+/etc/claude-code/managed-settings.json:3 Claude Code in app']);
});

test('a value that requirements do not allow', () => {
  expect(
    judgeFiles(managedSettingContradicted, {
      '/etc/codex/requirements.toml': 'allowed_approval_policies = ["on-request"]\n',
      '~/.codex/config.toml': 'approval_policy = "never"\n',
    }).found,
  ).toEqual(['low ~/.codex/config.toml:1+/etc/codex/requirements.toml:1 Codex, user settings']);
});

test('the same value passes', () => {
  expect(
    passed(
      judgeFiles(managedSettingContradicted, {
        '/etc/claude-code/managed-settings.json': { permissions: { defaultMode: 'default' } },
        '.claude/settings.json': { permissions: { defaultMode: 'default' } },
      }),
    ),
  ).toBe(true);
});
