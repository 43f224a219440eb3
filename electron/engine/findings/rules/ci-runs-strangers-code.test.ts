import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciRunsStrangersCode } from './ci-runs-strangers-code.ts';

const workflow = (event: string) =>
  [
    `on: { ${event}: {} }`,
    'permissions: { contents: write }',
    'jobs:',
    '  review:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '        with:',
    '          ref: ${{ github.event.pull_request.head.sha }}',
    '      - uses: anthropics/claude-code-action@v1',
    '        with:',
    '          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}',
    '          prompt: review',
    '',
  ].join('\n');
const file = '.github/workflows/agent.yml';

test('with secrets and a token that writes', () => {
  expect(judgeFiles(ciRunsStrangersCode, { [file]: workflow('pull_request_target') }).found).toEqual([
    'critical .github/workflows/agent.yml:9 agent',
  ]);
});

test('an event that brings no secrets passes', () => {
  expect(passed(judgeFiles(ciRunsStrangersCode, { [file]: workflow('pull_request') }))).toBe(true);
});
