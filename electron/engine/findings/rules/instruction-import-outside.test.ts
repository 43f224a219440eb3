import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { instructionImportOutside } from './instruction-import-outside.ts';

test('a file of the home', () => {
  expect(judgeFiles(instructionImportOutside, { 'CLAUDE.md': 'See @~/.claude/private.md\n' }).found).toEqual([
    'low CLAUDE.md:1 CLAUDE.md',
  ]);
});

test('a file of the project passes', () => {
  expect(passed(judgeFiles(instructionImportOutside, { 'CLAUDE.md': 'See @docs/rules.md\n' }))).toBe(true);
});
