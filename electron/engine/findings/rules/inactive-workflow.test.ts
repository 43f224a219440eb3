import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { inactiveWorkflow } from './inactive-workflow.ts';

const markdown = (network: string) =>
  [
    '---',
    'on:',
    '  schedule:',
    '    - cron: "0 7 * * 1"',
    'permissions:',
    '  contents: read',
    'engine: copilot',
    network,
    '---',
    '',
    '# Digest',
    'Write it.',
    '',
  ].join('\n');
const file = '.github/workflows/digest.md';

test('no lock file beside it', () => {
  expect(judgeFiles(inactiveWorkflow, { [file]: markdown('network: defaults') }).found).toEqual([
    'info .github/workflows/digest.md:7 Digest',
  ]);
});

test('other agents are not looked at', () => {
  expect(judgeFiles(inactiveWorkflow, { '.claude/settings.json': { model: 'opus' } }).looked).toBe(0);
});
