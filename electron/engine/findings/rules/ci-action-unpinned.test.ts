import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciActionUnpinned } from './ci-action-unpinned.ts';

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

test('a tag', () => {
  const text = workflow({ on: 'push', scope: 'contents: read', with: ['prompt: hello'] });
  expect(judgeFiles(ciActionUnpinned, { [file]: text }).found).toEqual(['low .github/workflows/agent.yml:7 agent']);
});

test('a commit passes', () => {
  const text = workflow({ on: 'push', scope: 'contents: read', with: ['prompt: hello'] }).replace(
    '@v1',
    `@${'a'.repeat(40)}`,
  );
  expect(passed(judgeFiles(ciActionUnpinned, { [file]: text }))).toBe(true);
});
