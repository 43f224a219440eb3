import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciUntrustedTrigger } from './ci-untrusted-trigger.ts';

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

test('anybody, with a token that writes', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: write',
    with: ['allowed_non_write_users: "*"', 'prompt: hello'],
  });
  expect(judgeFiles(ciUntrustedTrigger, { [file]: text }).found).toEqual([
    'critical .github/workflows/agent.yml:9 agent',
  ]);
});

test('anybody, with a token that reads', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: ['allowed_non_write_users: "*"', 'prompt: hello'],
  });
  expect(judgeFiles(ciUntrustedTrigger, { [file]: text }).found).toEqual(['high .github/workflows/agent.yml:9 agent']);
});

test('people with write access pass', () => {
  const text = workflow({ on: 'push', scope: 'contents: write', with: ['prompt: hello'] });
  expect(passed(judgeFiles(ciUntrustedTrigger, { [file]: text }))).toBe(true);
});
