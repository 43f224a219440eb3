import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { sameNameDifferentServer } from './same-name-different-server.ts';

test('two hosts mean two programs', () => {
  expect(
    judgeFiles(sameNameDifferentServer, {
      '.mcp.json': { mcpServers: { db: { command: 'db-mcp', env: { DB_PASSWORD: '${DB_PASSWORD}' } } } },
      '.cursor/mcp.json': { mcpServers: { db: { command: 'docker', args: ['run', '-i', 'acme/db:1'] } } },
    }).found,
  ).toEqual(['high .cursor/mcp.json:3+.mcp.json:3 db']);
});

test('the same package at two versions is one server', () => {
  expect(
    passed(
      judgeFiles(sameNameDifferentServer, {
        '.mcp.json': { mcpServers: { a: { command: 'npx', args: ['a-mcp@1'] } } },
        '.cursor/mcp.json': { mcpServers: { a: { command: 'npx', args: ['a-mcp@2'] } } },
      }),
    ),
  ).toBe(true);
});
