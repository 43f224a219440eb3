import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { envFileReadable } from './env-file-readable.ts';

test('by the tool that reads, and by the shell', () => {
  const judged = judgeFiles(envFileReadable, {
    '.env': 'API_KEY=FAKEabcdef0123456789abcdef0123456789\n',
    '.claude/settings.json': { model: 'opus' },
  });
  expect(judged.found).toEqual(['medium .claude/settings.json:1+.env:1 Claude Code in app']);
  expect(judged.messages[0]).not.toContain('FAKE');
});

test('a deny rule for the file holds the shell as well', () => {
  const judged = judgeFiles(envFileReadable, {
    '.env': 'API_KEY=FAKEabcdef0123456789abcdef0123456789\n',
    '.claude/settings.json': { permissions: { deny: ['Read(./.env)'] } },
  });
  expect(judged.messages).toEqual([]);
});

test('without a file that holds values nothing is looked at', () => {
  expect(
    judgeFiles(envFileReadable, { '.env.example': 'API_KEY=\n', '.claude/settings.json': { model: 'opus' } }).looked,
  ).toBe(0);
});
