import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { scanAndJudge } from '../scan-findings.test-support.ts';
import { unauthenticatedRemoteServer } from './unauthenticated-remote-server.ts';

test('a host may negotiate OAuth: nobody can tell', () => {
  expect(
    judgeFiles(unauthenticatedRemoteServer, {
      '.mcp.json': { mcpServers: { docs: { type: 'http', url: 'https://docs.example.com/mcp' } } },
    }),
  ).toMatchObject({
    found: [],
    undecided: [
      'docs: app/.mcp.json: no credential stands there; claude-code may negotiate OAuth when it connects, which no file shows',
    ],
  });
});

test('a header passes', () => {
  expect(
    passed(
      judgeFiles(unauthenticatedRemoteServer, {
        '.mcp.json': {
          mcpServers: {
            docs: {
              type: 'http',
              url: 'https://docs.example.com/mcp',
              headers: { Authorization: 'Bearer ${DOCS_TOKEN}' },
            },
          },
        },
      }),
    ),
  ).toBe(true);
});

test('code that connects without a header has nothing that would negotiate', async () => {
  const code = (headers: string): string =>
    [
      'from strands import Agent',
      'from strands.tools.mcp import MCPClient',
      'from mcp.client.streamable_http import streamablehttp_client',
      '',
      `tools = MCPClient(lambda: streamablehttp_client("https://mcp.example.com/mcp"${headers}))`,
      'agent = Agent(system_prompt="You help the team with its tickets.", tools=[tools])',
      '',
    ].join('\n');
  const open = await scanAndJudge('unauthenticated-remote-server', { 'agent.py': code('') });
  expect(open.found).toEqual(['high agent.py:5 mcp.example.com']);
});
