import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { selfGrantingAgent } from './self-granting-agent.ts';

test('edits are accepted, its own settings too', () => {
  expect(
    judgeFiles(selfGrantingAgent, { '.gemini/settings.json': { general: { defaultApprovalMode: 'auto_edit' } } }).found,
  ).toEqual(['critical .gemini/settings.json:3 Gemini CLI in app']);
});

test('a host that protects its own files', () => {
  expect(
    passed(judgeFiles(selfGrantingAgent, { '.claude/settings.json': { permissions: { defaultMode: 'acceptEdits' } } })),
  ).toBe(true);
});
