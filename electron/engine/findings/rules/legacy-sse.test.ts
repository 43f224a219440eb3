import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { legacySse } from './legacy-sse.ts';

test('the replaced transport', () => {
  expect(
    judgeFiles(legacySse, { '.mcp.json': { mcpServers: { a: { type: 'sse', url: 'https://mcp.example.com/sse' } } } })
      .found,
  ).toEqual(['low .mcp.json:5 a']);
});

test('the newer one passes', () => {
  expect(
    passed(
      judgeFiles(legacySse, {
        '.mcp.json': { mcpServers: { a: { type: 'http', url: 'https://mcp.example.com/mcp' } } },
      }),
    ),
  ).toBe(true);
});
