import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciBotsAllowed } from './ci-bots-allowed.ts';

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

test('every bot', () => {
  const text = workflow({ on: 'issues', scope: 'contents: read', with: ['allowed_bots: "*"', 'prompt: hello'] });
  expect(judgeFiles(ciBotsAllowed, { [file]: text }).found).toEqual(['medium .github/workflows/agent.yml:7 agent']);
});

test('named bots pass', () => {
  const text = workflow({ on: 'issues', scope: 'contents: read', with: ['allowed_bots: dependabot', 'prompt: hello'] });
  expect(passed(judgeFiles(ciBotsAllowed, { [file]: text }))).toBe(true);
});
