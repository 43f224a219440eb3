import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { ignoredSettingsFile } from './ignored-settings-file.ts';

test('a comment voids a file with deny rules', () => {
  expect(
    judgeFiles(ignoredSettingsFile, {
      '.claude/settings.json': '{\n  // why\n  "permissions": { "deny": ["Read(./.env)"] }\n}\n',
    }).found,
  ).toEqual(['high .claude/settings.json:2 Claude Code in app']);
});

test('without rules that protect it is medium', () => {
  expect(
    judgeFiles(ignoredSettingsFile, { '.claude/settings.json': '{\n  // why\n  "model": "opus"\n}\n' }).found,
  ).toEqual(['medium .claude/settings.json:2 Claude Code in app']);
});

test('a file in force is not looked at', () => {
  expect(judgeFiles(ignoredSettingsFile, { '.claude/settings.json': { model: 'opus' } })).toMatchObject({
    found: [],
    looked: 0,
  });
});
