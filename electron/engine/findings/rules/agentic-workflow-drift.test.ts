import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { agenticWorkflowDrift } from './agentic-workflow-drift.ts';

const markdown = [
  '---',
  'on:',
  '  issues:',
  '    types: [opened]',
  'permissions:',
  '  contents: read',
  'engine: copilot',
  'safe-outputs:',
  '  add-comment:',
  '    max: 1',
  '---',
  '',
  '# Triage',
  'Sort it.',
  '',
].join('\n');
const lock = (contents: string): string =>
  [
    'name: Triage',
    'on:',
    '  issues:',
    '    types: [opened]',
    'jobs:',
    '  agent:',
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      contents: read',
    '    steps:',
    '      - run: copilot',
    '  safe_outputs:',
    '    needs: agent',
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      issues: write',
    `      contents: ${contents}`,
    '    steps:',
    '      - run: echo done',
    '',
  ].join('\n');

test('the compiled file may write what the text does not ask for', () => {
  const judged = judgeFiles(agenticWorkflowDrift, {
    '.github/workflows/triage.md': markdown,
    '.github/workflows/triage.lock.yml': lock('write'),
  });
  expect(judged.found).toEqual([expect.stringMatching(/^high \.github\/workflows\/triage\.lock\.yml:1\d Triage$/)]);
});

test('the same on both sides passes', () => {
  expect(
    passed(
      judgeFiles(agenticWorkflowDrift, {
        '.github/workflows/triage.md': markdown,
        '.github/workflows/triage.lock.yml': lock('read'),
      }),
    ),
  ).toBe(true);
});
