import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { hostDoesNotStart } from './host-does-not-start.ts';

test('a profile and profile tables together', () => {
  expect(
    judgeFiles(hostDoesNotStart, {
      '~/.codex/config.toml': 'profile = "ci"\n[profiles.ci]\napproval_policy = "never"\n',
    }).found,
  ).toEqual(['low ~/.codex/config.toml:1 Codex, user settings']);
});

test('a plain configuration is not looked at', () => {
  expect(judgeFiles(hostDoesNotStart, { '~/.codex/config.toml': 'approval_policy = "on-request"\n' }).found).toEqual(
    [],
  );
});
