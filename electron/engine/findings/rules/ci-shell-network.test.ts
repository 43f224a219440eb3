import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciShellNetwork } from './ci-shell-network.ts';

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

test('shell, network and a secret', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: [
      'allowed_non_write_users: "*"',
      'anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}',
      'prompt: hello',
      'claude_args: --allowedTools "Bash,WebFetch"',
    ],
  });
  expect(judgeFiles(ciShellNetwork, { [file]: text }).found).toEqual(['critical .github/workflows/agent.yml:12 agent']);
});

test('named commands pass', () => {
  const text = workflow({
    on: 'issues',
    scope: 'contents: read',
    with: [
      'allowed_non_write_users: "*"',
      'anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}',
      'prompt: hello',
      'claude_args: --allowedTools "Bash(gh issue view:*)"',
    ],
  });
  expect(passed(judgeFiles(ciShellNetwork, { [file]: text }))).toBe(true);
});
