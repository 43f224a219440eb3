import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { hookCannotBlock } from './hook-cannot-block.ts';

test('a hook that only writes down', () => {
  expect(
    judgeFiles(hookCannotBlock, {
      '.cursor/hooks.json': { version: 1, hooks: { beforeShellExecution: [{ command: 'logger -t agent shell' }] } },
    }).found,
  ).toEqual(['low .cursor/hooks.json:5 beforeShellExecution']);
});

test('whatever its script finds', () => {
  expect(
    judgeFiles(hookCannotBlock, {
      '.claude/settings.json': {
        hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'python3 guard.py || true' }] }] },
      },
    }).found,
  ).toEqual(['low .claude/settings.json:7 PreToolUse']);
});

test('a script decides in itself', () => {
  expect(
    judgeFiles(hookCannotBlock, {
      '.claude/settings.json': {
        hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'python3 guard.py' }] }] },
      },
    }),
  ).toMatchObject({
    found: [],
    undecided: ['PreToolUse: what the script answers is decided in it, not in the configuration'],
  });
});

test('after the tool nothing is expected of it', () => {
  expect(
    judgeFiles(hookCannotBlock, {
      '.claude/settings.json': {
        hooks: { PostToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'logger done' }] }] },
      },
    }).looked,
  ).toBe(0);
});
