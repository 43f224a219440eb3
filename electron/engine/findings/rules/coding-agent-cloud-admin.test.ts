import { expect, test } from 'vitest';
import { judgeFiles } from '../judge-files.test-support.ts';
import { codingAgentCloudAdmin } from './coding-agent-cloud-admin.ts';

test('an administrator by its name', () => {
  expect(
    judgeFiles(codingAgentCloudAdmin, {
      '~/.codex/config.toml':
        'approval_policy = "never"\n[mcp_servers.aws]\ncommand = "aws-mcp"\nenv = { AWS_PROFILE = "prod-admin" }\n',
    }).found,
  ).toEqual(['critical ~/.codex/config.toml:4 aws']);
});

test('a person is asked for each call', () => {
  expect(
    judgeFiles(codingAgentCloudAdmin, {
      '.mcp.json': { mcpServers: { aws: { command: 'aws-mcp', env: { AWS_PROFILE: 'prod-admin' } } } },
    }).found,
  ).toEqual(['high .mcp.json:6 aws']);
});

test('a name that says nothing', () => {
  expect(
    judgeFiles(codingAgentCloudAdmin, {
      '.mcp.json': { mcpServers: { aws: { command: 'aws-mcp', env: { AWS_PROFILE: 'reports' } } } },
    }).undecided,
  ).toEqual(['aws: what the profile reports may do is not in the files']);
});
