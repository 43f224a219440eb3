import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { transcriptsReadable } from './transcripts-readable.ts';

test('sessions of the same user', () => {
  expect(judgeFiles(transcriptsReadable, { '~/.codex/config.toml': 'model = "gpt-5-codex"\n' }).found).toEqual([
    'low ~/.codex/config.toml:1 Codex, user settings',
  ]);
});

test('a host that asks outside of its folder', () => {
  expect(
    passed(
      judgeFiles(transcriptsReadable, { '~/.claude/settings.json': { permissions: { deny: ['Read(~/.claude/**)'] } } }),
    ),
  ).toBe(true);
});
