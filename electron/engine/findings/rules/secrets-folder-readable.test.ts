import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { secretsFolderReadable } from './secrets-folder-readable.ts';

test('a file opens it', () => {
  expect(
    judgeFiles(secretsFolderReadable, { '.cursor/cli.json': { permissions: { allow: ['Read(**)'] } } }).found,
  ).toEqual(['medium .cursor/cli.json:4 Cursor in app']);
});

test('what a host does by itself weighs less', () => {
  expect(judgeFiles(secretsFolderReadable, { '~/.codex/config.toml': 'model = "gpt-5-codex"\n' }).found).toEqual([
    'low ~/.codex/config.toml:1 Codex, user settings',
  ]);
});

test('a host that asks', () => {
  expect(passed(judgeFiles(secretsFolderReadable, { '.claude/settings.json': { model: 'opus' } }))).toBe(true);
});
