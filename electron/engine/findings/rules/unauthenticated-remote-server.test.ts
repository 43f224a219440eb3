import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
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
