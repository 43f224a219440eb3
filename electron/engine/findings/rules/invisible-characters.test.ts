import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { invisibleCharacters } from './invisible-characters.ts';

test('marks without width', () => {
  expect(judgeFiles(invisibleCharacters, { 'AGENTS.md': 'one\ntwo\u200b\u200c\n' }).found).toEqual([
    'medium AGENTS.md:2 AGENTS.md',
  ]);
});

test('what turns the direction is worse', () => {
  expect(judgeFiles(invisibleCharacters, { 'CLAUDE.md': 'one \u202etwo\n' }).found).toEqual([
    'high CLAUDE.md:1 CLAUDE.md',
  ]);
});

test('words pass', () => {
  expect(passed(judgeFiles(invisibleCharacters, { 'AGENTS.md': 'Use uv. ❤️\n' }))).toBe(true);
});
