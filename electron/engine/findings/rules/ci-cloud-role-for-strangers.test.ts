import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { ciCloudRoleForStrangers } from './ci-cloud-role-for-strangers.ts';

const workflow = (event: string) =>
  [
    `on: { ${event}: {} }`,
    'permissions: { id-token: write }',
    'jobs:',
    '  fix:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: aws-actions/configure-aws-credentials@v4',
    '        with:',
    '          role-to-assume: arn:aws:iam::111122223333:role/agent',
    '          aws-region: eu-west-1',
    '      - uses: anthropics/claude-code-action@v1',
    '        with:',
    '          allowed_non_write_users: "*"',
    '          prompt: hello',
    '',
  ].join('\n');
const file = '.github/workflows/agent.yml';

test('strangers reach an account', () => {
  expect(judgeFiles(ciCloudRoleForStrangers, { [file]: workflow('issues') }).found).toEqual([
    'critical .github/workflows/agent.yml:9 agent',
  ]);
});

test('people with write access pass', () => {
  expect(passed(judgeFiles(ciCloudRoleForStrangers, { [file]: workflow('push') }))).toBe(true);
});
