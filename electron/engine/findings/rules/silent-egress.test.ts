import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { silentEgress } from './silent-egress.ts';

test('files can be sent', () => {
  expect(
    judgeFiles(silentEgress, { '.claude/settings.local.json': { permissions: { allow: ['Bash(*)'] } } }).found,
  ).toEqual(['high .claude/settings.local.json:4 Claude Code in app']);
});

test('a sandbox without network', () => {
  expect(judgeFiles(silentEgress, { '~/.codex/config.toml': 'sandbox_mode = "workspace-write"\n' }).found).toEqual([]);
});

test('the defaults of a host ask', () => {
  expect(passed(judgeFiles(silentEgress, { '.claude/settings.json': { model: 'opus' } }))).toBe(true);
});
