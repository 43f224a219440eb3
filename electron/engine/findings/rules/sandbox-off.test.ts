import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { sandboxOff } from './sandbox-off.ts';

test('switched off in a file', () => {
  expect(judgeFiles(sandboxOff, { '.gemini/settings.json': { tools: { sandbox: false } } }).found).toEqual([
    'medium .gemini/settings.json:3 Gemini CLI in app',
  ]);
});

test('switched on passes', () => {
  expect(passed(judgeFiles(sandboxOff, { '.gemini/settings.json': { tools: { sandbox: true } } }))).toBe(true);
});
