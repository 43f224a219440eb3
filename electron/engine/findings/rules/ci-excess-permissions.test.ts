import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciExcessPermissions } from './ci-excess-permissions.ts';

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

test('code can be changed by what strangers write', () => {
  const text = workflow({ on: 'issues', scope: 'contents: write', with: ['prompt: ${{ github.event.issue.body }}'] });
  expect(judgeFiles(ciExcessPermissions, { [file]: text }).found).toEqual(['high .github/workflows/agent.yml:2 agent']);
});

test('by people only', () => {
  const text = workflow({ on: 'push', scope: 'contents: write', with: ['prompt: hello'] });
  expect(judgeFiles(ciExcessPermissions, { [file]: text }).found).toEqual([
    'medium .github/workflows/agent.yml:2 agent',
  ]);
});

test('answering needs no more', () => {
  const text = workflow({ on: 'issues', scope: 'issues: write', with: ['prompt: hello'] });
  expect(passed(judgeFiles(ciExcessPermissions, { [file]: text }))).toBe(true);
});
