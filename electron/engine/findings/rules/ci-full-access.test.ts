import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciFullAccess } from './ci-full-access.ts';

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

test('every limit is taken away', () => {
  const text = workflow({
    on: 'push',
    scope: 'contents: read',
    with: ['prompt: hello', 'claude_args: --dangerously-skip-permissions'],
  });
  expect(judgeFiles(ciFullAccess, { [file]: text }).found).toEqual(['high .github/workflows/agent.yml:10 agent']);
});

test('limits that stand pass', () => {
  const text = workflow({ on: 'push', scope: 'contents: read', with: ['prompt: hello'] });
  expect(passed(judgeFiles(ciFullAccess, { [file]: text }))).toBe(true);
});
