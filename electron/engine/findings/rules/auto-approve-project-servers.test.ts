import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { autoApproveProjectServers } from './auto-approve-project-servers.ts';

test('every server of the repository', () => {
  expect(
    judgeFiles(autoApproveProjectServers, { '.claude/settings.json': { enableAllProjectMcpServers: true } }).found,
  ).toEqual(['high .claude/settings.json:2 Claude Code in app']);
});

test('servers by name pass', () => {
  expect(
    passed(judgeFiles(autoApproveProjectServers, { '.claude/settings.json': { enabledMcpjsonServers: ['tickets'] } })),
  ).toBe(true);
});
