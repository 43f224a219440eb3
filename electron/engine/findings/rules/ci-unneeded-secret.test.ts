import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciUnneededSecret } from './ci-unneeded-secret.ts';

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

test('in the environment of a shell', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    env: 'CRM_TOKEN: "${{ secrets.CRM_TOKEN }}"',
    with: ['allowed_non_write_users: "*"', 'prompt: hello', 'claude_args: --allowedTools "Bash"'],
  });
  expect(judgeFiles(ciUnneededSecret, { [file]: text }).found).toEqual(['high .github/workflows/agent.yml:8 agent']);
});

test('without a shell nobody can tell', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    env: 'CRM_TOKEN: "${{ secrets.CRM_TOKEN }}"',
    with: ['prompt: hello', 'claude_args: --allowedTools "Read"'],
  });
  expect(judgeFiles(ciUnneededSecret, { [file]: text })).toMatchObject({ found: [], undecided: [expect.any(String)] });
});

test('the key of the model passes', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: [
      'anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}',
      'claude_args: --allowedTools "Bash"',
      'prompt: hello',
    ],
  });
  expect(passed(judgeFiles(ciUnneededSecret, { [file]: text }))).toBe(true);
});
