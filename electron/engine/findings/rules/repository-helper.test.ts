import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { repositoryHelper } from './repository-helper.ts';

test('a helper for keys in a committed file', () => {
  expect(judgeFiles(repositoryHelper, { '.claude/settings.json': { apiKeyHelper: './bin/key.sh' } }).found).toEqual([
    'medium .claude/settings.json:2 Claude Code in app',
  ]);
});

test('one of the user passes', () => {
  expect(passed(judgeFiles(repositoryHelper, { '~/.claude/settings.json': { apiKeyHelper: '~/bin/key.sh' } }))).toBe(
    true,
  );
});
