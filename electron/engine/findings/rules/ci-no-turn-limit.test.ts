import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciNoTurnLimit } from './ci-no-turn-limit.ts';

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

test('anybody, without a limit', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: ['allowed_non_write_users: "*"', 'prompt: hello'],
  });
  expect(judgeFiles(ciNoTurnLimit, { [file]: text }).found).toEqual(['low .github/workflows/agent.yml:7 agent']);
});

test('with a limit', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: ['allowed_non_write_users: "*"', 'prompt: hello', 'claude_args: --max-turns 10'],
  });
  expect(passed(judgeFiles(ciNoTurnLimit, { [file]: text }))).toBe(true);
});
