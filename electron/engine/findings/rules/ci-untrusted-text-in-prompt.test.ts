import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciUntrustedTextInPrompt } from './ci-untrusted-text-in-prompt.ts';

const workflow = (lines: {
  readonly on: string;
  readonly scope: string;
  readonly with: readonly string[];
  readonly env?: string;
}) =>
  [
    `on: { ${lines.on}: {} }`,
    `permissions: { ${lines.scope} }`,
    'jobs:',
    '  answer:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: anthropics/claude-code-action@v1',
    ...(lines.env === undefined ? [] : [`        env: { ${lines.env} }`]),
    '        with:',
    ...lines.with.map((line) => `          ${line}`),
    '',
  ].join('\n');
const file = '.github/workflows/agent.yml';

test('the text of an issue', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: ['prompt: Answer ${{ github.event.issue.body }}'],
  });
  expect(judgeFiles(ciUntrustedTextInPrompt, { [file]: text }).found).toEqual([
    'high .github/workflows/agent.yml:9 agent',
  ]);
});

test('a number passes', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: ['prompt: Answer ${{ github.event.issue.number }}'],
  });
  expect(passed(judgeFiles(ciUntrustedTextInPrompt, { [file]: text }))).toBe(true);
});
