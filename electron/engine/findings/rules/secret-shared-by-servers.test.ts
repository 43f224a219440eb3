import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { secretSharedByServers } from './secret-shared-by-servers.ts';

test('two servers, one secret', () => {
  expect(
    judgeFiles(secretSharedByServers, {
      '.mcp.json': {
        mcpServers: {
          a: { command: 'a-mcp', env: { DB_PASSWORD: '${DB_PASSWORD}' } },
          b: { command: 'b-mcp', env: { DB_PASSWORD: '${DB_PASSWORD}' } },
        },
      },
    }).found,
  ).toEqual(['medium .mcp.json:6+.mcp.json:12 DB_PASSWORD']);
});

test('each its own', () => {
  expect(
    passed(
      judgeFiles(secretSharedByServers, {
        '.mcp.json': {
          mcpServers: {
            a: { command: 'a-mcp', env: { A_TOKEN: '${A_TOKEN}' } },
            b: { command: 'b-mcp', env: { B_TOKEN: '${B_TOKEN}' } },
          },
        },
      }),
    ),
  ).toBe(true);
});

test('one server in two hosts is one server', () => {
  expect(
    passed(
      judgeFiles(secretSharedByServers, {
        '.mcp.json': { mcpServers: { a: { command: 'npx', args: ['a-mcp@1'], env: { A_TOKEN: '${A_TOKEN}' } } } },
        '.cursor/mcp.json': {
          mcpServers: { a: { command: 'npx', args: ['a-mcp@1'], env: { A_TOKEN: '${A_TOKEN}' } } },
        },
      }),
    ),
  ).toBe(true);
});
