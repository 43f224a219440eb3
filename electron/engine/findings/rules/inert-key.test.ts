import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { inertKey } from './inert-key.ts';

test('keys that a project file of Codex cannot set', () => {
  expect(judgeFiles(inertKey, { '.codex/config.toml': 'model_provider = "x"\n' }).found).toEqual([
    'info .codex/config.toml:1 Codex in app',
  ]);
});

test('keys that count are not looked at', () => {
  expect(judgeFiles(inertKey, { '.codex/config.toml': 'approval_policy = "on-request"\n' }).found).toEqual([]);
});
