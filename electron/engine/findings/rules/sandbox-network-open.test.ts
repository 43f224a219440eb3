import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { sandboxNetworkOpen } from './sandbox-network-open.ts';

test('a sandbox with the whole network', () => {
  expect(
    judgeFiles(sandboxNetworkOpen, {
      '~/.codex/config.toml': 'sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nnetwork_access = true\n',
    }).found,
  ).toEqual(['medium ~/.codex/config.toml:3 Codex, user settings']);
});

test('without network passes', () => {
  expect(
    passed(
      judgeFiles(sandboxNetworkOpen, {
        '~/.codex/config.toml': 'sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nnetwork_access = false\n',
      }),
    ),
  ).toBe(true);
});
