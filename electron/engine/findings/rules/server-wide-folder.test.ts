import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { serverWideFolder } from './server-wide-folder.ts';

test('a home', () => {
  expect(
    judgeFiles(serverWideFolder, {
      '.mcp.json': {
        mcpServers: { fs: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem@1', '/home/dev'] } },
      },
    }).found,
  ).toEqual(['medium .mcp.json:5 fs']);
});

test('a project passes', () => {
  expect(
    passed(
      judgeFiles(serverWideFolder, {
        '.mcp.json': {
          mcpServers: { fs: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem@1', './docs'] } },
        },
      }),
    ),
  ).toBe(true);
});
