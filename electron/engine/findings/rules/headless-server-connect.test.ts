import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { headlessServerConnect } from './headless-server-connect.ts';

test('one finding for all servers of a folder', () => {
  const judged = judgeFiles(headlessServerConnect, {
    '.mcp.json': { mcpServers: { a: { command: 'a-mcp' }, b: { command: 'b-mcp' } } },
  });
  expect(judged.found).toEqual(['medium .mcp.json:3 Claude Code in app']);
  expect(judged.messages[0]).toContain('a, b');
});

test('servers of the user pass', () => {
  expect(
    passed(judgeFiles(headlessServerConnect, { '~/.claude.json': { mcpServers: { a: { command: 'a-mcp' } } } })),
  ).toBe(true);
});
