import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { certificateChecksOff } from './certificate-checks-off.ts';

test('by a variable and by a flag', () => {
  expect(
    judgeFiles(certificateChecksOff, {
      '.mcp.json': {
        mcpServers: {
          a: { command: 'a-mcp', env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
          b: { command: 'b-mcp', args: ['--insecure'] },
        },
      },
    }).found,
  ).toEqual(['high .mcp.json:5 a', 'high .mcp.json:11 b']);
});

test('checks that stand pass', () => {
  expect(
    passed(
      judgeFiles(certificateChecksOff, {
        '.mcp.json': { mcpServers: { a: { command: 'a-mcp', env: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } } } },
      }),
    ),
  ).toBe(true);
});
