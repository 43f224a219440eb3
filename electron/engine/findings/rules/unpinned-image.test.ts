import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { unpinnedImage } from './unpinned-image.ts';

test('a tag that moves', () => {
  expect(
    judgeFiles(unpinnedImage, {
      '.mcp.json': { mcpServers: { a: { command: 'docker', args: ['run', '-i', 'acme/a:latest'] } } },
    }).found,
  ).toEqual(['medium .mcp.json:8 a']);
});

test('a digest passes', () => {
  expect(
    passed(
      judgeFiles(unpinnedImage, {
        '.mcp.json': {
          mcpServers: { a: { command: 'docker', args: ['run', '-i', `acme/a@sha256:${'a'.repeat(64)}`] } },
        },
      }),
    ),
  ).toBe(true);
});
