import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { serverManySecrets } from './server-many-secrets.ts';

test('keys of several systems', () => {
  expect(
    judgeFiles(serverManySecrets, {
      '.mcp.json': {
        mcpServers: {
          a: {
            command: 'a-mcp',
            env: {
              GITHUB_TOKEN: '${GITHUB_TOKEN}',
              SLACK_TOKEN: '${SLACK_TOKEN}',
              JIRA_TOKEN: '${JIRA_TOKEN}',
              STRIPE_SECRET_KEY: '${STRIPE_SECRET_KEY}',
            },
          },
        },
      },
    }).found,
  ).toEqual(['medium .mcp.json:5 a']);
});

test('one key and some names pass', () => {
  expect(
    passed(
      judgeFiles(serverManySecrets, {
        '.mcp.json': {
          mcpServers: {
            a: {
              command: 'a-mcp',
              env: { GITHUB_TOKEN: '${GITHUB_TOKEN}', GITHUB_USERNAME: 'x', AWS_REGION: 'y', JIRA_HOST: 'z' },
            },
          },
        },
      }),
    ),
  ).toBe(true);
});
