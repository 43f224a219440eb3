import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { agenticWorkflowOpenNetwork } from './agentic-workflow-open-network.ts';

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

test('every domain', () => {
  expect(judgeFiles(agenticWorkflowOpenNetwork, { [file]: markdown('network: { allowed: ["*"] }') }).found).toEqual([
    'medium .github/workflows/digest.md:8 Digest',
  ]);
});

test('the defaults pass', () => {
  expect(passed(judgeFiles(agenticWorkflowOpenNetwork, { [file]: markdown('network: defaults') }))).toBe(true);
});
