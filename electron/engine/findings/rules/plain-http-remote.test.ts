import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { plainHttpRemote } from './plain-http-remote.ts';

test('over the internet, and inside of a network', () => {
  expect(
    judgeFiles(plainHttpRemote, {
      '.mcp.json': {
        mcpServers: {
          a: { type: 'http', url: 'http://mcp.example.com/' },
          b: { type: 'http', url: 'http://10.0.0.7/mcp' },
        },
      },
    }).found,
  ).toEqual(['high .mcp.json:5 a', 'medium .mcp.json:9 b']);
});

test('https and this machine pass', () => {
  expect(
    passed(
      judgeFiles(plainHttpRemote, {
        '.mcp.json': {
          mcpServers: {
            a: { type: 'http', url: 'https://mcp.example.com/' },
            b: { type: 'http', url: 'http://localhost:3000/' },
          },
        },
      }),
    ),
  ).toBe(true);
});
