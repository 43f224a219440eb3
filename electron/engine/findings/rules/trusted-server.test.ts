import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { trustedServer } from './trusted-server.ts';

test('trusted as a whole', () => {
  expect(
    judgeFiles(trustedServer, {
      '.gemini/settings.json': { mcpServers: { pager: { httpUrl: 'https://p.example/mcp', trust: true } } },
    }).found,
  ).toEqual(['high .gemini/settings.json:5 pager']);
});

test('not trusted passes', () => {
  expect(
    passed(
      judgeFiles(trustedServer, {
        '.gemini/settings.json': { mcpServers: { pager: { httpUrl: 'https://p.example/mcp' } } },
      }),
    ),
  ).toBe(true);
});
