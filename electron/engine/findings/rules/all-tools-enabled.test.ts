import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { allToolsEnabled } from './all-tools-enabled.ts';

test('in one word and in two', () => {
  expect(
    judgeFiles(allToolsEnabled, {
      '.mcp.json': {
        mcpServers: {
          a: { command: 'npx', args: ['-y', '@stripe/mcp@1', '--tools=all'] },
          b: { command: 'gh-mcp', args: ['--toolsets', 'all'] },
        },
      },
    }).found,
  ).toEqual(['high .mcp.json:5 a', 'high .mcp.json:13 b']);
});

test('named tools pass', () => {
  expect(
    passed(
      judgeFiles(allToolsEnabled, {
        '.mcp.json': { mcpServers: { a: { command: 'npx', args: ['-y', '@stripe/mcp@1', '--tools=invoices.read'] } } },
      }),
    ),
  ).toBe(true);
});
