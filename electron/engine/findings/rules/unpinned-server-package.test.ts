import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { unpinnedServerPackage } from './unpinned-server-package.ts';

test('no version, and one that moves', () => {
  expect(
    judgeFiles(unpinnedServerPackage, {
      '.mcp.json': {
        mcpServers: { a: { command: 'npx', args: ['-y', 'a-mcp'] }, b: { command: 'uvx', args: ['b-mcp@latest'] } },
      },
    }).found,
  ).toEqual(['medium .mcp.json:7 a', 'medium .mcp.json:13 b']);
});

test('a version, a program, an image, and what is switched off', () => {
  expect(
    passed(
      judgeFiles(unpinnedServerPackage, {
        '.mcp.json': {
          mcpServers: {
            a: { command: 'npx', args: ['-y', 'a-mcp@1.2.3'] },
            c: { command: 'docker', args: ['run', '-i', 'acme/c:latest'] },
          },
        },
        '.cursor/mcp.json': { mcpServers: { b: { command: 'npx', args: ['b-mcp'], disabled: true } } },
      }),
    ),
  ).toBe(true);
});
