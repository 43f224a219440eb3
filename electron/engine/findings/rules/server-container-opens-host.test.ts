import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { serverContainerOpensHost } from './server-container-opens-host.ts';

test('privileges, the socket, a home', () => {
  expect(
    judgeFiles(serverContainerOpensHost, {
      '.mcp.json': {
        mcpServers: {
          a: { command: 'docker', args: ['run', '--privileged', 'acme/a:1'] },
          b: { command: 'docker', args: ['run', '-v', '/var/run/docker.sock:/var/run/docker.sock', 'acme/b:1'] },
          c: { command: 'docker', args: ['run', '-v', '/home/dev:/data', 'acme/c:1'] },
        },
      },
    }).found,
  ).toEqual(['high .mcp.json:5 a', 'high .mcp.json:13 b', 'medium .mcp.json:22 c']);
});

test('one folder passes', () => {
  expect(
    passed(
      judgeFiles(serverContainerOpensHost, {
        '.mcp.json': {
          mcpServers: { a: { command: 'docker', args: ['run', '-v', '/srv/docs:/docs:ro', 'acme/a:1'] } },
        },
      }),
    ),
  ).toBe(true);
});
